"""What a person needs before the eyes to plan, move or log a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.prevention.commands.planning import Wanted
from ruang.prevention.hosts import HOSTS
from ruang.prevention.lineage import NEVER, latest
from ruang.prevention.models import Facilitator, Invited, Programme, Request, Session, Skill
from ruang.prevention.naming import area, asker_name, programme_name
from ruang.prevention.policy import may_plan
from ruang.prevention.queries.sessions import SessionPage, session_page
from ruang.prevention.reach import merged
from ruang.prevention.states import Audience, Language, State, Unit
from ruang.prevention.warnings import Try, Words, warnings
from ruang.register.models import Community, Rt, Rw, School, Venue
from ruang.register.policy import sees_register

MOST = 40
"""Places that a search shows; who sees so many types another letter."""


@dataclass(frozen=True, slots=True)
class HostRow:
    """A place for which a session can be planned."""

    id: UUID
    unit: Unit
    name: str
    area: str
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CityHost:
    """A place as a whole year is planned with it."""

    id: UUID
    village: str
    rts: tuple[UUID, ...]
    venue: UUID | None


@dataclass(frozen=True, slots=True)
class RtChoice:
    """An RT to tick, and when a session last reached it."""

    id: UUID
    name: str
    households: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme to choose."""

    id: UUID
    name: str
    minutes: int
    audiences: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A facilitator to choose."""

    id: UUID
    name: str
    languages: tuple[str, ...]
    programmes: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Asking:
    """The request that is to be answered by planning."""

    id: UUID
    name: str
    phone: str
    wished: str
    audience: Audience
    people: int | None
    rt_number: int | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything to choose from when a session is planned for a place."""

    host: HostRow
    rts: tuple[RtChoice, ...]
    venues: tuple[tuple[UUID, str], ...]
    programmes: tuple[ProgrammeChoice, ...]
    people: tuple[PersonChoice, ...]
    asking: Asking | None = None


@dataclass(frozen=True, slots=True)
class MovePage:
    """A session that is moved, and what to choose from."""

    session: SessionPage
    venue: UUID | None
    place: str
    venues: tuple[tuple[UUID, str], ...]
    people: tuple[PersonChoice, ...]


def unit_of(*, text: str) -> Unit:
    """Return the unit that an address names; an RW where it names none."""
    return Unit(text) if text in Unit.values else Unit.RW


def find_hosts(
    *, actor: Actor, unit: Unit, text: str = "", village: str = ""
) -> tuple[HostRow, ...]:
    """Return places of the register by kelurahan and by what was typed.

    :raises PermissionDenied: for whoever does not plan
    """
    _must_plan(actor)
    rows = HOSTS[unit].objects.filter(sees_register(actor), ended_on=None)
    if village:
        rows = rows.filter(village=village)
    for word in text.split()[:6]:
        rows = rows.filter(_matches(unit, word))
    order = ("village", "number") if unit is Unit.RW else ("name",)
    listed = list(rows.select_related("village__parent").order_by(*order, "pk")[:MOST])
    last = _last_of(unit, [one.pk for one in listed])
    return tuple(_host(unit, cast("Rw", one), last.get(one.pk)) for one in listed)


def plan_page(
    *, actor: Actor, unit: Unit, host_id: UUID, request_id: UUID | None = None
) -> PlanPage:
    """Return what can be chosen when a session is planned for this place.

    :raises PermissionDenied: for whoever does not plan
    :raises NotInSight: if there is no such place, or no such request
    """
    _must_plan(actor)
    rows = HOSTS[unit].objects.filter(sees_register(actor), ended_on=None)
    host = cast("Rw", sight.one(rows.select_related("village__parent"), host_id))
    return PlanPage(
        host=_host(unit, host, _last_of(unit, [host.pk]).get(host.pk)),
        rts=_rts(host) if unit is Unit.RW else (),
        venues=_venues(actor, host.village_id),
        programmes=_programmes(unit),
        people=_people(),
        asking=_asking(actor, request_id),
    )


def city_hosts(*, actor: Actor, unit: Unit) -> tuple[CityHost, ...]:
    """Return every place of the city with its RT and a venue of its kelurahan: three queries.

    :raises PermissionDenied: for whoever does not plan
    """
    _must_plan(actor)
    model = HOSTS[unit]
    known_by = "number" if unit is Unit.RW else "name"
    rows = model.objects.filter(sees_register(actor), ended_on=None).order_by(
        "village", known_by, "pk"
    )
    rts: dict[UUID, list[UUID]] = {}
    if unit is Unit.RW:
        own = Rt.objects.filter(ended_on=None).order_by("number").values_list("rw", "pk")
        for rw, rt in own:
            rts.setdefault(rw, []).append(rt)
    venues = dict(
        Venue.objects.filter(sees_register(actor), ended_on=None)
        .order_by("village", "capacity", "name", "pk")
        .values_list("village", "pk")
    )
    return tuple(
        CityHost(pk, village, tuple(rts.get(pk, ())), venues.get(village))
        for pk, village in rows.values_list("pk", "village")
    )


def plan_warnings(*, actor: Actor, wanted: Wanted) -> tuple[Words, ...]:
    """Return what a person should look at before planning it so; the plan is checked already.

    :raises PermissionDenied: for whoever does not plan
    """
    _must_plan(actor)
    programme = sight.one(Programme.objects.all(), wanted.programme)
    people = Facilitator.objects.filter(pk__in=list(wanted.facilitators))
    venue = Venue.objects.filter(
        sees_register(actor), pk__in=[wanted.venue] if wanted.venue else []
    )
    rows = HOSTS[wanted.unit].objects.filter(sees_register(actor), pk=wanted.host)
    return warnings(
        Try(
            host=cast("Rw | School | Community | None", rows.first()),
            programme=programme, unit=wanted.unit, audience=wanted.audience,
            language=wanted.language, starts_at=wanted.starts_at,
            venue=cast("Venue | None", venue.first()),
            facilitators=list(people.select_related("user").prefetch_related("working")),
        )
    )  # fmt: skip


def move_page(*, actor: Actor, session_id: UUID, at: datetime) -> MovePage:
    """Return a session with what it can be moved to.

    :raises NotInSight: if there is none
    :raises PermissionDenied: for whoever does not plan
    """
    page = session_page(actor=actor, session_id=session_id, at=at)
    _must_plan(actor)
    session = sight.one(Session.objects.visible_to(actor), session_id)
    return MovePage(
        session=page,
        venue=session.venue_id,
        place=session.place,
        venues=_venues(actor, session.village_id),
        people=_people(),
    )


def _must_plan(actor: Actor) -> None:
    if not may_plan(actor, None):
        raise PermissionDenied(may_plan.__name__)


def _matches(unit: Unit, word: str) -> Q:
    here = Q(village__name__icontains=word) | Q(village__parent__name__icontains=word)
    if unit is not Unit.RW:
        return here | Q(name__icontains=word)
    number = word.upper().removeprefix("RW")
    if number.isascii() and number.isdigit() and len(number) < 4:
        return Q(number=int(number))
    return here | Q(local_name__icontains=word) if number else Q()


def _host(unit: Unit, row: Rw | School | Community, last_at: datetime | None) -> HostRow:
    return HostRow(row.pk, unit, str(row), area(row.village), last_at)


def _last_of(unit: Unit, ids: list[UUID]) -> dict[UUID, datetime]:
    """Return when a session was last held for each."""
    seen = latest(Session.objects.filter(state=State.HELD), unit)
    rows = HOSTS[unit].objects.filter(pk__in=ids).annotate(seen=seen)
    return dict(rows.exclude(seen=NEVER).values_list("pk", "seen"))


def _rts(rw: Rw) -> tuple[RtChoice, ...]:
    """Return the RT of an RW with when each was reached last, by what it came from too."""
    own = Rt.objects.filter(rw=rw, ended_on=None).select_related("came_from").order_by("number")
    found = [cast("Rt", row) for row in own]
    into = merged(Rt.objects.filter(went_into__in=found))
    before = {one.pk: {one.pk, *_came_from(one), *into.get(one.pk, ())} for one in found}
    everything = set().union(*before.values())
    reached = Invited.objects.filter(rt__in=everything, session__state=State.HELD)
    last = dict(reached.values_list("rt").annotate(last=Max("session__starts_at")))
    return tuple(
        RtChoice(
            one.pk, str(one), one.households,
            max((last[rt] for rt in before[one.pk] if rt in last), default=None),
        )
        for one in found
    )  # fmt: skip


def _came_from(rt: Rt) -> tuple[UUID, ...]:
    """Return the RT it was split from, and that one's own (``reach.ANCESTORS``)."""
    parent = rt.came_from
    ids = (rt.came_from_id, parent.came_from_id if parent else None)
    return tuple(pk for pk in ids if pk is not None)


def _venues(actor: Actor, village: str) -> tuple[tuple[UUID, str], ...]:
    rows = Venue.objects.filter(sees_register(actor), ended_on=None, village=village)
    return tuple(
        (one.pk, f"{one} ({one.capacity})")
        for one in (cast("Venue", row) for row in rows.order_by("name", "pk")[:200])
    )


def _programmes(unit: Unit) -> tuple[ProgrammeChoice, ...]:
    rows = Programme.objects.filter(unit=unit, is_active=True).order_by("name")
    return tuple(
        ProgrammeChoice(
            one.pk,
            programme_name(one),
            one.minutes,
            tuple(Audience(code) for code in one.audiences),
        )
        for one in rows
    )


def _people() -> tuple[PersonChoice, ...]:
    can: dict[UUID, set[UUID]] = {}
    for person, programme in Skill.objects.values_list("facilitator", "programme"):
        can.setdefault(person, set()).add(programme)
    rows = Facilitator.objects.filter(is_active=True).select_related("user")
    return tuple(
        PersonChoice(
            one.pk,
            one.user.name,
            tuple(str(Language(code).label) for code in one.languages),
            frozenset(can.get(one.pk, ())),
        )
        for one in rows.order_by("user__name", "pk")
    )


def _asking(actor: Actor, request_id: UUID | None) -> Asking | None:
    if request_id is None:
        return None
    rows = Request.objects.visible_to(actor).select_related("rw", "school")
    row = sight.one(rows, request_id)
    return Asking(
        row.pk, f"{row.name}, {asker_name(row)}", row.phone, row.wished,
        Audience(row.audience), row.people, row.rt_number,
    )  # fmt: skip
