"""When and who: where the first plan leaves sessions out, the router looks for a better one.

The router knows days, windows, travel and teams; it does not know how many sessions a week
somebody holds, nor that a place is taken. So what it proposes is written into a diary that
knows all of it, promises and floors first, and the rest is fitted in as in the first plan. The
better plan is kept: the one that keeps more promises, then floors, then counts for more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from uuid import UUID

import numpy as np

from ruang.planner.rules import Booked, Ground, Person, closed_to, minutes_between
from ruang.planner.solving.fair import Item, Scales, raised, score
from ruang.planner.solving.first import MIDNIGHT, Diary, days_of, first_plan, starts_of
from ruang.planner.solving.watching import Watcher
from ruang.prevention.ways import Spot
from ruang.solvers import orienteering
from ruang.solvers.orienteering import Routed, Routing, Shift, Visit, Window

Keep = Callable[[Sequence[Booked]], None]
"""Keeps the best so far."""

NEIGHBOURS = 3
"""With how many others somebody is paired, where all pairs would be too many."""
ALL_PAIRS = 6
LARGEST_TEAM = 2
DAY = (6 * 60.0, 22 * 60.0)
A_ROUND, A_SHIFT = 50e-6, 4e-6
"""Seconds that a round of the router takes, and more for each shift: 0.2 ms with 30 of them,
9 ms with 2,640."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Visits with their times.

    :ivar by_clock: the time was over before everything was tried: another run may find more
    """

    visits: list[Booked]
    by_clock: bool = False


def improve(
    items: Sequence[Item],
    made: list[Booked],
    ground: Ground,
    taken: Sequence[Booked],
    scales: Scales,
    *,
    seconds: float,
    watch: Watcher,
    keep: Keep,
) -> Timed:
    """Return a plan that counts at least as much as the one already made."""
    if len(made) == len(items):
        return Timed(made)  # everything that was chosen is held: there is nothing to win
    if seconds <= 0 or watch.stopped():
        return Timed(made, by_clock=True)
    team = [ground.people[who] for who in ground.settings.facilitators if who in ground.people]
    days = list(days_of(ground))
    problem = _problem(items, ground, taken, team, days, raised(items, scales))
    if not problem.shifts:
        return Timed(made)
    found = orienteering.solve(
        problem,
        seconds=seconds,
        iterations=_rounds(problem, seconds),
        seed=ground.settings.seed,
        watch=watch,
    )
    tried = _written_down(found, problem, items, ground, taken, days, scales)
    if score(tried, items, scales) <= score(made, items, scales):
        return Timed(made, by_clock=found.by_clock)
    keep(tried)
    return Timed(tried, by_clock=found.by_clock)


def _rounds(problem: Routing, seconds: float) -> int:
    """Return how many rounds a machine of today does in half of the time.

    So much is looked for and no more, so that the same seed is the same plan on a machine that
    is slower, or busy; one that is much slower is ended by the clock, and the plan says so.
    """
    return max(1, round(seconds / 2 / (A_ROUND + A_SHIFT * len(problem.shifts))))


def _problem(
    items: Sequence[Item],
    ground: Ground,
    taken: Sequence[Booked],
    team: Sequence[Person],
    days: Sequence[date],
    prizes: Sequence[float],
) -> Routing:
    spots: list[Spot | None] = [item.visit.spot for item in items]
    size = len(spots) + 1  # the first place is where a day begins and ends: no way counts there
    travel = np.zeros((size, size))
    for row, one in enumerate(spots, start=1):
        for column, other in enumerate(spots, start=1):
            travel[row, column] = minutes_between(one, other, ground.settings)
    sizes = {item.visit.needed for item in items}
    busy = {(who, one.starts.date()) for one in taken for who in one.people}
    return Routing(
        travel=travel,
        shifts=tuple(_shifts(team, days, sizes, busy)),
        visits=tuple(
            Visit(
                place=place,
                prize=prizes[place - 1],
                service=float(item.minutes),
                windows=tuple(_windows(item, ground, days)),
                needs=frozenset(
                    {
                        str(item.visit.programme),
                        f"team {item.visit.needed}",
                        f"speaks {item.visit.language}",
                    }
                ),
            )
            for place, item in enumerate(items, start=1)
        ),
    )


def _shifts(
    team: Sequence[Person],
    days: Sequence[date],
    sizes: set[int],
    busy: set[tuple[UUID, date]],
) -> Iterator[Shift]:
    for number, day in enumerate(days):
        for members in _teams(team, sizes):
            if any((who.id, day) in busy for who in members):
                continue
            hours = _hours(members, day)
            skills = frozenset.intersection(*(who.skills for who in members))
            spoken = frozenset.union(*(who.languages for who in members))  # by one is enough
            if hours and skills:
                yield Shift(
                    members=tuple(str(who.id) for who in members),
                    begin=0,
                    finish=0,
                    earliest=hours[0],
                    latest=hours[1],
                    day=number,
                    skills=frozenset(map(str, skills))
                    | {f"speaks {one}" for one in spoken}
                    | {f"team {len(members)}"},
                    most=min(who.a_day for who in members),
                )


def _teams(team: Sequence[Person], sizes: set[int]) -> Iterator[tuple[Person, ...]]:
    if 1 in sizes:
        yield from ((who,) for who in team)
    if LARGEST_TEAM not in sizes:
        return
    if len(team) <= ALL_PAIRS:
        yield from combinations(team, LARGEST_TEAM)
        return
    for number, who in enumerate(team):
        for step in range(1, NEIGHBOURS + 1):
            yield who, team[(number + step) % len(team)]


def _hours(members: Sequence[Person], day: date) -> tuple[float, float] | None:
    """Return the longest time in which all of them work on a day."""
    common: list[tuple[float, float]] = [DAY]
    for who in members:
        if any(first <= day <= last for first, last in who.away):
            return None
        own = [
            (_minute(begins), _minute(ends))
            for weekday, begins, ends in who.working
            if weekday == day.isoweekday()
        ]
        if not who.working:
            continue  # who said no hours comes at any time
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in own if max(a, c) < min(b, d)
        ]
    return max(common, key=lambda hours: hours[1] - hours[0], default=None)


def _windows(item: Item, ground: Ground, days: Sequence[date]) -> Iterator[Window]:
    visit = item.visit
    place = ground.places.get(visit.venue) if visit.venue else None
    opens, closes = DAY
    if place and place.open:
        opens, closes = _minute(place.open[0]), _minute(place.open[1])
    for number, day in enumerate(days):
        closed = closed_to(visit, day, ground)
        without = [(_minute(begins), _minute(ends)) for (begins, ends), _why in closed]
        whole = [Window(opens, closes, number)]
        yield from orienteering.windows(whole, without, float(item.minutes))


def _written_down(
    found: Routed,
    problem: Routing,
    items: Sequence[Item],
    ground: Ground,
    taken: Sequence[Booked],
    days: Sequence[date],
    scales: Scales,
) -> list[Booked]:
    """Return what of the routes keeps to every rule, and whatever else fits beside it."""
    diary = Diary(ground, taken)
    held: list[Booked] = []
    stops = [(items[stop.visit], route, stop) for route in found.routes for stop in route.stops]
    worth = {
        one.visit.id: prize for one, prize in zip(items, raised(items, scales), strict=True)
    }
    for item, route, stop in sorted(
        stops, key=lambda one: (-worth[one[0].visit.id], one[1].shift)
    ):
        shift = problem.shifts[route.shift]
        day = days[shift.day]
        people = tuple(UUID(who) for who in shift.members)
        wanted = datetime.combine(day, MIDNIGHT) + timedelta(minutes=round(stop.starts))
        one = _near(item, day, wanted, people, diary)
        if one is not None:
            diary.write(one)
            held.append(one)
    return first_plan(items, ground, taken, ground.settings.facilitators, scales, held)


def _near(
    item: Item, day: date, wanted: datetime, people: tuple[UUID, ...], diary: Diary
) -> Booked | None:
    """Return the session at the next quarter of an hour at which all of them can hold it."""
    who = [diary.ground.people[one] for one in people]
    if not any(item.visit.language in one.languages for one in who):
        return None
    for start in starts_of(item, day, diary.ground):
        if start < max(wanted, diary.ground.now):
            continue
        ends = start + timedelta(minutes=item.minutes)
        one = replace(item.visit, starts=start, ends=ends, people=people)
        if not diary.is_apart(one):
            return None
        if diary.place_is_free(one) and all(diary.is_free(person, one) for person in who):
            return one
    return None


def _minute(at: time) -> float:
    return float(at.hour * 60 + at.minute + (1 if at == time.max else 0))
