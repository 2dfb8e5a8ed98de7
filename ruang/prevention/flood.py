"""What keeps a machine that asks for sessions everywhere from drowning those who really ask.

A request is refused to nobody because of others. What comes faster than people ask is kept
beside the queue, in a pile that the office looks at together; whoever is rung about a place is
known by the number and never lies in it. No answer says on which side a request is, so that
nobody learns from it whose number is known.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import SYSTEM
from ruang.kernel.errors import Refused
from ruang.kernel.phones import dialled
from ruang.prevention.models import Request
from ruang.prevention.states import RequestState
from ruang.register.ringing import is_rung_for
from ruang.territory import queries as territory
from ruang.territory.facts import NOT_SET_UP

OF_ONE_PHONE = 3
"""Requests from one number for one place that wait at once; then we ring, and nobody is lost.

Only for one place: a kelurahan asks for all its RW with one number, a school for its classes,
and whoever types another's number may not shut her out elsewhere.
"""
OF_A_PLACE, OF_A_VILLAGE = 10, 30
"""Requests from unknown numbers in the queue at once for an RW or a school, and for all of a
kelurahan that the register does not name."""
AN_HOUR, A_DAY, OF_THE_CITY = 20, 60, 150
"""Requests from unknown numbers that join the queue in an hour and a day, and wait in it at
once: what an office can ring. A city with a thousand RT has some ten a week."""
PILED_A_DAY = 200
"""Requests from one kelurahan that are put on the pile in a day; then whoever asks is told
whom to ring. A day later it is open again by itself."""
COUNTED = timedelta(days=30)
"""Older ones count no more: an office that is late closes no place for good."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """How many wait already, of numbers that the register does not know."""

    here: int
    hour: int
    day: int
    city: int


def sort_in(request: Request, at: datetime) -> None:
    """Put a request that is new, or has another number, into the queue or beside it.

    :raises Refused: if three from this number wait for this place, or the pile of its kelurahan
        is full for today
    """
    request.is_known = is_known(request)
    is_flooded = _is_flooded(request, at)
    same = _of_this_number(request, at)
    if same >= OF_ONE_PHONE and not is_flooded:
        raise Refused(
            _("Three requests from this number wait for an answer already. We will call you.")
        )
    if is_flooded and (not request.is_known or same >= OF_ONE_PHONE):
        _must_fit_on_pile(request, at)
        request.parked_at = at


def is_known(request: Request) -> bool:
    """Say whether the number is that of somebody who is rung about this place."""
    return is_rung_for(
        rw=request.rw_id, school=request.school_id, number=request.phone, actor=SYSTEM
    )


def _is_flooded(request: Request, at: datetime) -> bool:
    """Say whether more is asked than people ask: here, or in the whole city."""
    now = _waiting(request, at)
    most = OF_A_PLACE if request.rw_id or request.school_id else OF_A_VILLAGE
    return (
        now.here >= most or now.hour >= AN_HOUR or now.day >= A_DAY or now.city >= OF_THE_CITY
    )


def _waiting(request: Request, at: datetime) -> _Waiting:
    here = Q(
        unit=request.unit, village=request.village_id, rw=request.rw_id,
        school=request.school_id,
    )  # fmt: skip
    queue = Request.objects.filter(
        state=RequestState.WAITING, parked_at=None, is_known=False, received_at__gt=at - COUNTED
    )
    counted = queue.aggregate(
        here=Count("pk", filter=here),
        hour=Count("pk", filter=Q(received_at__gt=at - HOUR)),
        day=Count("pk", filter=Q(received_at__gt=at - DAY)),
        city=Count("pk"),
    )
    return _Waiting(**counted)


def _of_this_number(request: Request, at: datetime) -> int:
    """Return how many other requests of this number wait in the queue for this place."""
    there = Request.objects.filter(
        state=RequestState.WAITING, parked_at=None, received_at__gt=at - COUNTED,
        unit=request.unit, village=request.village_id, rw=request.rw_id,
        school=request.school_id,
    )  # fmt: skip
    others = there.exclude(pk=request.pk)
    numbers = [dialled(phone) for phone in others.values_list("phone", flat=True)]
    return numbers.count(dialled(request.phone))


def _must_fit_on_pile(request: Request, at: datetime) -> None:
    piled = Request.objects.filter(village=request.village_id, parked_at__gt=at - DAY)
    if piled.count() >= PILED_A_DAY:
        many = _("Very many requests came from this kelurahan today. Please ring us: %s.")
        raise Refused(many % own_number())


def own_number() -> str:
    """Return the city's own number, which is rung where a form cannot help."""
    national = {one.number for one in NOT_SET_UP.hotlines}
    shown = territory.city().hotlines
    own = [one for one in shown if one.number not in national] or list(shown)
    return ", ".join(f"{one.label} {one.number}" for one in own)
