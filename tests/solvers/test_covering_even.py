"""How evenly: of the choices that count most the most even one, against all that exist."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest

from ruang.solvers import check, covering, covering_even, mip
from ruang.solvers.check import Broken
from ruang.solvers.covering import Covered, Covering
from ruang.solvers.mip import Solved, Status
from ruang.solvers.watch import Clock, Nobody

Shares = tuple[Fraction, ...]


def small(seed: int) -> Covering:
    """Few different weights, so that many choices count the same."""
    dice = random.Random(seed)
    units, candidates = 14, 10
    return Covering(
        weights=tuple(float(dice.choice((1, 1, 2, 3))) for _ in range(units)),
        groups=tuple(dice.choice("abcd"[: 2 + seed % 3]) for _ in range(units)),
        covers=tuple(
            tuple(dice.sample(range(units), dice.choice((1, 2, 3)))) for _ in range(candidates)
        ),
        costs=tuple(dice.choice((1.0, 1.0, 2.0)) for _ in range(candidates)),
        budget=float(dice.choice((3, 4, 5))),
        floor=dice.choice((0.0, 0.3, 0.6)),
        fixed=(0,) if seed % 4 == 0 else (),
        barred=(1,) if seed % 5 == 0 else (),
    )


def counted(problem: Covering, chosen: tuple[int, ...]) -> tuple[int, Shares] | None:
    """What a choice counts and its shares, the lowest first; None if it breaks a rule."""
    if sum(problem.costs[c] for c in chosen) > problem.budget:
        return None
    if set(problem.barred) & set(chosen) or set(problem.fixed) - set(chosen):
        return None
    reached = set(chain.from_iterable(problem.covers[c] for c in chosen))
    if set(problem.must) - reached:
        return None
    whole = dict.fromkeys(problem.groups, 0)
    part = dict(whole)
    for unit, group in enumerate(problem.groups):
        whole[group] += int(problem.weights[unit])
        part[group] += int(problem.weights[unit]) if unit in reached else 0
    mean = Fraction(sum(part.values()), sum(whole.values()))
    shares = tuple(sorted(Fraction(part[group], whole[group]) for group in whole))
    if shares[0] < Fraction(str(problem.floor)) * mean:
        return None
    return sum(part.values()), shares


def every(problem: Covering) -> list[tuple[int, Shares]]:
    found = (
        counted(problem, chosen)
        for count in range(len(problem.covers) + 1)
        for chosen in combinations(range(len(problem.covers)), count)
    )
    return [one for one in found if one is not None]


@pytest.mark.parametrize("start", range(0, 60, 10))
def test_of_all_that_count_most_the_most_even_is_chosen(start: int) -> None:
    open_ones = 0
    for seed in range(start, start + 10):
        problem = small(seed)
        choices, answer = every(problem), covering.solve(problem)
        if not choices:
            assert answer.trouble
            continue
        best = max(choices)  # what it counts first, then its shares, the lowest first
        assert counted(problem, answer.chosen) == best, seed
        assert answer.is_even
        assert [level.share for level in answer.levels] == [float(one) for one in best[1]]
        assert check.covered(problem, answer) == []
        assert covering.solve(problem).chosen == answer.chosen
        assert Covered.from_json(answer.to_json()) == answer
        open_ones += len({shares for value, shares in choices if value == best[0]}) > 1
    assert open_ones >= 2, "instances in which evenness decides nothing prove nothing"


def test_which_group_has_least_is_left_open() -> None:
    """Half is the most that the group with least can have: north has it, or south has it.

    Whoever notes after the first level that it is north ends at three quarters for south.
    """
    problem = Covering(
        weights=(1.0, 1.0, 1.0, 1.0, 2.0),
        groups=("north", "north", "south", "south", "south"),
        covers=((0, 2, 4), (0, 1, 4)),
        costs=(1.0, 1.0),
        budget=1.0,
    )
    for order in ((0, 1), (1, 0)):
        turned = replace(problem, covers=tuple(problem.covers[number] for number in order))
        answer = covering.solve(turned)
        assert answer.shares == {"north": 1.0, "south": 0.5}
        assert [level.share for level in answer.levels] == [0.5, 1.0]


def test_a_level_that_is_out_of_time_is_said_and_the_choice_still_counts_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = small(7)
    whole, solve, asked = covering.solve(problem), mip.solve, []

    def stops_at_the_second(program: mip.Program, **given: object) -> Solved:
        asked.append(program)
        if len(asked) < 2:
            return solve(program, **given)  # type: ignore[arg-type]
        return Solved(Status.STOPPED, None, -np.inf, np.inf)

    monkeypatch.setattr(covering_even.mip, "solve", stops_at_the_second)
    chosen, levels = covering_even.even_out(problem, whole.chosen, Clock(9), Nobody())
    assert [level.is_proven for level in levels] == [True, False]
    assert chosen == whole.chosen
    told = replace(whole, levels=levels)
    assert not told.is_even
    assert told.status is Status.OPTIMAL
    assert check.covered(problem, told) == []


def test_without_time_or_proof_nobody_asks_how_evenly() -> None:
    problem = small(8)
    answer = covering.solve(problem)
    chosen, levels = covering_even.even_out(problem, answer.chosen, Clock(0), Nobody())
    assert (chosen, levels) == (answer.chosen, ())
    assert not replace(answer, levels=()).is_even


def test_a_certificate_that_makes_levels_up_is_found_out() -> None:
    problem = small(9)
    answer = covering.solve(problem)
    first = answer.levels[0]
    for false in (
        (replace(first, share=first.share + 0.1), *answer.levels[1:]),
        (replace(first, total=first.total + 0.1), *answer.levels[1:]),
        (replace(first, bound=first.total - 0.1), *answer.levels[1:]),
        (*answer.levels, first),
    ):
        told = check.covered(problem, replace(answer, levels=false))
        assert [fault.rule for fault in told] == [Broken.LEVEL]
        assert told[0].words
