"""The register from above: the city, a kecamatan, a kelurahan, with people counted."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.register.lines import (
    DISTRICT_LENGTH,
    OtherLine,
    RwLine,
    below,
    other_line,
    rw_lines,
)
from ruang.register.models import Community, Rt, Rw, School, Venue
from ruang.register.people import People, summed, summed_by
from ruang.register.policy import may_keep, may_see
from ruang.register.states import Kind
from ruang.territory import queries as territory
from ruang.territory.facts import Place

SHOWN = 50
"""Schools, communities and venues on the page of a kelurahan; the rest is in the list."""
_OTHERS: dict[Kind, Any] = {
    Kind.SCHOOL: School,
    Kind.COMMUNITY: Community,
    Kind.VENUE: Venue,
}


@dataclass(frozen=True, slots=True)
class RegionLine:
    """One kecamatan or kelurahan, with what is in it."""

    code: str
    name: str
    parts: int
    rws: int
    rts: int
    people: People


@dataclass(frozen=True, slots=True)
class RegionPage:
    """A city or a kecamatan: its parts, and all of it together.

    :ivar code: empty for the city
    :ivar others: how many schools, communities and venues there are
    """

    code: str
    name: str
    lines: tuple[RegionLine, ...]
    rws: int
    rts: int
    people: People
    others: tuple[tuple[Kind, int], ...]
    may_keep: bool

    @property
    def is_empty(self) -> bool:
        """Say whether there is no list yet."""
        return not (self.rts or self.rws or any(number for _kind, number in self.others))


@dataclass(frozen=True, slots=True)
class VillagePage:
    """A kelurahan: its RW with their RT, and what else is there."""

    code: str
    name: str
    district: str
    district_code: str
    rws: tuple[RwLine, ...]
    rts: int
    people: People
    others: tuple[tuple[Kind, tuple[OtherLine, ...], int], ...]
    may_keep: bool


def city_page(*, actor: Actor) -> RegionPage:
    """Return the city with its kecamatan.

    :raises PermissionDenied: if the actor does not see prevention
    """
    require(may_see, actor, None)
    city = territory.city()
    return _region(actor, city.code, city.name, "", territory.districts(city_code=city.code))


def district_page(*, actor: Actor, code: str) -> RegionPage:
    """Return a kecamatan with its kelurahan.

    :raises PermissionDenied: if the actor does not see prevention
    :raises NotInSight: if the city has no such kecamatan
    """
    require(may_see, actor, None)
    names = {one.code: one.name for one in territory.city().districts}
    if code not in names:
        raise NotInSight(code[:13])
    return _region(actor, code, names[code], code, territory.villages(district_code=code))


def village_page(*, actor: Actor, code: str) -> VillagePage:
    """Return a kelurahan.

    :raises PermissionDenied: if the actor does not see prevention
    :raises NotInSight: if the city has no such kelurahan
    """
    require(may_see, actor, None)
    above = code[:DISTRICT_LENGTH]
    districts = {one.code: one.name for one in territory.city().districts}
    names = {one.code: one.name for one in territory.villages(district_code=above)}
    if above not in districts or code not in names:
        raise NotInSight(code[:13])
    rows: Any = Rw.objects.visible_to(actor).standing().filter(village=code)
    rws = rw_lines(list(rows.order_by("number", "id")), actor, names)
    rts: Any = Rt.objects.visible_to(actor).standing().filter(village=code)
    count, people = summed(rts)
    return VillagePage(
        code=code,
        name=names[code],
        district=districts[above],
        district_code=above,
        rws=rws,
        rts=count,
        people=people,
        others=tuple(_others_of(kind, code, names[code], actor) for kind in _OTHERS),
        may_keep=may_keep(actor, None),
    )


def village_to_keep(*, actor: Actor, code: str) -> VillagePage:
    """Return a kelurahan for somebody who is about to add to it.

    :raises PermissionDenied: if the actor does not keep the register
    :raises NotInSight: if the city has no such kelurahan
    """
    require(may_keep, actor, None)
    return village_page(actor=actor, code=code)


def _region(
    actor: Actor, code: str, name: str, own: str, parts: tuple[Place, ...]
) -> RegionPage:
    codes = [one.code for one in (parts if own else territory.villages(city_code=code))]
    here = below(code, codes)
    rts: Any = Rt.objects.visible_to(actor).standing().filter(here)
    rws: Any = Rw.objects.visible_to(actor).standing().filter(here)
    length = len(parts[0].code) if parts else DISTRICT_LENGTH
    people = summed_by(rts.annotate(part=Substr("village_id", 1, length)), "part")
    counted = _counted(rws, length)
    villages = Counter(one[:DISTRICT_LENGTH] for one in codes)
    nobody = (0, People.of({}))
    lines = tuple(
        RegionLine(
            one.code,
            one.name,
            villages[one.code],
            counted.get(one.code, 0),
            *people.get(one.code, nobody),
        )
        for one in parts
    )
    count, everybody = summed(rts)
    others = tuple(
        (kind, model.objects.visible_to(actor).standing().filter(here).count())
        for kind, model in _OTHERS.items()
    )
    return RegionPage(
        own, name, lines, sum(counted.values()), count, everybody, others,
        may_keep(actor, None),
    )  # fmt: skip


def _counted(rws: "QuerySet[Any]", length: int) -> dict[str, int]:
    cut = rws.order_by().annotate(part=Substr("village_id", 1, length)).values("part")
    return dict(cut.annotate(number=Count("pk")).values_list("part", "number"))


def _others_of(
    kind: Kind, code: str, name: str, actor: Actor
) -> tuple[Kind, tuple[OtherLine, ...], int]:
    rows = _OTHERS[kind].objects.visible_to(actor).standing().filter(village=code)
    found = list(rows.order_by("name", "id")[: SHOWN + 1])
    lines = tuple(other_line(kind, row, name) for row in found[:SHOWN])
    return kind, lines, len(found) if len(found) <= SHOWN else rows.count()
