"""What moves from month to month moves by ten or not at all: people are shown batch by batch.

Alike are those who answered the very same topics of one programme. Whoever came waits until, at
the end of a month, ten alike have come together; these are a batch, and it closes for good. A
later log never changes it: it waits for a batch of its own. What is shown is a union of closed
batches, those that closed within twelve months; so whatever is subtracted from whatever, of one
month or of two, ten are left or nobody. Batches begin anew each January: who was still waiting
then is shown to nobody but the office, and no more than two years are read.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from ruang.prevention.change import LEAST

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Batch(Generic[Key]):
    """Those who came together, and the month at whose end there were enough of them."""

    closed: int
    keys: frozenset[Key]


def month_of(day: date | datetime) -> int:
    """Return a month as a number: one more is the next month."""
    return 12 * day.year + day.month - 1


def closed(
    came: Mapping[Key, int],
    alike: Mapping[Key, Hashable],
    weight: Mapping[Key, int] | None = None,
) -> list[Batch[Key]]:
    """Return the batches, each of ten people or more who are alike and of one year.

    :param came: by key, the month in which it came
    :param weight: how many people a key stands for; one if it is not given
    """
    months: dict[tuple[Hashable, int], dict[int, set[Key]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for key, month in came.items():
        months[alike[key], month // 12][month].add(key)
    found = []
    for by_month in months.values():
        waiting: set[Key] = set()
        for month in sorted(by_month):
            waiting |= by_month[month]
            if sum(weight[key] if weight else 1 for key in waiting) >= LEAST:
                found.append(Batch(month, frozenset(waiting)))
                waiting = set()
    return found


def within(batches: list[Batch[Key]], since: int, until: int) -> list[set[Key]]:
    """Return those that closed in these months, the last one left out."""
    return [set(one.keys) for one in batches if since <= one.closed < until]
