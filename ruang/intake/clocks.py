"""By when a report is to be read: the hours of its risk level, from when somebody is there.

The standard counts from receipt (high at once, medium six hours; domain.md §1.2). What comes
in while the desk is closed counts from its next opening, because a promise that nobody can
keep is none: the page says so and shows the emergency numbers. Danger does not wait for that.

The time itself is a clock (``ruang.clocks``): it warns, it is missed, it pauses. ``due_at`` of
the report repeats what that clock says, because the queue is read along one index of reports;
everything that changes the one changes the other here, in the same transaction.
"""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from ruang.access.actor import Actor
from ruang.clocks import answers, keep, legal, moments
from ruang.clocks.legal import Holder, running
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.states import Area, Ended, Moment, Pause
from ruang.clocks.states import State as ClockState
from ruang.intake.models import Report
from ruang.intake.states import RANK, Risk, Safety
from ruang.territory import queries as territory
from ruang.territory.facts import CityFacts


def due_at(city: CityFacts, level: Risk, received_at: datetime) -> datetime:
    """Return by when a report of this level, received then, is to be read."""
    allowed = timedelta(hours=city.answer_hours[level])
    if not allowed:
        return received_at
    return (city.hours.next_opening(received_at) or received_at) + allowed


def first_rank(safety: Safety) -> int:
    """Return the place in the queue before a person has judged: danger comes first."""
    return RANK[Risk.HIGH if safety is Safety.DANGER else Risk.UNRATED]


def first_due(
    city: CityFacts, safety: Safety, *, received_at: datetime, at: datetime
) -> datetime:
    """Return by when a report is to be read before a person has judged it.

    :param at: when it is stored: that a letter tells of danger is known from then on
    """
    risk = Risk.HIGH if safety is Safety.DANGER else Risk.UNRATED
    return due_at(city, risk, received_at if city.answer_hours[risk] else at)


def begin(report: Report) -> None:
    """Start the clock of a report that comes in just now."""
    since = report.due_at if _is_at_once(report) else report.received_at
    keep.begin(
        kind=ANSWER, area=Area.REPORT, subject=report.pk, desk=report.desk, since=since,
        due_at=report.due_at, owner=report.holder,
    )  # fmt: skip


def owned(report: Report) -> None:
    """Let the clocks wait for whoever holds the report now, those of the law too."""
    clock = keep.clock_of(report.pk, ANSWER)
    for one in [*([clock] if clock else []), *running(report.pk)]:
        keep.wait_for(one, report.holder)


def left(report: Report, *, actor: Actor, at: datetime) -> None:
    """Whoever held it does no more: what she paused runs, what she took care of is told again.

    A clock that waits for somebody whom nobody asks any more would be off in silence.
    """
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is not None and clock.state == ClockState.PAUSED:
        keep.resume(clock, actor=actor, at=at)
        report.due_at = clock.due_at
    for one in [*([clock] if clock else []), *running(report.pk)]:
        keep.tell_again(one, at=at)


def rated(report: Report, *, actor: Actor, at: datetime) -> None:
    """Let the time of the level that was set run, from receipt, or from now once answered.

    "At once" counts from now, when it became known; where it runs already it goes on.
    """
    clock = keep.clock_of(report.pk, ANSWER)
    is_at_once = _is_at_once(report)
    if is_at_once and clock is not None and clock.is_at_once:
        return
    since = at if report.answered_at or is_at_once else report.received_at
    _renew(report, since=since, actor=actor, at=at)


def answered(report: Report, *, actor: Actor, at: datetime) -> None:
    """She was written to: that clock is met, and the next one runs until the decision.

    "At once" is not begun anew by each answer of ours: it runs on until something is decided.
    """
    if _is_at_once(report):
        return
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is not None:
        keep.meet(clock, actor=actor, at=at)
    _start(report, since=at, actor=actor, at=at)


def asked(report: Report, *, actor: Actor, at: datetime) -> None:
    """She wrote: whatever was paused because she was awaited runs again, from now."""
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is not None and clock.state == ClockState.PAUSED:
        keep.resume(clock, actor=actor, at=at)
    _renew(report, since=at, actor=actor, at=at)


def wrote_after(report: Report, *, actor: Actor, at: datetime) -> None:
    """She wrote though it is decided: from then on the time of its risk runs all the same."""
    report.due_at = answers.wrote(legal_holder(report), level(report), actor=actor, at=at)


def answered_after(report: Report, *, actor: Actor, at: datetime) -> None:
    """What she wrote after the decision was answered; nothing more is owed."""
    answers.answered(report.pk, actor=actor, at=at)


def reopened(report: Report, *, decided_at: datetime, actor: Actor, at: datetime) -> None:
    """It is open again: her clock goes on, or one begins now; what the decision met runs on."""
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is None:
        _start(report, since=at, actor=actor, at=at)
    moments.taken_back(
        Moment.REPORT_DECIDED, report.pk, said_at=[decided_at], last=None, actor=actor, at=at
    )
    owned(report)


def pause(
    report: Report, *, why: Pause, until: date | None, actor: Actor, at: datetime
) -> None:
    """Stop the time until a day is over; the report keeps its place in the queue.

    :raises Refused: if the risk is high or there is danger now, or the day is too far
    """
    keep.pause(
        _clock(report, actor, at), why=why, until=until, is_high=is_high(report), actor=actor,
        at=at,
    )  # fmt: skip


def follow(report: Report) -> bool:
    """Let the report be due when its clock says so; say whether that is another time."""
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is None or clock.due_at == report.due_at:
        return False
    report.due_at = clock.due_at
    return True


def end_pauses(report: Report, *, actor: Actor, at: datetime) -> None:
    """The risk was raised: nothing waits any more."""
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is not None and clock.state == ClockState.PAUSED:
        keep.resume(clock, actor=actor, at=at)
        report.due_at = clock.due_at
    legal.end_pauses(report.pk, actor=actor, at=at)


def resume(report: Report, *, actor: Actor, at: datetime) -> None:
    """Let the time run again: what was left is left."""
    clock = _clock(report, actor, at)
    keep.resume(clock, actor=actor, at=at)
    report.due_at = clock.due_at


def decided(report: Report, *, actor: Actor, at: datetime) -> None:
    """End the clock of a report that is decided."""
    keep.end_all(report.pk, why=Ended.DECIDED, actor=actor, at=at)


def handed_over(report: Report, *, actor: Actor, at: datetime) -> None:
    """End the clock of the desk that hands over, and start that of the desk it is at now."""
    keep.end_all(report.pk, why=Ended.HANDED_OVER, actor=actor, at=at)
    _start(report, since=at, actor=actor, at=at)


def happened(report: Report, moment: Moment, *, actor: Actor, at: datetime) -> None:
    """Tell the clocks what happened with a report, in the transaction in which it did."""
    moments.happened(moment, report.pk, partial(legal_holder, report), actor=actor, at=at)


def paused_at(desk: UUID) -> "QuerySet[Clock, UUID]":
    """Return the ids of the reports of a desk whose clock is paused."""
    return keep.paused_subjects(desk, ANSWER)


def level(report: Report) -> Risk:
    """Return the level whose hours count: danger now is high before anybody has judged."""
    return Risk.HIGH if report.rank == RANK[Risk.HIGH] else Risk(report.risk)


def is_high(report: Report) -> bool:
    """Say whether the risk is high, or there is danger now: then no clock pauses."""
    return level(report) is Risk.HIGH


def _is_at_once(report: Report) -> bool:
    return not territory.city().answer_hours[level(report)]


def _renew(report: Report, *, since: datetime, actor: Actor, at: datetime) -> None:
    clock = keep.clock_of(report.pk, ANSWER)
    if clock is None:
        _start(report, since=since, actor=actor, at=at)
        return
    report.due_at = due_at(territory.city(), level(report), since)
    keep.renew(clock, since=since, due_at=report.due_at, actor=actor, at=at)


def _start(report: Report, *, since: datetime, actor: Actor, at: datetime) -> Clock:
    report.due_at = due_at(territory.city(), level(report), since)
    return keep.start(
        kind=ANSWER, area=Area.REPORT, subject=report.pk, desk=report.desk,
        owner=report.holder, actor=actor, since=since, due_at=report.due_at, at=at,
    )  # fmt: skip


def _clock(report: Report, actor: Actor, at: datetime) -> Clock:
    """Return the clock of an open report; one that has none yet gets it now."""
    clock = keep.clock_of(report.pk, ANSWER)
    return clock or _start(report, since=report.received_at, actor=actor, at=at)


def legal_holder(report: Report) -> Holder:
    """Return whose clocks of the law a report's are."""
    return Holder(report.pk, Area.REPORT, report.desk, report.holder)
