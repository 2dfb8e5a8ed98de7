"""Counts by age and sex without a small one, and none that subtraction gives back.

A count below five is not shown, zero included. Where sums over ages are shown, one hidden count
could be had by subtracting the others; so whole rows are hidden until, in each column, what is
hidden can still be any number from 0 to 4. Where even that fails the sums go too. This is
complementary suppression (Willenborg & de Waal, Elements of Statistical Disclosure Control,
2001, ch. 4) for the one shape of table we show: many rows, sums below, no sums beside a hidden
row. ``tests/prevention/test_small.py`` attacks it with everything the page shows.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""The smallest count that is shown."""
_CLASSES = (0, LEAST, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Cell:
    """One count as it is shown: a number, or "<5", or withheld for the sake of another.

    :ivar count: None if it is not shown
    :ivar is_small: it is below five; else, without a count, it protects one that is
    """

    count: int | None
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may be shown.

    :ivar sums: by column; None if they would give something away
    :ivar rest: by column, all hidden rows together: no more than the sums say anyway
    """

    rows: Mapping[str, tuple[Cell, ...]]
    sums: tuple[int, ...] | None
    rest: tuple[int, ...] | None = None


def protect(table: Mapping[str, tuple[int, ...]]) -> Shown:
    """Return what of a table of counts may be shown. Each row has one count a column."""
    hidden = {name for name, row in table.items() if any(count < LEAST for count in row)}
    rest = sorted(set(table) - hidden, key=lambda name: (sum(table[name]), name))
    while hidden and not _is_safe([table[name] for name in hidden]) and rest:
        hidden.add(rest.pop(0))
    is_safe = not hidden or _is_safe([table[name] for name in hidden])
    rows = {name: _row(row, is_hidden=name in hidden) for name, row in table.items()}
    if not is_safe:
        return Shown(rows, None)
    together = _sums([table[name] for name in hidden]) if hidden else None
    return Shown(rows, _sums(list(table.values())), together)


def _sums(rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _is_safe(rows: list[tuple[int, ...]]) -> bool:
    return all(_column_is_safe(column) for column in zip(*rows, strict=True))


def _column_is_safe(column: tuple[int, ...]) -> bool:
    """Say whether each small count here could be any of 0 to 4, for who knows their sum.

    Whoever looks knows which are small, and that the others are five or more.
    """
    small = [count for count in column if count < LEAST]
    large = [count for count in column if count >= LEAST]
    if not small:
        return True
    spare = sum(column) - LEAST * len(large)
    if spare < LEAST - 1:
        return False
    return bool(large) or spare <= (LEAST - 1) * (len(small) - 1)


def _row(row: tuple[int, ...], *, is_hidden: bool) -> tuple[Cell, ...]:
    if not is_hidden:
        return tuple(Cell(count) for count in row)
    return tuple(Cell(None, is_small=count < LEAST) for count in row)


def part(count: int, whole: int) -> int | None:
    """Return a part of a whole that is shown; None if it, or what is left, is small."""
    return count if count >= LEAST and (whole == count or whole - count >= LEAST) else None


def between(count: int) -> tuple[int, int | None]:
    """Return the class of a count, its least and its most; from 200 on it has no most.

    Exact counts of all sessions but one, taken from an exact sum, would give that one away.
    """
    place = bisect_right(_CLASSES, count)
    return _CLASSES[place - 1], _CLASSES[place] - 1 if place < len(_CLASSES) else None


def rounded(count: int) -> int:
    """Return a count to the nearest five: one session more or less cannot be read off it."""
    return LEAST * ((count + LEAST // 2) // LEAST)
