"""Places to meet: which are used so that people walk least, and which RW meets where."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from ruang.planner import standing
from ruang.planner.needs import Need
from ruang.planner.reading import Spots
from ruang.planner.settings import Settings
from ruang.planner.solving.watching import Watcher
from ruang.prevention.ways import Spot, kilometres
from ruang.register.states import VenueKind
from ruang.solvers import median

FAR = 50.0
"""Kilometres added where the place lies in another kelurahan: nobody is sent there."""
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


def meet(
    needs: list[Need], settings: Settings, where: Spots, *, seconds: float, watch: Watcher
) -> Meeting:
    """Say where each RW and community meets, within the number of places that may be used."""
    people: dict[UUID, int] = defaultdict(int)
    spots: dict[UUID, tuple[str, Spot | None]] = {}
    for need in needs:
        if not need.at_school:
            counted = {one.id: one.people for one in need.demands}
            for one in need.candidates:
                people[one.unit] += sum(counted[rt] for rt in one.reaches)
                spots[one.unit] = (one.village, one.spot)
    halls = _halls(where)
    units = [
        one for one in sorted(spots) if any(hall.village == spots[one][0] for hall in halls)
    ]
    if not units or not halls:
        return Meeting({}, 0.0, 0, 0.0)
    costs = np.array([[_metres(one, *spots[one], hall) for hall in halls] for one in units])
    weights = [float(max(people[one], 1)) for one in units]
    return _assigned(units, halls, costs, weights, settings, seconds, watch)


def _assigned(
    units: list[UUID],
    halls: list[_Hall],
    costs: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    weights: list[float],
    settings: Settings,
    seconds: float,
    watch: Watcher,
) -> Meeting:
    villages = {hall.village for hall in halls}
    gap, most = 0.0, settings.places
    if most and len(villages) <= most < len(halls):
        found = median.solve(
            costs, weights, most, seconds=seconds, seed=settings.seed, watch=watch
        )
        which, gap = list(found.assigned), found.gap
    else:
        which = [int(number) for number in costs.argmin(axis=1)]
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
        used=len(set(which)),
        gap=gap,
    )


def _halls(where: Spots) -> list[_Hall]:
    return [
        _Hall(row.pk, row.village_id, row.rw_id, where.of(row, row.village_id))
        for row in standing.venues().filter(kind__in=MEETING)
    ]


def _metres(unit: UUID, village: str, spot: Spot | None, hall: _Hall) -> float:
    """Return how far people walk, in whole metres; very far into another kelurahan."""
    way = kilometres(spot, hall.spot) if spot and hall.spot else 1.0
    if hall.rw == unit:
        way = max(way + OWN, 0.0)
    return float(round((way + (FAR if hall.village != village else 0.0)) * METRES))
