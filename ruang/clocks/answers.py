"""Her message is answered within the time of its risk, in a case and after a decision too.

What she is promised under her code and the clock that runs for it are the same moment: it is
reckoned here, once, and the page reads the clock (ADR 0045).
"""

from datetime import datetime, timedelta
from uuid import UUID

from ruang.access.actor import Actor
from ruang.clocks import keep
from ruang.clocks.legal import Holder
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.kernel.codes import Risk
from ruang.territory import queries as territory

AT_ONCE = timedelta(minutes=30)
"""What "at once" is to her, from when somebody is there."""


def promised(level: Risk, since: datetime) -> datetime:
    """Return by when she is answered who wrote then, of a matter of this level."""
    city = territory.city()
    opening = city.hours.next_opening(since) or since
    return opening + (timedelta(hours=city.answer_hours[level]) or AT_ONCE)


def wrote(holder: Holder, level: Risk, *, actor: Actor, at: datetime) -> datetime:
    """She wrote: let the time of this level run, and return by when she is answered.

    A second message begins nothing while one runs. What is to be answered at once is told of
    at once, day and night, although the time she was promised is still to come.
    """
    clock = keep.start(
        kind=ANSWER, area=holder.area, subject=holder.subject, desk=holder.desk,
        owner=holder.owner, actor=actor, since=at, due_at=promised(level, at), at=at,
        tell_at=_tell_at(level, at),
    )  # fmt: skip
    return clock.due_at


def answered(subject: UUID, *, actor: Actor, at: datetime) -> None:
    """She was answered: what runs is met."""
    clock = keep.clock_of(subject, ANSWER)
    if clock is not None:
        keep.meet(clock, actor=actor, at=at)


def raised(subject: UUID, level: Risk, *, actor: Actor, at: datetime) -> None:
    """The risk was raised while she waits: a shorter time takes the place of the other."""
    clock, due = keep.clock_of(subject, ANSWER), promised(level, at)
    if clock is not None and due < clock.due_at:
        keep.renew(clock, since=at, due_at=due, actor=actor, at=at, tell_at=_tell_at(level, at))


def wait_for(subject: UUID, owner: UUID | None) -> None:
    """Say for whom it waits now."""
    clock = keep.clock_of(subject, ANSWER)
    if clock is not None:
        keep.wait_for(clock, owner)


def due(subject: UUID) -> datetime | None:
    """Return by when she is answered; None while no answer is owed."""
    rows = Clock.objects.live().filter(subject=subject, kind=ANSWER)
    return rows.values_list("due_at", flat=True).first()


def _tell_at(level: Risk, at: datetime) -> datetime | None:
    return None if territory.city().answer_hours[level] else at
