"""What a plan must keep to, checked visit by visit: plain Python, for pages and tests alike.

It shares no code with the solvers, which plan by the same rules: what they propose is checked
here before it is stored, and what a person moves is checked here at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import combinations
from uuid import UUID

from ruang.planner.settings import Settings
from ruang.planner.states import Broken
from ruang.prevention.hours import Hours
from ruang.prevention.ways import Spot, minutes_on_the_way

WEEKDAYS_WITH_LESSONS = 5
DAYS_OF_MONTH = 365.25 / 12
APART = 2 / 3
"""Part of a programme's period that lies at least between two visits to the same."""


@dataclass(frozen=True, slots=True)
class Person:
    """A facilitator, as the rules see one."""

    id: UUID
    languages: frozenset[str]
    skills: frozenset[UUID]
    a_day: int
    a_week: int
    working: tuple[tuple[int, time, time], ...]
    away: tuple[tuple[date, date], ...]
    home: Spot | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place to meet: from when until when it is open, if anybody has said.

    :ivar seats: how many people have room; None: nobody has said
    :ivar is_school: there are lessons in it on school days
    """

    id: UUID
    spot: Spot | None
    open: Hours | None
    seats: int | None = None
    is_school: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """One visit or session; times are local, without a zone.

    :ivar unit: the RW, school or community it is for
    :ivar spot: where it is held
    :ivar is_fixed: a session that exists already; others must keep out of its way
    :ivar has_ended: whether what it is for is no longer in the register
    :ivar expects: how many people need a seat; 0: not known
    :ivar every: months in which the same place is due again; None: once in a plan
    """

    id: UUID
    programme: UUID
    unit: UUID
    audience: str
    language: str
    starts: datetime
    ends: datetime
    people: tuple[UUID, ...]
    needed: int
    venue: UUID | None
    spot: Spot | None
    at_school: bool = False
    is_fixed: bool = False
    has_ended: bool = False
    expects: int = 0
    every: int | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """Days that are not like others, as the city has entered them.

    :ivar no_school: days without lessons
    :ivar fasting: day → the hours that are closed on it besides the usual ones
    """

    no_school: frozenset[date] = frozenset()
    fasting: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)


USUAL = Season()
"""A time of the year in which nothing is different."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything the rules need besides the visits."""

    begins_on: date
    ends_on: date
    now: datetime
    holidays: frozenset[date]
    settings: Settings
    people: Mapping[UUID, Person]
    places: Mapping[UUID, Place]
    season: Season = USUAL


def check(booked: Iterable[Booked], ground: Ground) -> dict[UUID, tuple[Broken, ...]]:
    """Return what each visit breaks; nothing for those that keep to everything."""
    visits = sorted(booked, key=lambda one: (one.starts, str(one.id)))
    found: dict[UUID, set[Broken]] = {one.id: set() for one in visits}
    for one in visits:
        if not one.is_fixed:
            found[one.id] |= set(_alone(one, ground))
    _nothing_twice(visits, ground, found)
    for who in ground.people.values():
        _one_person(who, [one for one in visits if who.id in one.people], ground, found)
    fixed = {one.id for one in visits if one.is_fixed}
    order = {rule: place for place, rule in enumerate(Broken)}
    return {
        which: tuple(sorted(rules, key=order.__getitem__))
        for which, rules in found.items()
        if rules and which not in fixed
    }


def minutes_between(one: Spot | None, other: Spot | None, settings: Settings) -> int:
    """Return how long somebody is on the way, in whole minutes."""
    return minutes_on_the_way(one, other, detour=settings.detour, speed=settings.km_per_hour)


def closed_hours(
    day: date,
    *,
    audience: str,
    at_school: bool,
    settings: Settings,
    season: Season = USUAL,
    in_classroom: bool = False,
) -> list[tuple[Hours, Broken]]:
    """Return the hours of a day in which no such session is held, and why.

    :param at_school: it is held in lessons, for those who are taught
    :param in_classroom: it is held in a school, for others
    """
    closed = [(hours, Broken.PRAYER) for hours in settings.prayers]
    closed += [(hours, Broken.FASTING) for hours in season.fasting.get(day, ())]
    if day.isoweekday() == WEEKDAYS_WITH_LESSONS:
        closed.append((settings.friday, Broken.FRIDAY))
    lessons = day.isoweekday() <= WEEKDAYS_WITH_LESSONS and day not in season.no_school
    begins, ends = settings.lessons
    if at_school:
        closed.append(((time.min, begins if lessons else time.max), Broken.NO_SCHOOL))
        closed.append(((ends, time.max), Broken.NO_SCHOOL))
    elif lessons and audience in {"children", "teens", "teachers"}:
        closed.append((settings.lessons, Broken.SCHOOL_HOURS))
    if in_classroom and lessons and not at_school:
        closed.append((settings.lessons, Broken.CLASSROOM))
    return closed


def closed_to(one: Booked, day: date, ground: Ground) -> list[tuple[Hours, Broken]]:
    """Return the hours of a day in which this session cannot be held where it is to be."""
    place = ground.places.get(one.venue) if one.venue else None
    return closed_hours(
        day,
        audience=one.audience,
        at_school=one.at_school,
        settings=ground.settings,
        season=ground.season,
        in_classroom=place is not None and place.is_school,
    )


def seats_for(people: int, seats: int) -> int:
    """Return how many seats a visit needs: one for everybody who is there, up to a number."""
    return min(people, seats)


def has_seats(place: Place, expects: int) -> bool:
    """Say whether so many people have room, as far as anybody has said for how many it is."""
    return place.seats is None or expects <= place.seats


def turns(every: int | None, begins_on: date, ends_on: date) -> int:
    """Return how often a place is due in a stretch of days, by the months of a programme."""
    days = (ends_on - begins_on).days + 1
    return max(1, round(days / (DAYS_OF_MONTH * every))) if every else 1


def days_apart(every: int | None) -> int:
    """Return how many days lie at least between two visits of a programme to the same place."""
    return int(DAYS_OF_MONTH * every * APART) if every else 0


def _alone(one: Booked, ground: Ground) -> Iterable[Broken]:
    """What can be said of a visit without looking at any other."""
    if one.has_ended:
        yield Broken.ENDED
    day = one.starts.date()
    if not _is_inside(one, ground) or one.ends.date() != day:
        yield Broken.OUTSIDE
    if one.starts < ground.now:
        yield Broken.PAST
    if day in ground.holidays:
        yield Broken.HOLIDAY
    yield from _where(one, ground)
    yield from _staffed(one, ground)


def _where(one: Booked, ground: Ground) -> Iterable[Broken]:
    """What the hour and the place say."""
    for hours, why in closed_to(one, one.starts.date(), ground):
        if _overlaps(one, hours):
            yield why
    place = ground.places.get(one.venue) if one.venue else None
    if place and place.open and not _inside(one, place.open):
        yield Broken.VENUE_HOURS
    if place and not has_seats(place, one.expects):
        yield Broken.TOO_SMALL


def _staffed(one: Booked, ground: Ground) -> Iterable[Broken]:
    people = [ground.people[who] for who in one.people if who in ground.people]
    if len(set(one.people)) < one.needed:
        yield Broken.NOT_ENOUGH
    if len(people) < len(one.people) or any(one.programme not in p.skills for p in people):
        yield Broken.SKILL
    if one.language and not any(one.language in who.languages for who in people):
        yield Broken.LANGUAGE
    day = one.starts.date()
    if any(first <= day <= last for who in people for first, last in who.away):
        yield Broken.AWAY
    elif not all(_works(who, one) for who in people):
        yield Broken.NOT_WORKING


def _works(who: Person, one: Booked) -> bool:
    if not who.working:
        return True  # who said no hours comes at any time
    weekday = one.starts.isoweekday()
    hours = [(begins, ends) for on, begins, ends in who.working if on == weekday]
    return any(_inside(one, these) for these in hours)


def _nothing_twice(
    visits: list[Booked], ground: Ground, found: dict[UUID, set[Broken]]
) -> None:
    """No place at two sessions at once, nothing visited oftener than its programme says."""
    by_place: dict[UUID, list[Booked]] = {}
    by_unit: dict[tuple[UUID, UUID], list[Booked]] = {}
    for one in visits:
        by_unit.setdefault((one.programme, one.unit), []).append(one)
        if one.venue:
            by_place.setdefault(one.venue, []).append(one)
    for same in by_unit.values():
        _too_often(same, ground, found)
    for same in by_place.values():
        for before, after in combinations(same, 2):
            if after.starts < before.ends:
                _blame(before, after, Broken.VENUE_TAKEN, found)


def _too_often(same: list[Booked], ground: Ground, found: dict[UUID, set[Broken]]) -> None:
    """Blame what comes too soon after or before another, or once too often."""
    most = turns(same[0].every, ground.begins_on, ground.ends_on)
    apart = days_apart(same[0].every)
    held: list[Booked] = []
    for one in sorted(same, key=lambda visit: not visit.is_fixed):
        day = one.starts.date()
        is_near = any(
            most == 1 or abs((day - other.starts.date()).days) < apart for other in held
        )
        inside = sum(1 for other in held if _is_inside(other, ground))
        if one.is_fixed or not (is_near or inside >= most):
            held.append(one)
        else:
            found[one.id].add(Broken.TWICE)


def _is_inside(one: Booked, ground: Ground) -> bool:
    return ground.begins_on <= one.starts.date() <= ground.ends_on


def _one_person(
    who: Person, own: list[Booked], ground: Ground, found: dict[UUID, set[Broken]]
) -> None:
    for before, after in combinations(own, 2):
        if after.starts < before.ends:
            _blame(before, after, Broken.DOUBLE, found)
        elif before.starts.date() == after.starts.date():
            way = minutes_between(before.spot, after.spot, ground.settings)
            if (after.starts - before.ends).total_seconds() < way * 60:
                _blame(before, after, Broken.TRAVEL, found)
    for one in own:
        week = one.starts.isocalendar()[:2]
        if sum(1 for other in own if other.starts.date() == one.starts.date()) > who.a_day:
            found[one.id].add(Broken.DAY_FULL)
        if sum(1 for other in own if other.starts.isocalendar()[:2] == week) > who.a_week:
            found[one.id].add(Broken.WEEK_FULL)


def _blame(before: Booked, after: Booked, why: Broken, found: dict[UUID, set[Broken]]) -> None:
    """Say it of the later one, or of the earlier one where the later is fixed."""
    found[before.id if after.is_fixed else after.id].add(why)


def _overlaps(one: Booked, hours: Hours) -> bool:
    return one.starts.time() < hours[1] and hours[0] < one.ends.time()


def _inside(one: Booked, hours: Hours) -> bool:
    return hours[0] <= one.starts.time() and one.ends.time() <= hours[1]
