"""An RW that splits, RW that become one, an RT in another RW: the RT stay, with their people.

Only the RW of an RT and its number differ afterwards: what was held for it, who is rung there
and how many live there go with it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.register.events import PlaceChanged
from ruang.register.keeping import check_day, check_free, note_change, standing
from ruang.register.models import CadreArea, Rt, Rw, Venue
from ruang.register.states import Ending, Kind, Step
from ruang.register.taking import end_contacts
from ruang.territory.models import Region

MOST = 6
"""How many RW come out of one, or go into one, at a time."""
Numbers = Mapping[UUID, int]
"""By RT, its number afterwards; an RT that is not named keeps the one it has."""


@dataclass(frozen=True, slots=True)
class NewRw:
    """An RW that comes out of another: its number, and the RT that go to it."""

    number: int
    rts: Collection[UUID]
    local_name: str = ""


@dataclass(frozen=True, slots=True)
class _Act:
    """Who regroups, since when it holds, and why."""

    actor: Actor
    on: date
    at: datetime
    note: str


@transaction.atomic
def split_rw(
    *, actor: Actor, rw_id: UUID, parts: Sequence[NewRw], on: date, at: datetime,
    numbers: Numbers | None = None, note: str = "",
) -> tuple[UUID, ...]:  # fmt: skip
    """Let RT of an RW become RW of their own; without any RT left, the old one ends.

    :raises NotInSight: if there is no such RW
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if it has ended, no RT goes or one goes twice, or a number is taken
    """
    rw: Rw = standing(Kind.RW, rw_id, actor)
    act = _Act(actor, on, at, note)
    own = _rts(act, [rw])
    going = _going(own, parts)
    ends = len(going) == len(own)
    if ends and len(parts) < 2:
        raise Refused(_("All RT would go to one RW, which is no split. Leave at least one."))
    for part in parts:
        _check_rw_free(rw.village_id, part.number, actor, but=[rw] if ends else [])
    for part in parts:
        _check_numbers([own[pk] for pk in part.rts], numbers)
    if ends:
        _end(act, rw, Ending.SPLIT)
    made = [_made(act, [rw], part.number, part.local_name, came_from=rw) for part in parts]
    for new, part in zip(made, parts, strict=True):
        _put(act, [own[pk] for pk in part.rts], new, numbers)
    _follow(act, [rw], made, ends=ends)
    new_rws = {"rws": [[one.number, str(one.pk)] for one in made]}
    note_change(rw, Step.SPLIT, on=on, actor=actor, at=at, new=new_rws, note=note)
    event = PlaceChanged(rw.pk, Kind.RW.value, Step.SPLIT.value, count=len(made))
    record(event, actor=actor, at=at)
    return tuple(one.pk for one in made)


@transaction.atomic
def merge_rws(
    *, actor: Actor, rw_id: UUID, others: Collection[UUID], number: int, on: date,
    at: datetime, numbers: Numbers | None = None, local_name: str = "", note: str = "",
) -> UUID:  # fmt: skip
    """Let RW of one kelurahan become one, which has all of their RT.

    :raises NotInSight: if one of them is not there
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if one has ended or is of another kelurahan, or a number is taken
    """
    in_order = sorted({rw_id, *others})  # two who merge the same wait, and never for each other
    rws: list[Rw] = [standing(Kind.RW, pk, actor) for pk in in_order]
    act = _Act(actor, on, at, note)
    if not 2 <= len(rws) <= MOST:
        raise Refused(_("Choose at least one more RW to merge it with, and at most five."))
    if len({rw.village_id for rw in rws}) != 1:
        raise Refused(_("Only RW of one kelurahan can be merged."))
    own = list(_rts(act, rws).values())
    _check_rw_free(rws[0].village_id, number, actor, but=rws)
    _check_numbers(own, numbers)
    for rw in rws:
        _end(act, rw, Ending.MERGED)
    made = _made(act, rws, number, local_name)
    _put(act, own, made, numbers)
    _follow(act, rws, [made], ends=True)
    for rw in rws:
        rw.went_into = made
        rw.save(update_fields=["went_into"])
        new = {"rws": [[made.number, str(made.pk)]]}
        note_change(rw, Step.MERGE, on=on, actor=actor, at=at, new=new, note=note)
    event = PlaceChanged(made.pk, Kind.RW.value, Step.MERGE.value, count=len(rws))
    record(event, actor=actor, at=at)
    return made.pk


@transaction.atomic
def move_rt(
    *, actor: Actor, rt_id: UUID, rw_id: UUID, number: int, on: date, at: datetime,
    note: str = "",
) -> None:  # fmt: skip
    """Put an RT into another RW of its kelurahan, where it may need another number.

    :raises NotInSight: if there is no such RT, or no such RW
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if one has ended or is of another kelurahan, or the number is taken
    """
    rw: Rw = standing(Kind.RW, rw_id, actor)
    rt: Rt = standing(Kind.RT, rt_id, actor)
    if rw.village_id != rt.village_id:
        raise Refused(_("An RT stays in its kelurahan. Choose an RW of the same one."))
    if rw.pk == rt.rw_id:
        raise Refused(_("It is in this RW already. Choose another."))
    for since in (rt.since, rw.since):
        check_day(on, at, since=since)
    check_free(rw, number, actor)
    _put(_Act(actor, on, at, note), [rt], rw, {rt.pk: number})
    record(PlaceChanged(rt.pk, Kind.RT.value, Step.MOVE.value), actor=actor, at=at)


def _rts(act: _Act, rws: Sequence[Rw]) -> dict[UUID, Rt]:
    """Return the RT that stand, locked with the kelurahan: two who regroup take turns."""
    Region.objects.select_for_update().get(pk=rws[0].village_id)
    rows = Rt.objects.visible_to(act.actor).standing().select_for_update().filter(rw__in=rws)
    found: dict[UUID, Rt] = {row.pk: row for row in rows.order_by("rw__number", "number")}  # type: ignore[misc]
    for since in [*(rw.since for rw in rws), *(rt.since for rt in found.values())]:
        check_day(act.on, act.at, since=since)
    return found


def _going(own: Mapping[UUID, Rt], parts: Sequence[NewRw]) -> set[UUID]:
    going = [pk for part in parts for pk in part.rts]
    if not 1 <= len(parts) <= MOST or not all(part.rts for part in parts):
        raise Refused(_("Say for each new RW which RT go to it: at least one."))
    if len({part.number for part in parts}) != len(parts):
        raise Refused(_("Two new RW have the same number. Give each its own."))
    if len(set(going)) != len(going) or not set(going) <= own.keys():
        raise Refused(_("An RT has changed meanwhile. Choose again which RT go where."))
    return set(going)


def _check_rw_free(village: str, number: int, actor: Actor, *, but: Sequence[Rw] = ()) -> None:
    there = Rw.objects.visible_to(actor).standing().filter(village=village, number=number)
    if there.exclude(pk__in=[rw.pk for rw in but]).exists():
        raise Refused(
            _("There is an RW %d in this kelurahan already. Choose another number.") % number
        )


def _check_numbers(rts: Sequence[Rt], numbers: Numbers | None) -> None:
    """Refuse two RT of one number in one RW."""
    seen: set[int] = set()
    for rt in rts:
        number = (numbers or {}).get(rt.pk, rt.number)
        if number in seen:
            raise Refused(_("Two RT would have the number %d. Give each its own.") % number)
        seen.add(number)


def _end(act: _Act, rw: Rw, why: Ending) -> None:
    rw.ended_on, rw.ending = act.on, why
    rw.save(update_fields=["ended_on", "ending"])
    end_contacts(Kind.RW, [rw.pk], act.on, act.actor)


def _made(
    act: _Act, rws: Sequence[Rw], number: int, local_name: str, came_from: Rw | None = None
) -> Rw:
    """Return a new RW that lies about where those lie that it comes from."""
    known = [(rw.latitude, rw.longitude) for rw in rws]
    spots = [(lat, lon) for lat, lon in known if lat is not None and lon is not None]
    made = Rw.objects.create(
        village_id=rws[0].village_id, number=number, local_name=tidy(local_name), since=act.on,
        latitude=fmean(lat for lat, _lon in spots) if spots else None,
        longitude=fmean(lon for _lat, lon in spots) if spots else None,
        came_from=came_from,
    )  # fmt: skip
    note_change(made, Step.ADD, on=act.on, actor=act.actor, at=act.at)
    return made


def _put(act: _Act, rts: Sequence[Rt], rw: Rw, numbers: Numbers | None) -> None:
    """Let these RT be of this RW from now on; where they were stays in their history."""
    old_rws: Any = Rw.objects.visible_to(act.actor).in_bulk({rt.rw_id for rt in rts})
    for rt in rts:
        number = (numbers or {}).get(rt.pk, rt.number)
        before = old_rws[rt.rw_id]
        old = {"rw": before.number, "rt": rt.number, "rw_id": str(before.pk)}
        new = {"rw": rw.number, "rt": number, "rw_id": str(rw.pk)}
        rt.rw, rt.number = rw, number
        rt.save(update_fields=["rw", "number"])
        note_change(
            rt, Step.MOVE, on=act.on, actor=act.actor, at=act.at, old=old, new=new,
            note=act.note,
        )  # fmt: skip


def _follow(act: _Act, rws: Sequence[Rw], made: Sequence[Rw], *, ends: bool) -> None:
    """Let cadres look after what came out of theirs too, and venues lie where their RW was."""
    users = CadreArea.objects.filter(rw__in=rws).values_list("user", flat=True).distinct()
    CadreArea.objects.bulk_create(
        CadreArea(user_id=user, rw=one) for user in users for one in made
    )
    if ends:
        venues = Venue.objects.visible_to(act.actor).standing().filter(rw__in=rws)
        venues.update(rw=made[0])
