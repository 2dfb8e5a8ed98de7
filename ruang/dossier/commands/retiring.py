"""Setting a record aside, and bringing it back. Nothing is deleted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.dossier.models import Record
from ruang.dossier.policy import RULES
from ruang.dossier.states import Reason, Step
from ruang.dossier.writing import after, locked, moved, opened, put_version


@transaction.atomic
def retire_record(*, actor: Actor, record_id: UUID, why: Reason, at: datetime) -> Record:
    """Set a record aside: it stays readable and counts no more.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it is set aside already, or the case is closed
    """
    case, row = locked(actor, record_id)
    require(RULES[Step.RETIRE], actor, case)
    row.take(Step.RETIRE)
    said = opened(row, actor)
    row.retired_at, row.retired_why = at, why
    put_version(case, row, said, before=said, actor=actor, at=at)
    after(case, row, before=said, now={}, actor=actor, at=at)
    record(moved(row, Step.RETIRE, why), actor=actor, at=at)
    return row


@transaction.atomic
def restore_record(*, actor: Actor, record_id: UUID, at: datetime) -> Record:
    """Bring a record back that was set aside.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it counts already, or the case is closed
    """
    case, row = locked(actor, record_id)
    require(RULES[Step.RESTORE], actor, case)
    row.take(Step.RESTORE)
    said = opened(row, actor)
    row.retired_at, row.retired_why = None, ""
    put_version(case, row, said, before=said, actor=actor, at=at)
    after(case, row, before={}, now=said, actor=actor, at=at)
    record(moved(row, Step.RESTORE), actor=actor, at=at)
    return row
