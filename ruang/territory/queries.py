"""What others ask about the city and its regions. All of it is public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Avg

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.territory import facts
from ruang.territory.changing import edition
from ruang.territory.facts import CityFacts, Place
from ruang.territory.layout import ROUGH, Middle, places
from ruang.territory.models import Boundary, BoundarySet, City
from ruang.territory.policy import may_draw
from ruang.territory.states import Level


def city() -> CityFacts:
    """Return what the city is; it costs no query while it was asked within five seconds."""
    return facts.city_facts()


def part_now(*, part: str) -> tuple[CityFacts, str]:
    """Return what the city is at this moment, and in which edition a part of it stands.

    The edition is read first: what is saved in between is seen as somebody else's change.
    """
    row = City.objects.first()
    return facts.fresh_facts(), edition(row, part) if row is not None else ""


def is_open_now(*, at: datetime) -> bool:
    """Say whether somebody is at the desk at this moment."""
    return facts.city_facts().hours.is_open(at)


def next_opening(*, at: datetime) -> datetime | None:
    """Return when somebody is at the desk next, in UTC; the same moment if it is open."""
    return facts.city_facts().hours.next_opening(at)


def districts(*, city_code: str) -> tuple[Place, ...]:
    """Return the kecamatan of a city, by code."""
    known = facts.city_facts()
    if known.code == city_code:
        return known.districts
    return facts.places(parent=city_code, level=Level.DISTRICT)


def villages(*, district_code: str = "", city_code: str = "") -> tuple[Place, ...]:
    """Return the kelurahan of a kecamatan, or of a whole city, by code."""
    if district_code:
        return facts.places(parent=district_code, level=Level.VILLAGE)
    return facts.places(parent__parent=city_code, level=Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Boundaries as they are drawn: one path a kelurahan, and what has to be said with them.

    :ivar paths: code of the kelurahan → path in a frame of ``width`` × ``height``
    :ivar middles: code of the kelurahan → its middle
    :ivar unmatched: areas of the file that are no kelurahan of this city, as it calls them
    """

    id: UUID
    source: str
    is_official: bool
    is_current: bool
    width: int
    height: int
    paths: Mapping[str, str]
    middles: Mapping[str, Middle]
    unmatched: tuple[str, ...]
    at: datetime


def boundaries() -> Boundaries | None:
    """Return the boundaries in use, or None."""
    found = BoundarySet.objects.filter(is_current=True).first()
    return None if found is None else _drawn(found)


def boundaries_in_use(*, actor: Actor) -> Boundaries | None:
    """Return the boundaries in use to who may change them.

    :raises PermissionDenied: if the actor keeps no register
    """
    require(may_draw, actor, None)
    return boundaries()


def boundaries_to_check(*, actor: Actor, boundaries_id: UUID) -> Boundaries:
    """Return boundaries that were read and wait to be looked at, or are in use.

    :raises PermissionDenied: if the actor keeps no register
    :raises NotInSight: if there are none
    """
    require(may_draw, actor, None)
    return _drawn(sight.one(BoundarySet.objects.all(), boundaries_id))


def layout(*, city_code: str) -> tuple[str, ...]:
    """Return the kecamatan of a city row by row, about as they lie; "" where none stands."""
    known = tuple(place.code for place in districts(city_code=city_code))
    if city_code in ROUGH:
        return places(city_code, known, {})
    middles = (
        Boundary.objects.filter(of__is_current=True)
        .values_list("village__parent")
        .annotate(Avg("latitude"), Avg("longitude"))
    )
    return places(
        city_code, known, {code: Middle(north, east) for code, north, east in middles}
    )


def _drawn(found: BoundarySet) -> Boundaries:
    parts = list(found.boundaries.order_by("village_id"))
    return Boundaries(
        id=found.pk,
        source=found.source,
        is_official=found.is_official,
        is_current=found.is_current,
        width=found.width,
        height=found.height,
        paths={one.village_id: one.path for one in parts},
        middles={one.village_id: Middle(one.latitude, one.longitude) for one in parts},
        unmatched=tuple(found.unmatched),
        at=found.at,
    )
