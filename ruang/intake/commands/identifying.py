"""The official keys of a report: kind of matter, authority, and whether it is TPKS.

The save that makes a clock of the law apply starts it, from when the report came in.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.clocks import legal
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended
from ruang.clocks.states import Step as ClockStep
from ruang.intake import clocks
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.policy import RULES
from ruang.intake.states import Step
from ruang.kernel.codes import Authority, CaseKind, IsTpks
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import ANSWERED_ALREADY, Keys, merged


@transaction.atomic
def identify_report(
    *,
    actor: Actor,
    report_id: UUID,
    kind: CaseKind | None,
    authority: Authority | None,
    tpks: bool,
    at: datetime,
    why: Ended | None = None,
    base: Keys | None = None,
) -> Report:
    """Say what kind of matter it is, whose, and whether it is sexual violence (TPKS).

    :param why: why a clock of the law that began does not apply after all
    :param base: what the form began with; what was left as it was changes nothing
    :raises PermissionDenied: if somebody else holds the report
    :raises KeysConflict: if somebody saved another answer to the same question meanwhile
    :raises Refused: if it is decided, or TPKS is taken back without a reason
    """
    report = _locked(actor, report_id)
    require(RULES[Step.IDENTIFY], actor, report)
    report.take(Step.IDENTIFY)
    theirs = Keys.of(report.kind, report.authority, tpks=report.tpks)
    now = merged(base=base or theirs, theirs=theirs, mine=Keys(kind, authority, tpks))
    was, report.tpks = report.tpks, now.tpks
    report.tpks_question = report.tpks_question and not now.tpks
    report.kind, report.authority = now.kind or "", now.authority or ""
    legal.follow(
        clocks.legal_holder(report), kind=TPKS_POLICE, was=was, now=report.tpks,
        since=report.received_at, why=why, actor=actor, at=at,
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
def move_report_clock(
    *,
    actor: Actor,
    report_id: UUID,
    clock_id: UUID,
    step: ClockStep,
    code: str,
    at: datetime,
) -> Report:
    """Meet, explain or end a clock of the law on a report; decided reports too.

    :raises NotInSight: if there is no such report or clock for this actor
    :raises Refused: if the clock is not open to this step, or no reason is given
    """
    report = _locked(actor, report_id)
    require(RULES[Step.LEGAL], actor, report)
    report.take(Step.LEGAL)
    legal.act(report.pk, clock_id, step=step, code=code, actor=actor, at=at)
    _moved(report, Step.LEGAL, actor, at, step.value)
    return report


def _locked(actor: Actor, report_id: UUID) -> Report:
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, report_id)


def _moved(report: Report, step: Step, actor: Actor, at: datetime, code: str) -> None:
    event = ReportMoved(report.pk, report.desk, step.value, report.holder, code)
    record(event, actor=actor, at=at)
