"""Routes of a day, compiled: when each stop starts, how late it could, what an insertion costs.

``Tours`` is the instance, ``Plan`` the answer being changed. A route is one team on one day. A
visit may have several windows a day (venue hours without prayer and school hours): the start of
service lies in one of them. ``latest`` is the latest start by which everything after still
fits, so an insertion is judged by looking at its two neighbours only.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ruang.solvers.jit import jit, jit_inside

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
SLACK = 1e-6


class Tours(NamedTuple):
    """An instance."""

    travel: Floats  # place × place
    place: Ints  # of each visit
    service: Floats
    prize: Floats
    locked: Flags  # promised: is never taken out
    allowed: Flags  # visit × route
    window: Ints  # visit × day × (from, to) into opens, closes
    opens: Floats
    closes: Floats
    day: Ints  # of each route
    begin: Ints  # place
    finish: Ints
    early: Floats
    late: Floats
    most: Ints  # stops
    rivals: Flags  # route × route: share a person on the same day


class Plan(NamedTuple):
    """An answer."""

    stops: Ints  # route × position
    held: Ints  # how many stops each route has
    start: Floats
    latest: Floats
    route_of: Ints  # visit → route, or -1
    length: Floats  # travel of each route


def empty(tours: Tours) -> Plan:
    """Return a plan without stops."""
    routes, room = len(tours.day), int(tours.most.max(initial=1))
    return Plan(
        np.full((routes, room), -1, dtype=np.int64),
        np.zeros(routes, dtype=np.int64),
        np.zeros((routes, room)),
        np.zeros((routes, room)),
        np.full(len(tours.place), -1, dtype=np.int64),
        np.zeros(routes),
    )


@jit_inside
def lists(tours: Tours) -> tuple[Floats, Ints, Floats, Floats, Floats]:
    """Return what an insertion looks at."""
    return tours.travel, tours.place, tours.service, tours.opens, tours.closes


@jit_inside
def opening(opens: Floats, closes: Floats, first: int, until: int, time: float) -> float:
    """Return the first moment from ``time`` on within some windows, or infinity."""
    found = np.inf
    for w in range(first, until):
        if time <= closes[w] + SLACK:
            found = max(time, opens[w])
            break
    return found


@jit
def next_open(tours: Tours, visit: int, day: int, time: float) -> float:
    """Return the first moment from ``time`` on at which a visit may start."""
    first, until = tours.window[visit, day, 0], tours.window[visit, day, 1]
    return float(opening(tours.opens, tours.closes, first, until, time))


@jit
def last_open(tours: Tours, visit: int, day: int, time: float) -> float:
    """Return the last moment up to ``time`` at which a visit may start."""
    for w in range(tours.window[visit, day, 1] - 1, tours.window[visit, day, 0] - 1, -1):
        if time >= tours.opens[w] - SLACK:
            return float(min(time, tours.closes[w]))
    return -np.inf


@jit
def refresh(tours: Tours, plan: Plan, route: int) -> bool:
    """Compute the times of a route anew; return whether they keep to everything."""
    time, at, length = tours.early[route], tours.begin[route], 0.0
    day, count = tours.day[route], plan.held[route]
    for k in range(count):
        visit = plan.stops[route, k]
        leg = tours.travel[at, tours.place[visit]]
        time = next_open(tours, visit, day, time + leg)
        plan.start[route, k] = time
        time, at, length = time + tours.service[visit], tours.place[visit], length + leg
    leg = tours.travel[at, tours.finish[route]]
    plan.length[route] = length + leg if count else 0.0
    fits = count == 0 or time + leg <= tours.late[route] + SLACK
    latest, at = tours.late[route], tours.finish[route]
    for k in range(count - 1, -1, -1):
        visit = plan.stops[route, k]
        latest -= tours.service[visit] + tours.travel[tours.place[visit], at]
        latest = last_open(tours, visit, day, latest)
        plan.latest[route, k] = latest
        fits = fits and plan.start[route, k] <= latest + SLACK
        at = tours.place[visit]
    return bool(fits)


@jit
def is_shut(tours: Tours, plan: Plan, route: int) -> bool:
    """Whether a route takes nothing more: it is full, or its people are elsewhere that day."""
    if plan.held[route] == 0:
        for other in range(len(plan.held)):
            if tours.rivals[route, other] and plan.held[other] > 0:
                return True
    return bool(plan.held[route] >= tours.most[route])


@jit
def cheapest(
    tours: Tours, plan: Plan, visit: int, route: int, mix: Floats
) -> tuple[float, int]:
    """Return what the best insertion into a route costs, and where; infinite if there is none.

    ``mix`` weighs the detour, the delay of what follows, and the waiting.
    """
    best, where, day, held = np.inf, -1, tours.day[route], plan.held[route]
    first, until = tours.window[visit, day, 0], tours.window[visit, day, 1]
    if first == until or not tours.allowed[visit, route]:
        return best, where
    # Each is looked up once: reaching into a tuple costs more than the sums below.
    travel, places, service, opens, closes = lists(tours)
    stops, starts, latest = plan.stops[route], plan.start[route], plan.latest[route]
    here, serve, end = places[visit], service[visit], closes[until - 1] + SLACK
    finish, late = tours.finish[route], tours.late[route]
    leave, at = tours.early[route], tours.begin[route]
    for k in range(held + 1):
        if leave > end:
            break
        to = finish if k == held else places[stops[k]]
        arrive, straight = leave + travel[at, here], travel[at, to]
        start = opening(opens, closes, first, until, arrive)
        onward = start + serve + travel[here, to]
        if onward <= (late if k == held else latest[k]) + SLACK:
            detour = arrive - leave + travel[here, to] - straight + serve
            planned = leave + straight if k == held else starts[k]
            cost = (
                mix[0] * detour
                + mix[1] * max(0.0, onward - planned)
                + mix[2] * (start - arrive)
            )
            if cost < best:
                best, where = cost, k
        if k < held:
            leave, at = starts[k] + service[stops[k]], to
    return best, where


@jit
def insert(tours: Tours, plan: Plan, visit: int, route: int, where: int) -> bool:
    """Put a visit into a route; return whether it fits."""
    for k in range(plan.held[route], where, -1):
        plan.stops[route, k] = plan.stops[route, k - 1]
    plan.stops[route, where] = visit
    plan.held[route] += 1
    plan.route_of[visit] = route
    return refresh(tours, plan, route)


@jit
def drop(plan: Plan, route: int, where: int) -> None:
    """Take a stop out of a route; whoever does refreshes it afterwards."""
    plan.route_of[plan.stops[route, where]] = -1
    for k in range(where, plan.held[route] - 1):
        plan.stops[route, k] = plan.stops[route, k + 1]
    plan.held[route] -= 1


@jit
def copy_route(source: Plan, target: Plan, route: int) -> None:
    """Write one route of a plan over another's, apart from ``route_of``."""
    n = source.held[route]
    target.stops[route, :n] = source.stops[route, :n]
    target.start[route, :n] = source.start[route, :n]
    target.latest[route, :n] = source.latest[route, :n]
    target.held[route] = n
    target.length[route] = source.length[route]


@jit
def copy(source: Plan, target: Plan) -> None:
    """Write one plan over another."""
    for route in range(len(source.held)):
        copy_route(source, target, route)
    target.route_of[:] = source.route_of


@jit
def duplicate(plan: Plan) -> Plan:
    """Return a plan like this one."""
    return Plan(
        plan.stops.copy(),
        plan.held.copy(),
        plan.start.copy(),
        plan.latest.copy(),
        plan.route_of.copy(),
        plan.length.copy(),
    )
