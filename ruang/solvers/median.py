"""Venues: which ``p`` sites to open so that everybody walks least (the p-median problem).

Anytime: the best answer so far is kept, the bound rises beside it, and when they meet the
answer is proven. Costs of whole numbers make the bound a whole number too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ruang.solvers import median_exact
from ruang.solvers.chance import Dice, dice
from ruang.solvers.fingerprint import fingerprint
from ruang.solvers.median_bound import Bound
from ruang.solvers.median_swap import (
    Floats,
    Ints,
    Opened,
    Sites,
    descend,
    opened,
    sites,
    wander,
)
from ruang.solvers.watch import Clock, Nobody, Watch

VERSION = "swap 1"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Which sites to open, where each customer goes, and what is proven about it."""

    chosen: tuple[int, ...]
    assigned: tuple[int, ...]
    value: float
    bound: float
    proven: bool
    seconds: float
    solver: str
    instance: str

    @property
    def gap(self) -> float:
        """How much better an answer could at most be, as a share of this one."""
        return max(0.0, self.value - self.bound) / self.value if self.value else 0.0


class UnsolvableError(ValueError):
    """The numbers given are not an instance; the sentence says why."""


def solve(
    costs: Floats,
    weights: Sequence[float] | Floats,
    p: int,
    *,
    open: Sequence[int] = (),  # noqa: A002 - the planner's word
    seconds: float = 10.0,
    seed: int = 1,
    watch: Watch | None = None,
) -> Answer:
    """Choose ``p`` sites; those in ``open`` are among them."""
    ways = np.asarray(costs, dtype=np.float64)
    weighed = checked(ways, weights, p, open)
    ready()
    search = Search(weighed, p, tuple(sorted(set(open))), seconds, seed)
    search.run(watch or Nobody())
    return search.answer(ways, fingerprint(ways, np.asarray(weights), p, sorted(set(open))))


@cache
def ready() -> None:
    """Compile what is compiled before any clock runs; from the second start on it is kept."""
    given = sites(np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0], [2.0, 3.0, 0.0]]), ())
    best = opened(given, np.array([0, 1]))
    wander(given, best, descend(given, best), 1, 1, dice(1))
    Bound(given, 2, np.ones(3)).improve(1.0, 1)


def checked(
    costs: Floats, weights: Sequence[float] | Floats, p: int, kept: Sequence[int]
) -> Floats:
    """Return the weighted costs, or say what is wrong with the numbers."""
    if costs.ndim != 2 or 0 in costs.shape:
        raise UnsolvableError("There is nobody to walk, or nowhere to walk to.")
    weighed = costs * np.asarray(weights, dtype=np.float64)[:, None]
    if not np.isfinite(weighed).all() or (weighed < 0).any():
        raise UnsolvableError("A distance or a weight is missing or negative.")
    if not max(1, len(set(kept))) <= p <= costs.shape[1]:
        raise UnsolvableError(f"{p} of {costs.shape[1]} sites cannot be chosen.")
    if kept and not 0 <= min(kept) <= max(kept) < costs.shape[1]:
        raise UnsolvableError("A site that must stay does not exist.")
    return weighed


class Search:
    """One run: the best answer, the bound, and the clock."""

    def __init__(
        self, weighed: Floats, p: int, kept: tuple[int, ...], seconds: float, seed: int
    ) -> None:
        self.clock = Clock(seconds)
        self.given: Sites = sites(weighed, kept)
        self.p, self.kept = p, kept
        self.whole = bool((weighed == np.rint(weighed)).all())
        self.dice: Dice = dice(seed)
        prices = self.given.costs.min(axis=0) + 0.1 * weighed.mean()
        self.bound = Bound(self.given, p, prices)
        self.best: Opened = opened(self.given, self.begin(seed))
        self.cost = float(self.best.first_cost.sum())

    def begin(self, seed: int) -> Ints:
        """Return sites to start from: those kept, and any; the bound soon knows better."""
        others = np.random.default_rng(abs(seed)).permutation(np.flatnonzero(~self.given.kept))
        return np.concatenate([self.kept, others[: self.p - len(self.kept)]]).astype(np.int64)

    @property
    def lower(self) -> float:
        """What is proven: no answer costs less."""
        bound = max(0.0, self.bound.best)
        return float(np.ceil(bound - 1e-6)) if self.whole else bound

    @property
    def proven(self) -> bool:
        """Whether nothing can be better."""
        return self.cost <= self.lower + 1e-9 * max(1.0, self.cost)

    def over(self, watch: Watch) -> bool:
        """Report, and say whether to stop."""
        watch.report(self.cost, self.lower, self.clock.share)
        return self.proven or self.clock.left <= 0 or watch.stopped()

    def run(self, watch: Watch) -> None:
        """Raise the bound, then search around the best; prove what is left if it is small."""
        while not self.over(watch) and not self.bound.settled:
            self.take(self.bound.improve(self.cost, 20))
            if self.clock.share > 0.3:
                break
        if not self.over(watch) and median_exact.is_small(
            self.given, self.p, self.bound, self.cost
        ):
            median_exact.finish(self, watch)
        depth, rounds = 1, 1
        while not self.over(watch):
            began = self.clock.used
            self.cost, depth = wander(
                self.given, self.best, self.cost, depth, rounds, self.dice
            )
            took = max(1e-6, self.clock.used - began)
            rounds = max(1, min(4 * rounds, int(rounds * min(0.2, self.clock.left / 4) / took)))

    def take(self, chosen: Ints) -> None:
        """Descend from some sites; keep the answer if it is better."""
        trial = opened(self.given, chosen)
        cost = float(descend(self.given, trial))
        if cost < self.cost - 1e-9:
            self.best, self.cost = trial, cost

    def answer(self, ways: Floats, instance: str) -> Answer:
        """Return what was found; who weighs nothing goes to the nearest too."""
        chosen = np.sort(self.best.slots)
        where = chosen[ways[:, chosen].argmin(axis=1)]
        return Answer(
            chosen=tuple(int(s) for s in chosen),
            assigned=tuple(int(s) for s in where),
            value=self.cost,
            bound=min(self.lower, self.cost),
            proven=self.proven,
            seconds=self.clock.used,
            solver=VERSION,
            instance=instance,
        )
