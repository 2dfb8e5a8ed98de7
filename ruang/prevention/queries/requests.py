"""Requests for a session: what waits, one with who asks, and what the form offers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.identity import directory
from ruang.kernel.pagination import Place
from ruang.kernel.phones import dialled
from ruang.prevention.models import Request, Session
from ruang.prevention.naming import area, asker_name
from ruang.prevention.policy import may_plan
from ruang.prevention.states import Audience, Declined, RequestState, State, Unit
from ruang.register.models import Rw, School
from ruang.territory import queries as territory
from ruang.territory.facts import Place as Region

PAGE = 25
MOST_VILLAGES = 12


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in a list; who asks stands on its page.

    :ivar is_known: the number is that of somebody who is rung about this place
    :ivar is_piled: it lies beside the queue, because too many came at once
    """

    id: UUID
    state: RequestState
    unit: Unit
    host: str
    area: str
    audience: Audience
    wished: str
    received_at: datetime
    is_known: bool
    is_piled: bool
    session_id: UUID | None
    session_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestList:
    """A page of requests.

    :ivar pile: how many lie beside the queue, because too many came at once
    """

    rows: tuple[RequestRow, ...]
    state: RequestState
    counts: dict[str, int]
    pile: int
    following: Place | None


@dataclass(frozen=True, slots=True)
class PilePage:
    """What came too fast, to be looked at together.

    :ivar rows: the latest
    :ivar count: how many there are
    :ivar villages: code, name and number of the kelurahan from which most came
    """

    rows: tuple[RequestRow, ...]
    count: int
    first: datetime | None
    last: datetime | None
    villages: tuple[tuple[str, str, int], ...]
    village: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with who asks."""

    row: RequestRow
    name: str
    phone: str
    people: int | None
    village: str
    host_id: UUID | None
    declined: Declined | None
    answered_at: datetime | None
    answered_by: str
    again: int
    """How many other requests of this number came in the last 30 days."""


@dataclass(frozen=True, slots=True)
class AskChoices:
    """What the public form offers for a kelurahan."""

    village: Region
    rws: tuple[tuple[UUID, str], ...]
    schools: tuple[tuple[UUID, str], ...]


def requests_page(
    *, actor: Actor, state: RequestState, after: Place | None = None
) -> RequestList:
    """Return requests in a state: what waits the oldest first, the others the newest first.

    :raises PermissionDenied: for whoever does not answer them
    """
    _must_plan(actor)
    seen = Request.objects.visible_to(actor)
    pile = seen.piled().count()
    queue = seen.exclude(pk__in=seen.piled().values("pk"))
    counts = dict(queue.values_list("state").annotate(n=Count("pk")))
    rows = queue.filter(state=state).select_related("village__parent", "rw", "school")
    if state is RequestState.WAITING:
        rows = rows.order_by("received_at", "pk")
        if after:
            rows = rows.filter(
                Q(received_at__gt=after.at) | Q(received_at=after.at, pk__gt=after.pk)
            )
    else:
        rows = rows.order_by("-received_at", "-pk")
        if after:
            rows = rows.filter(
                Q(received_at__lt=after.at) | Q(received_at=after.at, pk__lt=after.pk)
            )
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return RequestList(
        rows=_rows(found[:PAGE]),
        state=state,
        counts=counts,
        pile=pile,
        following=Place(0, last.received_at, last.pk) if last else None,
    )


def pile_page(*, actor: Actor, at: datetime, village: str = "") -> PilePage:
    """Return the pile beside the queue: where it came from, and the latest of it.

    :param village: only of this kelurahan
    :raises PermissionDenied: for whoever does not answer requests
    """
    _must_plan(actor)
    piled = Request.objects.visible_to(actor).piled().filter(parked_at__lte=at)
    counted = piled.values_list("village", "village__name").annotate(n=Count("pk"))
    from_where = tuple(counted.order_by("-n", "village")[:MOST_VILLAGES])
    shown = piled.filter(village=village) if village else piled
    about = shown.aggregate(n=Count("pk"), first=Min("parked_at"), last=Max("parked_at"))
    rows = shown.select_related("village__parent", "rw", "school").order_by("-parked_at", "-pk")
    return PilePage(
        rows=_rows(list(rows[:PAGE])), count=about["n"], first=about["first"],
        last=about["last"], villages=from_where, village=village,
    )  # fmt: skip


def request_page(*, actor: Actor, request_id: UUID) -> RequestPage:
    """Return one request.

    :raises NotInSight: if there is none, or for whoever does not answer them
    """
    rows = Request.objects.visible_to(actor)
    row = sight.one(rows.select_related("village__parent", "rw", "school"), request_id)
    (line,) = _rows([row])
    month = row.received_at - timedelta(days=30)
    others = rows.filter(received_at__gt=month).exclude(pk=row.pk).exclude(phone="")
    numbers = [dialled(phone) for phone in others.values_list("phone", flat=True)]
    by = directory.names([row.answered_by])
    return RequestPage(
        row=line, name=row.name, phone=row.phone, people=row.people, village=row.village_id,
        host_id=row.rw_id or row.school_id,
        declined=Declined(row.declined) if row.declined else None,
        answered_at=row.answered_at,
        answered_by=by.get(row.answered_by, "") if row.answered_by else "",
        again=numbers.count(dialled(row.phone)),
    )  # fmt: skip


def ask_choices(*, village: str) -> AskChoices | None:
    """Return the RW and schools of a kelurahan of the city; None if it is not of the city.

    Anybody may ask: which RW and schools there are is public.
    """
    city = territory.city()
    known = {one.code: one for one in territory.villages(city_code=city.code)}
    if village not in known:
        return None
    rws = Rw.objects.filter(village=village, ended_on=None).order_by("number")
    schools = School.objects.filter(village=village, ended_on=None).order_by("name")
    return AskChoices(
        known[village],
        tuple((one.pk, str(one)) for one in rws[:200]),
        tuple((one.pk, str(one)) for one in schools[:200]),
    )


def _must_plan(actor: Actor) -> None:
    if not may_plan(actor, None):
        raise PermissionDenied(may_plan.__name__)


def _rows(requests: list[Request]) -> tuple[RequestRow, ...]:
    """Return lines of a list: one more query for the sessions that answered them."""
    answers = Session.objects.filter(request__in=requests).exclude(state=State.CANCELLED)
    sessions = {
        request: (pk, starts_at)
        for request, pk, starts_at in answers.order_by("at").values_list(
            "request", "pk", "starts_at"
        )
    }
    return tuple(
        RequestRow(
            id=one.pk, state=RequestState(one.state), unit=Unit(one.unit),
            host=asker_name(one), area=area(one.village), audience=Audience(one.audience),
            wished=one.wished, received_at=one.received_at, is_known=one.is_known,
            is_piled=one.parked_at is not None and one.state == RequestState.WAITING,
            session_id=sessions.get(one.pk, (None, None))[0],
            session_at=sessions.get(one.pk, (None, None))[1],
        )
        for one in requests
    )  # fmt: skip
