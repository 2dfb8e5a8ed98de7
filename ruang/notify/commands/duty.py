"""Planning who is on duty, and saying how one is reached."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.identity import directory
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.notify.events import DutyChanged, ReachChanged
from ruang.notify.models import Reach, Shift
from ruang.notify.policy import may_plan, may_reach

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{3,22}")
MOST = 200
"""Shifts of one desk; more is a slip."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When somebody is on duty: every week on a day, or once on a date.

    :ivar place: in which order one rings those who are on duty together
    """

    begins_at: time
    ends_at: time
    weekday: int | None = None
    on: date | None = None
    place: int = 1


@transaction.atomic
def add_shift(*, actor: Actor, user: UUID, turn: Turn, at: datetime) -> Shift:
    """Put a member of the own organisation on the duty list.

    :raises PermissionDenied: if the actor does not manage members
    :raises Refused: if that is no member here, no time, or is on the list already
    """
    require(may_plan, actor, None)
    desk = actor.organisation_id
    if user not in {person.id for person in directory.accounts(desk)}:
        raise Refused(_("Choose a member of your organisation."))
    if (turn.weekday is None) == (turn.on is None):
        raise Refused(_("Choose a day of the week, or give one date."))
    here = Shift.objects.filter(desk=desk)
    when = {"weekday": turn.weekday, "on": turn.on, "begins_at": turn.begins_at}
    if here.filter(user=user, **when).exists():
        raise Refused(_("This person is on the list for that time already."))
    if here.count() >= MOST:
        raise Refused(_("The list is full. Take off what is over."))
    shift = Shift.objects.create(
        desk=desk, user=user, ends_at=turn.ends_at, place=turn.place, **when
    )
    record(DutyChanged(desk, user, is_active=True), actor=actor, at=at)
    return shift


@transaction.atomic
def remove_shift(*, actor: Actor, shift_id: UUID, at: datetime) -> None:
    """Take a shift off the duty list.

    :raises NotInSight: if it is not of the own desk
    :raises PermissionDenied: if the actor does not manage members
    """
    shift = sight.one(Shift.objects.visible_to(actor).select_for_update(), shift_id)
    require(may_plan, actor, shift)
    desk, user = shift.desk, shift.user
    shift.delete()
    record(DutyChanged(desk, user, is_active=False), actor=actor, at=at)


@transaction.atomic
def set_reach(*, actor: Actor, user: UUID, phone: str, email: str, at: datetime) -> Reach:
    """Say how somebody is reached on duty; both empty takes it away.

    :raises NotInSight: if that is no member of the own organisation
    :raises PermissionDenied: if it is somebody else, and the actor does not manage members
    :raises Refused: if it is no number, or no address
    """
    desk = actor.organisation_id
    if user not in {person.id for person in directory.accounts(desk)}:
        raise sight.NotInSight
    reach = Reach(user=user, desk=desk, phone=tidy(phone), email=tidy(email))
    require(may_reach, actor, reach)
    if reach.phone and not PHONE.fullmatch(reach.phone):
        raise Refused(_("Write the telephone number with digits, such as 0812 0000 0000."))
    if reach.email and not _is_address(reach.email):
        raise Refused(_("This is not an e-mail address."))
    Reach.objects.update_or_create(
        user=user, defaults={"desk": desk, "phone": reach.phone, "email": reach.email}
    )
    record(ReachChanged(desk, user), actor=actor, at=at)
    return reach


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii() and len(text) <= 254
