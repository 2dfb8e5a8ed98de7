"""The official keys of a report: kind of matter, authority, and whether it is TPKS.

The save that makes a clock of the law apply starts it, from when the report came in.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.states import Kind
from ruang.audit.record import record
from ruang.clocks import legal
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended
from ruang.clocks.states import Step as ClockStep
from ruang.intake import clocks
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.policy import RULES, may_unmark
from ruang.intake.states import Step
from ruang.kernel.codes import Authority, CaseKind, IsTpks
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import (
    ANSWERED_ALREADY,
    Keys,
    keep_the_mark,
    merged,
    must_be_unmarkable,
)


@transaction.atomic
def identify_report(
    *,
    actor: Actor,
    report_id: UUID,
    kind: CaseKind | None,
    authority: Authority | None,
    tpks: bool,
    at: datetime,
    base: Keys | None = None,
) -> Report:
    """Say what kind of matter it is, whose, and whether it is sexual violence (TPKS).

    :param base: what the form began with; what was left as it was changes nothing
    :raises PermissionDenied: if somebody else holds the report
    :raises KeysConflict: if somebody saved another answer to the same question meanwhile
    :raises Refused: if it is decided, or TPKS would be taken off by one person alone
    """
    report = _locked(actor, report_id)
    require(RULES[Step.IDENTIFY], actor, report)
    report.take(Step.IDENTIFY)
    theirs = Keys.of(report.kind, report.authority, tpks=report.tpks)
    now = merged(base=base or theirs, theirs=theirs, mine=Keys(kind, authority, tpks))
    keep_the_mark(was=report.tpks, now=now)
    was, report.tpks = report.tpks, now.tpks
    report.tpks_question = report.tpks_question and not now.tpks
    report.kind, report.authority = now.kind or "", now.authority or ""
    legal.follow(
        clocks.legal_holder(report), kind=TPKS_POLICE, was=was, now=report.tpks,
        since=report.received_at, actor=actor, at=at,
    )  # fmt: skip
    report.save(update_fields=["kind", "authority", "tpks", "tpks_question"])
    _moved(report, Step.IDENTIFY, actor, at, report.kind)
    return report


@transaction.atomic
def answer_tpks(*, actor: Actor, report_id: UUID, answer: IsTpks, at: datetime) -> Report:
    """Say whether it is TPKS, which a danger sign put in question; yes begins its clock.

    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if it is decided, or it is answered already
    """
    report = _locked(actor, report_id)
    require(RULES[Step.TPKS], actor, report)
    report.take(Step.TPKS)
    if not report.tpks_question:
        raise Refused(ANSWERED_ALREADY)
    if answer is IsTpks.YES:
        keys = Keys.of(report.kind, report.authority, tpks=True)
        identify_report(
            actor=actor, report_id=report_id, kind=keys.kind, authority=keys.authority,
            tpks=True, at=at,
        )  # fmt: skip
    report.tpks_question = False
    report.save(update_fields=["tpks_question"])
    _moved(report, Step.TPKS, actor, at, answer.value)
    return report


@transaction.atomic
def ask_unmarking(
    *, actor: Actor, report_id: UUID, why: Ended, decider: UUID, reason: str, at: datetime
) -> UUID:
    """Ask a second person to take TPKS off; return the request. Nothing changes before.

    :param why: why the clock of the law does not apply after all
    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if there is no mark, the kind of matter is sexual violence, what the law
        asks for is done already, the report is decided, or it is asked already
    """
    report = _locked(actor, report_id)
    require(RULES[Step.UNMARK], actor, report)
    report.take(Step.UNMARK)
    must_be_unmarkable(Keys.of(report.kind, report.authority, tpks=report.tpks))
    legal.must_be_endable(report.pk, TPKS_POLICE, why)
    about = asking.About(
        kind=Kind.UNMARK_REPORT, subject=report.pk, number=report.number, desk=report.desk,
        code=why.value, risk=report.risk, age=report.age, district=report.district,
    )  # fmt: skip
    row = asking.ask(actor=actor, about=about, decider=decider, reason=reason, at=at)
    _moved(report, Step.UNMARK, actor, at, why.value)
    return row.pk


@transaction.atomic
def unmark_report(*, actor: Actor, report_id: UUID, why: Ended, at: datetime) -> Report:
    """Take TPKS off and end its clock, in the transaction in which a second person approves.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it cannot be taken off any more, or the report is decided
    """
    report = _locked(actor, report_id)
    require(may_unmark, actor, report)
    report.take(Step.UNMARK)
    must_be_unmarkable(Keys.of(report.kind, report.authority, tpks=report.tpks))
    legal.take_back(report.pk, kind=TPKS_POLICE, why=why, actor=actor, at=at)
    report.tpks = False
    report.save(update_fields=["tpks"])
    _moved(report, Step.IDENTIFY, actor, at, report.kind)
    return report


@transaction.atomic
def move_report_clock(
    *,
    actor: Actor,
    report_id: UUID,
    clock_id: UUID,
    step: ClockStep,
    code: str,
    at: datetime,
    until: date | None = None,
) -> Report:
    """Meet, explain, pause or end a clock of the law on a report; decided reports too.

    :param until: the last day of a pause; None is the longest that the city allows
    :raises NotInSight: if there is no such report or clock for this actor
    :raises Refused: if the clock is not open to this step, or no reason is given
    """
    report = _locked(actor, report_id)
    require(RULES[Step.LEGAL], actor, report)
    report.take(Step.LEGAL)
    legal.act(
        report.pk, clock_id, step=step, code=code, until=until,
        is_high=clocks.is_high(report), actor=actor, at=at,
    )  # fmt: skip
    _moved(report, Step.LEGAL, actor, at, step.value)
    return report


def _locked(actor: Actor, report_id: UUID) -> Report:
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, report_id)


def _moved(report: Report, step: Step, actor: Actor, at: datetime, code: str) -> None:
    event = ReportMoved(report.pk, report.desk, step.value, report.holder, code)
    record(event, actor=actor, at=at)
