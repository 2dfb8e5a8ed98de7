"""What follows from what was written, in the same save: age, sexual violence, risk, a date."""

from datetime import datetime

from django.db.models import Max
from django.utils.timezone import localdate

from ruang.access.actor import Actor
from ruang.audit.record import record as note
from ruang.cases.events import AgeCorrected, CaseMoved
from ruang.cases.models import Case
from ruang.cases.seats import happened, legal_holder, raised
from ruang.cases.states import Step as CaseStep
from ruang.clocks import legal, moments
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Moment
from ruang.dossier import dates, legal_track
from ruang.dossier.age import age_by_people
from ruang.dossier.kinds.risk import LISTS, suggested
from ruang.dossier.models import Record, Version
from ruang.dossier.reading import answers_of
from ruang.dossier.schema import Values
from ruang.dossier.sexual import is_told_anew, speaks_of_it
from ruang.dossier.states import Kind
from ruang.kernel.codes import Age, Risk
from ruang.risk.suggesting import raises


def follow(
    case: Case, record: Record, *, before: Values, now: Values, actor: Actor, at: datetime
) -> None:
    """Do what follows from the answers of a record; the caller saves the case."""
    if record.kind == Kind.PERSON:
        _age(case, record, now, actor, at)
    if speaks_of_it(Kind(record.kind), now):
        _sexual(case, record, before, now, actor, at)
    if record.kind in LISTS and now:
        _raise_risk(case, suggested(Kind(record.kind), now).level, actor, at)
    if record.kind == Kind.ASSESSMENT:
        _assessed(case, record, is_new=not before, counts=bool(now), actor=actor, at=at)
    if record.kind == Kind.LEGAL_STEP:
        legal_track.follow(case, record, before=before, now=now, actor=actor, at=at)
        case.legal_on = dates.legal_on(case, record, now, actor, at)
    if record.kind == Kind.SAFETY_PLAN:
        case.safety_on = dates.safety_on(case, record, now, actor)


def _sexual(
    case: Case, record: Record, before: Values, now: Values, actor: Actor, at: datetime
) -> None:
    """Mark the case; what is being settled ends by the fact of it (``wiring``).

    In a case that is marked, what is told anew starts the clock again (ADR 0048).
    """
    was, marks = case.tpks, (case.tpks, case.sexual_by_record)
    if record.kind == Kind.INCIDENT:
        case.mark_sexual()
    else:
        case.bar_settling()
    legal.follow(
        legal_holder(case), kind=TPKS_POLICE, was=was, now=case.tpks,
        since=case.reported_at, actor=actor, at=at,
    )  # fmt: skip
    if case.tpks and not was:
        legal_track.catch_up(case, actor=actor, at=at)
    elif is_told_anew(record, before, now):
        legal.begin_anew(legal_holder(case), kind=TPKS_POLICE, actor=actor, at=at)
    if (case.tpks, case.sexual_by_record) != marks:
        fact = CaseMoved(case.pk, case.desk, CaseStep.IDENTIFY.value, case.kind)
        note(fact, actor=actor, at=at)


def _age(case: Case, record: Record, now: Values, actor: Actor, at: datetime) -> None:
    """Let the people of a case say whether it is about a child."""
    rows = Record.objects.visible_to(actor).filter(case=case, kind=Kind.PERSON, retired_at=None)
    others = [said for _row, said in answers_of(rows.exclude(pk=record.pk), actor)]
    people = [*(said for said in others if said is not None), *([now] if now else [])]
    found = age_by_people(people, before=Age(case.age), on=localdate(at))
    if found != case.age:
        case.age = found
        note(AgeCorrected(case.pk, case.desk, found.value), actor=actor, at=at)


def _assessed(
    case: Case, record: Record, *, is_new: bool, counts: bool, actor: Actor, at: datetime
) -> None:
    """Tell the clocks that there is an assessment, or that there was none after all."""
    if counts and is_new:
        happened(case, Moment.ASSESSED, actor=actor, at=at)
    if counts:
        return
    rows = Record.objects.visible_to(actor).filter(case=case, kind=Kind.ASSESSMENT)
    others = rows.filter(retired_at=None).exclude(pk=record.pk)
    saves = set(rows.values_list("at", flat=True))
    saves.update(Version.objects.filter(record__in=rows).values_list("at", flat=True))
    moments.taken_back(
        Moment.ASSESSED, case.pk, said_at=saves, last=others.aggregate(last=Max("at"))["last"],
        actor=actor, at=at,
    )  # fmt: skip


def _raise_risk(case: Case, level: Risk, actor: Actor, at: datetime) -> None:
    """Raise the risk of the case to what the list suggests; a machine never lowers it."""
    if not raises(level, Risk(case.risk)):
        return
    before = case.risk
    case.rate(level)
    raised(case, before, actor=actor, at=at)
    note(CaseMoved(case.pk, case.desk, CaseStep.RATE, level), actor=actor, at=at)
