"""What anybody may know of sessions, and what a facilitator takes along on a phone.

The public calendar has no names of people: neither who holds a session nor who asked.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.identity.states import State as UserState
from ruang.prevention.codes import calendar_tag, tag_of
from ruang.prevention.listing import midnight
from ruang.prevention.models import Facilitator, OwnCalendar, Request, Session
from ruang.prevention.naming import area, asker_name, host_name, meeting_place, programme_name
from ruang.prevention.policy import may_change_days, sees_facilitator, sees_schedule
from ruang.prevention.states import Audience, Declined, Language, RequestState, State

MOST = 400
"""Sessions of a month that are shown; a city holds some thirty."""
IN_FEED = 2_500
"""Sessions of a feed: more than the largest plans of a year."""
BACK, AHEAD = timedelta(days=31), timedelta(days=400)
"""How far a feed reaches: phones ask for it again and again."""


@dataclass(frozen=True, slots=True)
class Event:
    """One session as a calendar shows it."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    programme: str
    host: str
    area: str
    place: str
    audience: Audience
    language: Language
    state: State
    changed_at: datetime
    moves: int = 0


@dataclass(frozen=True, slots=True)
class RequestShown:
    """What who asked may read under the code: no name and no number.

    :ivar may_ask_again: it was refused with a flood, and she may say that she really asks
    """

    state: RequestState
    host: str
    area: str
    received_at: datetime
    declined: Declined | None
    event: Event | None
    may_ask_again: bool


def public_month(*, actor: Actor, first: date, district: str = "") -> tuple[Event, ...]:
    """Return the public sessions of a month, in order."""
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = _public(actor, district).filter(
        starts_at__gte=midnight(first), starts_at__lt=midnight(following)
    )
    return tuple(_event(one) for one in rows[:MOST])


def public_events(*, actor: Actor, at: datetime, district: str = "") -> tuple[Event, ...]:
    """Return the public sessions that a feed carries, cancelled ones with their state."""
    rows = _public(actor, district).filter(starts_at__gte=at - BACK, starts_at__lte=at + AHEAD)
    return tuple(_event(one) for one in rows[:IN_FEED])


def my_events(*, actor: Actor, facilitator_id: UUID, at: datetime) -> tuple[Event, ...]:
    """Return what a facilitator holds, for her own calendar.

    :raises NotInSight: if it is neither the own calendar nor that of a planner's team
    """
    rows = Facilitator.objects.filter(sees_facilitator(actor))
    person = sight.one(rows, facilitator_id)
    if not may_change_days(actor, person):
        raise sight.NotInSight("Facilitator")
    return _held_by(person.pk, Session.objects.visible_to(actor), at)


def calendar_behind(*, secret: str) -> UUID:
    """Return whose own calendar is at a secret address.

    :raises NotInSight: if there is none, or she holds no sessions or may not sign in just now
    """
    rows = OwnCalendar.objects.filter(
        tag=calendar_tag(secret), facilitator__is_active=True,
        facilitator__user__state=UserState.ACTIVE,
        facilitator__user__organisation__is_active=True,
    )  # fmt: skip
    found = rows.values_list("facilitator", flat=True).first()
    if found is None:
        raise sight.NotInSight("OwnCalendar")
    return found


def own_events(*, facilitator_id: UUID, at: datetime) -> tuple[Event, ...]:
    """Return what somebody holds, for the phone that knows her secret address.

    No more than the public schedule says of a session, but those too that are not public: whom
    to ring is not in it, nor what was told anybody.
    """
    return _held_by(facilitator_id, Session.objects.visible_to(SYSTEM), at)


def _held_by(facilitator: UUID, rows: "QuerySet[Session]", at: datetime) -> tuple[Event, ...]:
    held = rows.filter(
        parts__facilitator=facilitator, starts_at__gte=at - BACK, starts_at__lte=at + AHEAD
    )
    return tuple(_event(one) for one in _listed(held)[:IN_FEED])


def request_shown(*, typed: str) -> RequestShown | None:
    """Return what became of the request with this code; None if there is none.

    The code alone says it, as the seven words do for a report; it opens no name.
    """
    rows = Request.objects.filter(tag=tag_of(typed))
    row = rows.select_related("village__parent", "rw", "school").first()
    if row is None:
        return None
    answers = _listed(Session.objects.filter(request=row).exclude(state=State.CANCELLED)).last()
    return RequestShown(
        state=RequestState(row.state),
        host=asker_name(row),
        area=area(row.village),
        received_at=row.received_at,
        declined=Declined(row.declined) if row.declined else None,
        event=_event(answers) if answers else None,
        may_ask_again=row.declined == Declined.FLOOD and row.phone != "",
    )


def _public(actor: Actor, district: str) -> "QuerySet[Session]":
    rows = Session.objects.filter(sees_schedule(actor))
    return _listed(rows.filter(village__parent=district) if district else rows)


def _listed(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    full = rows.select_related(
        "programme", "village__parent", "rw", "school", "community", "venue"
    )
    return full.order_by("starts_at", "pk")


def _event(one: Session) -> Event:
    return Event(
        id=one.pk, starts_at=one.starts_at, ends_at=one.ends_at,
        programme=programme_name(one.programme), host=host_name(one), area=area(one.village),
        place=meeting_place(one), audience=Audience(one.audience),
        language=Language(one.language), state=State(one.state),
        changed_at=max(filter(None, (one.at, one.changed_at, one.over_at))), moves=one.moves,
    )  # fmt: skip
