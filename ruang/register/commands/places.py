"""Adding, correcting and ending RW, RT, schools, communities and venues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.register.events import PlaceChanged
from ruang.register.keeping import (
    MODELS,
    check_day,
    check_free,
    kind_of,
    note_change,
    put,
    standing,
)
from ruang.register.models import COUNTS, Rt, Rw
from ruang.register.policy import may_keep
from ruang.register.states import Ending, Kind, Step
from ruang.register.taking import end_contacts
from ruang.territory import queries as territory
from ruang.territory.models import Region

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many live in an RT: by sex and band, all twelve."""

    households: int = 0
    people: Mapping[str, int] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Return the columns of an RT."""
        counts = {name: int(self.people.get(name, 0)) for name in COUNTS}
        return {"households": self.households, **counts, "people": sum(counts.values())}


@transaction.atomic
def add_rw(
    *, actor: Actor, village: str, number: int, on: date, at: datetime,
    local_name: str = "", point: Point | None = None,
) -> UUID:  # fmt: skip
    """Add an RW to a kelurahan.

    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if the kelurahan is unknown, or has an RW of this number
    """
    require(may_keep, actor, None)
    check_day(on, at)
    _check_village(village)
    if Rw.objects.visible_to(actor).standing().filter(village=village, number=number).exists():
        raise Refused(_("There is an RW of this number in this kelurahan already."))
    lat, lon = point or (None, None)
    row = Rw.objects.create(
        village_id=village, number=number, local_name=tidy(local_name), since=on,
        latitude=lat, longitude=lon,
    )  # fmt: skip
    _added(row, on=on, actor=actor, at=at)
    return row.pk


@transaction.atomic
def add_rt(
    *, actor: Actor, rw_id: UUID, number: int, counted: Counted, on: date, at: datetime,
    local_name: str = "",
) -> UUID:  # fmt: skip
    """Add an RT to an RW.

    :raises NotInSight: if there is no such RW
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if the RW has ended, or has an RT of this number
    """
    rw: Rw = standing(Kind.RW, rw_id, actor)
    check_day(on, at, since=rw.since)
    check_free(rw, number, actor)
    row = Rt.objects.create(
        rw=rw, village_id=rw.village_id, number=number, local_name=tidy(local_name), since=on,
        **counted.values(),
    )  # fmt: skip
    _added(row, on=on, actor=actor, at=at)
    return row.pk


@transaction.atomic
def add_place(
    *, actor: Actor, kind: Kind, village: str, values: Mapping[str, Any], on: date, at: datetime
) -> UUID:
    """Add a school, a community or a venue to a kelurahan.

    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if the kelurahan is unknown, or one of this name or NPSN is there
    """
    require(may_keep, actor, None)
    check_day(on, at)
    _check_village(village)
    _check_other(kind, village, values, actor)
    row = MODELS[kind].objects.create(village_id=village, since=on, **values)
    _added(row, on=on, actor=actor, at=at)
    return UUID(str(row.pk))


@transaction.atomic
def change_place(
    *, actor: Actor, kind: Kind, place_id: UUID, values: Mapping[str, Any], on: date,
    at: datetime, note: str = "",
) -> None:  # fmt: skip
    """Correct what the register says of a place. What stood there before is kept.

    :param values: by column; of an RT the local name and what :class:`Counted` returns
    :raises NotInSight: if the actor may know of no such place
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if it has ended, or nothing differs
    """
    row = standing(kind, place_id, actor)
    check_day(on, at, since=row.since)
    if kind not in {Kind.RW, Kind.RT}:
        _check_other(kind, row.village_id, values, actor, but=place_id)
    if kind is Kind.RT and any(getattr(row, name) != values.get(name) for name in COUNTS):
        values = {**values, "has_estimated_bands": False}
    old, new = put(row, dict(sorted(values.items(), key=lambda one: one[0] != "people")))
    if not new:
        raise Refused(_("Nothing differs from what the register says."))
    note_change(row, Step.CHANGE, on=on, actor=actor, at=at, old=old, new=new, note=note)
    record(PlaceChanged(row.pk, kind.value, Step.CHANGE.value), actor=actor, at=at)


@transaction.atomic
def end_place(
    *, actor: Actor, kind: Kind, place_id: UUID, why: Ending, on: date, at: datetime,
    note: str = "",
) -> None:  # fmt: skip
    """End a place. Its row, and what was done there, stay.

    :raises NotInSight: if the actor may know of no such place
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if it has ended, or an RW still has RT
    """
    row = standing(kind, place_id, actor)
    check_day(on, at, since=row.since)
    if why not in {Ending.CLOSED, Ending.MISTAKE}:
        raise Refused(_("Say whether it was closed, or entered by mistake."))
    if kind is Kind.RW and row.rts.filter(ended_on=None).exists():
        raise Refused(_("This RW still has RT. End them first, or enter them in another RW."))
    row.ended_on, row.ending = on, why
    row.save(update_fields=["ended_on", "ending"])
    end_contacts(kind, [row.pk], on, actor)
    new = {"ending": why.value}
    note_change(row, Step.END, on=on, actor=actor, at=at, new=new, note=note)
    record(PlaceChanged(row.pk, kind.value, Step.END.value), actor=actor, at=at)


def _added(row: Any, *, on: date, actor: Actor, at: datetime) -> None:
    note_change(row, Step.ADD, on=on, actor=actor, at=at)
    record(PlaceChanged(row.pk, kind_of(row).value, Step.ADD.value), actor=actor, at=at)


def _check_village(village: str) -> None:
    """Refuse what is no kelurahan of the city, and lock it: two who add to it take turns."""
    city = territory.city().code
    if village not in {one.code for one in territory.villages(city_code=city)}:
        raise Refused(_("Choose the kelurahan."))
    Region.objects.select_for_update().get(pk=village)


def _check_other(
    kind: Kind, village: str, values: Mapping[str, Any], actor: Actor, but: UUID | None = None
) -> None:
    """Refuse a second one of the same NPSN, or of the same name in a kelurahan."""
    others = MODELS[kind].objects.visible_to(actor).standing().exclude(pk=but)
    if values.get("npsn") and others.filter(npsn=values["npsn"]).exists():
        raise Refused(_("There is a school with this NPSN already."))
    if others.filter(village=village, name__iexact=values["name"]).exists():
        raise Refused(_("There is one of this name in this kelurahan already."))
