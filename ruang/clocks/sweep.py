"""What happens when time passes: a warning, then word to ever more people until somebody acts.

Who said "I take care of it" before the time ran out hears of the miss all the same: a promise
is no answer to her. Said afterwards, it ends the telling; the clock stays on the list.

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
from ruang.clocks.events import ClockMissed, ClockSoon
from ruang.clocks.models import Clock
from ruang.clocks.states import State
from ruang.kernel.events import Event

BATCH = 500
AGAIN = timedelta(hours=1)
"""After a miss the next level is told this much later, unless somebody has taken care."""
MOST_LEVELS = 24
"""After a day of telling it stays on the list and is told no more."""


def sweep(*, actor: Actor, at: datetime) -> int:
    """Take every clock whose moment has come; return how many."""
    done = 0
    while taken := _batch(actor, at):
        done += taken
    return done


@transaction.atomic
def _batch(actor: Actor, at: datetime) -> int:
    skip = connection.features.has_select_for_update_skip_locked
    rows = Clock.objects.filter(state=State.RUNNING, next_at__lte=at).order_by("next_at")
    clocks = list(rows.select_for_update(of=("self",), skip_locked=skip)[:BATCH])
    soon = [clock for clock in clocks if clock.due_at > at]
    over = [clock for clock in clocks if clock.due_at <= at]
    cared_for = [clock for clock in over if _is_cared_for(clock)]
    missed = [clock for clock in over if not _is_cared_for(clock)]
    since = Coalesce("missed_at", "due_at")
    _these(soon).update(warned_at=at, next_at=F("due_at"))
    _these(cared_for).update(missed_at=since, next_at=None)
    again = Case(When(level__lt=MOST_LEVELS - 1, then=Value(at + AGAIN)))
    _these(missed).update(missed_at=since, level=F("level") + 1, next_at=again)
    events: list[Event] = [ClockSoon(*_about(clock), round=clock.round) for clock in soon]
    events += [
        ClockMissed(*_about(clock), level=clock.level + 1, round=clock.round)
        for clock in missed
    ]
    if events:
        record_all(events, actor=actor, at=at)
    return len(clocks)


def _is_cared_for(clock: Clock) -> bool:
    """Say whether somebody took care of it after it ran out."""
    return clock.acknowledged_at is not None and clock.acknowledged_at >= clock.due_at


def _these(clocks: list[Clock]) -> "QuerySet[Clock]":
    return Clock.objects.filter(pk__in=[clock.pk for clock in clocks])


def _about(clock: Clock) -> tuple[UUID, UUID, UUID, str]:
    return clock.subject, clock.pk, clock.desk, clock.kind
