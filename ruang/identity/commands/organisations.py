"""Founding organisations, and closing them to sign-in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.identity import sessions
from ruang.identity.events import OrganisationFounded, OrganisationOpened
from ruang.identity.models import Organisation, User
from ruang.identity.policy import may_found
from ruang.identity.states import OrganisationKind
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy


@transaction.atomic
def found_organisation(
    *, actor: Actor, name: str, kind: OrganisationKind, phone: str = "", at: datetime
) -> UUID:
    """Enter an organisation and return its id. Its desk is founded by its first member.

    :raises PermissionDenied: if the actor may not
    :raises Refused: if there is one of that name
    """
    require(may_found, actor, None)
    called = " ".join(tidy(name).split())
    if not called:
        raise Refused(_("Say the organisation's name."))
    if len(called) > 120 or len(tidy(phone)) > 30:
        raise Refused(_("At most 120 characters for the name, 30 for the number."))
    if Organisation.objects.filter(name__iexact=called).exists():
        raise Refused(_("There is an organisation of this name."))
    made = Organisation.objects.create(name=called, kind=kind, phone=tidy(phone), created_at=at)
    record(OrganisationFounded(made.pk, kind=kind), actor=actor, at=at)
    return made.pk


@transaction.atomic
def close_organisation(*, actor: Actor, organisation_id: UUID, at: datetime) -> None:
    """Let none of its members sign in: every session ends. Keys and cases stay as they are.

    :raises NotInSight: if there is no such organisation
    :raises PermissionDenied: if the actor may not
    :raises Refused: if it is one's own, or closed already
    """
    row = _organisation(actor, organisation_id)
    if row.pk == actor.organisation_id:
        raise Refused(_("This is your own organisation. Somebody else has to close it."))
    if not row.is_active:
        raise Refused(_("It is closed already."))
    _set(row, is_active=False)
    for user in User.objects.visible_to(actor).filter(organisation=row):
        sessions.end(user_id=user.pk, at=at)
    record(OrganisationOpened(row.pk, is_active=False), actor=actor, at=at)


@transaction.atomic
def reopen_organisation(*, actor: Actor, organisation_id: UUID, at: datetime) -> None:
    """Let its members sign in again.

    :raises NotInSight: if there is no such organisation
    :raises PermissionDenied: if the actor may not
    :raises Refused: if it is open
    """
    row = _organisation(actor, organisation_id)
    if row.is_active:
        raise Refused(_("It is open already."))
    _set(row, is_active=True)
    record(OrganisationOpened(row.pk, is_active=True), actor=actor, at=at)


def _organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    rows = Organisation.objects.visible_to(actor).select_for_update()
    row = sight.one(rows, organisation_id)
    require(may_found, actor, row)
    return row


def _set(row: Organisation, *, is_active: bool) -> None:
    row.is_active = is_active
    row.save(update_fields=["is_active"])
