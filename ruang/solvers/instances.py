"""Cities to try the solvers on: made from a seed, plausible, nobody's.

``serang`` has the numbers of Kota Serang: 6 kecamatan, 67 kelurahan, 618 RW, 2,382 RT.
"""

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ruang.solvers.covering import Covering
from ruang.solvers.orienteering import Promise, Routing, Shift, Visit, Window, windows

KECAMATAN = ("Kasemen", "Serang", "Taktakan", "Cipocok Jaya", "Walantaka", "Curug")
KELURAHAN = (10, 12, 13, 8, 14, 10)
RW, RT = 618, 2382
OPEN, SHUT = 8 * 60.0, 17 * 60.0
PRAYERS = ((11 * 60 + 45.0, 13 * 60.0), (15 * 60.0, 15 * 60 + 30.0))
SCHOOL = (7 * 60.0, 12 * 60.0)
LENGTH = 90.0


def town(n: int, seed: int) -> NDArray[np.float64]:
    """Return walking distances, whole numbers, between homes that are also possible venues."""
    at = np.random.default_rng(seed).random((n, 2)) * 1000
    return np.rint(apart(at))


def apart(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distances between places."""
    return np.asarray(np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2)))


def outing(n: int, teams: int, seed: int) -> Routing:
    """Return a day of some possible visits, as published instances have it."""
    dice = random.Random(seed)  # noqa: S311 - chance, not a secret
    at = np.array([(dice.random() * 60, dice.random() * 60) for _ in range(n + 1)])
    visits = []
    for place in range(1, n + 1):
        opens = float(dice.randrange(0, 150))
        window = Window(opens, opens + dice.randrange(20, 80))
        visits.append(
            Visit(place=place, prize=dice.randrange(1, 50), service=10, windows=(window,))
        )
    shifts = tuple(
        Shift(members=(str(team),), begin=0, finish=0, earliest=0, latest=230)
        for team in range(teams)
    )
    travel = np.floor(apart(at) * 10) / 10
    return Routing(travel=travel, shifts=shifts, visits=tuple(visits))


@dataclass(frozen=True, kw_only=True)
class City:
    """A quarter: what could be held, whom it reaches, who asked, who can go where."""

    covering: Covering
    requests: tuple[int, ...]  # candidates, in the order in which they were asked for
    place: tuple[int, ...]  # of each candidate
    travel: NDArray[np.float64]  # minutes; place 0 is the office
    teams: tuple[tuple[str, ...], ...]
    days: int


def serang(seed: int = 1, *, rw: int = RW, rt: int = RT, budget: float = 180.0) -> City:
    """Return a quarter in a city as large as Serang: a session for each RW."""
    dice = random.Random(seed)  # noqa: S311 - chance, not a secret
    homes = [(dice.random() * 16, dice.random() * 17) for _ in range(rw)]
    homes.sort(key=lambda home: (int(home[1] / 6), home[0]))
    at = np.array([(8.0, 8.5), *homes])
    parts: list[list[int]] = [[] for _ in range(rw)]
    for unit in range(rt):
        parts[unit if unit < rw else dice.randrange(rw)].append(unit)
    group = [kecamatan_of(number, rw) for number in range(rw)]
    weights, groups = [0.0] * rt, [""] * rt
    for number, units in enumerate(parts):
        for unit in units:
            weights[unit] = round(
                dice.lognormvariate(5.4, 0.5) * dice.choice((0.4, 0.7, 1, 1.5))
            )
            groups[unit] = group[number]
    return City(
        covering=Covering(
            weights=tuple(weights),
            groups=tuple(groups),
            covers=tuple(reach(number, parts, at) for number in range(rw)),
            costs=tuple(dice.choice((1.5, 1.5, 2.0)) for _ in range(rw)),
            budget=budget,
            floor=0.8,
            must=tuple(sorted(dice.sample(range(rt), rt // 120))),
            fixed=tuple(sorted(dice.sample(range(rw), rw // 100))),
        ),
        requests=tuple(dice.sample(range(rw), rw // 5)),
        place=tuple(range(1, rw + 1)),
        travel=np.rint(apart(at) / 25 * 60 + 5),
        teams=(("ani", "budi"), ("citra",), ("dewi", "eka"), ("fajar",), ("citra", "fajar")),
        days=24,
    )


def kecamatan_of(number: int, rw: int) -> str:
    """Return the kecamatan of an RW: as many RW as it has kelurahan."""
    kelurahan = number * sum(KELURAHAN) // rw
    for name, count in zip(KECAMATAN, KELURAHAN, strict=True):
        if kelurahan < count:
            return name
        kelurahan -= count
    return KECAMATAN[-1]


def reach(number: int, parts: list[list[int]], at: NDArray[np.float64]) -> tuple[int, ...]:
    """Return the RT that a session of an RW reaches: its own, and very near ones."""
    away = np.sqrt(((at[1:] - at[number + 1]) ** 2).sum(axis=1))
    return tuple(unit for near in np.flatnonzero(away <= 0.3) for unit in parts[int(near)])


def quarter(city: City, chosen: tuple[int, ...], promised: int = 0) -> Routing:
    """Return the routing of chosen sessions: teams, days, prayer and school hours."""
    shifts = tuple(
        Shift(members=team, begin=0, finish=0, earliest=OPEN, latest=SHUT, day=day, most=3)
        for day in range(city.days)
        for team in city.teams
    )
    visits = []
    for n, candidate in enumerate(chosen):
        closed = (*PRAYERS, SCHOOL) if candidate % 5 == 0 else PRAYERS
        prize = city.covering.worth(frozenset(city.covering.covers[candidate]))
        visits.append(
            Visit(
                place=city.place[candidate],
                prize=prize,
                service=60 * city.covering.costs[candidate],
                windows=windows(
                    [Window(OPEN, SHUT)], closed, 60 * city.covering.costs[candidate]
                ),
                promise=Promise(n * len(city.teams), 13 * 60.0) if n < promised else None,
            )
        )
    return Routing(travel=city.travel, shifts=shifts, visits=tuple(visits))
