"""What no choice of sites can beat: Lagrange multipliers on "every customer is served once".

For prices ``u`` of the customers, opening the ``p`` sites with the most negative sum of
``min(0, cost - u)`` gives a lower bound. The sites so opened are good places to start from.
"""

from dataclasses import dataclass

import numpy as np

from ruang.solvers.jit import jit
from ruang.solvers.median_swap import Floats, Ints, Sites


@jit
def relax(given: Sites, prices: Floats, worth: Floats) -> None:
    """Write what each site would save at these prices (at most zero)."""
    widest = prices.max()
    for site in range(given.costs.shape[0]):
        total = 0.0
        for k in range(given.near.shape[1]):
            cost = given.far[site, k]
            if cost >= widest:
                break
            total += min(0.0, cost - prices[given.near[site, k]])
        worth[site] = total


@jit
def served(given: Sites, prices: Floats, chosen: Ints, times: Floats) -> None:
    """Write how often each customer is served by the chosen sites at these prices."""
    times[:] = 0.0
    for site in chosen:
        for i in range(len(times)):
            if given.costs[site, i] < prices[i]:
                times[i] += 1.0


@dataclass
class Bound:
    """The bound so far, and the prices that gave it; improved a few rounds at a time."""

    given: Sites
    p: int
    prices: Floats
    best: float = -np.inf
    best_prices: Floats | None = None
    pace: float = 1.5
    since: int = 0

    @property
    def settled(self) -> bool:
        """Whether more rounds would change nothing worth having."""
        return self.pace < 0.002

    def choose(self, worth: Floats) -> Ints:
        """Return the sites to open: those that must stay, then the best."""
        ranked = np.where(self.given.kept, -np.inf, worth)
        return np.argsort(ranked, kind="stable")[: self.p].astype(np.int64)

    def improve(self, upper: float, rounds: int) -> Ints:
        """Move the prices towards serving each customer once; return the last sites."""
        worth, times = np.empty(self.given.costs.shape[0]), np.empty_like(self.prices)
        chosen = np.empty(0, dtype=np.int64)
        for _ in range(rounds):
            relax(self.given, self.prices, worth)
            chosen = self.choose(worth)
            bound = float(self.prices.sum() + worth[chosen].sum())
            self.keep(bound)
            served(self.given, self.prices, chosen, times)
            lacking = 1.0 - times
            length = float((lacking**2).sum())
            if length == 0:
                self.pace = 0.0
                break
            self.prices = self.prices + self.pace * max(upper - bound, 1e-6) / length * lacking
        return chosen

    def keep(self, bound: float) -> None:
        """Remember a better bound; slow down when there has been none for a while."""
        self.since += 1
        if bound > self.best + 1e-9:
            self.best, self.best_prices, self.since = bound, self.prices.copy(), 0
        elif self.since >= 15:
            self.since, self.pace = 0, self.pace * 0.6
            if self.best_prices is not None:
                self.prices = self.best_prices.copy()
