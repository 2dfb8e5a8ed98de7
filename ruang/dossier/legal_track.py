"""What a step of the legal track does to the clocks of the law, in the same save.

The kinds and due times of clocks are coded (vault.md §3); which step met one stays sealed: that
a clock was met by a step shows in nothing but that both happened in one save.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.seats import legal_holder
from ruang.clocks import keep, legal, moments
from ruang.clocks.models import Clock
from ruang.clocks.official import (
    KDRT_COURT_ORDER,
    KDRT_PROTECTION,
    LPSK_CHECK,
    POLICE_PROTECTION,
    RESTITUTION,
    TPKS_POLICE,
)
from ruang.clocks.states import Moment
from ruang.dossier.kinds.legal import Happening
from ruang.dossier.models import Record, Version
from ruang.dossier.reading import answers_of, said_since
from ruang.dossier.schema import Values, one
from ruang.dossier.states import Kind
from ruang.dossier.values import day

MEETS: dict[Happening, tuple[str, ...]] = {
    Happening.POLICE_REPORT: (TPKS_POLICE,),
    Happening.TPKS_PROTECTION: (POLICE_PROTECTION,),
    Happening.ORDER_ASKED: (KDRT_COURT_ORDER,),
    Happening.ORDER_GIVEN: (KDRT_COURT_ORDER, KDRT_PROTECTION),
    Happening.RESTITUTION_ASKED: (RESTITUTION,),
    Happening.LPSK_ASKS: (LPSK_CHECK,),
    Happening.LPSK_COMPLETE: (LPSK_CHECK, RESTITUTION),
}
"""Step → the clocks it meets: when it is on record, not when it is said to have been done."""
STARTS: dict[Happening, tuple[str, ...]] = {
    Happening.KDRT_PROTECTION: (KDRT_COURT_ORDER, KDRT_PROTECTION),
    Happening.RESTITUTION_ASKED: (LPSK_CHECK,),
    Happening.LPSK_ASKS: (RESTITUTION,),
}
"""Step → the clocks it starts; one that happens again starts them again."""
OF_SEXUAL = {Happening.POLICE_REPORT: (POLICE_PROTECTION,)}
"""Step → the clocks it starts where the case is one of sexual violence (UU 12/2022 ps 42)."""
SAID = ("step", "done_on")
"""The answers of which a step consists; a note added later moves no clock."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that is said to be done, and on which day."""

    step: Happening
    on: date

    def since(self, at: datetime) -> datetime:
        """Return the moment it counts from."""
        return legal.counted_from(self.on, at)


def follow(
    case: Case, record: Record, *, before: Values, now: Values, actor: Actor, at: datetime
) -> None:
    """Move the clocks when a step is first said to be done, or was not done after all."""
    was, is_ = _done(before, _saved_before(record, at)), _done(now, at)
    if was == is_:
        return
    if was is not None and (is_ is None or is_.step != was.step):
        _was_not_done(case, record, was.step, actor, at)
    if is_ is None:
        return
    is_other_day = was is not None and was.step == is_.step
    if not is_other_day:
        _meet(case, is_.step, actor, at)
    is_restored = not before and record.version > 1
    _start(case, is_, actor, at, again=not is_other_day and not is_restored)


def catch_up(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let what was on record before the case became one of sexual violence meet its clocks.

    Whoever holds no key of the legal track marks it without knowing of a police report: then
    the clock runs until somebody who does looks at it.
    """
    if keep.clock_of(case.pk, TPKS_POLICE) is None:
        return
    for record, done in _steps(case, actor, at):
        known = max(said_since(record, SAID, actor), _morning(done.on))
        for kind in OF_SEXUAL.get(done.step, ()):
            legal.begin(
                legal_holder(case), kind=kind, since=done.since(known), actor=actor, at=at
            )
        if done.step in {Happening.POLICE_REPORT, Happening.TPKS_PROTECTION}:
            _meet(case, done.step, actor, at, known=known)


def _meet(
    case: Case, step: Happening, actor: Actor, at: datetime, *, known: datetime | None = None
) -> None:
    for kind in _met_by(step):
        clock = keep.clock_of(case.pk, kind)
        if clock is not None:
            keep.meet(clock, actor=actor, at=at, done_at=known)


def _start(case: Case, done: Done, actor: Actor, at: datetime, *, again: bool) -> None:
    kinds = STARTS.get(done.step, ()) + (OF_SEXUAL.get(done.step, ()) if case.tpks else ())
    if done.step is Happening.POLICE_REPORT:
        kinds += moments.kinds_of(Moment.POLICE_REPORT).begun
    for kind in kinds:
        legal.begin(
            legal_holder(case), kind=kind, since=done.since(at), actor=actor, at=at, again=again
        )


def _was_not_done(
    case: Case, record: Record, step: Happening, actor: Actor, at: datetime
) -> None:
    """Let the clocks run again that this step met, unless another step on record meets them.

    What it started runs on: a clock of the law ends by a reason alone.
    """
    for kind in _met_by(step):
        met = keep.last_met(case.pk, kind)
        if met is None or not _by_a_step(case, met):
            continue
        is_first = Clock.objects.filter(subject=case.pk, kind=kind).count() == 1
        first = date.min if is_first else localdate(met.started_at)
        others = (one for row, one in _steps(case, actor, at) if row.pk != record.pk)
        if not any(kind in _met_by(one.step) and one.on >= first for one in others):
            keep.run_again(met, actor=actor, at=at)


def _met_by(step: Happening) -> tuple[str, ...]:
    """Return the kinds of clocks that a step meets: those of the law, and the city's own."""
    own = moments.kinds_of(Moment.POLICE_REPORT).met if step is Happening.POLICE_REPORT else ()
    return MEETS.get(step, ()) + own


def _by_a_step(case: Case, clock: Clock) -> bool:
    """Say whether a step was saved in the moment a clock was met; else a person met it."""
    steps = Record.objects.filter(case=case, kind=Kind.LEGAL_STEP)
    met = clock.over_at
    return (
        steps.filter(Q(at=met) | Q(changed_at=met)).exists()
        or Version.objects.filter(record__in=steps, at=met).exists()
    )


def _steps(case: Case, actor: Actor, at: datetime) -> Iterator[tuple[Record, Done]]:
    """Return the steps of a case that count and that the actor can read, the oldest first."""
    rows = Record.objects.visible_to(actor).filter(
        case=case, kind=Kind.LEGAL_STEP, retired_at=None
    )
    found = [(row, _done(said or {}, at)) for row, said in answers_of(rows, actor)]
    done = [(row, one) for row, one in found if one is not None]
    return iter(sorted(done, key=lambda pair: (pair[1].on, pair[0].pk)))


def _done(said: Values, at: datetime) -> Done | None:
    """Return the step that was done by then; None before that."""
    step, on = one(said, "step"), day(said.get("done_on"))
    if step not in Happening.values or on is None or on > localdate(at):
        return None
    return Done(Happening(step), on)


def _saved_before(record: Record, at: datetime) -> datetime:
    """Return when the version before this one was saved."""
    before = record.versions.order_by("-version").first()
    return before.at if before else at


def _morning(on: date) -> datetime:
    return datetime.combine(on, time.min, get_current_timezone())
