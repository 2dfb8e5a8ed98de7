"""RW, RT, schools, communities and venues as lists show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.register.models import Rt
from ruang.register.people import People, added
from ruang.register.states import Kind

DISTRICT_LENGTH = len("36.73.01")


@dataclass(frozen=True, slots=True)
class RtLine:
    """One RT as it stands in a list."""

    id: UUID
    number: int
    local_name: str
    people: People


@dataclass(frozen=True, slots=True)
class RwLine:
    """One RW with its RT."""

    id: UUID
    number: int
    local_name: str
    village: str
    people: People
    rts: tuple[RtLine, ...]


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A school, a community or a venue as it stands in a list."""

    id: UUID
    name: str
    what: str | Promise
    number: int
    village: str


def rw_lines(rws: list[Any], actor: Actor, names: dict[str, str]) -> tuple[RwLine, ...]:
    """Return RW with their RT: one query for all of them."""
    inside: dict[UUID, list[Any]] = defaultdict(list)
    rts: Any = Rt.objects.visible_to(actor).standing()
    for rt in rts.filter(rw__in=[rw.pk for rw in rws]).order_by("number", "id"):
        inside[rt.rw_id].append(rt)
    return tuple(
        RwLine(
            id=rw.pk,
            number=rw.number,
            local_name=rw.local_name,
            village=names.get(rw.village_id, ""),
            people=added(inside[rw.pk]),
            rts=tuple(rt_line(rt) for rt in inside[rw.pk]),
        )
        for rw in rws
    )


def rt_line(row: Rt) -> RtLine:
    """Return an RT as lists show it."""
    return RtLine(row.pk, row.number, row.local_name, added([row]))


def other_line(kind: Kind, row: Any, village: str) -> OtherLine:
    """Return a school, a community or a venue as lists show it."""
    if kind is Kind.SCHOOL:
        what, number = row.get_level_display(), row.pupils_female + row.pupils_male
    else:
        what = row.get_kind_display()
        number = row.members if kind is Kind.COMMUNITY else row.capacity
    return OtherLine(row.pk, row.name, what, number, village)


def below(code: str, villages: Iterable[str]) -> Q:
    """Return what lies in a region: by its kelurahan, whatever else the country holds.

    :param villages: the kelurahan of the city. Codes are not compared by size: how dots sort
        differs between databases.
    """
    inside = [one for one in villages if one == code or one.startswith(f"{code}.")]
    return Q(village__in=inside)
