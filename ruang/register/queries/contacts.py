"""Who to ring about one place. Whoever looks is on record; no list ever shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.register.finding import Where, found, where_of
from ruang.register.models import Contact
from ruang.register.policy import may_keep, may_see, may_see_contact
from ruang.register.states import RUNG, Kind
from ruang.vault.ledger import Ledger

CONTACT = "contact"
"""What an opening is called on record."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Somebody who is rung about a place, or was."""

    name: str
    phone: str
    since: date
    until: date | None

    @property
    def dial(self) -> str:
        """Return the number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Who to ring now, and who was rung before."""

    kind: Kind
    id: UUID
    name: str
    rw: str
    where: Where
    now: Rung | None
    before: tuple[Rung, ...]
    may_keep: bool


def contact_page(*, actor: Actor, kind: Kind, place_id: UUID, ledger: Ledger) -> ContactPage:
    """Return who to ring about a place, and put on record that it was looked at.

    :raises PermissionDenied: if the actor does not have to ring
    :raises NotInSight: if there is no such place, or nobody is rung about its kind
    """
    require(may_see, actor, None)
    require(may_see_contact, actor, None)
    if kind not in RUNG:
        raise NotInSight(kind.value)
    row = found(kind, place_id, actor)
    contacts: Any = Contact.objects.visible_to(actor).filter(**{kind.value: row})
    people = [
        Rung(one.name, one.phone, one.since, one.until)
        for one in contacts.order_by("-since", "-id")
    ]
    if people:
        ledger.note(row.pk, CONTACT)
    rw = getattr(row, "rw", None)
    return ContactPage(
        kind=kind,
        id=row.pk,
        name=str(row),
        rw=str(rw) if rw is not None else "",
        where=where_of(row.village),
        now=next((one for one in people if one.until is None), None),
        before=tuple(one for one in people if one.until is not None),
        may_keep=may_keep(actor, row) and row.ended_on is None,
    )
