"""What is late and what runs, as others show it. Kinds and times alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER, Rule
from ruang.clocks.rules import in_force
from ruang.clocks.states import LIVE, Area, Ended, Missed, Moment, Pause, State

ANSWER_HER = _("Answer her")
UNKNOWN = _("A time limit of the city")
"""What a clock is called whose rule is not there any more."""
MOST = 50


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock as a page shows it.

    :ivar title: what must be done
    :ivar who: who must act; empty for the desk itself
    :ivar begins: what made it start, in words
    :ivar source: law and article, or the city's own; empty for the answer to her
    :ivar is_legal: it is one of the law or of the city's list, and not the answer to her
    :ivar may_pause: whether waiting for somebody stops it
    :ivar meets: the moment that meets it, where the rule names one
    :ivar missed_at: since when it is, or was, late; None if it never was
    """

    id: UUID
    kind: str
    area: Area
    subject: UUID
    owner: UUID | None
    state: State
    title: str | Promise
    who: str | Promise
    begins: str | Promise
    source: str | Promise
    started_at: datetime
    due_at: datetime
    over_at: datetime | None
    missed_at: datetime | None
    missed_why: Missed | None
    paused_at: datetime | None
    paused_why: Pause | None
    paused_until: datetime | None
    ended_why: Ended | None
    acknowledged_at: datetime | None
    acknowledged_by: UUID | None
    level: int
    round: int
    is_legal: bool
    may_pause: bool
    meets: Moment | None

    @property
    def is_taken_care_of(self) -> bool:
        """Say whether somebody took care of it at the stage it is at."""
        if self.acknowledged_at is None:
            return False
        return self.missed_at is None or self.acknowledged_at >= self.due_at


def clocks_of(*, subject: UUID, live_only: bool = False) -> tuple[ClockLine, ...]:
    """Return the clocks of a record that the caller has in sight, the next due first."""
    rows = Clock.objects.filter(subject=subject)
    rows = rows.filter(state__in=LIVE) if live_only else rows
    return _lines(rows.order_by("due_at", "pk"))


def clocks_by_subject(*, subjects: Iterable[UUID], kind: str = ANSWER) -> dict[UUID, ClockLine]:
    """Return the live clock of one kind of each record that the caller has in sight."""
    rows = Clock.objects.live().filter(subject__in=list(subjects), kind=kind)
    return {line.subject: line for line in _lines(rows)}


def clock_line(*, actor: Actor, clock_id: UUID) -> ClockLine:
    """Return a clock.

    :raises NotInSight: if it runs at no desk of the actor and does not wait for her
    """
    return _lines([sight.one(Clock.objects.visible_to(actor), clock_id)])[0]


def live_clock(*, clock_id: UUID) -> ClockLine | None:
    """Return a clock that runs or pauses; None if it is over. For what happens by itself."""
    return next(iter(_lines(Clock.objects.live().filter(pk=clock_id))), None)


def soon_clocks(*, actor: Actor, at: datetime, limit: int = MOST) -> tuple[ClockLine, ...]:
    """Return what waits for the actor and is about to run out, the next due first."""
    rows = Clock.objects.visible_to(actor).filter(
        owner=actor.user_id, state=State.RUNNING, due_at__gt=at, warn_at__lte=at
    )
    return _lines(rows.order_by("due_at", "pk")[:limit])


def late_clocks(
    *, actor: Actor, at: datetime, only_own: bool = False, limit: int = MOST
) -> tuple[ClockLine, ...]:
    """Return what ran out and nobody has done yet, the longest late first.

    :param only_own: only what waits for the actor
    """
    rows = Clock.objects.visible_to(actor).filter(state=State.RUNNING, due_at__lte=at)
    rows = rows.filter(owner=actor.user_id) if only_own else rows
    return _lines(rows.order_by("due_at", "pk")[:limit])


def late_count(*, actor: Actor, at: datetime) -> int:
    """Return how many clocks in sight ran out and are not done yet."""
    rows = Clock.objects.visible_to(actor)
    return rows.filter(state=State.RUNNING, due_at__lte=at).count()


def unexplained(
    *, actor: Actor, limit: int = MOST, also_late: bool = True
) -> tuple[ClockLine, ...]:
    """Return what was missed and has no reason yet, the latest first.

    :param also_late: with what is late still, which :func:`late_clocks` returns
    """
    rows = Clock.objects.visible_to(actor).filter(missed_at__isnull=False, missed_why="")
    rows = rows if also_late else rows.exclude(state=State.RUNNING)
    return _lines(rows.order_by("-missed_at", "pk")[:limit])


def was_missed_since(*, subject: UUID, since: datetime) -> bool:
    """Say whether a clock of a record ran out after that, seen by the sweep."""
    return Clock.objects.filter(subject=subject, missed_at__gt=since).exists()


def _lines(rows: Iterable[Clock]) -> tuple[ClockLine, ...]:
    listed = list(rows)
    rules = in_force() if any(row.kind != ANSWER for row in listed) else {}
    return tuple(_line(row, rules) for row in listed)


def _line(row: Clock, rules: dict[str, Rule]) -> ClockLine:
    rule = rules.get(row.kind)
    return ClockLine(
        id=row.pk,
        kind=row.kind,
        area=Area(row.area),
        subject=row.subject,
        owner=row.owner,
        state=State(row.state),
        title=rule.title if rule else ANSWER_HER if row.kind == ANSWER else UNKNOWN,
        who=rule.who if rule else "",
        begins=rule.begins if rule else "",
        source=rule.source if rule else "",
        started_at=row.started_at,
        due_at=row.due_at,
        over_at=row.over_at,
        missed_at=row.missed_at,
        missed_why=Missed(row.missed_why) if row.missed_why else None,
        paused_at=row.paused_at,
        paused_why=Pause(row.paused_why) if row.paused_why else None,
        paused_until=row.paused_until,
        ended_why=Ended(row.ended_why) if row.ended_why else None,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        level=row.level,
        round=row.round,
        is_legal=row.kind != ANSWER,
        may_pause=rule is None or rule.may_pause,
        meets=rule.meets if rule else None,
    )
