"""Where: coverage against every possible choice; floors, promises, the certificate, trouble."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from ruang.solvers import check, covering, instances
from ruang.solvers.check import Broken
from ruang.solvers.covering import Covered, Covering, Trouble
from tests.patience import WORKING
from tests.solvers.watching import Onlooker


def small(seed: int, **more: object) -> Covering:
    dice = random.Random(seed)
    units, candidates = 12, 9
    return replace(
        Covering(
            weights=tuple(dice.randrange(0, 30) + 0.5 for _ in range(units)),
            groups=tuple(dice.choice("ab") for _ in range(units)),
            covers=tuple(tuple(dice.sample(range(units), 3)) for _ in range(candidates)),
            costs=tuple(dice.choice((1.0, 1.5, 2.0)) for _ in range(candidates)),
            budget=5.0,
        ),
        **more,
    )


def allowed(problem: Covering, chosen: tuple[int, ...]) -> bool:
    value = problem.worth(problem.reached(chosen))
    answer = Covered(
        status="optimal", chosen=chosen, value=value, bound=value, instance=problem.instance
    )
    return not check.covered(problem, answer)


def best_of_all(problem: Covering) -> float | None:
    values = [
        problem.worth(problem.reached(chosen))
        for count in range(len(problem.covers) + 1)
        for chosen in combinations(range(len(problem.covers)), count)
        if allowed(problem, chosen)
    ]
    return max(values, default=None)


@pytest.mark.parametrize("seed", range(15))
def test_the_answer_is_the_best_of_all_that_keep_every_rule(seed: int) -> None:
    problem = small(seed, floor=(0.0, 0.8, 0.95)[seed % 3], must=(1,), fixed=(2,), barred=(5,))
    answer, best = covering.solve(problem), best_of_all(problem)
    if best is None:
        assert answer.trouble
        assert answer.words.endswith(".")
        return
    assert answer.value == pytest.approx(best)
    assert answer.gap < 1e-9
    assert answer.free_value >= answer.value
    assert check.covered(problem, answer) == []
    assert Covered.from_json(answer.to_json()) == answer


@pytest.mark.parametrize(
    ("more", "trouble"),
    [
        ({"fixed": (0, 1, 2, 3, 4, 5)}, Trouble.PROMISED),
        ({"must": tuple(range(12)), "budget": 1.0}, Trouble.DUE),
        ({"must": (0,), "barred": tuple(range(9))}, Trouble.UNREACHABLE),
    ],
)
def test_trouble_is_said_in_words(more: dict[str, object], trouble: Trouble) -> None:
    covers = tuple((n, (n + 1) % 12, (n + 4) % 12) for n in range(9))
    answer = covering.solve(replace(small(3), covers=covers, **more))
    assert (answer.trouble, answer.chosen) == (trouble, ())
    assert answer.words.endswith(".")


def test_floors_that_cannot_be_kept_name_the_highest_that_can() -> None:
    problem = Covering(
        weights=(10.0, 10.0, 10.0),
        groups=("north", "south", "south"),
        covers=((0,), (1,), (2,)),
        costs=(5.0, 1.0, 1.0),
        budget=2.0,
        must=(1,),
        floor=0.8,
    )
    answer = covering.solve(problem)
    assert answer.trouble is Trouble.FLOORS
    assert answer.words == "The floors cannot be kept with this budget; 0 % of the mean could."


def test_nothing_to_reach_and_no_weight_are_answered_too() -> None:
    empty = Covering(weights=(), groups=(), covers=(), costs=(), budget=3.0, floor=0.8)
    assert covering.solve(empty).chosen == ()
    light = replace(small(1), weights=(0.0,) * 12, floor=0.8)
    assert covering.solve(light).value == 0


def test_a_certificate_is_for_its_own_instance() -> None:
    problem = small(4)
    answer = covering.solve(problem)
    changed = replace(problem, budget=5.5)
    assert Broken.INSTANCE in {fault.rule for fault in check.covered(changed, answer)}
    lower = replace(answer, bound=answer.value - 1, value=answer.value - 2)
    assert {Broken.VALUE, Broken.BOUND} <= {f.rule for f in check.covered(problem, lower)}
    assert Broken.UNKNOWN in {
        f.rule for f in check.covered(problem, replace(answer, chosen=(77,)))
    }


@pytest.mark.slow
def test_a_quarter_in_a_city_like_serang_is_proven_with_every_floor_kept() -> None:
    problem, onlooker = instances.serang(2).covering, Onlooker()
    answer = covering.solve(problem, seconds=WORKING, watch=onlooker)
    assert (answer.status, answer.gap) == ("optimal", 0)
    assert check.covered(problem, answer) == []
    assert len(answer.shares) == 6
    shares = [share for _, _, share in onlooker.heard]
    assert shares == sorted(shares)
    assert all(best is None or best <= answer.value + 1e-6 for best, _, _ in onlooker.heard)


@pytest.mark.slow
def test_who_says_stop_is_answered_soon() -> None:
    problem = replace(instances.serang(3).covering, floor=1.0)
    answer = covering.solve(problem, seconds=WORKING, watch=Onlooker(patience=1))
    assert answer.seconds < WORKING / 2
    assert answer.trouble is Trouble.TIME or check.covered(problem, answer) == []
