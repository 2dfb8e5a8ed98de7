"""A visit in words, and what it can be changed to: what several pages show alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.identity import directory
from ruang.planner import standing
from ruang.planner.checking import broken_of
from ruang.planner.models import Plan, Visit
from ruang.planner.policy import may_plan
from ruang.planner.reading import local, visits_of
from ruang.planner.settings import DISTRICT
from ruang.planner.states import Broken, State
from ruang.prevention.models import Facilitator, Programme
from ruang.prevention.naming import place_at, programme_name
from ruang.prevention.states import Audience, Language
from ruang.territory import queries as territory


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit as lists show it; times are local."""

    id: UUID
    starts: datetime
    ends: datetime
    where: str
    village: str
    district: str
    district_name: str
    programme: str
    audience: Audience
    language: Language
    place: str
    people: tuple[str, ...]
    is_kept: bool
    is_moved: bool
    broken: tuple[Broken, ...]
    session: UUID | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A facilitator who could hold a visit, and whether in the language that is wanted."""

    id: UUID
    name: str
    can: bool
    speaks: bool


def lines_of(plan: Plan, *, at: datetime) -> list[tuple[VisitLine, tuple[UUID, ...]]]:
    """Return every visit of a plan with its words, and who holds it: a constant few queries."""
    visits = list(visits_of(plan))
    broken = broken_of(plan, visits, at=at) if plan.state == State.PROPOSED else {}
    names = facilitators()
    districts = {one.code: one.name for one in territory.city().districts}
    return [
        (
            _line(visit, names, districts, broken.get(visit.pk, ())),
            tuple(part.facilitator_id for part in visit.parts.all()),
        )
        for visit in visits
    ]


def may_change(actor: Actor, plan: Plan) -> bool:
    """Say whether this person can change visits of this plan now."""
    return may_plan(actor, plan) and plan.state == State.PROPOSED


def facilitators() -> dict[UUID, str]:
    """Return the names of all who hold sessions, by their id, in the order of names."""
    users = dict(Facilitator.objects.values_list("pk", "user_id"))
    names = directory.names(users.values())
    named = [(who, names.get(user, "")) for who, user in users.items()]
    return dict(sorted(named, key=lambda one: (one[1], str(one[0]))))


def people_for(programme: UUID, language: str) -> tuple[PersonLine, ...]:
    """Return who could hold a programme first, then everybody else who is active."""
    rows = Facilitator.objects.filter(is_active=True).prefetch_related("skills")
    can = {row.pk: any(s.programme_id == programme for s in row.skills.all()) for row in rows}
    speaks = {row.pk: language in row.languages for row in rows}
    listed = [
        PersonLine(who, name, can[who], speaks[who])
        for who, name in facilitators().items()
        if who in can
    ]
    return tuple(sorted(listed, key=lambda one: not one.can))


def venues_of(village: str, also: UUID | None) -> tuple[tuple[UUID, str], ...]:
    """Return the places to meet in a kelurahan, and one more if it is used already."""
    rows = standing.venues().filter(Q(village=village) | Q(pk=also))
    return tuple((row.pk, row.name) for row in rows)


def audiences_of(programme: Programme) -> tuple[Audience, ...]:
    """Return the groups a programme is for."""
    offered = programme.audiences or Audience.values
    return tuple(one for one in Audience if one.value in offered)


def villages() -> tuple[tuple[str, str], ...]:
    """Return the kelurahan of the city, with their kecamatan: names are not unique."""
    city = territory.city()
    districts = {one.code: one.name for one in city.districts}
    return tuple(
        (one.code, f"{one.name} – {districts.get(one.code[:DISTRICT], '')}")
        for one in territory.villages(city_code=city.code)
    )


def _line(
    visit: Visit,
    names: Mapping[UUID, str],
    districts: Mapping[str, str],
    broken: tuple[Broken, ...],
) -> VisitLine:
    code = visit.village_id[:DISTRICT]
    return VisitLine(
        id=visit.pk,
        starts=local(visit.starts_at),
        ends=local(visit.ends_at),
        where=str(visit.host),
        village=str(visit.village),
        district=code,
        district_name=districts.get(code, ""),
        programme=programme_name(visit.programme),
        audience=Audience(visit.audience),
        language=Language(visit.language),
        place=visit.venue.name if visit.venue else place_at(visit.host, visit.village),
        people=tuple(names.get(part.facilitator_id, "") for part in visit.parts.all()),
        is_kept=visit.is_kept,
        is_moved=visit.moved_by is not None,
        broken=broken,
        session=visit.session,
    )
