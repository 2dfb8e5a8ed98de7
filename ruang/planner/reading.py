"""What plans are made from, read from the register and from prevention: no report, no case."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Avg, Q, QuerySet

from ruang.access.actor import SYSTEM
from ruang.planner import standing
from ruang.planner.models import Plan, Visit
from ruang.planner.rules import Booked, Ground, Person, Place, Season
from ruang.planner.settings import DISTRICT, Settings
from ruang.prevention.hours import Hours
from ruang.prevention.models import Facilitator, Session
from ruang.prevention.states import State
from ruang.prevention.ways import Spot
from ruang.register.models import Community, Rw, School, Venue
from ruang.register.states import VenueKind
from ruang.territory import queries as territory
from ruang.territory.hours import is_holiday


def taken(at: datetime, path: str = "") -> Q:
    """Return what a session is that has reached people, or still will: held, or yet to come.

    What was planned and nobody logged when it was over has reached nobody, here as in coverage.

    :param path: what leads to the session from another row
    """
    coming = Q(**{f"{path}state": State.PLANNED, f"{path}ends_at__gte": at})
    return Q(**{f"{path}state": State.HELD}) | coming


def zone() -> ZoneInfo:
    """Return the time zone in which days and hours of a plan are meant."""
    return territory.city().hours.zone


def local(moment: datetime) -> datetime:
    """Return a moment as it is on the wall of the city."""
    return moment.astimezone(zone()).replace(tzinfo=None)


def moment(day: date, at: time) -> datetime:
    """Return a day and an hour of the city as a moment."""
    return datetime.combine(day, at, tzinfo=zone()).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Spots:
    """About where kelurahan and kecamatan lie: the middle of what is known to lie there."""

    by_code: dict[str, Spot]

    def of(self, row: Rw | School | Community | Venue | None, village: str) -> Spot | None:
        """Return about where something lies; of a community only the kelurahan is known."""
        if (
            isinstance(row, Rw | School | Venue)
            and row.latitude is not None
            and row.longitude is not None
        ):
            return row.latitude, row.longitude
        return self.by_code.get(village) or self.by_code.get(village[:DISTRICT])


def spots() -> Spots:
    """Read where kelurahan and kecamatan lie: one query for each table, whatever their size."""
    known: dict[str, list[Spot]] = {}
    for found in (standing.rws(), standing.schools(), standing.venues()):
        rows = found.exclude(latitude=None)
        middle = rows.values("village_id").annotate(lat=Avg("latitude"), lon=Avg("longitude"))
        for row in middle.order_by():
            here = (float(row["lat"]), float(row["lon"]))
            for code in (row["village_id"], row["village_id"][:DISTRICT]):
                known.setdefault(code, []).append(here)
    return Spots({code: _middle(these) for code, these in known.items()})


def ground(plan: Plan, where: Spots, *, at: datetime) -> Ground:
    """Return everything the rules need besides visits."""
    settings = Settings.from_json(plan.settings)
    days = (plan.ends_on - plan.begins_on).days + 1
    holidays = (plan.begins_on + timedelta(days=number) for number in range(days))
    return Ground(
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        now=local(at),
        holidays=frozenset(day for day in holidays if is_holiday(day)),
        settings=settings,
        people={one.id: one for one in people(where)},
        places=places(where),
        season=season(plan.begins_on, plan.ends_on),
    )


def season(begins_on: date, ends_on: date) -> Season:
    """Return the days of a plan that are not like others, as the city has entered them."""
    city = territory.city()
    fasting: dict[date, tuple[Hours, ...]] = {}
    for span in city.fasting:
        for day in span.within(begins_on, ends_on):
            fasting[day] = (*fasting.get(day, ()), *span.hours)
    no_school = (
        day for span in city.school_holidays for day in span.within(begins_on, ends_on)
    )
    return Season(no_school=frozenset(no_school), fasting=fasting)


def people(where: Spots) -> list[Person]:
    """Return every active facilitator as the rules see them."""
    rows = Facilitator.objects.filter(is_active=True)
    return [
        Person(
            id=row.pk,
            languages=frozenset(row.languages),
            skills=frozenset(skill.programme_id for skill in row.skills.all()),
            a_day=row.sessions_a_day,
            a_week=row.sessions_a_week,
            working=tuple((w.weekday, w.begins, w.ends) for w in row.working.all()),
            away=tuple((away.begins_on, away.ends_on) for away in row.away.all()),
            home=where.of(None, row.home_id),
        )
        for row in rows.order_by("pk").prefetch_related("skills", "working", "away")
    ]


def places(where: Spots) -> dict[UUID, Place]:
    """Return every place to meet."""
    return {
        row.pk: Place(
            id=row.pk,
            spot=where.of(row, row.village_id),
            open=(row.opens_at, row.closes_at) if row.opens_at and row.closes_at else None,
            seats=row.capacity or None,
            is_school=row.kind == VenueKind.SCHOOL,
        )
        for row in standing.venues()
    }


def visits_of(plan: Plan) -> "QuerySet[Visit]":
    """Return a plan's visits with everything that the rules and the pages ask of them."""
    joined = plan.visits.select_related(
        "programme", "rw", "school", "community", "venue", "village"
    )
    return joined.prefetch_related("parts").order_by("starts_at", "id")


def booked(visit: Visit, where: Spots, people: tuple[UUID, ...] | None = None) -> Booked:
    """Return a visit as the rules see it; who holds it is read unless it is said."""
    if people is None:
        people = tuple(part.facilitator_id for part in visit.parts.all())
    return Booked(
        id=visit.pk,
        programme=visit.programme_id,
        unit=visit.host_id,
        audience=visit.audience,
        language=visit.language,
        starts=local(visit.starts_at),
        ends=local(visit.ends_at),
        people=people,
        needed=visit.programme.facilitators,
        venue=visit.venue_id,
        spot=where.of(visit.venue or visit.host, visit.village_id),
        at_school=visit.school_id is not None,
        has_ended=visit.host.ended_on is not None,
        expects=visit.expects,
        every=visit.programme.every_months,
    )


def fixed(plan: Plan, where: Spots, *, at: datetime | None = None) -> list[Booked]:
    """Return the sessions that exist in the weeks of a plan: some limits are weekly.

    :param at: what is over by then and was not logged takes people's time, and has visited
        nobody; when the plan was begun, unless it is said
    """
    monday = plan.begins_on - timedelta(days=plan.begins_on.weekday())
    sunday = plan.ends_on + timedelta(days=6 - plan.ends_on.weekday())
    begins, ends = moment(monday, time.min), moment(sunday, time.max)
    rows = Session.objects.visible_to(SYSTEM).filter(
        state__in=(State.PLANNED, State.HELD), starts_at__gte=begins, starts_at__lte=ends
    )
    joined = rows.select_related("programme", "rw", "school", "venue").prefetch_related("parts")
    found = joined.order_by("starts_at", "id")
    return [_fixed(row, where, at or plan.at) for row in found]


def _fixed(row: Session, where: Spots, at: datetime) -> Booked:
    unit = row.rw_id or row.school_id or row.community_id or row.pk
    is_unlogged = row.state == State.PLANNED and row.ends_at < at
    return Booked(
        id=row.pk,
        programme=row.programme_id,
        unit=row.pk if is_unlogged else unit,
        audience=row.audience,
        language=row.language,
        starts=local(row.starts_at),
        ends=local(row.ends_at),
        people=tuple(part.facilitator_id for part in row.parts.all()),
        needed=row.programme.facilitators,
        venue=row.venue_id,
        spot=where.of(row.venue or row.rw or row.school, row.village_id),
        at_school=row.school_id is not None,
        is_fixed=True,
        every=row.programme.every_months,
    )


def _middle(these: list[Spot]) -> Spot:
    return sum(one[0] for one in these) / len(these), sum(one[1] for one in these) / len(these)
