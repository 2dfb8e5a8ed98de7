"""The visits of a plan: a list, a week, one of them with what it can be changed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.pagination import Place
from ruang.planner import standing
from ruang.planner.models import Plan
from ruang.planner.policy import RULES
from ruang.planner.reading import local, visits_of
from ruang.planner.settings import Settings
from ruang.planner.showing import (
    PersonLine,
    VisitLine,
    audiences_of,
    facilitators,
    lines_of,
    may_change,
    people_for,
    venues_of,
    villages,
)
from ruang.planner.states import State, Step
from ruang.prevention.models import Programme
from ruang.prevention.naming import programme_name
from ruang.prevention.states import Audience, Language, Unit
from ruang.territory import queries as territory

PAGE = 40


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which visits are shown: of a kecamatan, of a facilitator, those that break rules."""

    district: str = ""
    facilitator: UUID | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """Visits of a plan, in the order of time."""

    plan_id: UUID
    begins_on: date
    ends_on: date
    state: State
    visits: tuple[VisitLine, ...]
    whole: int
    later: str
    districts: tuple[tuple[str, str], ...]
    people: tuple[tuple[UUID, str], ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of a week, and what is on it."""

    day: date
    visits: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """One week of a plan."""

    plan_id: UUID
    begins_on: date
    ends_on: date
    monday: date
    days: tuple[DayShown, ...]
    earlier: date | None
    later: date | None


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit, and what it can be changed to."""

    plan_id: UUID
    begins_on: date
    ends_on: date
    line: VisitLine
    audiences: tuple[Audience, ...]
    venue: UUID | None
    staff: tuple[UUID, ...]
    needed: int
    venues: tuple[tuple[UUID, str], ...]
    people: tuple[PersonLine, ...]
    may_change: bool

    @property
    def language(self) -> Language:
        """Return in which it is held."""
        return self.line.language


@dataclass(frozen=True, slots=True)
class AddPage:
    """What a visit that is added can be for: programmes, then the places of one kelurahan.

    :ivar language: in which sessions are held there
    """

    plan_id: UUID
    begins_on: date
    ends_on: date
    programmes: tuple[tuple[UUID, str], ...]
    villages: tuple[tuple[str, str], ...]
    units: tuple[tuple[UUID, str], ...]
    venues: tuple[tuple[UUID, str], ...]
    people: tuple[PersonLine, ...]
    audiences: tuple[Audience, ...]
    language: Language


def visits_page(
    *, actor: Actor, plan_id: UUID, narrowed: Narrowed, after: str = "", at: datetime
) -> VisitsPage:
    """Return a page of a plan's visits."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    every = lines_of(plan, at=at)
    people = facilitators()
    chosen = [line for line, staff in every if _is_meant(line, staff, narrowed)]
    place = Place.read(after)
    rest = [
        line
        for line in chosen
        if place is None or (line.starts, str(line.id)) > (local(place.at), str(place.pk))
    ]
    shown, more = rest[:PAGE], len(rest) > PAGE
    last = (
        next((v.starts_at for v in plan.visits.filter(pk=shown[-1].id)), None) if more else None
    )
    held = {who for _line, staff in every for who in staff}
    return VisitsPage(
        plan_id=plan.pk,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        state=State(plan.state),
        visits=tuple(shown),
        whole=len(chosen),
        later=str(Place(0, last, shown[-1].id)) if last else "",
        districts=tuple((one.code, one.name) for one in territory.city().districts),
        people=tuple((who, name) for who, name in people.items() if who in held),
        may_change=may_change(actor, plan),
    )


def week_page(*, actor: Actor, plan_id: UUID, day: date | None, at: datetime) -> WeekPage:
    """Return one week of a plan: the one of that day, or the first with a visit."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    lines = [line for line, _staff in lines_of(plan, at=at)]
    first = lines[0].starts.date() if lines else plan.begins_on
    inside = day if day and plan.begins_on <= day <= plan.ends_on else first
    monday = inside - timedelta(days=inside.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    before, after = monday - timedelta(days=1), monday + timedelta(days=7)
    return WeekPage(
        plan_id=plan.pk,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        monday=monday,
        days=tuple(
            DayShown(one, tuple(line for line in lines if line.starts.date() == one))
            for one in week
        ),
        earlier=max(before, plan.begins_on) if before >= plan.begins_on else None,
        later=after if after <= plan.ends_on else None,
    )


def visit_page(*, actor: Actor, plan_id: UUID, visit_id: UUID, at: datetime) -> VisitPage:
    """Return one visit, and what it can be changed to."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    visit = sight.one(visits_of(plan), visit_id)
    line = next(line for line, _staff in lines_of(plan, at=at) if line.id == visit.pk)
    return VisitPage(
        plan_id=plan.pk,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        line=line,
        audiences=audiences_of(visit.programme),
        venue=visit.venue_id,
        staff=tuple(part.facilitator_id for part in visit.parts.all()),
        needed=visit.programme.facilitators,
        venues=venues_of(visit.village_id, visit.venue_id),
        people=people_for(visit.programme_id, visit.language),
        may_change=may_change(actor, plan),
    )


def add_page(*, actor: Actor, plan_id: UUID, programme: UUID | None, village: str) -> AddPage:
    """Return what a visit that is added can be for."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    require(RULES[Step.CHANGE], actor, plan)
    programmes = list(Programme.objects.filter(is_active=True).order_by("unit", "name"))
    language = Settings.from_json(plan.settings).language_of(village)
    chosen = next((one for one in programmes if one.pk == programme), None)
    return AddPage(
        plan_id=plan.pk,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        programmes=tuple((one.pk, programme_name(one)) for one in programmes),
        villages=villages(),
        units=_units(chosen, village) if chosen else (),
        venues=venues_of(village, None) if chosen and chosen.unit != Unit.SCHOOL else (),
        people=people_for(chosen.pk, language) if chosen else (),
        audiences=audiences_of(chosen) if chosen else (),
        language=language,
    )


def _units(programme: Programme, village: str) -> tuple[tuple[UUID, str], ...]:
    rows = standing.hosts(programme.unit).filter(village=village)
    return tuple((row.pk, str(row)) for row in rows)


def _is_meant(line: VisitLine, staff: Sequence[UUID], narrowed: Narrowed) -> bool:
    if narrowed.district and line.district != narrowed.district:
        return False
    if narrowed.broken and not line.broken:
        return False
    return narrowed.facilitator is None or narrowed.facilitator in staff
