"""Swapping one open site for a closed one, compiled: the search behind ``median``.

``Sites`` is the instance. ``near[j]`` lists the customers of site ``j`` from the nearest on, so
that what a site would gain is known after looking at those nearer than their second-nearest
open site. ``Opened`` is the answer being changed: the two nearest open sites of each customer.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ruang.solvers.chance import Dice, below, roll
from ruang.solvers.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Sites(NamedTuple):
    """An instance: weighted costs, customers by nearness, which sites must stay open."""

    costs: Floats  # sites × customers
    near: Ints  # sites × customers: customers, nearest first
    far: Floats  # the costs in that order
    kept: NDArray[np.bool_]


class Opened(NamedTuple):
    """An answer: which sites are open, and for each customer the two nearest of them."""

    slots: Ints  # the open sites
    slot_of: Ints  # site → its slot, or -1
    first: Ints  # customer → nearest slot
    second: Ints
    first_cost: Floats
    second_cost: Floats


def sites(costs: Floats, kept: tuple[int, ...]) -> Sites:
    """Prepare an instance: ``costs`` is customers × sites, weights already in it."""
    by_site = np.ascontiguousarray(costs.T, dtype=np.float64)
    near = np.argsort(by_site, axis=1, kind="stable").astype(np.int64)
    must = np.zeros(by_site.shape[0], dtype=np.bool_)
    must[list(kept)] = True
    return Sites(by_site, near, np.take_along_axis(by_site, near, axis=1), must)


def opened(given: Sites, chosen: Ints) -> Opened:
    """Return the answer in which these sites are open."""
    n_sites, n = given.costs.shape
    slot_of = np.full(n_sites, -1, dtype=np.int64)
    slot_of[chosen] = np.arange(len(chosen))
    answer = Opened(
        np.array(chosen, dtype=np.int64),
        slot_of,
        np.zeros(n, dtype=np.int64),
        np.zeros(n, dtype=np.int64),
        np.zeros(n),
        np.zeros(n),
    )
    assign(given, answer)
    return answer


@jit
def look_up(given: Sites, answer: Opened, customer: int) -> None:
    """Find a customer's two nearest open sites."""
    one, two = np.inf, np.inf
    first, second = 0, 0
    for slot in range(len(answer.slots)):
        cost = given.costs[answer.slots[slot], customer]
        if cost < one:
            two, second = one, first
            one, first = cost, slot
        elif cost < two:
            two, second = cost, slot
    answer.first[customer], answer.second[customer] = first, second
    answer.first_cost[customer], answer.second_cost[customer] = one, two


@jit
def assign(given: Sites, answer: Opened) -> None:
    """Find every customer's two nearest open sites."""
    for customer in range(given.costs.shape[1]):
        look_up(given, answer, customer)


@jit
def swap(given: Sites, answer: Opened, site: int, slot: int) -> None:
    """Open a site in place of the one in a slot."""
    answer.slot_of[answer.slots[slot]] = -1
    answer.slots[slot] = site
    answer.slot_of[site] = slot
    for i in range(given.costs.shape[1]):
        cost = given.costs[site, i]
        if answer.first[i] == slot or answer.second[i] == slot:
            look_up(given, answer, i)
        elif cost < answer.first_cost[i]:
            answer.second[i], answer.second_cost[i] = answer.first[i], answer.first_cost[i]
            answer.first[i], answer.first_cost[i] = slot, cost
        elif cost < answer.second_cost[i]:
            answer.second[i], answer.second_cost[i] = slot, cost


@jit
def losses(given: Sites, answer: Opened, loss: Floats) -> float:
    """Write what closing each slot alone would cost; return the largest second cost."""
    loss[:] = 0.0
    widest = 0.0
    for i in range(len(answer.first)):
        loss[answer.first[i]] += answer.second_cost[i] - answer.first_cost[i]
        widest = max(widest, answer.second_cost[i])
    for slot in range(len(answer.slots)):
        if given.kept[answer.slots[slot]]:
            loss[slot] = np.inf
    return widest


@jit
def gain_of(given: Sites, answer: Opened, site: int, widest: float, spared: Floats) -> float:
    """Return what opening a site saves, and write what closing each slot costs less by it."""
    spared[:] = 0.0
    gain = 0.0
    for k in range(given.near.shape[1]):
        cost = given.far[site, k]
        if cost >= widest:
            break
        i = given.near[site, k]
        if cost < answer.first_cost[i]:
            gain += answer.first_cost[i] - cost
            spared[answer.first[i]] += answer.second_cost[i] - answer.first_cost[i]
        elif cost < answer.second_cost[i]:
            spared[answer.first[i]] += answer.second_cost[i] - cost
    return gain


@jit
def best_swap(
    given: Sites, answer: Opened, loss: Floats, spared: Floats
) -> tuple[int, int, float]:
    """Return the best swap there is: site, slot and change of cost."""
    widest = losses(given, answer, loss)
    best, best_site, best_slot = np.inf, -1, -1
    for site in range(given.costs.shape[0]):
        if answer.slot_of[site] >= 0:
            continue
        gain = gain_of(given, answer, site, widest, spared)
        for slot in range(len(answer.slots)):
            change = loss[slot] - spared[slot] - gain
            if change < best:
                best, best_site, best_slot = change, site, slot
    return best_site, best_slot, best


@jit
def descend(given: Sites, answer: Opened) -> float:
    """Swap while that helps; return the cost."""
    loss, spared = np.empty(len(answer.slots)), np.empty(len(answer.slots))
    while True:
        site, slot, change = best_swap(given, answer, loss, spared)
        if site < 0 or change > -1e-9:
            return float(answer.first_cost.sum())
        swap(given, answer, site, slot)


@jit
def shake(given: Sites, answer: Opened, times: int, dice: Dice) -> None:
    """Swap at random: half of the time for a site near the one that closes."""
    n_sites, n = given.costs.shape
    for _ in range(times):
        slot = below(dice, len(answer.slots))
        if given.kept[answer.slots[slot]]:
            continue
        site = below(dice, n_sites)
        if n_sites == n and roll(dice) < 0.5:
            site = given.near[
                answer.slots[slot], below(dice, min(n, 3 + 2 * n // len(answer.slots)))
            ]
        if answer.slot_of[site] < 0:
            swap(given, answer, site, slot)


@jit
def copy(source: Opened, target: Opened) -> None:
    """Write one answer over another."""
    target.slots[:] = source.slots
    target.slot_of[:] = source.slot_of
    target.first[:] = source.first
    target.second[:] = source.second
    target.first_cost[:] = source.first_cost
    target.second_cost[:] = source.second_cost


@jit
def wander(
    given: Sites, best: Opened, cost: float, depth: int, rounds: int, dice: Dice
) -> tuple[float, int]:
    """Search around the best answer: shake it ever more, descend, keep what is better.

    Returns the cost and the depth to go on with.
    """
    trial = Opened(
        best.slots.copy(),
        best.slot_of.copy(),
        best.first.copy(),
        best.second.copy(),
        best.first_cost.copy(),
        best.second_cost.copy(),
    )
    deepest = max(2, min(len(best.slots) // 2 + 1, 40))
    for _ in range(rounds):
        shake(given, trial, depth, dice)
        found = descend(given, trial)
        if found < cost - 1e-9:
            copy(trial, best)
            cost, depth = found, 1
        else:
            copy(best, trial)
            depth = depth + 1 if depth < deepest else 1
    return cost, depth
