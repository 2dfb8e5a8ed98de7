"""Who to ring about a place: somebody new, or nobody any more."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.register.events import ContactChanged
from ruang.register.keeping import check_day, standing
from ruang.register.models import Contact
from ruang.register.policy import may_see_contact
from ruang.register.reading import PHONE
from ruang.register.states import RUNG, Kind
from ruang.register.taking import end_contacts


@transaction.atomic
def set_contact(
    *, actor: Actor, kind: Kind, place_id: UUID, name: str, phone: str, on: date, at: datetime
) -> None:
    """Say who is to be rung about a place from a day on; whoever was before is kept a year.

    :raises NotInSight: if the actor may know of no such place
    :raises PermissionDenied: if the actor does not keep the register, or may not ring
    :raises Refused: without a name, or if that is no telephone number
    """
    row = standing(kind, place_id, actor)
    require(may_see_contact, actor, row)
    check_day(on, at)
    who, number = " ".join(tidy(name).split()), " ".join(tidy(phone).split())
    if kind not in RUNG:
        raise Refused(_("Nobody is rung about a place of this kind."))
    if not 1 <= len(who) <= 120:
        raise Refused(_("Write the name, in at most 120 letters."))
    if number and not (PHONE.fullmatch(number) and len(number) <= 30):
        raise Refused(_("Write a telephone number in digits, such as 0812 0000 0000."))
    end_contacts(kind, [row.pk], on, actor)
    Contact.objects.create(**{kind.value: row}, name=who, phone=number, since=on)
    record(ContactChanged(row.pk, kind.value, is_active=True), actor=actor, at=at)


@transaction.atomic
def end_contact(*, actor: Actor, kind: Kind, place_id: UUID, on: date, at: datetime) -> None:
    """Let nobody be rung about a place from a day on.

    :raises NotInSight: if the actor may know of no such place
    :raises PermissionDenied: if the actor does not keep the register, or may not ring
    """
    row = standing(kind, place_id, actor)
    require(may_see_contact, actor, row)
    check_day(on, at)
    end_contacts(kind, [row.pk], on, actor)
    record(ContactChanged(row.pk, kind.value, is_active=False), actor=actor, at=at)
