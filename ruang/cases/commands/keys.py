"""The official keys of a case, its clocks of the law, and what needs a second person."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.approvals import asking
from ruang.approvals.states import Kind
from ruang.audit.record import record
from ruang.cases.barred import barred_from
from ruang.cases.commands.notes import write_note
from ruang.cases.events import CaseMoved
from ruang.cases.models import Case
from ruang.cases.policy import RULES, may_lower, may_unmark
from ruang.cases.seats import clock_marks, legal_holder, locked
from ruang.cases.states import Compartment, Step
from ruang.clocks import legal
from ruang.clocks.keep import START
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended
from ruang.clocks.states import Step as ClockStep
from ruang.kernel.codes import Authority, CaseKind, IsTpks, Risk
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import (
    ANSWERED_ALREADY,
    Keys,
    keep_the_mark,
    merged,
    must_be_unmarkable,
)


@transaction.atomic
def identify_case(
    *,
    actor: Actor,
    case_id: UUID,
    kind: CaseKind | None,
    authority: Authority | None,
    tpks: bool,
    at: datetime,
    denied: bool = False,
    base: Keys | None = None,
) -> Case:
    """Say what kind of matter it is, whose, and whether it is sexual violence (TPKS).

    :param denied: no record speaks of sexual violence any more, and the danger signs say no
    :param base: what the form began with; what was left as it was changes nothing
    :raises PermissionDenied: if neither manager nor deputy
    :raises KeysConflict: if somebody saved another answer to the same question meanwhile
    :raises Refused: if the case is closed, or TPKS would be taken off by one person alone
    """
    case = locked(actor, case_id)
    require(RULES[Step.IDENTIFY], actor, case)
    case.take(Step.IDENTIFY)
    was, theirs = case.tpks, Keys.of(case.kind, case.authority, tpks=case.tpks)
    now = merged(base=base or theirs, theirs=theirs, mine=Keys(kind, authority, tpks))
    keep_the_mark(was=was, now=now)
    case.tpks = now.tpks
    if now.tpks:
        case.tpks_question = False
    else:
        case.lift_bar(denied=denied)
    case.kind, case.authority = now.kind or "", now.authority or ""
    legal.follow(
        legal_holder(case), kind=TPKS_POLICE, was=was, now=case.tpks,
        since=case.reported_at, actor=actor, at=at,
    )  # fmt: skip
    case.changed_at = at
    case.save(
        update_fields=[
            "kind", "authority", "tpks", "tpks_question", "sexual_by_record", "changed_at",
        ]
    )  # fmt: skip
    _moved(case, Step.IDENTIFY, actor, at, case.kind)
    return case


@transaction.atomic
def answer_tpks(*, actor: Actor, case_id: UUID, answer: IsTpks, at: datetime) -> Case:
    """Keep what was said when it was in question whether a case is TPKS.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the case is closed, or it is answered already
    """
    case = locked(actor, case_id)
    require(RULES[Step.TPKS], actor, case)
    case.take(Step.TPKS)
    if not case.tpks_question:
        raise Refused(ANSWERED_ALREADY)
    case.tpks_question, case.changed_at = False, at
    case.save(update_fields=["tpks_question", "changed_at"])
    _moved(case, Step.TPKS, actor, at, answer.value)
    return case


@transaction.atomic
def move_case_clock(
    *,
    actor: Actor,
    case_id: UUID,
    clock_id: UUID,
    step: ClockStep,
    code: str,
    at: datetime,
    until: date | None = None,
) -> Case:
    """Meet, explain, pause or end a clock of the law on a case; closed cases too.

    :param until: the last day of a pause; None is the longest that the city allows
    :raises NotInSight: if there is no such case or clock for this actor
    :raises Refused: if the clock is not open to this step, or no reason is given
    """
    case = locked(actor, case_id)
    require(RULES[Step.LEGAL], actor, case)
    case.take(Step.LEGAL)
    legal.act(
        case.pk, clock_id, step=step, code=code, until=until, is_high=case.risk == Risk.HIGH,
        actor=actor, at=at,
    )  # fmt: skip
    _moved(case, Step.LEGAL, actor, at, step.value)
    return case


@transaction.atomic
def start_case_clock(
    *, actor: Actor, case_id: UUID, kind: str, on: date, source: str, at: datetime
) -> Clock:
    """Start a clock of the law of which a person knows that it applies, and say why.

    In a closed case too: a breach, or her wish to restrict what is done with her data, may come
    after it, and nothing but what makes the clock run is written there then.

    :param on: the day it counts from
    :param source: what makes it apply; sealed as a note in the legal part
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nothing is said, or it cannot start
    """
    case = locked(actor, case_id)
    require(RULES[Step.LEGAL], actor, case)
    write_note(
        actor=actor, case_id=case.pk, compartment=Compartment.LEGAL, text=source, at=at,
        step=Step.LEGAL,
    )  # fmt: skip
    clock = legal.start_by_hand(
        legal_holder(case), kind=kind, on=on, actor=actor, at=at, marks=clock_marks(case)
    )
    _moved(case, Step.LEGAL, actor, at, START)
    return clock


@transaction.atomic
def ask_lowering(
    *, actor: Actor, case_id: UUID, risk: Risk, decider: UUID, reason: str, at: datetime
) -> UUID:
    """Ask a second person to lower the risk; return the request. Nothing changes before.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if it is no lower level, the case is closed, or it is asked already
    """
    case = locked(actor, case_id)
    require(RULES[Step.LOWER], actor, case)
    case.take(Step.LOWER)
    before = Risk(case.risk)
    case.lower(risk)
    about = asking.About(
        kind=Kind.LOWER_CASE, subject=case.pk, number=case.number, desk=case.desk,
        code=risk.value, risk=before.value, age=case.age, district=case.district,
        barred=barred_from(case_id=case.pk),
    )  # fmt: skip
    row = asking.ask(actor=actor, about=about, decider=decider, reason=reason, at=at)
    _moved(case, Step.LOWER, actor, at, risk.value)
    return row.pk


@transaction.atomic
def lower_case(*, actor: Actor, case_id: UUID, risk: Risk, at: datetime) -> Case:
    """Lower the risk, in the transaction in which a second person approves it.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it is no lower level any more, or the case is closed
    """
    case = locked(actor, case_id)
    require(may_lower, actor, case)
    case.take(Step.LOWER)
    case.lower(risk)
    case.changed_at = at
    case.save(update_fields=["risk", "rank", "changed_at"])
    _moved(case, Step.RATE, actor, at, risk.value)
    return case


@transaction.atomic
def ask_unmarking(
    *,
    actor: Actor,
    case_id: UUID,
    why: Ended,
    decider: UUID,
    reason: str,
    at: datetime,
    denied: bool = False,
) -> UUID:
    """Ask a second person to take TPKS off; return the request. Nothing changes before.

    :param why: why the clock of the law does not apply after all
    :param denied: no record speaks of sexual violence any more, and the danger signs say no
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if there is no mark, a record or the kind of matter says sexual violence,
        what the law asks for is done already, the case is closed, or it is asked already
    """
    case = locked(actor, case_id)
    require(RULES[Step.UNMARK], actor, case)
    case.take(Step.UNMARK)
    must_be_unmarkable(Keys.of(case.kind, case.authority, tpks=case.tpks))
    case.must_be_denied(denied=denied)
    legal.must_be_endable(case.pk, TPKS_POLICE, why)
    about = asking.About(
        kind=Kind.UNMARK_CASE, subject=case.pk, number=case.number, desk=case.desk,
        code=why.value, risk=case.risk, age=case.age, district=case.district,
        barred=barred_from(case_id=case.pk),
    )  # fmt: skip
    row = asking.ask(actor=actor, about=about, decider=decider, reason=reason, at=at)
    _moved(case, Step.UNMARK, actor, at, why.value)
    return row.pk


@transaction.atomic
def unmark_case(*, actor: Actor, case_id: UUID, why: Ended, at: datetime) -> Case:
    """Take TPKS off and end its clock, in the transaction in which a second person approves.

    :raises PermissionDenied: for everybody but the system
    :raises Refused: if it cannot be taken off any more, or the case is closed
    """
    case = locked(actor, case_id)
    require(may_unmark, actor, case)
    case.take(Step.UNMARK)
    must_be_unmarkable(Keys.of(case.kind, case.authority, tpks=case.tpks))
    legal.take_back(case.pk, kind=TPKS_POLICE, why=why, actor=actor, at=at)
    case.unmark_sexual()
    case.changed_at = at
    case.save(update_fields=["tpks", "tpks_question", "sexual_by_record", "changed_at"])
    _moved(case, Step.IDENTIFY, actor, at, case.kind)
    return case


def _moved(case: Case, step: Step, actor: Actor, at: datetime, code: str) -> None:
    record(CaseMoved(case.pk, case.desk, step.value, code), actor=actor, at=at)
