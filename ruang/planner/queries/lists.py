"""The list of plans, and what a new one is begun from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Left

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.identity import directory
from ruang.kernel.pagination import Place
from ruang.planner import standing
from ruang.planner.models import Plan
from ruang.planner.policy import may_plan
from ruang.planner.settings import DISTRICT, Settings
from ruang.planner.states import Level, State
from ruang.planner.weighing import decision_of, weights_of
from ruang.prevention.models import Facilitator, Programme
from ruang.prevention.naming import programme_name
from ruang.prevention.states import Unit
from ruang.territory import queries as territory

PAGE = 25


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the list."""

    id: UUID
    begins_on: date
    ends_on: date
    state: State
    visits: int
    wanted: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlansPage:
    """Plans, newest first."""

    plans: tuple[PlanLine, ...]
    older: str
    may_plan: bool


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme a plan can hold, and how many places it goes to."""

    id: UUID
    name: str
    unit: Unit
    every_months: int | None
    facilitators: int
    able: int


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A facilitator a plan can count on."""

    id: UUID
    name: str
    a_week: int


@dataclass(frozen=True, slots=True)
class LevelLine:
    """How much a kecamatan counts."""

    code: str
    name: str
    level: Level
    people: int


@dataclass(frozen=True, slots=True)
class NewPage:
    """What a new plan is begun from.

    :ivar districts: code and name of each kecamatan
    :ivar before: the settings of the plan it is begun from, if any
    """

    programmes: tuple[ProgrammeChoice, ...]
    people: tuple[PersonChoice, ...]
    districts: tuple[tuple[str, str], ...]
    before: Settings | None


@dataclass(frozen=True, slots=True)
class WeightsPage:
    """How much each kecamatan counts in a year, by whom and from what."""

    year: int
    levels: tuple[LevelLine, ...]
    source: str
    by: str
    at: datetime | None
    may_weigh: bool


def plans_page(*, actor: Actor, after: str = "") -> PlansPage:
    """Return plans, newest first; discarded ones too, so that nothing disappears."""
    require_permission(P.PREVENTION_SEE, actor)
    rows = Plan.objects.visible_to(actor).annotate(count=Count("visits"))
    place = Place.read(after)
    if place is not None:
        older = rows.filter(at=place.at, pk__lt=place.pk)
        rows = rows.filter(at__lt=place.at) | older
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    shown = found[:PAGE]
    names = directory.names(row.by for row in shown)
    return PlansPage(
        plans=tuple(_line(row, names) for row in shown),
        older=str(Place(0, shown[-1].at, shown[-1].pk)) if len(found) > PAGE else "",
        may_plan=may_plan(actor, None),
    )


def new_page(*, actor: Actor, like: UUID | None = None) -> NewPage:
    """Return what a new plan is begun from: programmes, people, an earlier plan's settings."""
    require_permission(P.PREVENTION_PLAN, actor)
    active = Facilitator.objects.filter(is_active=True).prefetch_related("skills")
    people = list(active.order_by("pk"))
    names = directory.names(one.user_id for one in people)
    programmes = Programme.objects.filter(is_active=True)
    before = Plan.objects.visible_to(actor).filter(pk=like).first() if like else None
    able: dict[UUID, int] = {}
    for one in people:
        for skill in one.skills.all():
            able[skill.programme_id] = able.get(skill.programme_id, 0) + 1
    return NewPage(
        programmes=tuple(
            ProgrammeChoice(
                row.pk, programme_name(row), Unit(row.unit), row.every_months, row.facilitators,
                able.get(row.pk, 0),
            )
            for row in programmes.order_by("unit", "name")
        ),
        districts=tuple((one.code, one.name) for one in territory.city().districts),
        people=tuple(
            sorted(
                (PersonChoice(one.pk, names.get(one.user_id, ""), one.sessions_a_week)
                 for one in people),
                key=lambda person: (person.name, str(person.id)),
            )
        ),
        before=Settings.from_json(before.settings) if before else None,
    )  # fmt: skip


def weights_page(*, actor: Actor, year: int) -> WeightsPage:
    """Return how much each kecamatan counts in a year."""
    require_permission(P.PREVENTION_SEE, actor)
    decision, weights = decision_of(year), weights_of(year)
    people = _people_by_district()
    return WeightsPage(
        year=year,
        levels=tuple(
            LevelLine(
                place.code,
                place.name,
                Level(weights.levels.get(place.code, Level.NORMAL)),
                people.get(place.code, 0),
            )
            for place in territory.city().districts
        ),
        source=weights.source,
        by=directory.names([decision.by]).get(decision.by, "") if decision else "",
        at=decision.at if decision else None,
        may_weigh=may_plan(actor, None),
    )


def _line(row: "Plan", names: dict[UUID, str]) -> PlanLine:
    return PlanLine(
        id=row.pk,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        state=State(row.state),
        visits=row.count,  # type: ignore[attr-defined]
        wanted=Settings.from_json(row.settings).sessions,
        by=names.get(row.by, ""),
        at=row.at,
    )


def _people_by_district() -> dict[str, int]:
    rows = standing.rts().annotate(district=Left("village_id", DISTRICT))
    counted = rows.values("district").annotate(sum=Sum("people")).order_by()
    return {row["district"]: row["sum"] for row in counted}
