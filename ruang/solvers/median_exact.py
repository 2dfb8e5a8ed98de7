"""Proving a small instance: what the bound leaves open goes to HiGHS.

A site whose opening would lift the bound above the best answer is in no better answer, so few
are left; and no customer walks past a site that stays open.
"""

from typing import TYPE_CHECKING

import numpy as np

from ruang.solvers import mip
from ruang.solvers.median_bound import Bound, relax
from ruang.solvers.median_swap import Floats, Ints, Sites

if TYPE_CHECKING:
    from ruang.solvers.median import Search
    from ruang.solvers.watch import Watch

LARGEST = 200_000  # pairs of customer and site


def left_open(given: Sites, p: int, bound: Bound, cost: float) -> tuple[Ints, Ints]:
    """Return the sites that could be in a better answer, and those that must be."""
    worth = np.empty(given.costs.shape[0])
    prices = bound.prices if bound.best_prices is None else bound.best_prices
    relax(given, prices, worth)
    ranked = np.where(given.kept, -np.inf, worth)
    order = np.argsort(ranked, kind="stable")
    lower = float(prices.sum() + worth[order[:p]].sum())
    within = ranked <= worth[order[p - 1]] + (cost - lower) + 1e-6
    after = worth[order[p]] if len(order) > p else np.inf
    needed = np.zeros(len(order), dtype=np.bool_)
    needed[order[:p]] = worth[order[:p]] < after - (cost - lower) - 1e-6
    return np.flatnonzero(within), np.flatnonzero(needed | given.kept)


def is_small(given: Sites, p: int, bound: Bound, cost: float) -> bool:
    """Whether HiGHS would be done in reasonable time."""
    sites, _ = left_open(given, p, bound, cost)
    return bool(len(sites) * given.costs.shape[1] <= LARGEST)


def program(costs: Floats, needed: list[int], p: int) -> mip.Program:
    """Return the program: open ``p`` sites, send each customer to one of them."""
    made = mip.Program()
    n_sites, n = costs.shape
    for site in range(n_sites):
        made.column(0.0, lower=float(site in needed))
    made.row([(site, 1.0) for site in range(n_sites)], lower=p, upper=p)
    reach = costs[needed].min(axis=0) if needed else costs.max(axis=0)
    for customer in range(n):
        near = np.flatnonzero(costs[:, customer] <= reach[customer])
        ways = [(int(site), made.column(-costs[site, customer], whole=False)) for site in near]
        made.row([(way, 1.0) for _, way in ways], lower=1.0, upper=1.0)
        for site, way in ways:
            made.row([(site, 1.0), (way, -1.0)], lower=0.0)
    return made


def finish(search: "Search", watch: "Watch") -> None:
    """Prove the best answer, or find the better one there is, in half of the time left."""
    given, p = search.given, search.p
    sites, needed = left_open(given, p, search.bound, search.cost)
    places = {int(site): n for n, site in enumerate(sites)}
    made = program(given.costs[sites], [places[int(site)] for site in needed], p)
    solved = mip.solve(made, seconds=search.clock.left / 2, watch=Turned(search, watch))
    if solved.values is not None and -solved.value < search.cost - 1e-6:
        chosen = sites[np.flatnonzero(solved.values[: len(sites)] > 0.5)]
        search.take(chosen.astype(np.int64))
    if np.isfinite(solved.bound):
        # What was put aside cannot be better than the best answer known.
        search.bound.best = max(search.bound.best, min(search.cost, -solved.bound))


class Turned:
    """Passes on what HiGHS says: it maximises, the search minimises."""

    def __init__(self, search: "Search", watch: "Watch") -> None:
        self.search, self.watch = search, watch

    def report(self, best: float | None, bound: float | None, share: float) -> None:
        """Report the search's best, which HiGHS may not know yet."""
        cost = self.search.cost if best is None else min(self.search.cost, -best)
        lower = (
            self.search.lower if bound is None else max(self.search.lower, min(cost, -bound))
        )
        self.watch.report(cost, lower, self.search.clock.share)

    def stopped(self) -> bool:
        """Pass the question on."""
        return self.watch.stopped()
