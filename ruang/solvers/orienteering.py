"""When and who: which sessions each team holds on each day.

The problem is known as team orienteering with time windows. A *shift* is one team on one day: a
facilitator, or a pair. A *visit* is a session that could be held: where, how long, for what
prize, within which windows (venue hours without prayer and school hours, see ``windows``), by
whom. Not every visit fits; those held bring their prizes. What is promised keeps its shift and
its hour. Nobody is in two teams on one day. Times are minutes, or any other unit.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ruang.solvers.fingerprint import fingerprint
from ruang.solvers.watch import Nobody, Watch

SOLVER = "ruin and recreate 1"
SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A team on a day. ``most``: how many sessions at most, 0 for no limit."""

    members: tuple[str, ...]
    begin: int
    finish: int
    earliest: float
    latest: float
    day: int = 0
    skills: frozenset[str] = frozenset()
    most: int = 0


@dataclass(frozen=True)
class Window:
    """From when until when a session may start; on one day, or on every day."""

    opens: float
    closes: float
    day: int | None = None


@dataclass(frozen=True)
class Promise:
    """A session that was promised: by which shift it is held, and when it starts."""

    shift: int
    start: float


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A session that could be held. ``shifts``: only by these, all when None."""

    place: int
    prize: float
    service: float
    windows: tuple[Window, ...]
    needs: frozenset[str] = frozenset()
    shifts: tuple[int, ...] | None = None
    promise: Promise | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Routing:
    """An instance: travel times between places, shifts, visits."""

    travel: NDArray[np.float64]
    shifts: tuple[Shift, ...]
    visits: tuple[Visit, ...]

    @property
    def instance(self) -> str:
        """Its hash."""
        return fingerprint(
            self.travel, [asdict(s) for s in self.shifts], [asdict(v) for v in self.visits]
        )


@dataclass(frozen=True)
class Stop:
    """A session in a plan: which visit, when the team arrives, when it starts."""

    visit: int
    arrives: float
    starts: float


@dataclass(frozen=True)
class Route:
    """What one shift does; shifts without stops have no route."""

    shift: int
    stops: tuple[Stop, ...]


class Misfit(StrEnum):
    """Why a promised session cannot be kept as it was promised."""

    SHIFT = "shift"
    WINDOW = "window"
    TRAVEL = "travel"


@dataclass(frozen=True, kw_only=True)
class Routed:
    """A plan. ``broken``: promises that do not fit together, which the plan leaves out.

    ``by_clock``: the time ended it, or somebody; another run may find another plan.
    """

    routes: tuple[Route, ...]
    prize: float
    left_out: tuple[int, ...]
    broken: dict[int, Misfit] = field(default_factory=dict)
    iterations: int = 0
    by_clock: bool = False
    seconds: float = 0.0
    seed: int = 1
    solver: str = SOLVER
    instance: str = ""

    def to_json(self) -> str:
        """Write it down, to be kept with the plan."""
        return json.dumps(asdict(self), sort_keys=True)


def windows(
    hours: Iterable[Window], without: Iterable[tuple[float, float]], service: float
) -> tuple[Window, ...]:
    """Return when a session may start: it lies in the hours and touches nothing forbidden."""
    pieces = list(hours)
    for begins, ends in sorted(without):
        kept = []
        for piece in pieces:
            kept.append(Window(piece.opens, min(piece.closes, begins), piece.day))
            kept.append(Window(max(piece.opens, ends), piece.closes, piece.day))
        pieces = [piece for piece in kept if piece.closes - piece.opens >= service]
    return tuple(
        Window(piece.opens, piece.closes - service, piece.day)
        for piece in sorted(set(pieces), key=lambda p: (p.day or 0, p.opens))
        if piece.closes - piece.opens >= service
    )


def solve(
    problem: Routing,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    start: Sequence[Route] = (),
    watch: Watch | None = None,
) -> Routed:
    """Plan the routes, for some seconds, ten if nothing is said; or for some iterations.

    With both the earlier ends it. A plan that did not end by the clock is the same plan again
    for the same instance and seed.

    ``start`` is a plan to go on from, as a killed worker left it; what still fits is used.
    """
    from ruang.solvers.orienteering_run import Run, ready  # it needs what is above

    ready()
    run = Run(problem, seed, start)
    if seconds is None and iterations is None:
        seconds = SECONDS
    run.go(seconds, iterations, watch or Nobody())
    return run.routed()
