"""Judges answers of all three kinds, and what a person moved by hand.

Plain Python, and nothing of the solvers' own reckoning: every time, sum and share is counted
anew. What it finds are ``Fault``s, empty when all is well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ruang.solvers.covering import Covered, Covering
    from ruang.solvers.median import Answer
    from ruang.solvers.orienteering import Route, Routed, Routing, Shift, Stop, Visit

NEAR = 1e-6


class Broken(StrEnum):
    """Which rule is broken."""

    UNKNOWN = "unknown"
    COUNT = "count"
    TWICE = "twice"
    PROMISE = "promise"
    NEAREST = "nearest"
    VALUE = "value"
    BOUND = "bound"
    BUDGET = "budget"
    BARRED = "barred"
    DUE = "due"
    FLOOR = "floor"
    LEVEL = "level"
    INSTANCE = "instance"
    SKILL = "skill"
    SHIFT = "shift"
    MOST = "most"
    TRAVEL = "travel"
    WINDOW = "window"
    HOME = "home"
    PERSON = "person"


WORDS = {
    Broken.UNKNOWN: "{0} does not exist.",
    Broken.COUNT: "{0} are chosen instead of {1}.",
    Broken.TWICE: "{0} is there twice.",
    Broken.PROMISE: "What is promised for {0} is not kept.",
    Broken.NEAREST: "{0} does not go to the nearest.",
    Broken.VALUE: "The value is {0}, not {1}.",
    Broken.BOUND: "The value {0} is beyond its bound {1}.",
    Broken.BUDGET: "{0} is more than the budget of {1}.",
    Broken.BARRED: "{0} is barred.",
    Broken.DUE: "{0} is due and not reached.",
    Broken.FLOOR: "{0} is below its floor.",
    Broken.LEVEL: "The {0} lowest shares are not what the certificate says.",
    Broken.INSTANCE: "The certificate is for another instance.",
    Broken.SKILL: "The team of shift {1} lacks a skill for {0}.",
    Broken.SHIFT: "{0} cannot be held by shift {1}.",
    Broken.MOST: "Shift {0} has {1} sessions, more than it may.",
    Broken.TRAVEL: "{0} starts before the team of shift {1} can be there.",
    Broken.WINDOW: "{0} starts at {1}, when it may not.",
    Broken.HOME: "The team of shift {0} is back too late.",
    Broken.PERSON: "{0} is in two teams on day {1}.",
}


@dataclass(frozen=True)
class Fault:
    """A rule that is broken, and by what."""

    rule: Broken
    about: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        """Say it in words."""
        return WORDS[self.rule].format(*self.about)


def same(one: float, other: float) -> bool:
    """Whether two sums are the same but for rounding."""
    return abs(one - other) <= NEAR * max(1.0, abs(one), abs(other))


def doubles(numbers: Sequence[int]) -> list[Fault]:
    """Return what is there twice."""
    return [
        Fault(Broken.TWICE, (number,))
        for number in sorted(set(numbers))
        if numbers.count(number) > 1
    ]


def answered(
    costs: Sequence[Sequence[float]],
    weights: Sequence[float],
    p: int,
    answer: "Answer",
    kept: Sequence[int] = (),
) -> list[Fault]:
    """Judge a choice of venues."""
    chosen = list(answer.chosen)
    unknown = [site for site in chosen if not 0 <= site < len(costs[0])]
    if unknown:
        return [Fault(Broken.UNKNOWN, (site,)) for site in unknown]
    faults = doubles(chosen)
    if len(chosen) != p:
        faults.append(Fault(Broken.COUNT, (len(chosen), p)))
    faults += [Fault(Broken.PROMISE, (site,)) for site in kept if site not in chosen]
    total = 0.0
    for customer, row in enumerate(costs):
        went = answer.assigned[customer]
        if went not in chosen or row[went] > min(row[site] for site in chosen) + NEAR:
            faults.append(Fault(Broken.NEAREST, (customer,)))
        total += weights[customer] * row[went]
    if not same(total, answer.value):
        faults.append(Fault(Broken.VALUE, (total, answer.value)))
    if answer.bound > total + NEAR * max(1.0, total):
        faults.append(Fault(Broken.BOUND, (total, answer.bound)))
    return faults


def covered(problem: "Covering", answer: "Covered") -> list[Fault]:
    """Judge a choice of sessions and its certificate."""
    chosen = list(answer.chosen)
    unknown = [c for c in chosen if not 0 <= c < len(problem.covers)]
    if unknown:
        return [Fault(Broken.UNKNOWN, (c,)) for c in unknown]
    faults = doubles(chosen)
    spent = sum(problem.costs[c] for c in chosen)
    if spent > problem.budget + NEAR:
        faults.append(Fault(Broken.BUDGET, (spent, problem.budget)))
    faults += [Fault(Broken.PROMISE, (c,)) for c in problem.fixed if c not in chosen]
    barred = set(problem.barred) - set(problem.fixed)
    faults += [Fault(Broken.BARRED, (c,)) for c in chosen if c in barred]
    reached = {unit for c in chosen for unit in problem.covers[c]}
    faults += [Fault(Broken.DUE, (unit,)) for unit in problem.must if unit not in reached]
    faults += floors(problem, reached)
    faults += levels(problem, answer, reached)
    value = float(sum(problem.weights[unit] for unit in reached))
    if not same(value, answer.value):
        faults.append(Fault(Broken.VALUE, (value, answer.value)))
    if value > answer.bound + NEAR * max(1.0, value):
        faults.append(Fault(Broken.BOUND, (value, answer.bound)))
    if answer.status == "optimal" and answer.bound > value + 1e-3 * max(1.0, value):
        faults.append(Fault(Broken.BOUND, (value, answer.bound)))  # it proves nothing
    if answer.instance != problem.instance:
        faults.append(Fault(Broken.INSTANCE))
    return faults


def parts(problem: "Covering", reached: set[int]) -> dict[str, tuple[float, float]]:
    """Return what is reached in each group that weighs something, and all of its weight."""
    whole: dict[str, float] = {}
    part: dict[str, float] = {}
    for unit, group in enumerate(problem.groups):
        whole[group] = whole.get(group, 0.0) + problem.weights[unit]
        part[group] = part.get(group, 0.0) + problem.weights[unit] * (unit in reached)
    return {group: (part[group], weight) for group, weight in whole.items() if weight > 0}


def floors(problem: "Covering", reached: set[int]) -> list[Fault]:
    """Return the groups that are below their floor."""
    found = parts(problem, reached)
    city = sum(weight for _part, weight in found.values())
    if city <= 0:
        return []
    floor = problem.floor * sum(part for part, _weight in found.values()) / city
    return [
        Fault(Broken.FLOOR, (group,))
        for group, (part, weight) in sorted(found.items())
        if part / weight < floor - 1e-6
    ]


def levels(problem: "Covering", answer: "Covered", reached: set[int]) -> list[Fault]:
    """Return the levels that are not the lowest shares, or are above their bound."""
    found = sorted(part / weight for part, weight in parts(problem, reached).values())
    if len(answer.levels) > len(found):
        return [Fault(Broken.LEVEL, (len(answer.levels),))]
    return [
        Fault(Broken.LEVEL, (number,))
        for number, level in enumerate(answer.levels, start=1)
        if not same(level.share, found[number - 1])
        or not same(level.total, sum(found[:number]))
        or level.total > level.bound + NEAR
    ]


def routed(problem: "Routing", plan: "Routed") -> list[Fault]:
    """Judge a plan that was solved."""
    faults = moved(problem, plan.routes, let_go=plan.broken)
    held = [stop.visit for route in plan.routes for stop in route.stops]
    if faults and faults[0].rule is Broken.UNKNOWN:
        return faults
    value = float(sum(problem.visits[visit].prize for visit in held))
    if not same(value, plan.prize):
        faults.append(Fault(Broken.VALUE, (value, plan.prize)))
    out = sorted(set(range(len(problem.visits))) - set(held))
    if out != sorted(plan.left_out):
        faults.append(Fault(Broken.COUNT, (len(plan.left_out), len(out))))
    return faults


def moved(
    problem: "Routing", routes: "Sequence[Route]", *, let_go: Mapping[int, object] | None = None
) -> list[Fault]:
    """Judge routes, as a person may have changed them; without promises in ``let_go``."""
    held = [stop.visit for route in routes for stop in route.stops]
    known = range(len(problem.visits)), range(len(problem.shifts))
    strange = [visit for visit in held if visit not in known[0]]
    strange += [route.shift for route in routes if route.shift not in known[1]]
    if strange:
        return [Fault(Broken.UNKNOWN, (number,)) for number in strange]
    faults = doubles(held) + doubles([route.shift for route in routes])
    for route in routes:
        faults += one_route(problem, route)
    faults += promises(problem, routes, let_go or {})
    return faults + people(problem, routes)


def one_route(problem: "Routing", route: "Route") -> list[Fault]:
    """Judge a shift's stops, one after the other."""
    shift, faults = problem.shifts[route.shift], []
    if shift.most and len(route.stops) > shift.most:
        faults.append(Fault(Broken.MOST, (route.shift, len(route.stops))))
    free, at = shift.earliest, shift.begin
    for stop in route.stops:
        visit = problem.visits[stop.visit]
        faults += fitness(visit, shift, route.shift, stop)
        if stop.starts < free + float(problem.travel[at][visit.place]) - NEAR:
            faults.append(Fault(Broken.TRAVEL, (stop.visit, route.shift)))
        free, at = stop.starts + visit.service, visit.place
    if route.stops and free + float(problem.travel[at][shift.finish]) > shift.latest + NEAR:
        faults.append(Fault(Broken.HOME, (route.shift,)))
    return faults


def fitness(visit: "Visit", shift: "Shift", number: int, stop: "Stop") -> list[Fault]:
    """Judge whether a session can be held by a shift at its hour."""
    faults = []
    if not set(visit.needs) <= set(shift.skills):
        faults.append(Fault(Broken.SKILL, (stop.visit, number)))
    if visit.shifts is not None and number not in visit.shifts:
        faults.append(Fault(Broken.SHIFT, (stop.visit, number)))
    fits = any(
        window.opens - NEAR <= stop.starts <= window.closes + NEAR
        for window in visit.windows
        if window.day is None or window.day == shift.day
    )
    return faults if fits else [*faults, Fault(Broken.WINDOW, (stop.visit, stop.starts))]


def promises(
    problem: "Routing", routes: "Sequence[Route]", let_go: Mapping[int, object]
) -> list[Fault]:
    """Judge whether each promise is kept: its shift, its hour."""
    kept = {stop.visit: (route.shift, stop.starts) for route in routes for stop in route.stops}
    faults = []
    for number, visit in enumerate(problem.visits):
        if visit.promise is None or number in let_go:
            continue
        shift, start = kept.get(number, (-1, 0.0))
        if shift != visit.promise.shift or not same(start, visit.promise.start):
            faults.append(Fault(Broken.PROMISE, (number,)))
    return faults


def people(problem: "Routing", routes: "Sequence[Route]") -> list[Fault]:
    """Judge that nobody is in two teams on one day."""
    seen: dict[tuple[int, str], int] = {}
    faults = []
    for route in routes:
        shift = problem.shifts[route.shift]
        faults += [
            Fault(Broken.PERSON, (member, shift.day))
            for member in (shift.members if route.stops else ())
            if seen.setdefault((shift.day, member), route.shift) != route.shift
        ]
    return faults
