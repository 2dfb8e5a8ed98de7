"""The clocks of the law and of the city on a report or case: ended by a reason alone.

Called by the contexts whose matter it is, in their own transaction, after they have asked who
may. None is switched off silently: what was begun is met, or ended with a reason on record.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.sight import NotInSight
from ruang.clocks import keep
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER, Rule
from ruang.clocks.queries import ClockLine, clocks_of
from ruang.clocks.rules import in_force, rule_of
from ruang.clocks.spans import due_after
from ruang.clocks.states import MOVES, Area, Ended, Missed, Moment, Pause, State, Step
from ruang.kernel.errors import Refused
from ruang.territory import queries as territory

ENDINGS = (Ended.NOT_APPLICABLE, Ended.BY_MISTAKE)
"""The reasons for which a person ends a clock of the law."""
ACTS = (Step.MEET, Step.EXPLAIN, Step.PAUSE, Step.RESUME, Step.END)
"""What a person does to one, in the order of the buttons."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose clock it is: a report at a desk, or a case.

    :ivar owner: for whom it waits, where that is one person
    """

    subject: UUID
    area: Area
    desk: UUID
    owner: UUID | None = None


@dataclass(frozen=True, slots=True)
class LegalClock:
    """One clock of the law or of the city as a page shows it.

    :ivar steps: what can be done to it now
    """

    line: ClockLine
    steps: tuple[Step, ...]


def follow(
    holder: Holder, *, kind: str, was: bool, now: bool, since: datetime, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Let a clock follow the mark that makes it apply: set, it starts.

    :param since: from when the law counts
    """
    if now and not was:
        begin(holder, kind=kind, since=since, actor=actor, at=at)


def must_be_endable(subject: UUID, kind: str, why: Ended) -> None:
    """Refuse to have a mark taken off whose clock could not be ended with this reason.

    :raises Refused: if the reason is none, or what the law asks for was done
    """
    if why not in ENDINGS:
        raise Refused(
            _("A clock of the law runs because of this mark. Say why it does not apply.")
        )
    if was_met(subject, kind):
        raise Refused(_("What the law asks for has been done already. The mark stays."))


def was_met(subject: UUID, kind: str) -> bool:
    """Say whether a clock of this kind was met for a record."""
    return Clock.objects.filter(subject=subject, kind=kind, state=State.MET).exists()


def take_back(subject: UUID, *, kind: str, why: Ended, actor: Actor, at: datetime) -> None:
    """End the clock of a mark that a second person let be taken off.

    :raises Refused: if what the law asks for was done meanwhile
    """
    must_be_endable(subject, kind, why)
    clock = keep.clock_of(subject, kind)
    if clock is not None:
        keep.end(clock, why=why, actor=actor, at=at)


def begin(
    holder: Holder, *, kind: str, since: datetime, actor: Actor, at: datetime,
    again: bool = False,
) -> Clock | None:  # fmt: skip
    """Start a clock, if its rule is in force here and it neither runs nor was met.

    One that was ended with a reason begins again: somebody has said that it applies.

    :param again: what starts it happened anew. Then one that was met does not stand in the way,
        and one that ran out gives way, its miss staying to be explained.
    """
    rule = rule_of(kind)
    if rule is None or rule.amount is None:
        return None
    before = Clock.objects.filter(subject=holder.subject, kind=kind)
    last = before.exclude(state=State.ENDED).order_by("started_at").last()
    if last is not None and not (again and since > last.started_at):
        return None
    due = due_after(territory.city().hours, since, rule.amount, rule.unit)
    running_one = keep.clock_of(holder.subject, kind)
    if running_one is None:
        return _start(holder, kind, since, due, actor, at)
    if not running_one.has_run_out(at):
        return None
    return keep.renew(running_one, since=since, due_at=due, actor=actor, at=at)


def begin_anew(holder: Holder, *, kind: str, actor: Actor, at: datetime) -> Clock | None:
    """Start a clock that was met or ended, because what it is about was told anew just now.

    One that runs goes on as it is, late or not: no time is won by telling more.
    """
    if keep.clock_of(holder.subject, kind) is not None:
        return None
    return begin(holder, kind=kind, since=at, actor=actor, at=at, again=True)


def by_hand(marks: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return the rules in force here whose clock a person starts: nothing stored tells it.

    :param marks: kinds that a mark of the record starts by itself, and a person again
    """
    rules = (rule for rule in in_force().values() if rule.is_active)
    return tuple(rule for rule in rules if rule.starts is Moment.BY_HAND or rule.kind in marks)


def startable(subject: UUID, marks: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return those of them that a person can start for a record now."""
    live = Clock.objects.live().filter(subject=subject, kind__in=marks)
    return by_hand(set(marks) - set(live.values_list("kind", flat=True)))


def start_by_hand(
    holder: Holder, *, kind: str, on: date, actor: Actor, at: datetime,
    marks: Collection[str] = (),
) -> Clock:  # fmt: skip
    """Start a clock of which a person says that it applies, from a day on.

    :param marks: kinds that a mark of the record starts by itself, and a person again
    :raises Refused: if it is none of these, its day is to come, or it was started already
    """
    if kind not in {rule.kind for rule in by_hand(marks)}:
        raise Refused(_("There is no such time limit. Reload the page."))
    if kind in marks and keep.clock_of(holder.subject, kind) is not None:
        raise Refused(_("This clock was started already."))
    if on > localdate(at):
        raise Refused(_("This day is still to come. Check the date."))
    since = counted_from(on, at)
    clock = begin(holder, kind=kind, since=since, actor=actor, at=at, again=True)
    if clock is None:
        raise Refused(_("This clock was started already."))
    return clock


def counted_from(on: date, at: datetime) -> datetime:
    """Return the moment that something of this day counts from: now, or its beginning."""
    return at if on == localdate(at) else datetime.combine(on, time.min, get_current_timezone())


def carry(subject: UUID, to: Holder, *, why: Ended, actor: Actor, at: datetime) -> None:
    """Let what still runs or pauses go on elsewhere as it is: no time is won or lost by it."""
    for clock in running(subject):
        keep.carry(
            clock, area=to.area, subject=to.subject, desk=to.desk, owner=to.owner, why=why,
            actor=actor, at=at,
        )  # fmt: skip


def running(subject: UUID) -> list[Clock]:
    """Return the clocks of law and city that run or pause for a record, held for a change."""
    rows = Clock.objects.live().select_for_update(of=("self",)).filter(subject=subject)
    return list(rows.exclude(kind=ANSWER).order_by("due_at", "pk"))


def end_pauses(subject: UUID, *, actor: Actor, at: datetime) -> None:
    """Let every clock of law and city of a record run on: the risk was raised."""
    for clock in running(subject):
        if clock.state == State.PAUSED:
            keep.resume(clock, actor=actor, at=at)


def act(
    subject: UUID, clock_id: UUID, *, step: Step, code: str, actor: Actor, at: datetime,
    until: date | None = None, is_high: bool = False,
) -> Clock:  # fmt: skip
    """Do one thing to a clock of a record.

    :param code: why, for a pause, an end or a miss
    :param until: the last day of a pause; None is the longest that the city allows
    :param is_high: the record's risk is high or there is danger now: then nothing pauses
    :raises NotInSight: if the record has no such clock
    :raises Refused: if it is not open to this step now, or no reason is given
    """
    rows = Clock.objects.select_for_update(of=("self",))
    clock = sight.one(rows.filter(subject=subject).exclude(kind=ANSWER), clock_id)
    if step is Step.MEET:
        keep.meet(clock, actor=actor, at=at)
    elif step is Step.RESUME:
        keep.resume(clock, actor=actor, at=at)
    elif step is Step.PAUSE:
        keep.pause(
            clock, why=Pause(_code(code, Pause.values)), until=until, is_high=is_high,
            actor=actor, at=at,
        )  # fmt: skip
    elif step is Step.EXPLAIN:
        keep.explain(clock, why=Missed(_code(code, Missed.values)), actor=actor, at=at)
    else:
        keep.end(clock, why=Ended(_code(code, ENDINGS)), actor=actor, at=at)
    return clock


def legal_clocks(
    *, subject: UUID, at: datetime, is_high: bool = False
) -> tuple[LegalClock, ...]:
    """Return the clocks of law and city of a record that the caller has in sight.

    One that goes on elsewhere is shown there.

    :param is_high: the record's risk is high or there is danger now: then nothing pauses
    """
    lines = [line for line in clocks_of(subject=subject) if line.is_legal]
    moved = {Ended.REPLACED, Ended.HANDED_OVER}
    return tuple(
        LegalClock(line, _steps(line, at, is_high=is_high))
        for line in lines
        if line.ended_why not in moved
    )


def one_clock(
    *, subject: UUID, clock_id: UUID, at: datetime, is_high: bool = False
) -> LegalClock:
    """Return one clock of the law of a record that the caller has in sight.

    :raises NotInSight: if the record has no such clock
    """
    for one in legal_clocks(subject=subject, at=at, is_high=is_high):
        if one.line.id == clock_id:
            return one
    raise NotInSight("clock")


def _steps(line: ClockLine, at: datetime, *, is_high: bool) -> tuple[Step, ...]:
    is_late = line.missed_at is not None or (line.state is State.RUNNING and line.due_at <= at)
    shut = set()
    if is_high or not line.may_pause:
        shut.add(Step.PAUSE)
    if not is_late or line.missed_why is not None:
        shut.add(Step.EXPLAIN)
    return tuple(step for step in ACTS if step not in shut and line.state in MOVES[step][0])


def _start(
    holder: Holder, kind: str, since: datetime, due: datetime, actor: Actor, at: datetime
) -> Clock:
    return keep.start(
        kind=kind, area=holder.area, subject=holder.subject, desk=holder.desk,
        owner=holder.owner, actor=actor, since=since, due_at=due, at=at,
    )  # fmt: skip


def _code(code: str, known: Sequence[str]) -> str:
    if code not in known:
        raise Refused(_("Choose a reason."))
    return code
