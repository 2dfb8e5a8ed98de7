"""The entry in SIMFONI: its number and day come late, often when the case was closed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.states import Step as CaseStep
from ruang.dossier.kinds.person import ENTRY
from ruang.dossier.merging import on_top
from ruang.dossier.models import Record
from ruang.dossier.policy import RULES
from ruang.dossier.schema import Value
from ruang.dossier.states import Kind, Step
from ruang.dossier.values import differing
from ruang.dossier.writing import left, locked, moved, opened, put_version
from ruang.kernel.errors import Refused


@transaction.atomic
def enter_person(
    *,
    actor: Actor,
    record_id: UUID,
    base_version: int,
    values: Mapping[str, Value],
    at: datetime,
) -> Record:
    """Write down that a person was entered in SIMFONI, in a closed case too.

    Nothing else of the person is changed, and nothing follows from it.

    :param values: of the fields of the entry; any other is left out
    :raises PermissionDenied: if not of the own office, on the team
    :raises Conflict: if somebody saved another answer to the same field meanwhile
    :raises Refused: if it is no person, was set aside, or is not held
    """
    case, row = locked(actor, record_id)
    require(RULES[Step.ENTER], actor, case)
    row.take(Step.ENTER)
    if row.kind != Kind.PERSON:
        raise Refused(_("This is no person."))
    entry = {name: value for name, value in values.items() if name in ENTRY}
    theirs = opened(row, actor)
    now = on_top(row, base_version, entry, theirs, actor)
    if not differing(theirs, now):
        return row
    put_version(case, row, now, before=theirs, actor=actor, at=at, step=CaseStep.ENTER)
    left(case, row, now, at=at)
    record(moved(row, Step.ENTER), actor=actor, at=at)
    return row
