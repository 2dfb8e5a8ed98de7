"""Where sessions are held, roughly, and how long somebody is on the way between two of them.

Plans that are worked out and sessions that are planned by hand go by the same ways.
"""

from math import ceil, cos, hypot, radians

from django.db.models import Avg

from ruang.access.actor import SYSTEM
from ruang.register.models import Community, Rw, School, Venue

Spot = tuple[float, float]
"""Latitude and longitude, roughly."""

UNKNOWN_WAY = 30
"""Minutes on the way where nobody knows where a place is."""
KM_PER_DEGREE = 111.2
DETOUR, KM_PER_HOUR = 140, 20
"""A road in percent of the straight line, and how fast one gets on, unless a plan says more."""
DISTRICT = 8
"""Letters of a code that name the kecamatan."""


def minutes_on_the_way(
    one: Spot | None, other: Spot | None, *, detour: int = DETOUR, speed: int = KM_PER_HOUR
) -> int:
    """Return how long somebody is on the way, in whole minutes.

    :param detour: a road, in percent of the straight line
    :param speed: in kilometres an hour
    """
    if one is None or other is None:
        return UNKNOWN_WAY
    if one == other:
        return 0
    road = kilometres(one, other) * detour / 100
    return ceil(round(road / speed * 60, 6))


def kilometres(one: Spot, other: Spot) -> float:
    """Return the straight line between two places of a city."""
    middle = radians((one[0] + other[0]) / 2)
    north = (one[0] - other[0]) * KM_PER_DEGREE
    return hypot(north, (one[1] - other[1]) * KM_PER_DEGREE * cos(middle))


def spot_of(place: Venue | Rw | School | Community | None, village: str) -> Spot | None:
    """Return about where something lies; else the middle of its kelurahan, or kecamatan."""
    if (
        isinstance(place, Venue | Rw | School)
        and place.latitude is not None
        and place.longitude is not None
    ):
        return float(place.latitude), float(place.longitude)
    return _middle(village__exact=village) or _middle(village__startswith=village[:DISTRICT])


def _middle(**where: str) -> Spot | None:
    """Return the middle of what is known to lie there."""
    known: list[Spot] = []
    for model in (Rw, School, Venue):
        rows = model.objects.visible_to(SYSTEM).standing().filter(**where)
        placed = rows.exclude(latitude=None)
        row = placed.aggregate(north=Avg("latitude"), east=Avg("longitude"))
        if row["north"] is not None and row["east"] is not None:
            known.append((float(row["north"]), float(row["east"])))
    if not known:
        return None
    return sum(one[0] for one in known) / len(known), sum(one[1] for one in known) / len(known)
