"""A facilitator's own calendar under a secret address, which her phone asks for by itself."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.prevention.codes import calendar_tag
from ruang.prevention.events import FacilitatorChanged
from ruang.prevention.models import Facilitator, OwnCalendar
from ruang.prevention.policy import may_change_days, may_subscribe, sees_facilitator

BYTES = 32


@transaction.atomic
def open_calendar(*, actor: Actor, facilitator_id: UUID, at: datetime) -> str:
    """Return the secret part of a new address; one there was opens nothing any more.

    It is returned this once: the table keeps a hash of it.

    :raises NotInSight: if there is nobody
    :raises PermissionDenied: if it is somebody else's
    """
    row = _locked(actor, facilitator_id)
    require(may_subscribe, actor, row)
    secret = secrets.token_urlsafe(BYTES)
    OwnCalendar.objects.filter(facilitator=row).delete()
    OwnCalendar.objects.create(facilitator=row, tag=calendar_tag(secret), at=at)
    record(FacilitatorChanged(row.pk, row.user_id, "calendar"), actor=actor, at=at)
    return secret


@transaction.atomic
def close_calendar(*, actor: Actor, facilitator_id: UUID, at: datetime) -> None:
    """Let the secret address open nothing any more; if there is none, that is so already.

    :raises NotInSight: if there is nobody
    :raises PermissionDenied: if it is somebody else's, and the actor does not plan
    """
    row = _locked(actor, facilitator_id)
    require(may_change_days, actor, row)
    if OwnCalendar.objects.filter(facilitator=row).delete()[0]:
        record(FacilitatorChanged(row.pk, row.user_id, "calendar_end"), actor=actor, at=at)


def _locked(actor: Actor, facilitator_id: UUID) -> Facilitator:
    rows = Facilitator.objects.filter(sees_facilitator(actor)).select_for_update(of=("self",))
    return sight.one(rows, facilitator_id)
