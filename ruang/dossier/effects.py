"""What follows from what was written, in the same save: age, sexual violence, clocks, a date.

The kinds and due times of clocks are coded (vault.md §3); which step met one stays sealed.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils.timezone import get_current_timezone, localdate

from ruang.access.actor import Actor
from ruang.audit.record import record as note
from ruang.cases.events import AgeCorrected, CaseMoved
from ruang.cases.models import Case
from ruang.cases.seats import legal_holder
from ruang.cases.states import Step as CaseStep
from ruang.clocks import keep, legal
from ruang.clocks.official import (
    KDRT_COURT_ORDER,
    KDRT_PROTECTION,
    LPSK_CHECK,
    POLICE_PROTECTION,
    RESTITUTION,
    TPKS_POLICE,
)
from ruang.dossier.age import age_by_people
from ruang.dossier.kinds.incident import is_sexual
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.kinds.risk import LISTS, suggested
from ruang.dossier.models import Record
from ruang.dossier.reading import answers_of
from ruang.dossier.schema import Values, one
from ruang.dossier.states import Kind
from ruang.dossier.values import day
from ruang.kernel.codes import Age, Risk
from ruang.risk.suggesting import raises
from ruang.vault.models import KeyPair

MEETS: dict[Happening, tuple[str, ...]] = {
    Happening.POLICE_REPORT: (TPKS_POLICE,),
    Happening.TPKS_PROTECTION: (POLICE_PROTECTION,),
    Happening.ORDER_ASKED: (KDRT_COURT_ORDER,),
    Happening.ORDER_GIVEN: (KDRT_COURT_ORDER, KDRT_PROTECTION),
    Happening.LPSK_ASKS: (LPSK_CHECK,),
    Happening.LPSK_COMPLETE: (LPSK_CHECK, RESTITUTION),
}
"""Step → the clocks it meets: when it is on record, not when it is said to have been done."""
STARTS: dict[Happening, tuple[str, ...]] = {
    Happening.KDRT_PROTECTION: (KDRT_COURT_ORDER, KDRT_PROTECTION),
    Happening.RESTITUTION_ASKED: (LPSK_CHECK,),
    Happening.LPSK_ASKS: (RESTITUTION,),
}
"""Step → the clocks it starts."""
OF_SEXUAL = {Happening.POLICE_REPORT: (POLICE_PROTECTION,)}
"""Step → the clocks it starts where the case is one of sexual violence (UU 12/2022 ps 42)."""


def follow(
    case: Case, record: Record, *, before: Values, now: Values, actor: Actor, at: datetime
) -> None:
    """Do what follows from the answers of a record; the caller saves the case."""
    if record.kind == Kind.PERSON:
        _age(case, record, now, actor, at)
    if record.kind == Kind.INCIDENT and is_sexual(now):
        _sexual(case, actor, at)
    if record.kind in LISTS and now:
        _raise_risk(case, suggested(Kind(record.kind), now).level, actor, at)
    if record.kind == Kind.LEGAL_STEP:
        _legal(case, before, now, actor, at)
        _next_date(case, record, before, now, actor)


def _sexual(case: Case, actor: Actor, at: datetime) -> None:
    was = case.tpks
    case.mark_sexual()
    legal.follow(
        legal_holder(case), kind=TPKS_POLICE, was=was, now=True, since=told_at(case),
        why=None, actor=actor, at=at,
    )  # fmt: skip
    if not was:
        note(CaseMoved(case.pk, case.desk, CaseStep.IDENTIFY, case.kind), actor=actor, at=at)


def _age(case: Case, record: Record, now: Values, actor: Actor, at: datetime) -> None:
    """Let the people of a case say whether it is about a child."""
    rows = Record.objects.visible_to(actor).filter(case=case, kind=Kind.PERSON, retired_at=None)
    others = [said for _row, said in answers_of(rows.exclude(pk=record.pk), actor)]
    people = [*(said for said in others if said is not None), *([now] if now else [])]
    found = age_by_people(people, before=Age(case.age), on=localdate(at))
    if found != case.age:
        case.age = found
        note(AgeCorrected(case.pk, case.desk, found.value), actor=actor, at=at)


def _raise_risk(case: Case, level: Risk, actor: Actor, at: datetime) -> None:
    """Raise the risk of the case to what the list suggests; a machine never lowers it."""
    if not raises(level, Risk(case.risk)):
        return
    case.rate(level)
    note(CaseMoved(case.pk, case.desk, CaseStep.RATE, level), actor=actor, at=at)


def told_at(case: Case) -> datetime:
    """Return when she first told us: her first key is of that moment, else the case's own."""
    if case.reporter_pair is None:
        return case.opened_at
    hers = KeyPair.objects.filter(pk=case.reporter_pair).values("owner")
    first = KeyPair.objects.filter(owner__in=hers).order_by("created_at").first()
    return min(first.created_at, case.opened_at) if first else case.opened_at


def _legal(case: Case, before: Values, now: Values, actor: Actor, at: datetime) -> None:
    """Move the clocks when a step is first said to be done; a note added later moves none."""
    if all(before.get(name) == now.get(name) for name in ("step", "done_on")):
        return
    step, done_on = one(now, "step"), day(now.get("done_on"))
    if step not in Happening.values or done_on is None or done_on > localdate(at):
        return
    happening, since = Happening(step), _since(done_on, at)
    for kind in MEETS.get(happening, ()):
        clock = keep.clock_of(case.pk, kind)
        if clock is not None:
            keep.meet(clock, actor=actor, at=at)
    starts = STARTS.get(happening, ()) + (OF_SEXUAL.get(happening, ()) if case.tpks else ())
    for kind in starts:
        legal.begin(legal_holder(case), kind=kind, since=since, actor=actor, at=at)


def _since(done_on: date, at: datetime) -> datetime:
    """Return the moment a step of this day counts from: now, or the beginning of that day."""
    if done_on == localdate(at):
        return at
    return datetime.combine(done_on, time.min, get_current_timezone())


def _next_date(case: Case, record: Record, before: Values, now: Values, actor: Actor) -> None:
    others = Record.objects.visible_to(actor).filter(
        case=case, kind=Kind.LEGAL_STEP, retired_at=None
    )
    opened = answers_of(others.exclude(pk=record.pk), actor)
    rest = list(_days(said for _row, said in opened if said is not None))
    was, today = [*rest, *_days([before])], localdate(record.changed_at)
    nearest = min((one_day for one_day in was if one_day >= today), default=None)
    case.remind([*rest, *_days([now])], today=today, before=nearest)


def _days(many: Iterable[Values]) -> Iterable[date]:
    return (found for said in many if (found := day(said.get("next_on"))) is not None)
