"""A second person decides; what was granted is done in the same transaction.

What could not be granted any more does not wait: it ends by itself.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.approvals import asking
from ruang.approvals.models import Approval
from ruang.approvals.states import OF_REPORTS, Kind, Step
from ruang.cases import commands as cases
from ruang.cases.barred import barred_from
from ruang.cases.models import Case
from ruang.cases.policy import may_manage
from ruang.cases.states import State as CaseState
from ruang.clocks import legal
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended
from ruang.dossier.sexual import may_speak_since
from ruang.intake import commands as intake
from ruang.intake.models import Report, ReportQuerySet, RiskCheck
from ruang.intake.policy import RULES as REPORT_RULES
from ruang.intake.states import MOVES
from ruang.intake.states import Step as ReportStep
from ruang.kernel.codes import CaseKind, Risk
from ruang.kernel.errors import Refused
from ruang.plans import closing

Effect = Callable[[Approval, Actor, datetime], object]
CHANGED = _("This has changed since you were asked. Somebody has to ask anew.")


def _lower_report(asked: Approval, by: Actor, at: datetime) -> object:
    if not _reports_as_asked(asked).exists():
        raise Refused(
            _("The report has changed since you were asked. Somebody has to ask anew.")
        )
    return intake.lower_report(
        actor=SYSTEM, report_id=asked.subject, risk=Risk(asked.code), at=at
    )


def _lower_case(asked: Approval, by: Actor, at: datetime) -> object:
    if not _case_can_be_lowered(asked):
        raise Refused(_("The case has changed since you were asked. Somebody has to ask anew."))
    return cases.lower_case(actor=SYSTEM, case_id=asked.subject, risk=Risk(asked.code), at=at)


def _reports_as_asked(asked: Approval) -> ReportQuerySet:
    """Return the report, if it is at the level from which it was asked to be lowered."""
    rows = Report.objects.visible_to(SYSTEM).filter(pk=asked.subject, desk=asked.desk)
    return rows.filter(risk=asked.risk)


def _report_can_be_lowered(asked: Approval) -> bool:
    """Say whether the report is undecided, at the level that the second person was shown."""
    return _reports_as_asked(asked).filter(state__in=MOVES[ReportStep.LOWER][0]).exists()


def _case_can_be_lowered(asked: Approval) -> bool:
    """Say whether the case is open and at the level from which it was asked to be lowered."""
    rows = Case.objects.visible_to(SYSTEM).filter(pk=asked.subject, risk=asked.risk)
    return rows.filter(state=CaseState.OPEN).exists()


def _unmark_report(asked: Approval, by: Actor, at: datetime) -> object:
    if not _report_can_be_unmarked(asked):
        raise Refused(CHANGED)
    why = Ended(asked.code)
    return intake.unmark_report(actor=SYSTEM, report_id=asked.subject, why=why, at=at)


def _unmark_case(asked: Approval, by: Actor, at: datetime) -> object:
    if not _case_can_be_unmarked(asked):
        raise Refused(CHANGED)
    why = Ended(asked.code)
    return cases.unmark_case(actor=SYSTEM, case_id=asked.subject, why=why, at=at)


def _report_can_be_unmarked(asked: Approval) -> bool:
    """Say whether nothing came up since that speaks for the mark: no danger signs, no kind."""
    rows = Report.objects.visible_to(SYSTEM).filter(pk=asked.subject, desk=asked.desk)
    rows = rows.filter(tpks=True)
    rows = rows.filter(state__in=MOVES[ReportStep.UNMARK][0]).exclude(kind=CaseKind.SEXUAL)
    is_asked_anew = RiskCheck.objects.filter(report=asked.subject, at__gt=asked.asked_at)
    is_met = legal.was_met(asked.subject, TPKS_POLICE)
    return rows.exists() and not is_met and not is_asked_anew.exists()


def _case_can_be_unmarked(asked: Approval) -> bool:
    """Say whether nothing came up since that speaks for the mark: no record, no kind."""
    rows = Case.objects.visible_to(SYSTEM).filter(pk=asked.subject, tpks=True)
    rows = rows.filter(state=CaseState.OPEN).exclude(kind=CaseKind.SEXUAL)
    is_met = legal.was_met(asked.subject, TPKS_POLICE)
    return rows.exists() and not is_met and not may_speak_since(asked.subject, asked.asked_at)


EFFECTS: dict[Kind, Effect] = {
    Kind.LOWER_REPORT: _lower_report,
    Kind.LOWER_CASE: _lower_case,
    Kind.CLOSE_CASE: closing.carry_out,
    Kind.UNMARK_REPORT: _unmark_report,
    Kind.UNMARK_CASE: _unmark_case,
}
"""What is asked of a second person → what is done once it is granted."""
STANDS: dict[Kind, Callable[[Approval], bool]] = {
    Kind.LOWER_REPORT: _report_can_be_lowered,
    Kind.LOWER_CASE: _case_can_be_lowered,
    Kind.CLOSE_CASE: closing.can_be_carried_out,
    Kind.UNMARK_REPORT: _report_can_be_unmarked,
    Kind.UNMARK_CASE: _case_can_be_unmarked,
}
"""What is asked about a report or case → whether it could be granted now."""


@transaction.atomic
def decide_approval(
    *, actor: Actor, approval_id: UUID, step: Step, answer: str, at: datetime
) -> None:
    """Grant, refuse or withdraw a request; what was granted is done at once, or nothing is.

    :raises NotInSight: if for this actor there is no such request
    :raises PermissionDenied: if it is not this actor's to decide
    :raises Refused: if it was decided meanwhile, a refusal gives no reason, or what was asked
        for is not possible any more
    """
    asked = asking.decide(actor=actor, approval_id=approval_id, step=step, answer=answer, at=at)
    if step is Step.GRANT:
        EFFECTS[Kind(asked.kind)](asked, actor, at)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a request that was taken back was about."""

    subject: UUID
    is_of_report: bool
    is_mine: bool


@transaction.atomic
def withdraw_asked(*, actor: Actor, approval_id: UUID, at: datetime) -> Withdrawn:
    """Take a request back: who asked, or whoever leads the case or works the report now.

    Whoever asked may have handed the matter on, or be gone: it must not wait for her.

    :raises NotInSight: if for this actor there is no such request, report or case
    :raises PermissionDenied: if it is not this actor's to take back
    :raises Refused: if it was decided meanwhile
    """
    asked = asking.found(approval_id)
    if asked.asker == actor.user_id:
        decide_approval(
            actor=actor, approval_id=approval_id, step=Step.WITHDRAW, answer="", at=at
        )
        return Withdrawn(asked.subject, is_of_report=asked.kind in OF_REPORTS, is_mine=True)
    if asked.kind in OF_REPORTS:
        report = sight.one(Report.objects.visible_to(actor), asked.subject)
        require(REPORT_RULES[ReportStep.LOWER], actor, report)
    else:
        require(may_manage, actor, sight.one(Case.objects.visible_to(actor), asked.subject))
    asking.withdraw(asked, actor=actor, at=at)
    return Withdrawn(asked.subject, is_of_report=asked.kind in OF_REPORTS, is_mine=False)


def sweep_waiting(*, actor: Actor, at: datetime) -> int:
    """End what waits for somebody who cannot decide it any more; return how many waited.

    :raises PermissionDenied: for everybody but the system
    """
    require_permission(Permission.SYSTEM, actor)
    subjects = sorted(set(asking.all_waiting().values()))
    for subject in subjects:
        end_overtaken(actor=actor, subject=subject, at=at)
    return len(subjects)


@transaction.atomic
def end_overtaken(*, actor: Actor, subject: UUID, at: datetime) -> None:
    """End what waits for a second person about a report or case and could not be granted now.

    Also what waits for somebody who decides at that desk no more, or may know nothing of the
    matter: whoever asked hears it, and asks somebody else.

    :raises PermissionDenied: for everybody but the system
    """
    require_permission(Permission.SYSTEM, actor)
    for kind, stands in STANDS.items():
        asked = asking.waiting(subject, kind)
        if asked is None:
            continue
        is_decidable = asking.can_be_decided(asked, barred_from(case_id=asked.subject))
        if is_decidable and stands(asked):
            continue
        with suppress(Refused):  # she decided in the same moment
            _lapse(asked, actor, at, why="" if is_decidable else asking.DECIDER)


def _lapse(asked: Approval, actor: Actor, at: datetime, *, why: str) -> None:
    asking.lapse(asked, actor=actor, at=at, why=why)
