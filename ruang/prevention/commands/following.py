"""What was planned or asked for an RW goes on for what came after a split or a merger."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.audit.trail import happenings
from ruang.prevention.booking import locked
from ruang.prevention.events import RequestMoved, SessionMoved
from ruang.prevention.hosts import invited_rts
from ruang.prevention.models import Request
from ruang.prevention.policy import may_plan
from ruang.prevention.states import Declined, RequestState, State
from ruang.register.models import Rw
from ruang.register.regrouped import rt_now

LATEST = 50
"""Facts of one request that are looked through; it has a handful."""
FOLLOW = "follow"
"""The step by which a session or a request goes to another RW, in its facts."""


@transaction.atomic
def follow_session(*, actor: Actor, session_id: UUID, at: datetime) -> None:
    """Let a planned session be for the RW in which most of its RT are, if its own has none.

    A session with RT that stayed stays with them: those that went are invited nevertheless.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor does not plan
    """
    session = locked(actor, session_id)
    require(may_plan, actor, session)
    if session.state != State.PLANNED or session.rw_id is None:
        return
    rts = [rt for rt in invited_rts(session) if rt.ended_on is None]
    counted = Counter({rt.rw_id: 0 for rt in rts})
    for rt in rts:
        counted[rt.rw_id] += 1
    if not counted or session.rw_id in counted:
        return
    session.rw_id = counted.most_common(1)[0][0]
    session.changed_at = at  # calendars name the RW
    session.save(update_fields=["rw", "changed_at"])
    record(SessionMoved(session.pk, session.programme_id, FOLLOW), actor=actor, at=at)


@transaction.atomic
def follow_request(*, actor: Actor, request_id: UUID, at: datetime) -> None:
    """Let a request be for the RW in which its RT is now, or which came after it.

    So does one that was refused with a flood: it may be asked for again.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor does not plan
    """
    rows = Request.objects.visible_to(actor).select_for_update(of=("self",))
    request = sight.one(rows.select_related("rw"), request_id)
    require(may_plan, actor, request)
    is_over = request.state == RequestState.DECLINED and request.declined != Declined.FLOOD
    if is_over or request.rw is None:
        return
    now = _now(request, actor)
    if now is None:
        return
    request.rw_id, request.rt_number = now
    request.save(update_fields=["rw", "rt_number"])
    record(RequestMoved(request.pk, FOLLOW), actor=actor, at=at)


def _now(request: Request, actor: Actor) -> tuple[UUID, int | None] | None:
    """Return the RW and RT that are meant; None if they are as they were."""
    rw = request.rw
    if rw is None:
        return None
    if request.rt_number is not None:
        found = rt_now(
            rw_id=rw.pk, number=request.rt_number, since=request.received_at, actor=actor,
            told=_followed_at(request),
        )  # fmt: skip
        if found is not None:
            return found if found != (rw.pk, request.rt_number) else None
    if rw.ended_on is None:
        return None
    after = Rw.objects.filter(came_from=rw).order_by("number").first()
    into = rw.went_into_id or (after.pk if after else None)
    return (into, request.rt_number) if into else None


def _followed_at(request: Request) -> datetime | None:
    """Return when it went to another RW last; None if it never did."""
    found = happenings(request.pk, [RequestMoved.name], limit=LATEST)
    return next((one.at for one in found if one.codes["step"] == FOLLOW), None)
