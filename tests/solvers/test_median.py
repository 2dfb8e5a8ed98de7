"""Venues: the p-median against every possible choice, its bound, its clock, bad numbers."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from ruang.solvers import check, instances, median
from ruang.solvers.check import Broken
from tests.patience import WORKING
from tests.solvers.watching import Onlooker

pytestmark = pytest.mark.slow  # compiling takes longer than the tests


def best_of_all(costs: np.ndarray, weights: np.ndarray, p: int, kept: tuple[int, ...]) -> float:
    weighed = costs * weights[:, None]
    return min(
        float(weighed[:, list(sites)].min(axis=1).sum())
        for sites in combinations(range(costs.shape[1]), p)
        if set(kept) <= set(sites)
    )


@pytest.mark.parametrize("seed", range(12))
def test_small_instances_are_solved_to_the_proven_optimum(seed: int) -> None:
    dice = np.random.default_rng(seed)
    costs = np.rint(dice.random((9, 7)) * 100)
    weights = dice.integers(0, 5, 9).astype(float)
    p, kept = int(dice.integers(2, 6)), (int(dice.integers(0, 7)),)
    answer = median.solve(costs, weights, p, open=kept, seconds=WORKING, seed=seed)
    assert answer.value == best_of_all(costs, weights, p, kept)
    assert answer.proven
    assert answer.gap == 0
    assert check.answered(costs.tolist(), weights.tolist(), p, answer, kept) == []


def test_a_town_is_solved_and_proven_and_the_best_only_improves() -> None:
    costs, onlooker = instances.town(120, 5), Onlooker()
    answer = median.solve(costs, np.ones(120), 12, seconds=WORKING, watch=onlooker)
    assert answer.proven
    heard = [best for best, _, _ in onlooker.heard]
    assert heard == sorted(heard, reverse=True)
    assert all(bound <= answer.value for _, bound, _ in onlooker.heard)


def test_who_says_stop_gets_the_best_so_far() -> None:
    costs = instances.town(150, 2)
    answer = median.solve(costs, np.ones(150), 10, seconds=WORKING, watch=Onlooker(patience=1))
    assert answer.seconds < WORKING / 6
    assert check.answered(costs.tolist(), [1.0] * 150, 10, answer) == []


@pytest.mark.parametrize(
    ("costs", "weights", "p", "kept"),
    [
        (np.zeros((0, 3)), [], 1, ()),
        (np.ones((2, 2)), [1, np.nan], 1, ()),
        (np.ones((2, 2)), [1, -1], 1, ()),
        (np.ones((2, 2)), [1, 1], 3, ()),
        (np.ones((2, 2)), [1, 1], 0, ()),
        (np.ones((2, 2)), [1, 1], 1, (5,)),
    ],
)
def test_numbers_that_are_no_instance_are_refused_in_words(
    costs: np.ndarray, weights: list[float], p: int, kept: tuple[int, ...]
) -> None:
    with pytest.raises(median.UnsolvableError, match=r"\."):
        median.solve(costs, weights, p, open=kept)


def test_the_checker_sees_what_is_wrong() -> None:
    costs = instances.town(20, 1)
    answer = median.solve(costs, np.ones(20), 3, seconds=2)
    other = next(site for site in range(20) if site not in answer.chosen)
    wrong = {
        Broken.COUNT: replace(answer, chosen=(*answer.chosen, other)),
        Broken.TWICE: replace(answer, chosen=(*answer.chosen[:2], answer.chosen[0])),
        Broken.UNKNOWN: replace(answer, chosen=(99, *answer.chosen[1:])),
        Broken.NEAREST: replace(answer, assigned=(other,) * 20),
        Broken.VALUE: replace(answer, value=answer.value - 1),
        Broken.BOUND: replace(answer, bound=answer.value + 1),
    }
    for rule, made in wrong.items():
        faults = check.answered(costs.tolist(), [1.0] * 20, 3, made)
        assert rule in {fault.rule for fault in faults}
        assert all(fault.words.endswith(".") for fault in faults)
