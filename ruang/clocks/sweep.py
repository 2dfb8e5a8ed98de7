"""What happens when time passes: a warning, then word to ever more people until somebody acts.

What is to be done at once has no time to run out of: it is told in the first turn, and missed
if nobody has taken care of it within the length of one (``is_late``).

Who said "I take care of it" before the time ran out hears of the miss all the same: a promise
is no answer to her. Said afterwards, it ends the telling; the clock stays on the list.

A pause whose last day is over ends: the clock runs on with what was left, and that is told.

Only clocks whose ``next_at`` has come are touched, so a hundred thousand open ones cost what
those of this minute cost. Each batch is a transaction of its own: a kill loses nothing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from ruang.access.actor import Actor
from ruang.audit.record import record_all
from ruang.clocks import keep
from ruang.clocks.events import ClockMissed, ClockSoon, PauseEnded
from ruang.clocks.models import Clock
from ruang.clocks.spans import AT_ONCE_WITHIN
from ruang.clocks.states import State
from ruang.kernel.events import Event

BATCH = 500
AGAIN = timedelta(hours=1)
"""After a miss the next level is told this much later, unless somebody has taken care."""
HOURLY = 24
"""So many levels are told hour by hour; those after them day by day."""
THEN_AGAIN = timedelta(days=1)
"""After a day of telling it is told once a day, until somebody takes care."""


def sweep(*, actor: Actor, at: datetime) -> int:
    """Take every clock whose moment has come; return how many."""
    done = _end_pauses(actor, at)
    while taken := _batch(actor, at):
        done += taken
    return done


def _end_pauses(actor: Actor, at: datetime) -> int:
    """Let every clock run on whose pause is over; return how many."""
    done = 0
    while taken := _batch_of_pauses(actor, at):
        done += taken
    return done


@transaction.atomic
def _batch_of_pauses(actor: Actor, at: datetime) -> int:
    skip = connection.features.has_select_for_update_skip_locked
    rows = Clock.objects.filter(state=State.PAUSED, paused_until__lte=at)
    held = rows.order_by("paused_until").select_for_update(of=("self",), skip_locked=skip)
    clocks = list(held[:BATCH])
    for clock in clocks:
        keep.resume(clock, actor=actor, at=at)
    events = [PauseEnded(*_about(clock), round=clock.round) for clock in clocks]
    if events:
        record_all(events, actor=actor, at=at)
    return len(clocks)


@transaction.atomic
def _batch(actor: Actor, at: datetime) -> int:
    skip = connection.features.has_select_for_update_skip_locked
    rows = Clock.objects.filter(state=State.RUNNING, next_at__lte=at).order_by("next_at")
    clocks = list(rows.select_for_update(of=("self",), skip_locked=skip)[:BATCH])
    soon = [clock for clock in clocks if clock.due_at > at]
    over = [clock for clock in clocks if clock.due_at <= at]
    missed = [clock for clock in over if clock.is_late(at)]
    silent = [clock for clock in over if clock.is_cared_for]
    waiting = [clock for clock in over if not clock.is_cared_for]
    told = [clock for clock in waiting if not _was_told(clock, at)]
    _these(soon).update(warned_at=at, next_at=F("due_at"))
    _these(missed).update(missed_at=Coalesce("missed_at", "due_at"))
    _these(silent).update(next_at=None)
    _these(waiting).update(next_at=_again(at))
    _these([clock for clock in told if not clock.is_late(at)]).update(
        next_at=F("due_at") + AT_ONCE_WITHIN
    )
    _these(told).update(level=F("level") + 1)
    events: list[Event] = [ClockSoon(*_about(clock), round=clock.round) for clock in soon]
    events += [
        ClockMissed(*_about(clock), level=clock.level + 1, round=clock.round) for clock in told
    ]
    if events:
        record_all(events, actor=actor, at=at)
    return len(clocks)


def _again(at: datetime) -> Case:
    """Return when it is told the next time: every hour of a day, then every day."""
    hourly = When(level__lt=HOURLY - 1, then=Value(at + AGAIN))
    return Case(hourly, default=Value(at + THEN_AGAIN))


def _was_told(clock: Clock, at: datetime) -> bool:
    """Say whether what is to be done at once was just told, and only its miss is to be seen."""
    is_seen = clock.missed_at is not None or at >= clock.due_at + AGAIN
    return clock.is_at_once and clock.level > 0 and not is_seen


def _these(clocks: list[Clock]) -> "QuerySet[Clock]":
    return Clock.objects.filter(pk__in=[clock.pk for clock in clocks])


def _about(clock: Clock) -> tuple[UUID, UUID, UUID, str]:
    return clock.subject, clock.pk, clock.desk, clock.kind
