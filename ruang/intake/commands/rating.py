"""The risk of a report: danger signs are asked for, and what a second person is needed for."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.states import Kind
from ruang.audit.record import record
from ruang.intake import clocks
from ruang.intake.commands.desk import rate_report
from ruang.intake.events import ReportMoved, RiskChecked
from ruang.intake.models import Report, RiskCheck
from ruang.intake.policy import RULES, may_lower, may_raise
from ruang.intake.states import Risk, Safety, Step
from ruang.intake.writing import key_of_part
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.outbox.leave import Code, leave
from ruang.risk import Answer, Checklist, Filled, Suggestion, fill, sexual_answer
from ruang.risk.suggesting import raises
from ruang.vault.texts import seal_text


@transaction.atomic
def fill_risk_check(
    *,
    actor: Actor,
    report_id: UUID,
    checklist: Checklist,
    answers: Mapping[str, Answer],
    at: datetime,
) -> Suggestion:
    """Keep the answers to a checklist; a higher level than the one set is set by it.

    Each filling-in is a row of its own, sealed with its wording: nothing is written over.

    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if nothing was answered, or the report is decided or closed to this desk
    """
    report = _locked(actor, report_id)
    require(RULES[Step.CHECK], actor, report)
    report.take(Step.CHECK)
    filled, suggestion = fill(checklist, answers)
    if not filled.answers:
        raise Refused(_("Nothing was answered yet. Answer what you know."))
    row = _put(report, filled, actor, at)
    if sexual_answer(filled.code, filled.answers) is Answer.YES and not report.tpks:
        report.tpks_question = True  # a person says whether it is TPKS (ADR 0032)
        report.save(update_fields=["tpks_question"])
    if _is_raised(report, suggestion.level):
        rate_report(actor=actor, report_id=report.pk, risk=suggestion.level, at=at)
    event = RiskChecked(report.pk, report.desk, row.pk, suggestion.level.value)
    record(event, actor=actor, at=at)
    return suggestion


@transaction.atomic
def ask_lowering(
    *, actor: Actor, report_id: UUID, risk: Risk, decider: UUID, reason: str, at: datetime
) -> UUID:
    """Ask a second person to lower the risk; return the request. Nothing changes before.

    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if it is no lower level, there is danger now, or it is asked already
    """
    report = _locked(actor, report_id)
    require(RULES[Step.LOWER], actor, report)
    report.take(Step.LOWER)
    before = Risk(report.risk)
    report.lower(risk)
    about = asking.About(
        kind=Kind.LOWER_REPORT, subject=report.pk, number=report.number, desk=report.desk,
        code=risk.value, risk=before.value, age=report.age, district=report.district,
    )  # fmt: skip
    row = asking.ask(actor=actor, about=about, decider=decider, reason=reason, at=at)
    _moved(report, Step.LOWER, actor, at, risk)
    return row.pk


@transaction.atomic
def lower_report(*, actor: Actor, report_id: UUID, risk: Risk, at: datetime) -> Report:
    """Lower the risk, in the transaction in which a second person approves it.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it is no lower level any more, or the report is decided
    """
    report = _locked(actor, report_id)
    require(may_lower, actor, report)
    report.take(Step.LOWER)
    report.lower(risk)
    clocks.rated(report, actor=actor, at=at)
    report.save(update_fields=["risk", "rank", "due_at"])
    _moved(report, Step.RATE, actor, at, risk)
    return report


@transaction.atomic
def raise_report(*, actor: Actor, report_id: UUID, risk: Risk, at: datetime) -> Report:
    """Raise the risk of an open report, with its clock: one that repeats it is higher.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it would be lower, or the report is decided
    """
    report = _locked(actor, report_id)
    require(may_raise, actor, report)
    report.take(Step.RATE)
    report.rate(risk)
    clocks.rated(report, actor=actor, at=at)
    report.save(update_fields=["risk", "rank", "due_at"])
    _moved(report, Step.RATE, actor, at, risk)
    return report


def _put(report: Report, filled: Filled, actor: Actor, at: datetime) -> RiskCheck:
    row = RiskCheck(pk=uuid7(), report=report, at=at, by=actor.user_id, suggested=filled.level)
    key = key_of_part(report, "story", actor)
    row.answers = seal_text(key, RiskCheck, "answers", row.pk, filled.to_text())
    row.save(force_insert=True)
    codes: dict[str, Code] = {
        "list": filled.code,
        "version": filled.version,
        "red_flags": [one.id for one in filled.red_flags],
    }
    leave(
        subject=report.pk, kind="risk_check", row=row.pk, version_of_row=1, codes=codes, at=at
    )
    return row


def _is_raised(report: Report, level: Risk) -> bool:
    """Say whether the answers raise what is set. Danger now is high already."""
    if report.safety == Safety.DANGER and level is not Risk.HIGH:
        return False
    return raises(level, Risk(report.risk))


def _locked(actor: Actor, report_id: UUID) -> Report:
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, report_id)


def _moved(report: Report, step: Step, actor: Actor, at: datetime, risk: Risk) -> None:
    event = ReportMoved(report.pk, report.desk, step.value, report.holder, risk.value)
    record(event, actor=actor, at=at)
