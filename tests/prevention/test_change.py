"""The change from before to after: a known interval, clusters, and nothing below ten pairs."""

from collections import defaultdict
from statistics import fmean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruang.prevention.change import LEAST, Pair, change, t_975

PAIRS = st.lists(
    st.builds(
        Pair, st.integers(1, 6), st.sampled_from([0, 0.5, 1]), st.sampled_from([0, 0.5, 1])
    ),
    max_size=40,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS)
def test_what_is_shown_in_steps_holds_what_was_measured(pairs: list[Pair]) -> None:
    exact = change(pairs)
    if exact is None:
        return
    shown = exact.about(pairs=20)
    known = (shown.before, shown.after, shown.points, shown.low, shown.high)
    assert all(one % 10 == 0 for one in known)
    assert 0 <= shown.before <= 100
    assert 0 <= shown.after <= 100
    assert shown.points == shown.after - shown.before
    assert shown.low <= min(exact.low, shown.points)
    assert shown.high >= max(exact.high, shown.points)
    assert (shown.pairs, shown.is_clear) == (20, exact.is_clear)


def shares(people: int, right: int, late: int = 0, right_late: int = 0) -> list[Pair]:
    """People who were asked two questions and knew so many of all answers; and some more."""
    whole = people * [right / (2 * people)] + late * [right_late / (2 * (late or 1))]
    return [Pair(n, 0, share) for n, share in enumerate(whole)]


def left_open(people: int, late: int, *, in_steps: bool) -> float:
    """How many answers of a late log fit two looks at the page, on average."""

    def look(pairs: list[Pair]) -> int:
        found = change(pairs)
        assert found is not None
        return found.about(found.pairs).after if in_steps else found.after

    fits: dict[tuple[int, int], list[int]] = defaultdict(list)
    for right in range(2 * people + 1):
        first = look(shares(people, right))
        for more in range(2 * late + 1):
            fits[first, look(shares(people, right, late, more))].append(more)
    cases = [len(set(found)) for found in fits.values() for _one in found]
    return fmean(cases)


@pytest.mark.parametrize(("people", "least"), [(10, 3.0), (30, 5.5), (50, 5.5), (100, 6.0)])
def test_three_people_of_a_late_log_are_not_read_off_two_looks(
    people: int, least: float
) -> None:
    """Of seven answers that are possible; whole percents leave one."""
    assert left_open(people, 3, in_steps=True) >= least
    if people <= 30:
        assert left_open(people, 3, in_steps=False) < 1.1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS)
def test_below_ten_pairs_nothing_is_shown_and_the_interval_holds_the_mean(
    pairs: list[Pair],
) -> None:
    shown = change(pairs)
    assert (shown is None) == (len(pairs) < LEAST)
    if shown is not None:
        assert shown.low <= shown.points <= shown.high
        assert shown.low >= -100
        assert shown.high <= 100


def test_one_session_has_students_paired_interval() -> None:
    """The ten patients of Student's own paper: mean 1.58, interval 0.70 to 2.46."""
    gains = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    shown = change([Pair("one", 0, gain / 10) for gain in gains])
    assert shown is not None
    assert (shown.points, shown.low, shown.high) == (16, 7, 25)


def test_people_of_one_session_are_not_so_many_witnesses() -> None:
    """Two sessions, each of one mind: the same people in ten sessions are surer."""
    alike = [Pair(n // 10, 0.2, 0.3 if n < 10 else 0.9) for n in range(20)]
    apart = [Pair(n, one.before, one.after) for n, one in enumerate(alike)]
    clustered, single = change(alike), change(apart)
    assert clustered is not None
    assert single is not None
    assert clustered.points == single.points
    assert clustered.high - clustered.low > single.high - single.low
    assert single.is_clear
    assert not clustered.is_clear


@pytest.mark.parametrize(
    ("freedom", "point"), [(1, 12.706), (9, 2.262), (30, 2.042), (35, 2.042), (1000, 1.98)]
)
def test_the_table_of_t_never_narrows(freedom: int, point: float) -> None:
    assert t_975(freedom) == point
