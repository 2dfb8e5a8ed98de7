"""Setting the risk of a case, closing it with a second person, opening it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.access.require import require
from ruang.approvals.models import Approval
from ruang.approvals.states import Kind
from ruang.approvals.states import State as Granted
from ruang.audit.record import record
from ruang.cases.events import CaseMoved
from ruang.cases.models import Case
from ruang.cases.parting import Parting, put_parting
from ruang.cases.policy import RULES
from ruang.cases.seats import happened, locked, raised
from ruang.cases.states import Closing, Compartment, EntryKind, Step
from ruang.cases.writing import checked, put_entry, put_message
from ruang.clocks import answers
from ruang.clocks.states import Moment
from ruang.kernel.codes import Risk
from ruang.kernel.errors import Refused


@transaction.atomic
def rate_case(*, actor: Actor, case_id: UUID, risk: Risk, at: datetime) -> Case:
    """Set the risk of a case.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it would lower a high risk, or the case is closed
    """
    case = _locked(actor, case_id)
    require(RULES[Step.RATE], actor, case)
    case.take(Step.RATE)
    before = case.risk
    case.rate(risk)
    case.changed_at = at
    case.save(update_fields=["risk", "rank", "changed_at"])
    raised(case, before, actor=actor, at=at)
    event = CaseMoved(case.pk, case.desk, Step.RATE.value, risk.value)
    record(event, actor=actor, at=at)
    return case


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    case_id: UUID,
    closing: Closing,
    parting: Parting,
    approval_id: UUID,
    at: datetime,
) -> Case:
    """Close a case as a second person has approved; the case need not be in her sight.

    :param parting: the closing note and the message to the reporter, sealed when it was asked
    :raises PermissionDenied: if the actor is not that second person, nor the system
    :raises Refused: if nobody has approved just this, or it is closed already
    """
    case = locked(SYSTEM, case_id)
    require(RULES[Step.CLOSE], actor, case)
    granted = Approval.objects.visible_to(actor).filter(
        pk=approval_id,
        kind=Kind.CLOSE_CASE,
        subject=case.pk,
        state=Granted.GRANTED,
        code=closing.value,
    )
    if not granted.exists():
        raise Refused(_("Nobody closes a case alone. Ask a second person first."))
    case.take(Step.CLOSE)
    put_parting(case, parting, at)
    case.closing, case.closed_at, case.changed_at, case.waiting = closing, at, at, False
    case.next_on = None  # dates of the legal track and of safety stay for a reopening
    case.save(
        update_fields=["state", "closing", "closed_at", "changed_at", "waiting", "next_on"]
    )
    answers.answered(case.pk, actor=actor, at=at)
    happened(case, Moment.CASE_CLOSED, actor=actor, at=at)
    event = CaseMoved(case.pk, case.desk, Step.CLOSE.value, closing.value)
    record(event, actor=actor, at=at)
    return case


@transaction.atomic
def reopen_case(
    *, actor: Actor, case_id: UUID, reason: str, message: str, at: datetime
) -> Case:
    """Open a closed case again under its number, with a reason; the reporter is told.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it is open already, or reason or message is empty
    """
    case = _locked(actor, case_id)
    require(RULES[Step.REOPEN], actor, case)
    case.take(Step.REOPEN)
    case.closing, case.closed_at, case.changed_at = "", None, at
    case.reopened, case.waiting = case.reopened + 1, False
    case.save(
        update_fields=["state", "closing", "closed_at", "changed_at", "reopened", "waiting"]
    )
    put_entry(
        case,
        compartment=Compartment.PLAN,
        kind=EntryKind.REOPENING,
        text=checked(reason),
        actor=actor,
        at=at,
    )
    if case.reporter_pair is not None:
        put_message(case, actor=actor, text=checked(message), at=at)
        answers.answered(case.pk, actor=actor, at=at)
    event = CaseMoved(case.pk, case.desk, Step.REOPEN.value, "")
    record(event, actor=actor, at=at)
    return case


def _locked(actor: Actor, case_id: UUID) -> Case:
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, case_id)
