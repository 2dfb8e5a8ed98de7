"""Where to go: for each programme the sessions that count most, fairly, with a proof."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from ruang.planner.needs import Candidate, Need
from ruang.planner.settings import Settings
from ruang.planner.solving.fair import Scale
from ruang.planner.solving.watching import Watcher
from ruang.planner.states import Failure
from ruang.solvers import check, covering
from ruang.solvers.covering import Covered, Covering, Trouble
from ruang.solvers.mip import Status

log = logging.getLogger("ruang.planner")

LEAST = 2.0
"""Seconds of one attempt."""
LESS = (0.75, 0.5, 0.25, 0.0)
"""Parts of a floor that are tried where the time was too short for all of it."""


class NoPlan(Exception):  # noqa: N818 - it is an answer
    """Nothing can come of these settings; why says what to do."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sessions chosen for one programme, and what was proven about the choice.

    :ivar prizes: what each counts, by place and turn
    """

    need: Need
    candidates: tuple[Candidate, ...]
    prizes: dict[tuple[UUID, int], int]
    certificate: dict[str, Any]


def choose(
    need: Need,
    settings: Settings,
    kept: Mapping[UUID, int],
    *,
    seconds: float,
    watch: Watcher,
) -> Chosen:
    """Choose where one programme goes.

    :param kept: RW, schools and communities of visits that a person keeps, and how many each
        has: they count, and stay
    """
    floor = settings.floor / 100
    problem = problem_of(need, floor, kept)
    if not problem.covers or problem.budget <= 0:
        return Chosen(need, (), {}, {})
    until = monotonic() + 2 * seconds  # for the first attempt, and for all others together
    found = _solved(problem, seconds, watch)
    lower_ones = _lower(floor, found)
    for tried, lower in enumerate(lower_ones):
        if found.chosen or watch.stopped():
            break
        floor = lower
        problem = problem_of(need, floor, kept)
        left = until - monotonic()
        found = _solved(problem, left / (len(lower_ones) - tried), watch)
    held = [need.candidates[number] for number in found.chosen]
    chosen = [one for one in held if one.turn >= kept.get(one.unit, 0)]
    weights = {one.id: one.weight for one in need.demands}
    prizes = {(one.unit, one.turn): sum(weights[rt] for rt in one.reaches) for one in chosen}
    return Chosen(need, tuple(chosen), prizes, _certificate(problem, found, need, kept))


def _solved(problem: Covering, seconds: float, watch: Watcher) -> Covered:
    """Solve, and believe a proof only where the independent checker finds nothing."""
    found = covering.solve(problem, seconds=max(seconds, LEAST), watch=watch)
    faults = check.covered(problem, found) if found.chosen else []
    if faults:
        log.error("a choice fails its check: %s", ", ".join(one.words for one in faults))
        return replace(found, status=Status.STOPPED, levels=())
    return found


def _lower(floor: float, found: Covered) -> tuple[float, ...]:
    """Return lower floors to try: the highest that can be kept, if known, then ever less."""
    if found.trouble is Trouble.FLOORS and found.details:
        floor = min(floor, int(found.details[0]) / 100)
        return (floor, 0.0) if floor else (0.0,)
    return tuple(round(floor * part, 2) for part in LESS)


def problem_of(need: Need, floor: float, kept: Mapping[UUID, int]) -> Covering:
    """Return the instance: RT as units, RW as sessions; schools and communities as both.

    Requests that have waited long are held in any case, the oldest first, as many as there are
    sessions.
    """
    place = {one.id: number for number, one in enumerate(need.demands)}
    fixed = [
        number for number, one in enumerate(need.candidates) if one.turn < kept.get(one.unit, 0)
    ]
    others = sum(kept.values()) - len(fixed)  # kept, but not due: they take a session as well
    budget = max(need.sessions - others, len(fixed))
    must = promised(need, kept)[: budget - len(fixed)]
    return Covering(
        weights=tuple(float(one.weight) for one in need.demands),
        groups=tuple(one.district for one in need.demands),
        covers=tuple(tuple(place[rt] for rt in one.reaches) for one in need.candidates),
        costs=(1.0,) * len(need.candidates),
        budget=float(budget),
        floor=floor,
        must=tuple(place[one.reaches[0]] for one in must),
        fixed=tuple(fixed),
    )


def promised(need: Need, kept: Mapping[UUID, int]) -> list[Candidate]:
    """Return what is visited in any case and has no visit that is kept, the oldest first."""
    found = [one for one in need.candidates if one.must and not kept.get(one.unit)]
    return sorted(found, key=lambda one: (one.asked_on or date.max, str(one.unit)))


def scale_of(one: Chosen, kept: Mapping[UUID, int]) -> Scale:
    """Return what is due in each kecamatan, what is kept there, and the floor kept to."""
    weights = {demand.id: demand.weight for demand in one.need.demands}
    of = {demand.id: demand.district for demand in one.need.demands}
    whole: Counter[str] = Counter()
    base: Counter[str] = Counter()
    for demand in one.need.demands:
        whole[demand.district] += demand.weight
    for candidate in one.need.candidates:
        if candidate.turn < kept.get(candidate.unit, 0):
            for rt in candidate.reaches:
                base[of[rt]] += weights[rt]
    return Scale(one.certificate.get("floor", 0) / 100, whole, base)


def _certificate(
    problem: Covering, found: Covered, need: Need, of_person: Mapping[UUID, int]
) -> dict[str, Any]:
    """Return what is kept with the plan: the proof, and what had to be asked for less of."""
    kept: dict[str, Any] = json.loads(found.to_json())
    del kept["chosen"]
    return {
        **kept,
        "programme": str(need.programme),
        "gap": found.gap,
        "even": found.is_even,
        "price": found.price_of_fairness,
        "whole": sum(problem.weights),
        "sessions": len(found.chosen),
        "floor": round(100 * problem.floor),
        "musts": len(promised(need, of_person)) == len(problem.must),
    }
