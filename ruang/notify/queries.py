"""The duty page: who is on duty now, the whole list, and the numbers to ring."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import F
from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity import directory
from ruang.notify import sending
from ruang.notify.duty import is_on
from ruang.notify.models import Reach, Shift
from ruang.notify.policy import may_plan, may_see
from ruang.notify.states import Weekday
from ruang.territory import queries as territory


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift.

    :ivar is_now: it runs at this moment
    :ivar is_over: it was for a date that has passed
    """

    id: UUID
    name: str
    phone: str
    weekday: str | Promise
    on: date | None
    begins_at: time
    ends_at: time
    place: int
    is_now: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class ReachLine:
    """How one colleague is reached."""

    user: UUID
    name: str
    phone: str
    email: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class DutyPage:
    """The duty list of the own desk.

    :ivar now: the shifts that run, in the order in which one rings
    :ivar sends: whether there is a mail server to tell anybody by
    """

    at: datetime
    now: tuple[ShiftLine, ...]
    shifts: tuple[ShiftLine, ...]
    people: tuple[ReachLine, ...]
    may_plan: bool
    sends: bool


def duty_page(*, actor: Actor, at: datetime) -> DutyPage:
    """Return the duty list of the actor's desk.

    :raises PermissionDenied: for whoever works at no desk
    """
    require(may_see, actor, None)
    here = directory.active(actor.organisation_id)
    reach = {row.user: row for row in Reach.objects.filter(desk=actor.organisation_id)}
    people = tuple(
        ReachLine(
            user=person.id,
            name=person.name,
            phone=reach[person.id].phone if person.id in reach else "",
            email=reach[person.id].email if person.id in reach else "",
            is_me=person.id == actor.user_id,
        )
        for person in here
    )
    by_id = {person.user: person for person in people}
    rows = Shift.objects.visible_to(actor).filter(user__in=by_id)
    in_order = rows.order_by(F("weekday").asc(nulls_last=True), "on", "begins_at", "place")
    shifts = tuple(_line(row, by_id[row.user], at) for row in in_order)
    return DutyPage(
        at=at,
        now=tuple(sorted((one for one in shifts if one.is_now), key=lambda one: one.place)),
        shifts=shifts,
        people=people,
        may_plan=may_plan(actor, None),
        sends=sending.is_set_up(),
    )


def _line(row: Shift, person: ReachLine, at: datetime) -> ShiftLine:
    zone = territory.city().hours.zone
    return ShiftLine(
        id=row.pk,
        name=person.name,
        phone=person.phone,
        weekday=Weekday(row.weekday).label if row.weekday else "",
        on=row.on,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        place=row.place,
        is_now=is_on(row, at, zone),
        is_over=row.on is not None and row.on < at.astimezone(zone).date(),
    )
