"""A record is set aside or brought back: the services of that person are counted anew.

What was left of a service for the statistics process says for how many people it was. Who was
set aside is none of them any more; what the service says stays as it is, so that she has it
again once she is brought back.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.dossier import commands as dossier
from ruang.dossier.models import Record
from ruang.dossier.states import Kind, Reason
from ruang.plans.health import words
from ruang.plans.storing import left, store


@transaction.atomic
def set_aside(*, actor: Actor, record_id: UUID, why: Reason, at: datetime) -> Record:
    """Set a record of the case aside; if it is a person, count services without her.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it is set aside already, or the case is closed
    """
    row = dossier.retire_record(actor=actor, record_id=record_id, why=why, at=at)
    _recount(row.case, row, actor, at)
    return row


@transaction.atomic
def bring_back(*, actor: Actor, record_id: UUID, at: datetime) -> Record:
    """Bring a record back that was set aside; if it is a person, count services with her.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it counts already, or the case is closed
    """
    row = dossier.restore_record(actor=actor, record_id=record_id, at=at)
    _recount(row.case, row, actor, at)
    return row


def _recount(case: Case, record: Record, actor: Actor, at: datetime) -> None:
    if record.kind != Kind.PERSON:
        return
    for row in case.services.order_by("pk"):
        said = words(row, actor)
        if record.pk.hex in said.persons:
            store(case, row, said, actor, at, version=left(row) + 1)
            row.save(update_fields=["text", "health"])
