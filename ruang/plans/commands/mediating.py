"""Mediation of civil and labour matters, step by step. In sexual violence no step is open.

The guard stands at every step, not only at the first: a code that is set later closes the road
for what has begun, and a reaction ends it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.models import Case
from ruang.cases.seats import locked
from ruang.cases.writing import checked
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.outbox.leave import Code
from ruang.plans.models import Mediation, MediationRecord
from ruang.plans.policy import (
    MEDIATION_RULES,
    is_sexual_violence,
    may_end_by_itself,
)
from ruang.plans.sealed import MediationText
from ruang.plans.states import RUNNING, Assessor, MediationStep
from ruang.plans.writing import changed, leave, moved, must_be_mediable, sealed
from ruang.vault.texts import open_texts

PART = "mediation"


@transaction.atomic
def assess_mediation(
    *, actor: Actor, case_id: UUID, assessor: Assessor, free: bool, text: str, at: datetime
) -> Mediation:
    """Record what psychologist or companion found: whether she decides free of pressure.

    :raises Refused: if this case is never mediated, nothing was written, or it is past
        this step
    """
    case = locked(actor, case_id)
    require(MEDIATION_RULES[MediationStep.ASSESS], actor, case)
    must_be_mediable(case)
    changed(case, at)
    row = _running(case) or Mediation.objects.create(case=case, at=at)
    row.take(MediationStep.ASSESS)
    said = MediationText(assessor.value, free, checked(text))
    _write(case, row, MediationStep.ASSESS, said, actor, at)
    record(moved(case, row.pk, PART, MediationStep.ASSESS), actor=actor, at=at)
    return row


@transaction.atomic
def move_mediation(
    *, actor: Actor, case_id: UUID, step: MediationStep, text: str, at: datetime
) -> Mediation:
    """Take a mediation one step on, with what is to be recorded of it.

    :raises Refused: if this case is never mediated, the step is not open, nothing was written,
        or she asks before both assessments say that she decides freely
    """
    case = locked(actor, case_id)
    require(MEDIATION_RULES[step], actor, case)
    if step is not MediationStep.STOP:
        must_be_mediable(case)
    changed(case, at)
    row = _running(case)
    if row is None or step is MediationStep.ASSESS:
        raise Refused(_("The mediation is not at this step. Reload the page."))
    row.take(step)
    if step is MediationStep.REQUEST:
        _is_free(row, actor)
    row.save(update_fields=["state"])
    _write(case, row, step, MediationText(text=checked(text)), actor, at)
    record(moved(case, row.pk, PART, step), actor=actor, at=at)
    return row


@transaction.atomic
def bar_mediation(*, actor: Actor, case_id: UUID, at: datetime) -> bool:
    """End a mediation in a case that turned out to be sexual violence; say whether one ran.

    :raises PermissionDenied: for everybody but the system
    """
    case = locked(actor, case_id)
    require(may_end_by_itself, actor, case)
    row = _running(case)
    if row is None or not is_sexual_violence(case):
        return False
    row.take(MediationStep.STOP)
    row.by_law = True
    row.save(update_fields=["state", "by_law"])
    record(moved(case, row.pk, PART, MediationStep.STOP, "by_law"), actor=actor, at=at)
    return True


def _running(case: Case) -> Mediation | None:
    return case.mediations.filter(state__in=RUNNING).first()


def _is_free(row: Mediation, actor: Actor) -> None:
    """Refuse unless the last word of both assessors is that she decides free of pressure."""
    found = row.records.filter(step=MediationStep.ASSESS).order_by("at", "pk")
    latest = {}
    for text in open_texts(actor.keys, found, "text"):
        said = MediationText.from_text(text or "")
        latest[said.assessor] = said.free
    if not all(latest.get(one.value) for one in Assessor):
        raise Refused(
            _(
                "Psychologist and companion must both have found that she decides free of "
                "pressure. Record their assessments first."
            )
        )


def _write(
    case: Case,
    row: Mediation,
    step: MediationStep,
    said: MediationText,
    actor: Actor,
    at: datetime,
) -> None:
    record = MediationRecord(pk=uuid7(), mediation=row, step=step, at=at, author=actor.user_id)
    record.text = sealed(case, MediationRecord, "text", record.pk, said.to_text(), actor)
    record.save(force_insert=True)
    codes: dict[str, Code] = {"step": step.value, "assessor": said.assessor}
    if said.assessor:
        codes["free"] = said.free
    leave(case, "mediation", record.pk, codes, at)
