"""Generated instances whose optimum HiGHS proves: for benches without public data."""

from collections.abc import Iterator

import numpy as np

from benchmarks.public import Network, Outing
from ruang.solvers import instances, median_exact, mip
from ruang.solvers.orienteering import Routing


def networks(count: int) -> Iterator[Network]:
    """Towns on a plane: which ``p`` of them to open."""
    for seed in range(1, count + 1):
        costs = instances.town(40 + 10 * seed, seed)
        p = 3 + 2 * seed
        solved = mip.solve(median_exact.program(costs.T, [], p), seconds=60)
        yield Network(f"town{seed}", costs, p, -solved.value)


def outings(count: int) -> Iterator[Outing]:
    """A dozen visits, two teams: small enough for a proof."""
    for seed in range(1, count + 1):
        routing = instances.outing(12, 2, seed)
        solved = mip.solve(program(routing), seconds=60)
        yield Outing(f"day{seed}", 2, routing, round(solved.bound, 6))


def program(routing: Routing) -> mip.Program:
    """Routes as arcs between stops, with the start of each stop as a column."""
    made, n, base = mip.Program(), len(routing.visits), routing.shifts[0]
    held = [made.column(visit.prize) for visit in routing.visits]
    starts = [
        made.column(0, lower=v.windows[0].opens, upper=v.windows[0].closes, whole=False)
        for v in routing.visits
    ]
    out = {
        v: made.column(0)
        for v in range(n)
        if base.earliest + way(routing, -1, v) <= closes(routing, v)
    }
    back = {v: made.column(0) for v in range(n)}
    arcs = {(v, w): made.column(0) for v in range(n) for w in range(n) if v != w}
    made.row([(column, 1.0) for column in out.values()], upper=len(routing.shifts))
    for v in range(n):
        into = [(out[v], 1.0)] if v in out else []
        into += [(arcs[w, v], 1.0) for w in range(n) if w != v]
        onward = [(back[v], 1.0)] + [(arcs[v, w], 1.0) for w in range(n) if w != v]
        made.row([*into, (held[v], -1.0)], lower=0, upper=0)
        made.row([*onward, (held[v], -1.0)], lower=0, upper=0)
        keep_time(made, routing, v, starts, out.get(v), back[v])
    for (v, w), arc in arcs.items():
        after = routing.visits[v].service + way(routing, v, w)
        large = closes(routing, v) + after - routing.visits[w].windows[0].opens
        made.row([(starts[w], 1.0), (starts[v], -1.0), (arc, -large)], lower=after - large)
    return made


def keep_time(
    made: mip.Program, routing: Routing, v: int, starts: list[int], out: int | None, back: int
) -> None:
    """Not before the team can be there, and home in time."""
    base = routing.shifts[0]
    if out is not None:
        made.row([(starts[v], 1.0), (out, -(base.earliest + way(routing, -1, v)))], lower=0)
    home = routing.visits[v].service + way(routing, v, -1)
    large = max(0.0, closes(routing, v) + home - base.latest)
    made.row([(starts[v], 1.0), (back, large)], upper=base.latest - home + large)


def closes(routing: Routing, v: int) -> float:
    return routing.visits[v].windows[0].closes


def way(routing: Routing, v: int, w: int) -> float:
    """From a visit to another; -1 is where the teams start and end."""
    places = [0 if number < 0 else routing.visits[number].place for number in (v, w)]
    return float(np.asarray(routing.travel)[places[0], places[1]])
