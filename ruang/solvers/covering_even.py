"""How evenly: of the choices that count most, the one that gives the poorest groups most.

Two choices are compared by the shares of their groups, the lowest first: the higher lowest
share is better; where those are equal, the higher second lowest; and so on. Level *k* is the
sum of the *k* lowest shares, and raising one level after the other finds that choice: what the
levels below have reached stays, level *k* is made as large as can be. Which group is the *k*-th
lowest is never decided. For any threshold *r*, ``k·r - Σ max(0, r - share)`` is at most the sum
of the *k* lowest, and for the *k*-th lowest share it is that sum: so a level is a program like
any other (Ogryczak and Śliwiński, On direct methods for lexicographic min-max optimization,
2006). HiGHS proves each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ruang.solvers import mip
from ruang.solvers.covering_program import Cover, Stage, chosen_of, shares_of, shortfall
from ruang.solvers.mip import Status
from ruang.solvers.watch import Clock, Watch

if TYPE_CHECKING:
    from ruang.solvers.covering import Covering

FINE = 1e-7
"""Shares that differ by less are equal: HiGHS does not look closer."""
SCALE = 1e3
"""A share of everything in the program; what HiGHS tolerates is then a thousandth of itself."""


@dataclass(frozen=True)
class Level:
    """What the groups with the lowest shares have.

    :ivar share: of the last of them
    :ivar total: of all of them, added up
    :ivar bound: they have no more in any choice that counts as much and is as even below
    """

    share: float
    total: float
    bound: float

    @property
    def is_proven(self) -> bool:
        """Whether it is known to be the most that they can have."""
        return self.bound - self.total <= FINE


def even_out(
    problem: "Covering", chosen: tuple[int, ...], clock: Clock, watch: Watch
) -> tuple[tuple[int, ...], tuple[Level, ...]]:
    """Return the most even of the choices that count as much as one that counts most.

    The levels end with the first that is not proven, or that nobody had the time for.
    """
    least = problem.worth(problem.reached(chosen))
    bounds: list[float] = []
    for _group in shares_of(problem, chosen):
        if watch.stopped() or clock.left <= 0:
            break
        chosen, bound = _raised(problem, chosen, least, len(bounds) + 1, clock, watch)
        bounds.append(bound)
        if not _levels(problem, chosen, bounds)[-1].is_proven:
            break
    return chosen, _levels(problem, chosen, bounds)


def _levels(
    problem: "Covering", chosen: tuple[int, ...], bounds: Sequence[float]
) -> tuple[Level, ...]:
    lowest = sorted(shares_of(problem, chosen).values())[: len(bounds)]
    return tuple(
        Level(share, total, max(total, bound))
        for share, total, bound in zip(lowest, accumulate(lowest), bounds, strict=True)
    )


def _raised(
    problem: "Covering",
    chosen: tuple[int, ...],
    least: float,
    level: int,
    clock: Clock,
    watch: Watch,
) -> tuple[tuple[int, ...], float]:
    """Return a choice with the highest sum of so many lowest shares, and what bounds that sum.

    It is looked for again, more slowly, where something was reached and left uncounted so that
    the mean, and with it the floors, would be lower.
    """
    bound = float(level)
    for strict in (False, True):
        made = Evened(problem, chosen, least, level, strict=strict)
        heard = Stage(clock, watch, counts=False, bounds=False)
        solved = mip.solve(made.program, seconds=clock.left, watch=heard, start=made.start)
        if solved.status is not Status.INFEASIBLE:  # it never is: ``chosen`` is an answer
            bound = min(bound, solved.bound / SCALE)
        if solved.values is None:
            break
        found = chosen_of(problem, solved)
        if shortfall(problem, found) <= 0:
            better = _is_better(problem, found, chosen, least, level)
            return (found if better else chosen), bound
    return chosen, bound


def _is_better(
    problem: "Covering",
    found: tuple[int, ...],
    than: tuple[int, ...],
    least: float,
    level: int,
) -> bool:
    """Count anew whether it counts as much, keeps the levels below and raises this one."""
    if problem.worth(problem.reached(found)) < least - _slack(least):
        return False
    new, old = (
        list(accumulate(sorted(shares_of(problem, one).values())[:level]))
        for one in (found, than)
    )
    kept = all(one >= other - FINE for one, other in zip(new[:-1], old[:-1], strict=True))
    return kept and new[-1] > old[-1]


def _slack(worth: float) -> float:
    return 1e-6 + 1e-9 * worth


class Evened(Cover):
    """The program of one level.

    :ivar start: the choice to begin with, as the program writes it
    """

    def __init__(
        self,
        problem: "Covering",
        chosen: tuple[int, ...],
        least: float,
        level: int,
        *,
        strict: bool,
    ) -> None:
        super().__init__(problem, floor=problem.floor, strict=strict)
        program, self._shares = self.program, shares_of(problem, chosen)
        everything = [(self.column[key], weight) for key, weight in self.weight.items()]
        program.worth = [0.0] * len(program.worth)
        program.row(everything, lower=least - _slack(least))
        reached = problem.reached(chosen)
        held = {self.of[unit] for unit in reached}
        written = np.zeros(len(program.worth))
        written[list(chosen)] = 1.0
        written[sorted(held)] = 1.0
        self._start = written.tolist()
        self._add_shares(problem)
        for count in range(1, level + 1):
            self._add_sum(count, is_last=count == level)

    @property
    def start(self) -> NDArray[np.float64]:
        """Return the choice that is begun with."""
        return np.array(self._start, dtype=np.float64)

    def _add_shares(self, problem: "Covering") -> None:
        """A share is the weight of what is reached in a group ÷ all of its weight."""
        self._column_of: dict[str, int] = {}
        for group, share in self._shares.items():
            whole = sum(problem.weights[unit] for unit in problem.members[group])
            column = self.program.column(0.0, upper=SCALE, whole=False)
            terms = [
                (self.column[key], SCALE * weight / whole)
                for key, weight in self.weight.items()
                if key[0] == group
            ]
            self.program.row([*terms, (column, -1.0)], lower=0.0, upper=0.0)
            self._column_of[group] = column
            self._start.append(SCALE * share)

    def _add_sum(self, count: int, *, is_last: bool) -> None:
        """The sum of so many lowest shares: the last one is raised, the others stay."""
        lowest = sorted(self._shares.values())[:count]
        threshold = self.program.column(
            float(count) if is_last else 0.0, upper=SCALE, whole=False
        )
        self._start.append(SCALE * lowest[-1])
        terms = [(threshold, float(count))]
        for group, column in self._column_of.items():
            below = self.program.column(-float(is_last), upper=SCALE, whole=False)
            self.program.row([(column, 1.0), (below, 1.0), (threshold, -1.0)], lower=0.0)
            self._start.append(SCALE * max(0.0, lowest[-1] - self._shares[group]))
            terms.append((below, -1.0))
        if not is_last:
            self.program.row(terms, lower=SCALE * (sum(lowest) - FINE / 10))
