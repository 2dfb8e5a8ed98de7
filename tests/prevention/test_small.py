"""No small count is shown, and none is given back by what is shown: an attack on random tables.

The attacker here is written apart from the code: she knows the rules, sees the page, and asks
for each hidden count which of 0 to 4 it could be. All five must stay possible.
"""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ruang.prevention.small import Shown, between, part, protect, rounded

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 400))
TABLES = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6).map(
    lambda rows: {str(number): row for number, row in enumerate(rows)}
)
MANY = 10_000
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def possible(shown: Shown, row: str, column: int) -> set[int]:
    """Which small values this hidden count could have, for all that she sees."""
    if shown.sums is None:
        return set(range(5))
    others, rest = [], shown.sums[column]
    for name, cells in shown.rows.items():
        cell = cells[column]
        if cell.count is not None:
            rest -= cell.count
        elif name != row:
            others.append((0, 4) if cell.is_small else (5, MANY))
    least, most = sum(low for low, _high in others), sum(high for _low, high in others)
    return {value for value in range(5) if least <= rest - value <= most}


@QUIET
@given(TABLES)
@example({"a": (0, 9), "b": (5, 9), "c": (5, 9)})
@example({"a": (0, 0), "b": (0, 0)})
@example({"a": (4, 50), "b": (4, 50), "c": (60, 70)})
def test_every_hidden_small_count_could_be_any_small_count(
    table: dict[str, tuple[int, int]],
) -> None:
    shown = protect(table)
    for name, cells in shown.rows.items():
        for column, cell in enumerate(cells):
            if cell.is_small:
                assert possible(shown, name, column) == set(range(5))


@QUIET
@given(TABLES)
def test_what_is_shown_is_true_and_never_below_five(
    table: dict[str, tuple[int, int]],
) -> None:
    shown = protect(table)
    for name, cells in shown.rows.items():
        for count, cell in zip(table[name], cells, strict=True):
            assert cell.is_small == (count < 5)
            assert cell.count in {None, count}
            assert cell.count is None or cell.count >= 5
    if shown.sums is not None:
        assert shown.sums == tuple(map(sum, zip(*table.values(), strict=True)))
        kept = [row for name, row in table.items() if shown.rows[name][0].count is not None]
        for column, rest in enumerate(shown.rest or ()):
            assert rest == shown.sums[column] - sum(row[column] for row in kept)


def test_a_table_of_large_counts_is_shown_whole() -> None:
    shown = protect({"a": (5, 6), "b": (70, 80)})
    assert [cell.count for row in shown.rows.values() for cell in row] == [5, 6, 70, 80]
    assert shown.sums == (75, 86)


def test_one_small_count_takes_its_row_and_another_with_it() -> None:
    shown = protect({"a": (2, 30), "b": (9, 12), "c": (40, 50), "d": (60, 70)})
    hidden = [name for name, row in shown.rows.items() if row[0].count is None]
    assert hidden == ["a", "b"]
    assert shown.rows["a"][0].is_small
    assert not shown.rows["b"][0].is_small
    assert shown.sums == (111, 162)


def test_a_part_is_shown_only_when_the_rest_is_large_too() -> None:
    assert part(4, 100) is None
    assert part(97, 100) is None
    assert part(5, 10) == 5
    assert part(30, 30) == 30
    assert part(0, 30) is None


def test_a_count_of_one_session_is_shown_as_a_class() -> None:
    for count, least, most in ((0, 0, 4), (4, 0, 4), (5, 5, 9), (9, 5, 9), (10, 10, 19),
                               (23, 20, 49), (199, 100, 199), (200, 200, None)):  # fmt: skip
        assert between(count) == (least, most)


def test_counts_are_rounded_to_the_nearest_five() -> None:
    assert [rounded(count) for count in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
