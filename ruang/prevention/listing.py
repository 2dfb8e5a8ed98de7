"""How sessions become lines of a list, and what may be done with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.prevention.models import Part, Session
from ruang.prevention.naming import area, host_name, meeting_place, programme_name
from ruang.prevention.policy import RULES, may_plan
from ruang.prevention.states import MOVES, Audience, State, Step, Unit


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a list."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    programme: str
    state: State
    host: str
    area: str
    place: str
    people: tuple[str, ...]
    audience: Audience
    is_mine: bool
    is_unlogged: bool


A_DAY = timedelta(days=1)
"""How long whoever wrote a log may correct it alone; afterwards those who plan do."""


def is_fresh(actor: Actor, session: Session, at: datetime) -> bool:
    """Say whether there is still time for the actor to correct the log."""
    return may_plan(actor, session) or (session.over_at or at) > at - A_DAY


def steps_of(actor: Actor, session: Session, at: datetime) -> tuple[Step, ...]:
    """Return what this actor may do with a session in its state."""
    return tuple(
        step
        for step, (sources, _target) in MOVES.items()
        if session.state in sources
        and RULES[step](actor, session)
        and (step is not Step.CORRECT or is_fresh(actor, session, at))
    )


def unit_of_session(session: Session) -> Unit:
    """Return what a session is for."""
    if session.rw_id:
        return Unit.RW
    return Unit.SCHOOL if session.school_id else Unit.COMMUNITY


def must_see(actor: Actor) -> None:
    """Refuse whoever does not work in prevention.

    :raises PermissionDenied: naming the permission
    """
    if not (actor.may(P.PREVENTION_SEE) or actor.may(P.SYSTEM)):
        raise PermissionDenied(P.PREVENTION_SEE.value)


def rows_of(sessions: Iterable[Session], actor: Actor, at: datetime) -> tuple[SessionRow, ...]:
    """Return sessions as lines of a list; fetched by :func:`full`."""
    return tuple(
        SessionRow(
            id=one.pk, starts_at=one.starts_at, ends_at=one.ends_at,
            programme=programme_name(one.programme), state=State(one.state),
            host=host_name(one), area=area(one.village), place=meeting_place(one),
            people=tuple(part.facilitator.user.name for part in one.parts.all()),
            audience=Audience(one.audience),
            is_mine=any(part.facilitator.user_id == actor.user_id for part in one.parts.all()),
            is_unlogged=one.state == State.PLANNED and one.ends_at < at,
        )
        for one in sessions
    )  # fmt: skip


def midnight(day: date) -> datetime:
    """Return when a day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))


def full(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """Fetch all that a line shows: two queries, however many lines."""
    parts = Part.objects.select_related("facilitator__user").order_by("facilitator__user__name")
    return rows.select_related(
        "programme", "village__parent", "rw", "school", "community", "venue", "request"
    ).prefetch_related(Prefetch("parts", parts))
