"""Where, as a whole-number program: which candidates are held, and what is reached by them."""

from typing import TYPE_CHECKING

import numpy as np

from ruang.solvers import mip
from ruang.solvers.mip import Program, Solved
from ruang.solvers.watch import Clock, Watch

if TYPE_CHECKING:
    from ruang.solvers.covering import Covering


class Cover:
    """The program: which candidates are held, and what is reached by them.

    Units that the same candidates reach, in the same group, are one column.

    :ivar of: the column of each unit
    """

    def __init__(self, problem: "Covering", *, floor: float, strict: bool = False) -> None:
        self.program = Program()
        self.fair = floor == problem.floor
        self.add_candidates(problem)
        self.add_units(problem, strict=strict)
        if floor > 0:
            self.add_floors(problem, floor)

    def add_candidates(self, problem: "Covering") -> None:
        """A candidate is held or not, within the budget."""
        fixed, barred = set(problem.fixed), set(problem.barred) - set(problem.fixed)
        for candidate in range(len(problem.covers)):
            held = float(candidate in fixed)
            self.program.column(0.0, lower=held, upper=float(candidate not in barred))
        self.program.row(list(enumerate(problem.costs)), upper=problem.budget)

    def add_units(self, problem: "Covering", *, strict: bool) -> None:
        """A unit is reached if one of its candidates is held."""
        by: dict[int, list[int]] = {unit: [] for unit in range(len(problem.weights))}
        for candidate, units in enumerate(problem.covers):
            for unit in sorted(set(units)):
                by[unit].append(candidate)
        self.weight: dict[tuple[str, tuple[int, ...]], float] = {}
        for unit, weight in enumerate(problem.weights):
            key = (problem.groups[unit], tuple(by[unit]))
            self.weight[key] = self.weight.get(key, 0.0) + weight
        must = {tuple(by[unit]) for unit in problem.must}
        self.column: dict[tuple[str, tuple[int, ...]], int] = {}
        for (group, candidates), weight in self.weight.items():
            due = float(candidates in must)
            column = self.program.column(weight, lower=due, whole=strict)
            self.column[group, candidates] = column
            held = [(candidate, 1.0) for candidate in candidates]
            self.program.row([*held, (column, -1.0)], lower=0.0)
            is_one = len(candidates) == 1  # then reached is held, which proves far sooner
            for candidate in candidates if strict or is_one else ():
                self.program.row([(column, 1.0), (candidate, -1.0)], lower=0.0)
        self.of = [
            self.column[group, tuple(by[unit])] for unit, group in enumerate(problem.groups)
        ]

    def add_floors(self, problem: "Covering", floor: float) -> None:
        """No group's share is below the floor: floor × the share of the whole city."""
        whole = sum(problem.weights)
        for group, members in problem.members.items():
            part = floor * sum(problem.weights[unit] for unit in members) / whole
            terms = [
                (self.column[key], weight * (float(key[0] == group) - part))
                for key, weight in self.weight.items()
            ]
            self.program.row(terms, lower=0.0)

    def solve(self, clock: Clock, watch: Watch, share: float = 1.0) -> Solved:
        """Have it solved in (a share of) the time that is left."""
        heard = Stage(clock, watch, counts=self.fair)
        return mip.solve(self.program, seconds=share * clock.left, watch=heard)


class Stage:
    """Passes on what one of the programs says, on the clock of all of them.

    What is best without floors is no answer yet when there are floors; its bound is one. How
    evenly is another question than how much: neither says anything of the whole.
    """

    def __init__(
        self, clock: Clock, watch: Watch, *, counts: bool, bounds: bool = True
    ) -> None:
        self.clock, self.watch, self.counts, self.bounds = clock, watch, counts, bounds

    def report(self, best: float | None, bound: float | None, share: float) -> None:
        """Report on the whole."""
        self.watch.report(
            best if self.counts else None, bound if self.bounds else None, self.clock.share
        )

    def stopped(self) -> bool:
        """Pass the question on."""
        return self.watch.stopped()


def chosen_of(problem: "Covering", solved: Solved) -> tuple[int, ...]:
    """Return the candidates that are held."""
    assert solved.values is not None  # noqa: S101 - the caller has looked
    held = np.flatnonzero(solved.values[: len(problem.covers)] > 0.5)
    return tuple(int(candidate) for candidate in held)


def shares_of(problem: "Covering", chosen: tuple[int, ...]) -> dict[str, float]:
    """Return which share of its weight each group has reached, if it has any weight."""
    reached = problem.reached(chosen)
    shares = {}
    for group, members in problem.members.items():
        weight = sum(problem.weights[unit] for unit in members)
        if weight > 0:
            shares[group] = problem.worth(reached & frozenset(members)) / weight
    return shares


def shortfall(problem: "Covering", chosen: tuple[int, ...]) -> float:
    """Return by how much the poorest group is below its floor; 0 if none is."""
    whole = sum(problem.weights)
    if whole <= 0 or problem.floor <= 0:
        return 0.0
    mean = problem.worth(problem.reached(chosen)) / whole
    lowest = min(shares_of(problem, chosen).values())
    short = problem.floor * mean - lowest
    return short if short > 1e-7 else 0.0
