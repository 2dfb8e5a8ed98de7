"""Keeping clocks: what the contexts do whose matter it is, in their own transaction.

They have asked who may; here it is only done, and a fact recorded for each. What happens to
the clock of a report is said by the fact of the report.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.clocks.events import ClockMoved
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.rules import any_rule, rule_of
from ruang.clocks.spans import due_after, warn_at
from ruang.clocks.states import LIVE, Area, Ended, Missed, Pause, State, Step
from ruang.kernel.errors import Refused
from ruang.kernel.rows import insert
from ruang.territory import queries as territory

START = "start"
"""The step by which a clock begins, in its facts."""
NOT_WHILE_HIGH = _("The risk is high, or there is danger now: no clock pauses.")
OWN_FACTS = frozenset({Step.ACKNOWLEDGE, Step.EXPLAIN})
"""What is done to the clock of a report itself, and not to the report."""


def start(
    *,
    kind: str,
    area: Area,
    subject: UUID,
    desk: UUID,
    actor: Actor,
    since: datetime,
    due_at: datetime,
    owner: UUID | None = None,
    at: datetime,
    tell_at: datetime | None = None,
) -> Clock:
    """Start a clock; one of this kind that is running already stays as it is.

    :param tell_at: when it is warned of, if not when a quarter of the time is left
    """
    running = Clock.objects.live().filter(subject=subject, kind=kind).first()
    if running is not None:
        return running
    soon = tell_at or warn_at(since, due_at)
    clock = Clock.objects.create(
        kind=kind, area=area, subject=subject, desk=desk, owner=owner, started_at=since,
        due_at=due_at, warn_at=soon, next_at=min(soon, due_at),
    )  # fmt: skip
    _record(clock, START, actor, at)
    return clock


def begin(
    *, kind: str, area: Area, subject: UUID, desk: UUID, since: datetime, due_at: datetime,
    owner: UUID | None = None,
) -> None:  # fmt: skip
    """Start the first clock of a record that is made in this transaction: one INSERT.

    The record's own fact says that it began.
    """
    soon = warn_at(since, due_at)
    insert(
        Clock(
            kind=kind, area=area, subject=subject, desk=desk, owner=owner, started_at=since,
            due_at=due_at, warn_at=soon, next_at=min(soon, due_at),
        )
    )  # fmt: skip


def start_legal(
    *, kind: str, subject: UUID, desk: UUID, actor: Actor, since: datetime,
    owner: UUID | None = None, at: datetime,
) -> Clock | None:  # fmt: skip
    """Start a clock of the law, if its rule is in force here and it never ran for this record.

    A clock that was met or ended with a reason does not begin again by itself.
    """
    rule = rule_of(kind)
    if (
        rule is None
        or rule.amount is None
        or Clock.objects.filter(subject=subject, kind=kind).exists()
    ):
        return None
    due = due_after(territory.city().hours, since, rule.amount, rule.unit)
    return start(
        kind=kind, area=rule.area, subject=subject, desk=desk, owner=owner, actor=actor,
        since=since, due_at=due, at=at,
    )  # fmt: skip


def clock_of(subject: UUID, kind: str) -> Clock | None:
    """Return the clock of this kind that runs or pauses for a record, held for a change."""
    rows = Clock.objects.live().select_for_update(of=("self",))
    return rows.filter(subject=subject, kind=kind).first()


def paused_subjects(desk: UUID, kind: str) -> "QuerySet[Clock, UUID]":
    """Return the records of a desk whose clock of this kind is paused, for use in a query."""
    rows = Clock.objects.filter(desk=desk, kind=kind, state=State.PAUSED)
    return rows.values_list("subject", flat=True)


def move(
    clock: Clock, *, since: datetime, due_at: datetime, actor: Actor, at: datetime,
    tell_at: datetime | None = None,
) -> None:  # fmt: skip
    """Let a clock run anew from one moment to another. A pause stays, and begins anew too."""
    clock.take(Step.MOVE)
    clock.paused_at = at if clock.state == State.PAUSED else None
    clock.started_at, clock.due_at = since, due_at
    clock.warn_at = tell_at or warn_at(since, due_at)
    clock.next_at = min(clock.warn_at, due_at)
    clock.warned_at = clock.missed_at = None
    clock.acknowledged_at = clock.acknowledged_by = None
    clock.level, clock.round = 0, clock.round + 1
    clock.save()
    _record(clock, Step.MOVE, actor, at)


def renew(
    clock: Clock, *, since: datetime, due_at: datetime, actor: Actor, at: datetime,
    tell_at: datetime | None = None,
) -> Clock:  # fmt: skip
    """Let a new time run. A clock that ran out ends, so that its miss stays to be explained."""
    if not clock.has_run_out(at):
        move(clock, since=since, due_at=due_at, actor=actor, at=at, tell_at=tell_at)
        return clock
    pause_goes_on, until = clock.paused_why, clock.paused_until
    end(clock, why=Ended.REPLACED, actor=actor, at=at)
    new = start(
        kind=clock.kind, area=Area(clock.area), subject=clock.subject, desk=clock.desk,
        owner=clock.owner, actor=actor, since=since, due_at=due_at, at=at, tell_at=tell_at,
    )  # fmt: skip
    if pause_goes_on:
        _pause(new, Pause(pause_goes_on), until, actor, at)
    return new


def wait_for(clock: Clock, owner: UUID | None) -> None:
    """Say for whom a clock waits now."""
    clock.owner = owner
    clock.save(update_fields=["owner"])


def carry(
    clock: Clock, *, area: Area, subject: UUID, desk: UUID, owner: UUID | None, why: Ended,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Let a clock go on elsewhere as it is: its time, pause, miss and reason go along.

    It is one clock and stays one row: what was missed once is missed once. The trail says on
    both sides where it went.
    """
    _record(clock, Step.END, actor, at, why)
    clock.area, clock.subject, clock.desk, clock.owner = area, subject, desk, owner
    clock.save(update_fields=["area", "subject", "desk", "owner"])
    _record(clock, START, actor, at)


def pause(
    clock: Clock, *, why: Pause, actor: Actor, at: datetime, until: date | None = None,
    is_high: bool = False,
) -> None:  # fmt: skip
    """Stop the time for a stated reason, until a day is over. One that ran out stays missed.

    :param until: the last day of the pause; None is the longest that the city allows
    :param is_high: the risk is high or there is danger now: then nothing pauses
    :raises Refused: if it is high, the day is past or too far, or this clock's rule lets it
        pause for nothing
    """
    if is_high:
        raise Refused(NOT_WHILE_HIGH)
    rule = any_rule(clock.kind) if clock.kind != ANSWER else None
    if rule is not None and not rule.may_pause:
        raise Refused(
            _("The city's rule for this clock lets it not pause. Waiting does not stop it.")
            if rule.is_own
            else _("This clock is set by law. Waiting for somebody does not stop it.")
        )
    _pause(clock, why, pause_end(until, at), actor, at)


def pause_end(until: date | None, at: datetime) -> datetime:
    """Return when a pause is over: at the end of its last day.

    :raises Refused: if that day is past, or further than the city allows
    """
    today, most = localdate(at), territory.city().pause_days
    last = today + timedelta(days=most)
    if until is not None and not today <= until <= last:
        raise Refused(
            _("Choose a day from today until %(last)s: a pause lasts %(most)d days at most.")
            % {"last": f"{last:%d.%m.%Y}", "most": most}
        )
    morning = datetime.combine(until or last, time.min, get_current_timezone())
    return morning + timedelta(days=1)


def _pause(
    clock: Clock, why: Pause, until: datetime | None, actor: Actor, at: datetime
) -> None:
    if clock.is_late(at):
        clock.missed_at = clock.missed_at or clock.due_at
    clock.take(Step.PAUSE)
    clock.paused_at, clock.paused_why, clock.paused_until = at, why, until
    clock.save(update_fields=["state", "missed_at", "paused_at", "paused_why", "paused_until"])
    _record(clock, Step.PAUSE, actor, at, why)


def resume(clock: Clock, *, actor: Actor, at: datetime) -> None:
    """Let the time run again: what was left when it paused is left now.

    Whoever had taken care of it before it paused is told anew: the waiting is over. A pause
    that had ended before counts until its end and no longer.
    """
    clock.take(Step.RESUME)
    over = min(at, clock.paused_until or at)
    shift = max(over - clock.paused_at, timedelta(0)) if clock.paused_at else timedelta(0)
    clock.due_at, clock.warn_at = clock.due_at + shift, clock.warn_at + shift
    if clock.next_at is not None:
        clock.next_at += shift
    elif not clock.is_cared_for:
        clock.next_at = at
    clock.paused_at, clock.paused_why, clock.paused_until = None, "", None
    clock.save()
    _record(clock, Step.RESUME, actor, at)


def meet(clock: Clock, *, actor: Actor, at: datetime, done_at: datetime | None = None) -> None:
    """Say that what it waits for is done.

    :param done_at: since when that is on record, where it was before the clock began
    """
    over_at = min(done_at or at, at)
    was_late = clock.is_late(over_at)
    clock.take(Step.MEET)
    _over(clock, over_at, was_late=was_late)
    _record(clock, Step.MEET, actor, at)


def last_met(subject: UUID, kind: str) -> Clock | None:
    """Return the clock of this kind that was met last, held; None while another one runs."""
    rows = Clock.objects.select_for_update(of=("self",)).filter(subject=subject, kind=kind)
    if rows.filter(state__in=LIVE).exists():
        return None
    return rows.filter(state=State.MET).order_by("over_at").last()


def run_again(clock: Clock, *, actor: Actor, at: datetime) -> None:
    """Let a clock run on that was met by mistake, with the time it had."""
    clock.take(Step.RUN_AGAIN)
    clock.over_at = clock.acknowledged_at = clock.acknowledged_by = None
    told = clock.due_at if clock.warned_at else clock.warn_at
    clock.next_at = at if clock.level else min(told, clock.due_at)
    clock.save()
    _record(clock, Step.RUN_AGAIN, actor, at)


def end(clock: Clock, *, why: Ended, actor: Actor, at: datetime) -> None:
    """Say why it does not apply any more. None is switched off silently.

    One that had run out stays missed, unless it should never have run.
    """
    was_late = clock.is_late(at) and why not in {Ended.BY_MISTAKE, Ended.NOT_APPLICABLE}
    clock.take(Step.END)
    clock.ended_why = why
    _over(clock, at, was_late=was_late)
    _record(clock, Step.END, actor, at, why)


def end_all(subject: UUID, *, why: Ended, actor: Actor, at: datetime) -> None:
    """End the clocks that run or pause for a record, but not those of the law or of the city.

    One of those goes on also where its rule was switched off since it began.
    """
    rows = Clock.objects.live().select_for_update(of=("self",)).filter(subject=subject)
    for clock in rows.filter(kind=ANSWER):
        end(clock, why=why, actor=actor, at=at)


def explain(clock: Clock, *, why: Missed, actor: Actor, at: datetime) -> None:
    """Say why it was missed.

    :raises Refused: if it was not missed
    """
    if not clock.has_run_out(at):
        raise Refused(_("This clock was not missed."))
    clock.take(Step.EXPLAIN)
    clock.missed_at, clock.missed_why = clock.missed_at or clock.due_at, why
    clock.save(update_fields=["missed_at", "missed_why"])
    _record(clock, Step.EXPLAIN, actor, at, why)


def acknowledge(clock: Clock, *, actor: Actor, at: datetime) -> None:
    """Say that one takes care of it: nobody further up is told again."""
    clock.take(Step.ACKNOWLEDGE)
    clock.acknowledged_at, clock.acknowledged_by = at, actor.user_id
    clock.save(update_fields=["acknowledged_at", "acknowledged_by"])
    _record(clock, Step.ACKNOWLEDGE, actor, at)


def tell_again(clock: Clock, *, at: datetime) -> None:
    """Forget who took care of it, who does so no more: what ran out is told again."""
    if clock.acknowledged_at is None:
        return
    clock.acknowledged_at = clock.acknowledged_by = None
    if clock.next_at is None and clock.state == State.RUNNING:
        clock.next_at = at
    clock.save(update_fields=["acknowledged_at", "acknowledged_by", "next_at"])


def _over(clock: Clock, at: datetime, *, was_late: bool) -> None:
    """End its time. What a moved system clock called a miss, and was none, is none."""
    if was_late:
        clock.missed_at = clock.missed_at or clock.due_at
    elif clock.missed_at is not None and at < clock.missed_at and not clock.missed_why:
        clock.missed_at = None
    clock.over_at, clock.next_at = at, None
    clock.paused_at, clock.paused_why, clock.paused_until = None, "", None
    clock.save()


def _record(clock: Clock, step: str, actor: Actor, at: datetime, code: str = "") -> None:
    """Record it, unless the clock moves with its report: then the report's own fact says so."""
    if clock.kind == ANSWER and step not in OWN_FACTS:
        return
    event = ClockMoved(clock.subject, clock.pk, clock.desk, clock.kind, str(step), str(code))
    record(event, actor=actor, at=at)
