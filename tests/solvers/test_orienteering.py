"""When and who: routes against a proof, promises, pairs, skills, windows, one seed one plan."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks import proofs
from ruang.solvers import check, instances, orienteering
from ruang.solvers.check import Broken
from ruang.solvers.orienteering import (
    Misfit,
    Promise,
    Route,
    Routing,
    Shift,
    Stop,
    Visit,
    Window,
    windows,
)
from tests.patience import WORKING
from tests.solvers.watching import Onlooker

TRAVEL = np.array([[0.0, 10, 20], [10, 0, 15], [20, 15, 0]])


def shift(*members: str, **more: Any) -> Shift:
    given = {"begin": 0, "finish": 0, "earliest": 0, "latest": 200} | more
    return Shift(members=members, **given)


def visit(place: int = 1, **more: Any) -> Visit:
    return Visit(
        **{"place": place, "prize": 5, "service": 30, "windows": (Window(0, 170),)} | more
    )


def rules(problem: Routing, *routes: Route) -> set[Broken]:
    return {fault.rule for fault in check.moved(problem, routes)}


def test_a_session_lies_wholly_in_the_hours_and_touches_nothing_forbidden() -> None:
    found = windows([Window(480, 1020, 3)], [(690, 780), (900, 930)], 90)
    assert found == (Window(480, 600, 3), Window(780, 810, 3), Window(930, 930, 3))
    assert windows([Window(480, 500)], [], 90) == ()
    assert windows([Window(0, 100)], [(0, 100)], 0) == (Window(0, 0), Window(100, 100))


@pytest.mark.slow
def test_small_days_are_planned_to_the_proven_optimum() -> None:
    for seed, given in enumerate(proofs.outings(3)):
        found = orienteering.solve(given.routing, iterations=3000, seed=seed)
        assert found.prize == given.best
        assert check.routed(given.routing, found) == []


@pytest.mark.slow
def test_a_quarter_keeps_promises_and_rules_and_one_seed_is_one_plan() -> None:
    city = instances.serang(1, rw=60, rt=200)
    problem = instances.quarter(replace(city, days=3), tuple(range(60)), promised=2)
    one, same = (orienteering.solve(problem, iterations=300, seed=7) for _ in range(2))
    assert one.routes == same.routes
    assert one.broken == {}
    assert check.routed(problem, one) == []
    assert one.instance == problem.instance
    again = orienteering.solve(problem, iterations=1, seed=8, start=one.routes)
    assert again.prize >= one.prize


@pytest.mark.slow
def test_the_earlier_of_rounds_and_seconds_ends_it_and_says_which() -> None:
    problem = instances.outing(60, 2, 3)
    by_rounds = [
        orienteering.solve(problem, iterations=300, seconds=WORKING, seed=7) for _ in range(2)
    ]
    assert by_rounds[0].routes == by_rounds[1].routes
    assert [one.by_clock for one in by_rounds] == [False, False]
    by_clock = orienteering.solve(problem, iterations=10**9, seconds=0.2)
    assert by_clock.by_clock
    assert by_clock.iterations < 10**9


def test_who_says_stop_gets_the_best_so_far_and_it_only_improves() -> None:
    problem, onlooker = instances.outing(80, 3, 4), Onlooker(patience=5)
    found = orienteering.solve(problem, seconds=WORKING, watch=onlooker)
    heard = [best for best, _, _ in onlooker.heard]
    assert len(heard) == 5
    assert heard == sorted(heard)
    assert found.prize == heard[-1] > 0
    assert check.routed(problem, found) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("problem", "held", "broken"),
    [
        (Routing(travel=TRAVEL, shifts=(), visits=(visit(),)), 0, {}),
        (Routing(travel=TRAVEL, shifts=(shift("a"),), visits=()), 0, {}),
        (Routing(travel=TRAVEL, shifts=(shift("a"),), visits=(visit(windows=()),)), 0, {}),
        (Routing(travel=TRAVEL, shifts=(shift("a", latest=45),), visits=(visit(),)), 0, {}),
        (
            Routing(
                travel=TRAVEL,
                shifts=(shift("a"), shift("a", "b"), shift("a", day=1, most=1)),
                visits=(visit(), visit(2), visit(needs=frozenset({"jaseng"}))),
            ),
            2,
            {},
        ),
        (
            Routing(
                travel=TRAVEL,
                shifts=(shift("a"), shift("a", "b")),
                visits=(
                    visit(promise=Promise(0, 50.0)),
                    visit(promise=Promise(0, 60.0)),
                    visit(promise=Promise(1, 300.0)),
                    visit(promise=Promise(1, 50.0), shifts=(0,)),
                ),
            ),
            1,
            {1: Misfit.TRAVEL, 2: Misfit.WINDOW, 3: Misfit.SHIFT},
        ),
    ],
)
def test_odd_instances_are_answered(problem: Routing, held: int, broken: dict) -> None:
    found = orienteering.solve(problem, iterations=50)
    assert sum(len(route.stops) for route in found.routes) == held
    assert found.broken == broken
    assert check.routed(problem, found) == []


def test_the_checker_judges_what_a_person_moved() -> None:
    problem = Routing(
        travel=TRAVEL,
        shifts=(
            shift("a", "b", most=1),
            shift("b", skills=frozenset({"jaseng"})),
            shift("c", day=1),
        ),
        visits=(
            visit(),
            visit(2, needs=frozenset({"jaseng"})),
            visit(2, windows=(Window(0, 40, 1),), shifts=(2,)),
            visit(promise=Promise(2, 100.0)),
        ),
    )
    kept = Route(2, (Stop(2, 20, 40), Stop(3, 85, 100)))
    assert rules(problem, Route(1, (Stop(1, 20, 20),)), kept) == set()
    wrong = {
        Broken.TRAVEL: (Route(0, (Stop(0, 5, 5),)), kept),
        Broken.MOST: (Route(0, (Stop(0, 10, 10), Stop(1, 55, 55))), kept),
        Broken.SKILL: (Route(0, (Stop(1, 20, 20),)), kept),
        Broken.HOME: (Route(0, (Stop(0, 165, 165),)), kept),
        Broken.WINDOW: (Route(0, (Stop(0, 171, 171),)), kept),
        Broken.SHIFT: (Route(1, (Stop(2, 20, 20),)), Route(2, (Stop(3, 100, 100),))),
        Broken.TWICE: (Route(0, (Stop(0, 10, 10),)), Route(1, (Stop(0, 10, 10),)), kept),
        Broken.PERSON: (Route(0, (Stop(0, 10, 10),)), Route(1, (Stop(1, 20, 20),)), kept),
        Broken.PROMISE: (Route(2, (Stop(3, 10, 110),)),),
        Broken.UNKNOWN: (Route(9, ()), kept),
    }
    for rule, routes in wrong.items():
        assert rule in rules(problem, *routes), rule
        assert all(fault.words.endswith(".") for fault in check.moved(problem, routes))
