"""Taking apart and putting together again, compiled: the search behind ``orienteering``.

A round takes some neighbouring strings of stops out of the routes and fills up again with what
gives most for its cost, both with a little chance; what comes out is kept if it is better, or
not much worse while it is early. What is promised is never taken out.
"""

from typing import NamedTuple

import numpy as np

from ruang.solvers.chance import Dice, below, roll
from ruang.solvers.jit import jit, jit_inside
from ruang.solvers.routes import (
    Flags,
    Floats,
    Ints,
    Plan,
    Tours,
    cheapest,
    copy,
    copy_route,
    drop,
    duplicate,
    insert,
    is_shut,
    refresh,
)


@jit
def worth(tours: Tours, plan: Plan, way: float) -> float:
    """Return the prizes, less a little for the way."""
    total = 0.0
    for visit in range(len(plan.route_of)):
        if plan.route_of[visit] >= 0:
            total += tours.prize[visit]
    return float(total - way * plan.length.sum())


@jit
def seat(plan: Plan, visit: int) -> int:
    """Return the position of a visit in its route."""
    route = plan.route_of[visit]
    for k in range(plan.held[route]):
        if plan.stops[route, k] == visit:
            return k
    return -1


@jit
def take_string(
    tours: Tours, plan: Plan, visit: int, size: int, touched: Flags, dice: Dice
) -> int:
    """Take out a string of stops around a visit; return how many."""
    route, here = plan.route_of[visit], seat(plan, visit)
    size = min(size, plan.held[route])
    first = max(0, min(here - below(dice, size), plan.held[route] - size))
    taken = 0
    for k in range(first + size - 1, first - 1, -1):
        if not tours.locked[plan.stops[route, k]]:
            drop(plan, route, k)
            taken += 1
    touched[route] = True
    return taken


@jit
def ruin(tours: Tours, plan: Plan, near: Ints, touched: Flags, size: int, dice: Dice) -> None:
    """Take out about ``size`` stops: strings near one place, or here and there."""
    n = len(plan.route_of)
    centre = below(dice, n)
    scattered = roll(dice) < 0.25
    longest = 1 + below(dice, size)
    taken = 0
    for k in range(n):
        if taken >= size:
            break
        visit = below(dice, n) if scattered else near[centre, k]
        route = plan.route_of[visit]
        if route < 0 or tours.locked[visit] or (not scattered and touched[route]):
            continue
        taken += take_string(tours, plan, visit, 1 if scattered else longest, touched, dice)
    for route in range(len(plan.held)):
        if touched[route]:
            refresh(tours, plan, route)


@jit
def reopen(tours: Tours, plan: Plan, touched: Flags) -> None:
    """Where a route has become empty, its people are free for their other teams."""
    for route in range(len(touched)):
        if touched[route] and plan.held[route] == 0:
            for other in range(len(touched)):
                if tours.rivals[route, other]:
                    touched[other] = True


class Offers(NamedTuple):
    """What each visit left out would cost in each route, and in its best."""

    costs: Floats
    spots: Ints
    least: Floats
    into: Ints
    lure: Floats


@jit_inside
def price(
    tours: Tours, plan: Plan, offers: Offers, visit: int, route: int, mix: Floats
) -> None:
    """Write what a visit would cost in a route."""
    cost, spot = cheapest(tours, plan, visit, route, mix)
    offers.costs[visit, route], offers.spots[visit, route] = cost, spot
    if cost < offers.least[visit]:
        offers.least[visit], offers.into[visit] = cost, route


@jit
def price_first(
    tours: Tours, before: Plan, plan: Plan, touched: Flags, offers: Offers, mix: Floats
) -> None:
    """Price what could fit: anything where stops were taken out, and these stops anywhere.

    Nothing else fits: the plan before was filled up until nothing did.
    """
    offers.costs[:] = np.inf
    offers.least[:] = np.inf
    for route in range(len(touched)):
        if is_shut(tours, plan, route):
            continue
        for visit in range(len(plan.route_of)):
            fresh = before.route_of[visit] >= 0
            if plan.route_of[visit] < 0 and (fresh or touched[route]):
                price(tours, plan, offers, visit, route, mix)


@jit
def rank(offers: Offers, visit: int) -> None:
    """Find the route in which a visit costs least."""
    offers.least[visit] = np.inf
    for route in range(offers.costs.shape[1]):
        if offers.costs[visit, route] < offers.least[visit]:
            offers.least[visit], offers.into[visit] = offers.costs[visit, route], route


@jit
def price_again(tours: Tours, plan: Plan, offers: Offers, route: int, mix: Floats) -> None:
    """Price anew what a route that took a visit could still take."""
    shut = is_shut(tours, plan, route)
    for visit in range(len(plan.route_of)):
        if plan.route_of[visit] >= 0:
            continue
        stale = offers.into[visit] == route or tours.rivals[route, offers.into[visit]]
        offers.costs[visit, route] = np.inf
        if not shut:
            price(tours, plan, offers, visit, route, mix)
        if stale:
            rank(offers, visit)


@jit
def shut_rivals(tours: Tours, offers: Offers, route: int) -> None:
    """Nobody of a route that is now in use can go elsewhere that day."""
    for other in range(offers.costs.shape[1]):
        if tours.rivals[route, other]:
            offers.costs[:, other] = np.inf


@jit
def pick(plan: Plan, offers: Offers) -> int:
    """Return the visit that gives most for its cost, or -1."""
    best, chosen = 0.0, -1
    for visit in range(len(plan.route_of)):
        if plan.route_of[visit] < 0 and offers.least[visit] < np.inf:
            gives = offers.lure[visit] / (offers.least[visit] + 0.1)
            if gives > best:
                best, chosen = gives, visit
    return chosen


@jit
def recreate(
    tours: Tours, before: Plan, plan: Plan, touched: Flags, offers: Offers, dice: Dice
) -> None:
    """Fill up the routes with what gives most for its cost."""
    mix = np.array([roll(dice), roll(dice), 0.5 * roll(dice)])
    power, noise = 0.7 + 1.6 * roll(dice), roll(dice)
    for visit in range(len(offers.lure)):
        prize = max(tours.prize[visit], 1e-9)
        offers.lure[visit] = prize**power * (1.0 - noise * roll(dice))
    price_first(tours, before, plan, touched, offers, mix)
    while True:
        visit = pick(plan, offers)
        if visit < 0:
            return
        route = offers.into[visit]
        insert(tours, plan, visit, route, offers.spots[visit, route])
        touched[route] = True
        if plan.held[route] == 1:
            shut_rivals(tours, offers, route)
        price_again(tours, plan, offers, route, mix)


@jit
def settle(source: Plan, target: Plan, touched: Flags) -> None:
    """Write the touched routes of one plan over another's."""
    for route in range(len(touched)):
        if touched[route]:
            copy_route(source, target, route)
    target.route_of[:] = source.route_of


@jit
def search(
    tours: Tours,
    near: Ints,
    now: Plan,
    best: Plan,
    rounds: int,
    heat: Floats,
    way: float,
    size: int,
    dice: Dice,
) -> float:
    """Take apart and put together ``rounds`` times, ever less warm: ``heat`` says how."""
    n, m = tours.allowed.shape
    trial = duplicate(now)
    offers = Offers(
        np.empty((n, m)),
        np.zeros((n, m), dtype=np.int64),
        np.empty(n),
        np.zeros(n, dtype=np.int64),
        np.empty(n),
    )
    touched = np.zeros(m, dtype=np.bool_)
    value, record = worth(tours, now, way), worth(tours, best, way)
    for i in range(rounds):
        touched[:] = i == 0  # nobody may have filled up the plan yet
        ruin(tours, trial, near, touched, 1 + below(dice, size), dice)
        reopen(tours, trial, touched)
        recreate(tours, now, trial, touched, offers, dice)
        found = worth(tours, trial, way)
        warm = heat[0] * (heat[1] / heat[0]) ** (i / rounds)
        if found >= value + warm * np.log(roll(dice) + 1e-300):
            settle(trial, now, touched)
            value = found
            if found > record + 1e-9:
                copy(trial, best)
                record = found
        else:
            settle(now, trial, touched)
    return record
