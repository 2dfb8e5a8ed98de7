"""Closing a case in tests: what is proposed, asked of a second person, granted, done."""

from datetime import datetime

from ruang.access.permissions import Permission
from ruang.access.roles import GRANTS, Role
from ruang.approvals.models import Approval
from ruang.approvals.states import Step as Approving
from ruang.cases.models import Case
from ruang.cases.states import Closing, Part
from ruang.identity.models import User
from ruang.plans.commands import Proposal
from ruang.plans.states import BY_RECORD, Check
from ruang.referrals.commands import ask_to_close
from ruang.triage.commands.approving import decide_approval
from tests import make


def proposal(**changed: object) -> Proposal:
    """A closing of which everything was checked, or is explained."""
    said: dict[str, object] = {
        "closing": Closing.HELPED,
        "note": "Tercapai bersama.",
        "message": "Anda bisa kembali kapan saja.",
        "reason": "Pendampingan selesai.",
        "yes": frozenset(Check),
        "why_not": dict.fromkeys(BY_RECORD, "Tidak terhubung."),
    }
    return Proposal(**{**said, **changed})  # type: ignore[arg-type]


def asked_to_close(a_case: Case, *, at: datetime = make.AT, **changed: object) -> Approval:
    """A second person was asked by the manager to close it: the deputy, if she decides."""
    manager, second = make.lead_of(a_case), make.lead_of(a_case, Part.DEPUTY)
    if Permission.APPROVAL_DECIDE not in GRANTS[Role(second.role)]:
        second = make.user(manager.organisation, Role.HEAD)
    row = ask_to_close(
        actor=make.actor(manager), case_id=a_case.pk, proposal=proposal(**changed),
        decider=second.pk, at=at,
    )  # fmt: skip
    return Approval.objects.get(pk=row.approval)


def granted(asked: Approval, *, at: datetime = make.AT) -> None:
    """The second person says yes, and it is done in the same transaction."""
    second = make.actor(User.objects.get(pk=asked.decider))
    decide_approval(actor=second, approval_id=asked.pk, step=Approving.GRANT, answer="", at=at)


def closed(a_case: Case, *, at: datetime | None = None, **changed: object) -> Case:
    """A case after its manager asked and its deputy approved: after the last message in it."""
    at = at or max([make.AT, *a_case.thread.values_list("at", flat=True)])
    granted(asked_to_close(a_case, at=at, **changed), at=at)
    a_case.refresh_from_db()
    return a_case
