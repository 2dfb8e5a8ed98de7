"""Asking a second person to close a case: nobody does it alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.states import Kind
from ruang.approvals.states import Step as ApprovalStep
from ruang.audit.record import record
from ruang.cases.barred import barred_from
from ruang.cases.parting import seal_parting
from ruang.cases.seats import locked
from ruang.cases.states import Closing
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.plans.models import Termination
from ruang.plans.policy import may_plan
from ruang.plans.readiness import must_be_ready, settled
from ruang.plans.sealed import Checklist
from ruang.plans.states import BY_RECORD, Check
from ruang.plans.writing import WRITE, changed, leave, moved, sealed, short

PART = "closing"


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """A closing as it is asked for.

    :ivar reason: what the second person reads
    :ivar yes: what a person has checked; what neither she nor the record says is done needs a
        reason in ``why_not``
    """

    closing: Closing
    note: str
    message: str
    reason: str
    yes: frozenset[Check]
    why_not: Mapping[Check, str]


@transaction.atomic
def propose_closing(
    *,
    actor: Actor,
    case_id: UUID,
    proposal: Proposal,
    decider: UUID,
    partners_done: bool,
    at: datetime,
    has_minutes: bool = False,
) -> Termination:
    """Ask a second person to close a case; its texts stay sealed while they wait.

    :param partners_done: whether nothing that was asked of a partner still runs
    :param has_minutes: whether the minutes of a hand-over are written with it
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if something still stands in the way, a check is neither done nor
        explained, a text is missing, or it is asked already
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    changed(case, at)
    must_be_ready(case)
    if (proposal.closing is Closing.MOVED) is not has_minutes:
        raise Refused(_("Only a case that is taken over is closed with minutes."))
    about = asking.About(
        kind=Kind.CLOSE_CASE, subject=case.pk, number=case.number, desk=case.desk,
        code=proposal.closing.value, risk=case.risk, age=case.age, district=case.district,
        barred=barred_from(case_id=case.pk),
    )  # fmt: skip
    asked = asking.ask(actor=actor, about=about, decider=decider, reason=proposal.reason, at=at)
    row = Termination(
        pk=uuid7(), case=case, approval=asked.pk, closing=proposal.closing, at=at,
        author=actor.user_id,
    )  # fmt: skip
    done = settled(case, partners_done=partners_done, actor=actor, at=at)
    checks = _checked(proposal, done)
    row.done = sorted(checks.yes)
    row.checklist = sealed(case, Termination, "checklist", row.pk, checks.to_text(), actor)
    parting = seal_parting(
        case, row.pk, note=proposal.note, message=proposal.message, actor=actor
    )
    row.note, row.message = parting.note, parting.message
    row.save(force_insert=True)
    leave(case, "closing", row.pk, {"closing": row.closing, "done": row.done}, at)
    record(moved(case, row.pk, PART, WRITE, proposal.closing), actor=actor, at=at)
    return row


@transaction.atomic
def withdraw_closing(*, actor: Actor, case_id: UUID, at: datetime) -> None:
    """Take back that a second person was asked; whoever leads the case now may.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nobody is asked any more
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    asked = asking.waiting(case.pk, Kind.CLOSE_CASE)
    if asked is None:
        raise Refused(_("Nobody is asked any more. Reload the page."))
    asking.withdraw(asked, actor=actor, at=at)
    record(moved(case, asked.pk, PART, ApprovalStep.WITHDRAW), actor=actor, at=at)


def _checked(proposal: Proposal, done: frozenset[Check]) -> Checklist:
    """Return the answers, if each is there; what the record answers nobody can tick."""
    yes, why_not = done | (proposal.yes - BY_RECORD), {}
    for check in Check:
        if check in yes:
            continue
        why = short(proposal.why_not.get(check, ""))
        if not why:
            raise Refused(_("Tick each line of the checklist, or say why it is not done."))
        why_not[check.value] = why
    return Checklist(tuple(sorted(one.value for one in yes)), why_not)
