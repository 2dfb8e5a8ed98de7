"""One run of ``orienteering``: the instance as arrays, the promises, the rounds, the clock."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from math import inf

import numpy as np

from ruang.solvers import routes, ruin
from ruang.solvers.chance import dice
from ruang.solvers.orienteering import (
    Misfit,
    Route,
    Routed,
    Routing,
    Shift,
    Stop,
    Visit,
    Window,
)
from ruang.solvers.routes import Floats, Ints, Plan, Tours
from ruang.solvers.watch import Clock, Watch

WARM, COLD = 1.0, 0.02  # of the mean prize: how much worse a plan may be, first and last
WAY = 0.01  # how much a median way counts, of the mean prize
STRINGS = 10  # at most so many stops are taken out at once
TURN = 200  # iterations between two looks at the clock, to begin with


def arrays(problem: Routing) -> Tours:
    """Return the instance as arrays."""
    shifts, visits = problem.shifts, problem.visits
    numbers = sorted({shift.day for shift in shifts})
    rank = {day: n for n, day in enumerate(numbers)}
    window = np.zeros((len(visits), len(numbers), 2), dtype=np.int64)
    opens: list[float] = []
    closes: list[float] = []
    for v, visit in enumerate(visits):
        for day in numbers:
            own = sorted(
                (w for w in allowed_windows(visit, day, problem)),
                key=lambda w: (w.opens, w.closes),
            )
            window[v, rank[day]] = len(opens), len(opens) + len(own)
            opens += [w.opens for w in own]
            closes += [w.closes for w in own]
    room = max(1, len(visits))
    return Tours(
        travel=np.ascontiguousarray(problem.travel, dtype=np.float64),
        place=np.array([v.place for v in visits], dtype=np.int64),
        service=np.array([v.service for v in visits], dtype=np.float64),
        prize=np.array([v.prize for v in visits], dtype=np.float64),
        locked=np.array([v.promise is not None for v in visits], dtype=np.bool_),
        allowed=allowed(problem),
        window=window,
        opens=np.array(opens, dtype=np.float64),
        closes=np.array(closes, dtype=np.float64),
        day=np.array([rank[s.day] for s in shifts], dtype=np.int64),
        begin=np.array([s.begin for s in shifts], dtype=np.int64),
        finish=np.array([s.finish for s in shifts], dtype=np.int64),
        early=np.array([s.earliest for s in shifts], dtype=np.float64),
        late=np.array([s.latest for s in shifts], dtype=np.float64),
        most=np.array([s.most or room for s in shifts], dtype=np.int64),
        rivals=rivals(problem),
    )


def allowed_windows(visit: Visit, day: int, problem: Routing) -> list[Window]:
    """Return when a visit may start on a day; a promise leaves one moment of one day."""
    own = [w for w in visit.windows if w.day in {None, day} and w.closes >= w.opens]
    if visit.promise is None:
        return own
    promised, at = problem.shifts[visit.promise.shift], visit.promise.start
    fits = any(w.opens - 1e-9 <= at <= w.closes + 1e-9 for w in own)
    return [Window(at, at)] if promised.day == day and fits else []


def allowed(problem: Routing) -> routes.Flags:
    """Return which shift may hold which visit: skills, and the shift that was promised."""
    found = np.zeros((len(problem.visits), len(problem.shifts)), dtype=np.bool_)
    for v, visit in enumerate(problem.visits):
        for s, shift in enumerate(problem.shifts):
            mine = visit.promise is None or visit.promise.shift == s
            listed = visit.shifts is None or s in visit.shifts
            found[v, s] = mine and listed and visit.needs <= shift.skills
    return found


def rivals(problem: Routing) -> routes.Flags:
    """Return which shifts share a person on the same day."""
    found = np.zeros((len(problem.shifts), len(problem.shifts)), dtype=np.bool_)
    busy: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, shift in enumerate(problem.shifts):
        for who in shift.members:
            busy[shift.day, who].append(number)
    for same in busy.values():
        found[np.ix_(same, same)] = True
    np.fill_diagonal(found, val=False)
    return found


@cache
def ready() -> None:
    """Compile what is compiled before any clock runs; from the second start on it is kept."""
    shift = Shift(members=("a",), begin=0, finish=0, earliest=0, latest=9)
    held = Visit(place=1, prize=1, service=1, windows=(Window(0, 9),))
    missed = Visit(place=1, prize=1, service=99, windows=(Window(0, 9),))
    travel = np.array([[0.0, 1.0], [1.0, 0.0]])
    tiny = Routing(travel=travel, shifts=(shift,), visits=(held, missed))
    run = Run(tiny, 1, (Route(0, (Stop(0, 1, 1),)),))
    run.search(2, 0.0, 1.0)


class Run:
    """The plan being searched, and the best so far."""

    def __init__(self, problem: Routing, seed: int, start: Sequence[Route]) -> None:
        self.problem, self.seed = problem, seed
        self.tours: Tours = arrays(problem)
        self.now: Plan = routes.empty(self.tours)
        self.best: Plan = routes.empty(self.tours)
        self.dice = dice(seed)
        self.clock = Clock(0.0)
        self.iterations = 0
        self.by_clock = False
        self.broken: dict[int, Misfit] = {}
        self.keep_promises()
        self.take_up(start)
        routes.copy(self.now, self.best)
        self.near: Ints = np.argsort(self.nearness(), axis=1, kind="stable").astype(np.int64)
        prizes = self.tours.prize[self.tours.prize > 0]
        self.mean_prize = float(prizes.mean()) if len(prizes) else 1.0
        self.way = WAY * self.mean_prize / max(1e-9, float(np.median(self.tours.travel)))

    def nearness(self) -> Floats:
        """Return how far each visit is from each other."""
        place = self.tours.place
        return np.asarray(self.tours.travel[np.ix_(place, place)])

    def keep_promises(self) -> None:
        """Put in what is promised, by the hour; note what cannot be kept."""
        promised = [
            (visit.promise.start, v)
            for v, visit in enumerate(self.problem.visits)
            if visit.promise
        ]
        for _, v in sorted(promised):
            misfit = self.why_not(v)
            if misfit:
                self.broken[v] = misfit
                self.tours.allowed[v, :] = False

    def why_not(self, v: int) -> Misfit | None:
        """Put one promised visit in; return why it does not fit."""
        promise = self.problem.visits[v].promise
        assert promise is not None  # noqa: S101 - only promised ones are asked for
        day = self.tours.day[promise.shift]
        if not self.tours.allowed[v, promise.shift]:
            return Misfit.SHIFT
        if self.tours.window[v, day, 0] == self.tours.window[v, day, 1]:
            return Misfit.WINDOW
        return None if self.put(v, promise.shift) else Misfit.TRAVEL

    def put(self, v: int, shift: int) -> bool:
        """Insert a visit where it costs least, if it fits."""
        even = np.array([1.0, 1.0, 0.0])
        cost, where = routes.cheapest(self.tours, self.now, v, shift, even)
        return bool(np.isfinite(cost)) and routes.insert(self.tours, self.now, v, shift, where)

    def take_up(self, start: Sequence[Route]) -> None:
        """Go on from a plan, as far as it still fits."""
        for route in start:
            for stop in route.stops:
                if self.now.route_of[stop.visit] < 0:
                    self.put(stop.visit, route.shift)

    @property
    def prize(self) -> float:
        """The prizes of the best plan."""
        return float(self.tours.prize[self.best.route_of >= 0].sum())

    def go(self, seconds: float | None, iterations: int | None, watch: Watch) -> None:
        """Search until the time or the iterations are used, or somebody says stop."""
        self.clock = Clock(inf if seconds is None else seconds)
        if not self.problem.visits or not self.problem.shifts:
            return
        rounds = TURN
        while not self.over(iterations, watch):
            began, share = self.clock.used, self.share(iterations)
            if iterations:
                rounds = min(TURN, iterations - self.iterations)
            ahead = rounds / iterations if iterations else 0.25 / self.clock.seconds
            self.search(rounds, share, min(1.0, share + ahead))
            took = max(1e-6, self.clock.used - began)
            if not iterations:
                aim = min(0.25, max(0.01, self.clock.left / 2))
                rounds = max(10, min(4 * rounds, int(rounds * aim / took)))

    def share(self, iterations: int | None) -> float:
        """Return which share of the iterations, or of the time, is used."""
        return self.iterations / iterations if iterations else self.clock.share

    def over(self, iterations: int | None, watch: Watch) -> bool:
        """Report, and say whether to stop."""
        share = self.share(iterations)
        watch.report(self.prize, float(self.tours.prize.sum()), share)
        if share >= 1.0 or bool((self.best.route_of[~self.unheld()] >= 0).all()):
            self.by_clock = not iterations and share >= 1.0
            return True
        self.by_clock = self.clock.left <= 0 or watch.stopped()
        return self.by_clock

    def unheld(self) -> routes.Flags:
        """Return which visits nobody may hold, or bring nothing."""
        return np.asarray((self.tours.prize <= 0) | ~self.tours.allowed.any(axis=1))

    def search(self, rounds: int, share: float, then: float) -> None:
        """Search some rounds, from one warmth down to another."""
        heat = np.array([self.mean_prize * WARM * (COLD / WARM) ** s for s in (share, then)])
        given = self.tours, self.near, self.now, self.best
        ruin.search(*given, rounds, heat, self.way, STRINGS, self.dice)
        self.iterations += rounds

    def routed(self) -> Routed:
        """Return the best plan."""
        found = tuple(
            Route(s, self.stops(s))
            for s in range(len(self.problem.shifts))
            if self.best.held[s]
        )
        left = np.flatnonzero(self.best.route_of < 0)
        return Routed(
            routes=found,
            prize=self.prize,
            left_out=tuple(int(v) for v in left),
            broken=dict(self.broken),
            iterations=self.iterations,
            by_clock=self.by_clock,
            seconds=self.clock.used,
            seed=self.seed,
            instance=self.problem.instance,
        )

    def stops(self, s: int) -> tuple[Stop, ...]:
        """Return a shift's stops with their times."""
        shift, found = self.problem.shifts[s], []
        leave, at = shift.earliest, shift.begin
        for k in range(int(self.best.held[s])):
            v = int(self.best.stops[s, k])
            visit, starts = self.problem.visits[v], float(self.best.start[s, k])
            arrives = leave + float(self.tours.travel[at, visit.place])
            found.append(Stop(v, arrives, starts))
            leave, at = starts + visit.service, visit.place
        return tuple(found)
