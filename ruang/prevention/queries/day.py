"""What waits for somebody of prevention when the day begins."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.prevention.listing import SessionRow, full, rows_of
from ruang.prevention.models import Session
from ruang.prevention.policy import may_plan
from ruang.prevention.queries.requests import RequestRow, requests_page
from ruang.prevention.states import RequestState, State

SHOWN = 5


@dataclass(frozen=True, slots=True)
class MyDay:
    """Requests to answer, lists to log, the own sessions that come next.

    :ivar waiting: how many requests wait in all; the oldest stand in ``requests``
    :ivar unlogged: how many sessions were held and not logged: one's own, or all for who plans
    """

    requests: tuple[RequestRow, ...]
    waiting: int
    unlogged: int
    sessions: tuple[SessionRow, ...]


def my_day(*, actor: Actor, at: datetime) -> MyDay | None:
    """Return what waits in prevention; None if nothing, and for whoever logs no sessions."""
    if not (actor.may(P.SESSION_LOG) and actor.may(P.PREVENTION_SEE)):
        return None
    planned = Session.objects.visible_to(actor).filter(state=State.PLANNED)
    mine = Q(parts__facilitator__user=actor.user_id)
    requests: tuple[RequestRow, ...] = ()
    waiting = 0
    unlogged = planned.filter(ends_at__lt=at)
    if may_plan(actor, None):
        page = requests_page(actor=actor, state=RequestState.WAITING)
        requests, waiting = page.rows[:SHOWN], page.counts.get(RequestState.WAITING, 0)
    else:
        unlogged = unlogged.filter(mine)
    ahead = full(planned.filter(mine, ends_at__gte=at).order_by("starts_at", "pk"))
    day = MyDay(requests, waiting, unlogged.count(), rows_of(ahead[:SHOWN], actor, at))
    return day if any((day.requests, day.unlogged, day.sessions)) else None
