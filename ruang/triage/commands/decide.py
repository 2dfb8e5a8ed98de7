"""Deciding a report: what becomes of it, and what the reporter is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.states import OF_REPORTS
from ruang.approvals.states import Step as ApprovalStep
from ruang.audit.record import record
from ruang.clocks import legal
from ruang.clocks.states import Ended, Moment
from ruang.identity import directory
from ruang.intake import clocks as report_clocks
from ruang.intake import commands as intake
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.policy import RULES
from ruang.intake.states import State, Step
from ruang.intake.writing import put_message
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.triage.becoming import become_case
from ruang.triage.events import ReportDecided
from ruang.triage.guarding import (
    is_danger,
    must_be_answered,
    must_be_identified,
    must_be_looked_at,
    sealed_reason,
)
from ruang.triage.handing import hand_over
from ruang.triage.minutes import Over, write_minutes
from ruang.triage.models import Decision
from ruang.triage.named import must_not_be_named
from ruang.triage.repeating import join, repeated
from ruang.triage.states import ALONE, BECOMES_CASE, IN_BULK, Outcome
from ruang.triage.words import to_reporter

ARRIVED = "arrive"
"""The step by which a report that was handed over shows at the desk it came to."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Who manages the case a report becomes, and who is the deputy."""

    manager: UUID
    deputy: UUID


@dataclass(frozen=True, slots=True)
class Left:
    """A report that could not be decided together with others, and why."""

    number: str
    why: str | Promise


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What an outcome needs besides the words for the reporter."""

    leads: Leads | None
    over: Over | None
    same_as: str
    instead: tuple[UUID, ...]
    reason: str


@transaction.atomic
def decide_report(
    *,
    actor: Actor,
    report_id: UUID,
    outcome: Outcome,
    message: str,
    at: datetime,
    leads: Leads | None = None,
    over: Over | None = None,
    same_as: str = "",
    instead: Sequence[UUID] = (),
    reason: str = "",
    confirmed: bool = True,
) -> UUID | None:
    """Decide a report and tell the reporter. Return the case it became, if it became one.

    :param leads: for a case, also for one that begins with a referral
    :param over: for a hand-over
    :param same_as: the number of the report that this one repeats
    :param confirmed: who decides has read which of the three keys are not identified yet, where
        it becomes a case; False while that has still to be said
    :param reason: why a danger or a high risk ends here, where it does
    :param instead: organisations she is sent to, by name, when it is not ours
    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if it is decided already or closed to this desk, or something is missing
    """
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    report = sight.one(in_sight, report_id)
    require(RULES[Step.DECIDE], actor, report)
    report.take(Step.DECIDE)
    given = Given(leads, over, same_as, tuple(instead), reason)
    must_be_identified(report, outcome, confirmed=confirmed)
    is_here = outcome is Outcome.HAND_OVER and not (over and over.elsewhere)
    must_be_answered(report, outcome, leaves=is_here)
    must_be_looked_at(report, outcome, reason, actor)
    text = _said(report, outcome, message, given)
    put_message(report, actor=actor, text=text, at=at)
    report.answered_at, report.waiting = report.answered_at or at, False
    decision = None
    if outcome is Outcome.HAND_OVER and over is not None and over.elsewhere is not None:
        decision = _hand_elsewhere(report, over, given, actor, at)
    elif outcome is Outcome.HAND_OVER:
        _hand_over(report, over, actor, at)
    else:
        decision = _settle(report, outcome, given, actor, at)
    report.save()
    _end_what_was_asked(report, at)
    _record(report, outcome, decision, actor, at)
    return decision.case_id if decision else None


def decide_many(
    *,
    actor: Actor,
    report_ids: Sequence[UUID],
    outcome: Outcome,
    messages: Mapping[str, str],
    at: datetime,
    same_as: str = "",
) -> tuple[Left, ...]:
    """Decide reports that came in a flood, each for itself; return those that were left.

    A free one is taken first. One that cannot be decided does not hold the others back; nor
    does a danger or a high risk, which is decided on its own by who has opened it.

    :param messages: what the reporters are told, by language
    :raises PermissionDenied: if the actor works no reports at this desk
    :raises Refused: if this is no outcome for many
    """
    if outcome not in IN_BULK:
        raise Refused(_("This is decided for each report on its own."))
    left = []
    for report_id in report_ids:
        report = sight.one(Report.objects.visible_to(actor), report_id)
        require(RULES[Step.CLAIM], actor, report)
        if is_danger(report):
            left.append(Left(report.number, ALONE))
            continue
        try:
            with transaction.atomic():
                if report.state == State.NEW:
                    intake.claim_report(actor=actor, report_id=report_id, at=at)
                decide_report(
                    actor=actor, report_id=report_id, outcome=outcome, same_as=same_as,
                    message=messages.get(report.language, ""), at=at,
                )  # fmt: skip
        except Refused as refusal:
            left.append(Left(report.number, str(refusal)))
        except PermissionDenied:
            left.append(Left(report.number, _("Somebody else holds it.")))
    return tuple(left)


def _said(report: Report, outcome: Outcome, message: str, given: Given) -> str:
    """Return what the reporter is told, with the places to go to, or where it went."""
    if given.over is not None and given.over.elsewhere is not None and tidy(message):
        return "\n".join([message, f"– {given.over.elsewhere.where}"])
    if outcome is not Outcome.NOT_OURS:
        return message
    places = [one for one in directory.public_services() if one.id in given.instead]
    is_unchanged = tidy(message) == to_reporter(outcome, language=report.language)
    if is_unchanged and not places:
        raise Refused(_("Write or choose where to go instead, before you send this."))
    lines = (f"– {one.name}, {one.phone}" if one.phone else f"– {one.name}" for one in places)
    return "\n".join([message, *lines])


def _hand_over(report: Report, over: Over | None, actor: Actor, at: datetime) -> None:
    if over is None:
        raise Refused(_("Choose a desk that takes reports."))
    from_desk = report.desk
    hand_over(report, to_desk=over.desk, actor=actor, at=at)
    write_minutes(report, over, from_desk=from_desk, actor=actor, at=at)
    there = report_clocks.legal_holder(report)
    legal.carry(report.pk, there, why=Ended.HANDED_OVER, actor=actor, at=at)


def _hand_elsewhere(
    report: Report, over: Over, given: Given, actor: Actor, at: datetime
) -> Decision:
    """Write down that an institution without a desk here took it over; nothing is sent."""
    if over.elsewhere is None or over.desk is not None:
        raise Refused(_("Choose a desk, or name an institution that has none here."))
    there = over.elsewhere.checked()
    must_not_be_named(report, actor, name=there.name)
    write_minutes(
        report, replace(over, elsewhere=there), from_desk=report.desk, actor=actor, at=at
    )
    return _settle(report, Outcome.HAND_OVER, given, actor, at)


def _settle(
    report: Report, outcome: Outcome, given: Given, actor: Actor, at: datetime
) -> Decision:
    case, same = None, None
    report_clocks.happened(report, Moment.REPORT_DECIDED, actor=actor, at=at)
    if outcome in BECOMES_CASE:
        if given.leads is None:
            raise Refused(_("Choose who manages the case, and a deputy."))
        case = become_case(
            report, manager=given.leads.manager, deputy=given.leads.deputy, actor=actor, at=at
        )
    if outcome in IN_BULK and legal.running(report.pk):
        raise Refused(
            _("A clock of the law runs, or of the city. Meet it, or end it with a reason.")
        )
    if outcome is Outcome.SAME_AS:
        found = repeated(report, given.same_as, actor)
        join(report, found, actor=actor, at=at)
        same = found.report
    report_clocks.decided(report, actor=actor, at=at)
    return Decision.objects.create(
        report=report, outcome=outcome, at=at, by=actor.user_id, case=case, same_as=same,
        reason=sealed_reason(report, outcome, given.reason, actor),
    )  # fmt: skip


def _end_what_was_asked(report: Report, at: datetime) -> None:
    """End what was asked of a second person: the report is in other hands now."""
    for kind in sorted(OF_REPORTS):
        asked = asking.waiting(report.pk, kind)
        if asked is not None:
            asking.decide(
                actor=SYSTEM, approval_id=asked.pk, step=ApprovalStep.LAPSE, answer="", at=at
            )


def _record(
    report: Report, outcome: Outcome, decision: Decision | None, actor: Actor, at: datetime
) -> None:
    here = actor.organisation_id
    there = report.desk if report.desk != here else None
    if there is not None:
        record(ReportMoved(report.pk, there, ARRIVED), actor=actor, at=at)
    event = ReportDecided(
        report.pk, here, outcome.value, case=decision.case_id if decision else None,
        to_desk=there, same_as=decision.same_as_id if decision else None,
    )  # fmt: skip
    record(event, actor=actor, at=at)
