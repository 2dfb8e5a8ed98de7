"""Adding a record, and saving changes so that nobody's change is lost."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases import seats
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.merging import on_top
from ruang.dossier.models import Record
from ruang.dossier.policy import RULES, may_write
from ruang.dossier.schema import Value
from ruang.dossier.states import Kind, Step
from ruang.dossier.values import cleaned, differing
from ruang.dossier.writing import after, locked, moved, opened, put_record, put_version
from ruang.kernel.errors import Refused


@transaction.atomic
def add_record(
    *,
    actor: Actor,
    case_id: UUID,
    kind: Kind,
    values: Mapping[str, Value],
    at: datetime,
    form_tag: bytes | None = None,
) -> Record:
    """Write a new record. The same form sent twice is one record.

    :raises Refused: if nothing was written, an answer cannot be saved, the case is closed, or
        the author does not hold the compartment
    """
    case = seats.locked(actor, case_id)
    require(may_write, actor, case)
    if form_tag and (before := _same(actor, case_id, form_tag)) is not None:
        return before
    said = cleaned(SCHEMAS[kind], values)
    if not any(said.values()):
        raise Refused(_("Nothing was written yet. One answer is enough."))
    row = put_record(case, kind, said, actor=actor, at=at, form_tag=form_tag)
    record(moved(row), actor=actor, at=at)
    return row


@transaction.atomic
def save_record(
    *,
    actor: Actor,
    record_id: UUID,
    base_version: int,
    values: Mapping[str, Value],
    at: datetime,
) -> Record:
    """Save answers that were changed from a version on; others' changes since then stay.

    :param values: the fields that were on the form; those left as they were change nothing
    :raises Conflict: if somebody saved another answer to the same field meanwhile
    :raises Refused: if it was set aside, the case is closed, or it is not held
    """
    case, row = locked(actor, record_id)
    require(RULES[Step.SAVE], actor, case)
    row.take(Step.SAVE)
    theirs = opened(row, actor)
    now = on_top(row, base_version, values, theirs, actor)
    if not differing(theirs, now):
        return row
    put_version(case, row, now, before=theirs, actor=actor, at=at)
    after(case, row, before=theirs, now=now, actor=actor, at=at)
    record(moved(row, Step.SAVE), actor=actor, at=at)
    return row


def _same(actor: Actor, case_id: UUID, form_tag: bytes) -> Record | None:
    rows = Record.objects.visible_to(actor).filter(case=case_id, form_tag=form_tag)
    return rows.first()
