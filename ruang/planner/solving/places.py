"""Places to meet: which are used so that people walk least, and which RW meets where."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from ruang.planner import standing
from ruang.planner.needs import Need
from ruang.planner.reading import Spots
from ruang.planner.rules import seats_for
from ruang.planner.settings import Settings
from ruang.planner.solving.watching import Watcher
from ruang.prevention.ways import Spot, kilometres
from ruang.register.states import VenueKind
from ruang.solvers import median

FAR = 50.0
"""Kilometres added where the place lies in another kelurahan: nobody is sent there, unless
fewer places may be used than there are kelurahan with one; and where it has too few seats, nor
to one that is too small, ever."""
OWN = -0.2
"""Kilometres taken off for the RW's own place: it is preferred to one that is about as near."""
MEETING = (
    VenueKind.HALL,
    VenueKind.OFFICE,
    VenueKind.HEALTH_POST,
    VenueKind.SCHOOL,
    VenueKind.OTHER,
)
"""Nobody is sent to a place of worship that is not her own."""
METRES = 1000


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where each RW and community meets; how far people walk on average, and what is proven."""

    of: Mapping[UUID, UUID]
    metres: float
    used: int
    gap: float


@dataclass(frozen=True, slots=True)
class _Hall:
    id: UUID
    village: str
    rw: UUID | None
    spot: Spot | None
    seats: int | None


def meet(
    needs: list[Need],
    settings: Settings,
    where: Spots,
    kept: AbstractSet[UUID] = frozenset(),
    *,
    seconds: float,
    watch: Watcher,
) -> Meeting:
    """Say where each RW and community meets, within the number of places that may be used.

    :param kept: the places of visits that a person keeps: they are used already
    """
    people, spots, seats = _wanted(needs, settings)
    halls = _halls(where)
    with_hall = {hall.village for hall in halls}
    units = [one for one in sorted(spots) if spots[one][0] in with_hall]
    if not units or not halls:
        return Meeting({}, 0.0, 0, 0.0)
    used = {spots[one][0] for one in units}
    there = [number for number, hall in enumerate(halls) if hall.id in kept]
    more = max(settings.places - len(there), 0) if settings.places else len(halls)
    wide = more < len(used)
    costs = np.array(
        [
            [_metres(one, *spots[one], hall, seats[one], wide=wide) for hall in halls]
            for one in units
        ]
    )
    weights = [float(max(people[one], 1)) for one in units]
    which, gap = list(costs.argmin(axis=1)), 0.0
    if 0 < more < len(halls):
        found = median.solve(
            costs, weights, more, seconds=seconds, seed=settings.seed, watch=watch
        )
        which, gap = list(found.assigned), found.gap
    if there and more < len(halls):
        which = _with_kept(costs, which if more else [], there)
    return _assigned(units, halls, costs, weights, [int(one) for one in which], gap)


def _wanted(
    needs: list[Need], settings: Settings
) -> tuple[dict[UUID, int], dict[UUID, tuple[str, Spot | None]], dict[UUID, int]]:
    """Return of each RW and community how many are reached, where it lies, seats it needs."""
    people: dict[UUID, int] = defaultdict(int)
    spots: dict[UUID, tuple[str, Spot | None]] = {}
    seats: dict[UUID, int] = defaultdict(int)
    for need in needs:
        if not need.at_school:
            counted = {one.id: one.people for one in need.demands}
            for one in need.candidates:
                people[one.unit] += sum(counted[rt] for rt in one.reaches)
                spots[one.unit] = (one.village, one.spot)
                wanted = seats_for(one.expects, settings.seats)
                seats[one.unit] = max(seats[one.unit], wanted)
    return people, spots, seats


def _with_kept(
    costs: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    which: list[int],
    there: list[int],
) -> list[int]:
    """Return for each the nearest of the places that were chosen and of those kept."""
    opened = sorted({*there, *which})
    return [opened[int(number)] for number in costs[:, opened].argmin(axis=1)]


def _assigned(
    units: list[UUID],
    halls: list[_Hall],
    costs: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    weights: list[float],
    which: list[int],
    gap: float,
) -> Meeting:
    metres = [float(costs[row, column]) for row, column in enumerate(which)]
    near = [
        (walk, weight)
        for walk, weight in zip(metres, weights, strict=True)
        if walk < FAR * METRES
    ]
    total = sum(weight for _walk, weight in near) or 1.0
    return Meeting(
        of={
            unit: halls[column].id
            for unit, column, walk in zip(units, which, metres, strict=True)
            if walk < FAR * METRES
        },
        metres=sum(walk * weight for walk, weight in near) / total,
        used=len({one for one, walk in zip(which, metres, strict=True) if walk < FAR * METRES}),
        gap=gap,
    )


def _halls(where: Spots) -> list[_Hall]:
    return [
        _Hall(
            row.pk,
            row.village_id,
            row.rw_id,
            where.of(row, row.village_id),
            row.capacity or None,
        )
        for row in standing.venues().filter(kind__in=MEETING)
    ]


def _metres(
    unit: UUID, village: str, spot: Spot | None, hall: _Hall, seats: int, *, wide: bool
) -> float:
    """Return how far people walk, in whole metres; very far where nobody is sent.

    :param wide: people may be sent into another kelurahan
    """
    way = kilometres(spot, hall.spot) if spot and hall.spot else 1.0
    if hall.rw == unit:
        way = max(way + OWN, 0.0)
    is_barred = hall.seats is not None and hall.seats < seats
    if is_barred or (hall.village != village and not wide):
        way += FAR
    return float(round(way * METRES))
