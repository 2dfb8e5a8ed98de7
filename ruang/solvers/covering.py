"""Where: the sessions by which most weighted people are reached, and a proof of it.

A *candidate* is a session that could be held (an RW at a venue, say); it reaches some *units*
(RT). Chosen are candidates within a budget of session-hours, so that the weight of the units
reached is largest; what is promised stays, what is due must be reached, and no *group*
(kecamatan) may fall below ``floor`` of the city's own share. Of the choices that are best by
that, the most even one is taken (``covering_even``). HiGHS proves both; ``Covered`` is the
certificate.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from ruang.solvers import mip
from ruang.solvers.covering_even import Level, even_out
from ruang.solvers.covering_program import Cover, chosen_of, shares_of, shortfall
from ruang.solvers.fingerprint import fingerprint
from ruang.solvers.mip import Solved, Status
from ruang.solvers.watch import Clock, Nobody, Watch


class Trouble(StrEnum):
    """Why there is no answer."""

    PROMISED = "promised"
    UNREACHABLE = "unreachable"
    DUE = "due"
    FLOORS = "floors"
    TIME = "time"


WORDS = {
    Trouble.PROMISED: "What is promised already costs more than the budget.",
    Trouble.UNREACHABLE: "No possible session reaches number {0}, which is due.",
    Trouble.DUE: "The budget does not suffice to visit everybody who is due.",
    Trouble.FLOORS: "The floors cannot be kept with this budget; {0} % of the mean could.",
    Trouble.TIME: "The time was too short to find an answer.",
}


@dataclass(frozen=True, kw_only=True)
class Covering:
    """An instance. Units and candidates are known by their position."""

    weights: tuple[float, ...]
    groups: tuple[str, ...]
    covers: tuple[tuple[int, ...], ...]
    costs: tuple[float, ...]
    budget: float
    floor: float = 0.0
    must: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()

    @cached_property
    def instance(self) -> str:
        """Its hash."""
        return fingerprint(asdict(self))

    @cached_property
    def members(self) -> dict[str, list[int]]:
        """The units of each group."""
        found: dict[str, list[int]] = {}
        for unit, group in enumerate(self.groups):
            found.setdefault(group, []).append(unit)
        return found

    def reached(self, chosen: tuple[int, ...]) -> frozenset[int]:
        """Return the units that these candidates reach."""
        return frozenset(unit for candidate in chosen for unit in self.covers[candidate])

    def worth(self, units: frozenset[int]) -> float:
        """Return their weight."""
        return float(sum(self.weights[unit] for unit in sorted(units)))


@dataclass(frozen=True, kw_only=True)
class Covered:
    """An answer and its certificate: nobody can do better than ``bound``.

    :ivar levels: how evenly, from the group with the lowest share up; as far as it was proven
    """

    status: Status
    chosen: tuple[int, ...] = ()
    value: float = 0.0
    bound: float = 0.0
    free_value: float = 0.0
    free_bound: float = 0.0
    shares: dict[str, float] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    trouble: Trouble | None = None
    details: tuple[str, ...] = ()
    solver: str = mip.NAME
    seconds: float = 0.0
    instance: str = ""

    @property
    def gap(self) -> float:
        """How much better an answer could at most be, as a share of this one."""
        return max(0.0, self.bound - self.value) / self.value if self.value else 0.0

    @property
    def price_of_fairness(self) -> float:
        """Weighted people fewer than without floors."""
        return max(0.0, self.free_value - self.value)

    @property
    def is_even(self) -> bool:
        """Whether no choice that counts as much is more even."""
        proven = all(level.is_proven for level in self.levels)
        return proven and len(self.levels) == len(self.shares)

    @property
    def words(self) -> str:
        """Say why there is no answer; empty when there is one."""
        return WORDS[self.trouble].format(*self.details) if self.trouble else ""

    def to_json(self) -> str:
        """Write it down, to be kept with the plan."""
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_json(text: str) -> "Covered":
        """Read it again."""
        kept: dict[str, Any] = json.loads(text)
        trouble = Trouble(kept["trouble"]) if kept["trouble"] else None
        for name in ("chosen", "details"):
            kept[name] = tuple(kept[name])
        kept["levels"] = tuple(Level(**level) for level in kept["levels"])
        return Covered(**kept | {"status": Status(kept["status"]), "trouble": trouble})


def solve(problem: Covering, *, seconds: float = 30.0, watch: Watch | None = None) -> Covered:
    """Choose candidates; first without floors, so that the price of fairness is known.

    What counts most comes first; then, among all choices that count as much, the share of the
    group with least, of the next, and so on. Nothing is given up for it, so it is asked only
    once the first is proven.
    """
    clock, watch = Clock(seconds), watch or Nobody()
    answer = obvious(problem) or proved(problem, clock, watch)
    if answer.status is Status.OPTIMAL:
        answer = evened(problem, answer, clock, watch)
    return replace(answer, instance=problem.instance, seconds=clock.used)


def obvious(problem: Covering) -> Covered | None:
    """Return the trouble that can be seen without solving anything."""
    if sum(problem.costs[candidate] for candidate in problem.fixed) > problem.budget + 1e-9:
        return troubled(Trouble.PROMISED)
    open_to = [c for c in range(len(problem.covers)) if c not in set(problem.barred)]
    reachable = problem.reached((*open_to, *problem.fixed))
    for unit in problem.must:
        if unit not in reachable:
            return troubled(Trouble.UNREACHABLE, str(unit))
    return None


def troubled(trouble: Trouble, *details: str) -> Covered:
    """Return that there is no answer, and why."""
    status = Status.STOPPED if trouble is Trouble.TIME else Status.INFEASIBLE
    return Covered(status=status, trouble=trouble, details=details)


def proved(problem: Covering, clock: Clock, watch: Watch) -> Covered:
    """Solve without floors, and with them when the first answer breaks one."""
    free = Cover(problem, floor=0.0).solve(clock, watch, share=0.5 if problem.floor else 1.0)
    if free.values is None:
        return troubled(Trouble.TIME if free.status is Status.STOPPED else Trouble.DUE)
    if shortfall(problem, chosen_of(problem, free)) <= 0:
        return certified(problem, free, free)
    fair = Cover(problem, floor=problem.floor).solve(clock, watch)
    if fair.values is not None and shortfall(problem, chosen_of(problem, fair)) > 0:
        # Reached but left uncounted, to lower the mean: count everything that is reached.
        counted = Cover(problem, floor=problem.floor, strict=True).solve(clock, watch)
        fair = replace(counted, bound=min(counted.bound, fair.bound))
    if fair.status is Status.INFEASIBLE:
        return troubled(Trouble.FLOORS, str(highest_floor(problem, clock, watch)))
    if fair.values is None:
        return troubled(Trouble.TIME)
    return certified(problem, fair, free)


def certified(problem: Covering, solved: Solved, free: Solved) -> Covered:
    """Return the answer with what is proven about it, counted anew from the choice."""
    chosen = chosen_of(problem, solved)
    value = problem.worth(problem.reached(chosen))
    cheaper = problem.worth(problem.reached(chosen_of(problem, free)))
    most = float(sum(problem.weights))
    return Covered(
        status=solved.status,
        chosen=chosen,
        value=value,
        bound=max(value, min(most, solved.bound, free.bound)),
        free_value=max(cheaper, value),
        free_bound=max(cheaper, value, min(most, free.bound)),
        shares=shares_of(problem, chosen),
    )


def evened(problem: Covering, answer: Covered, clock: Clock, watch: Watch) -> Covered:
    """Return the most even of the answers that are as good."""
    chosen, levels = even_out(problem, answer.chosen, clock, watch)
    value = problem.worth(problem.reached(chosen))
    return replace(
        answer,
        chosen=chosen,
        value=value,
        bound=max(value, answer.bound),
        free_value=max(value, answer.free_value),
        free_bound=max(value, answer.free_bound),
        shares=shares_of(problem, chosen),
        levels=levels,
    )


def highest_floor(problem: Covering, clock: Clock, watch: Watch) -> int:
    """Return the highest floor, in whole percent of the mean, for which an answer was found."""
    low, high = 0, int(problem.floor * 100)
    while high - low > 1 and clock.left > 0 and not watch.stopped():
        middle = (low + high) // 2
        tried = Cover(problem, floor=middle / 100).solve(clock, watch, share=0.3)
        low, high = (low, middle) if tried.values is None else (middle, high)
    return low
