"""The change from before to after: a known interval, clusters, and nothing below ten pairs."""

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
