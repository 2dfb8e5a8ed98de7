"""What prevention does when the register or an account changes. It may come late or twice."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.prevention.commands.calendars import close_calendar
from ruang.prevention.commands.following import follow_request, follow_session
from ruang.prevention.models import Facilitator, Request, Session
from ruang.prevention.states import Declined, RequestState, State
from ruang.register.models import Rw
from ruang.register.states import Kind, Step

REGROUPED = {(Kind.RW, Step.SPLIT), (Kind.RW, Step.MERGE), (Kind.RT, Step.MOVE)}


def is_regrouped(fact: Happened) -> bool:
    """Say whether RT are in another RW than before; most facts of the register are not that."""
    return (fact.codes["kind"], fact.codes["step"]) in REGROUPED


def follow_the_rts(fact: Happened, at: datetime) -> None:
    """Sessions that are planned and requests follow the RT they are for."""
    if not is_regrouped(fact):
        return
    place = UUID(fact.ids["place"])
    if fact.codes["kind"] == Kind.RT:
        sessions = Session.objects.filter(invited__rt=place)
        rws = list(Rw.objects.filter(rts=place).values_list("village", flat=True))
        requests = Request.objects.filter(rw__village__in=rws)
    else:
        known = Rw.objects.filter(pk=place) | Rw.objects.filter(went_into=place)
        rws = list(known.values_list("pk", flat=True))
        sessions = Session.objects.filter(rw__in=rws)
        requests = Request.objects.filter(rw__in=rws)
    planned = sessions.filter(state=State.PLANNED).order_by("pk").distinct()
    for session_id in planned.values_list("pk", flat=True):
        follow_session(actor=SYSTEM, session_id=session_id, at=at)
    over = Q(state=RequestState.DECLINED) & (~Q(declined=Declined.FLOOD) | Q(phone=""))
    open_ones = requests.exclude(over).order_by("pk")
    for request_id in open_ones.values_list("pk", flat=True):
        follow_request(actor=SYSTEM, request_id=request_id, at=at)


def close_after_leaving(fact: Happened, at: datetime) -> None:
    """An account was suspended or removed: its calendar's address opens nothing any more."""
    for row in Facilitator.objects.filter(user=UUID(fact.ids["user"])):
        close_calendar(actor=SYSTEM, facilitator_id=row.pk, at=at)
