"""Where people meet, for whom, on which days: seats, lessons, holidays, the fasting month."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from ruang.kernel.errors import Refused
from ruang.planner import commands, queries
from ruang.planner.checking import broken_of
from ruang.planner.commands import Added, BreaksRules, Slot
from ruang.planner.models import Plan, Visit
from ruang.planner.reading import local, season, visits_of
from ruang.planner.rules import Booked, Ground, Person, Place, Season, check
from ruang.planner.settings import Settings, Share
from ruang.planner.solving.run import solve
from ruang.planner.states import Broken
from ruang.prevention.models import Programme
from ruang.prevention.states import Audience
from ruang.register.models import School, Venue
from ruang.register.states import SchoolLevel, VenueKind
from ruang.territory.commands import set_days
from ruang.territory.hours import has_decree, is_holiday
from ruang.territory.spans import Span
from tests import make, make_prevention
from tests.planner.scene import MONDAY, VILLAGES, World
from tests.territory.people import ADMIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def solved(world: World, **changed: Any) -> Plan:
    plan_id = world.solving(**changed)
    solve(plan_id)(make.AT)
    return Plan.objects.get(pk=plan_id)


def days(**said: Any) -> None:
    fields: dict[str, Any] = {"school_holidays": (), "fasting": (), **said}
    set_days(actor=ADMIN, at=make.AT, **fields)


class Ruled:
    """A person, a place, and visits on a Tuesday, for the rules alone."""

    def __init__(self, **ground: Any) -> None:
        self.who, self.programme = uuid4(), uuid4()
        person = Person(
            self.who, frozenset({"id"}), frozenset({self.programme}), 9, 9, (), (), None
        )
        fields: dict[str, Any] = {
            "places": {}, "settings": Settings((), (self.who,), prayers=()), **ground,
        }  # fmt: skip
        self.ground = Ground(
            begins_on=date(2027, 1, 1), ends_on=date(2027, 1, 31),
            now=datetime.combine(date(2026, 1, 1), time()), holidays=frozenset(),
            people={self.who: person}, **fields,
        )  # fmt: skip

    def visit(self, begins: time, ends: time, **changed: Any) -> Booked:
        day = date(2027, 1, 12)
        made = Booked(
            uuid4(), self.programme, uuid4(), "parents", "id", datetime.combine(day, begins),
            datetime.combine(day, ends), (self.who,), 1, None, None,
        )  # fmt: skip
        return replace(made, **changed)

    def broken(self, *visits: Booked) -> list[tuple[Broken, ...]]:
        found = check(visits, self.ground)
        return [found.get(one.id, ()) for one in visits]


def test_what_overlaps_is_found_though_something_lies_between() -> None:
    ruled = Ruled()
    long = ruled.visit(time(8), time(12), is_fixed=True)
    first, second = ruled.visit(time(8, 30), time(9)), ruled.visit(time(9, 30), time(10, 30))
    assert ruled.broken(long, first, second) == [(), (Broken.DOUBLE,), (Broken.DOUBLE,)]
    hall = uuid4()
    apart = [
        replace(one, venue=hall, people=(), needed=0, language="")
        for one in (long, first, second)
    ]
    assert ruled.broken(*apart)[1:] == [(Broken.VENUE_TAKEN,), (Broken.VENUE_TAKEN,)]


def test_a_place_too_small_and_one_with_lessons_are_found() -> None:
    hall, school = uuid4(), uuid4()
    places = {
        hall: Place(hall, None, None, seats=10),
        school: Place(school, None, None, is_school=True),
    }
    ruled = Ruled(places=places)
    morning = (time(9), time(10))
    assert ruled.broken(ruled.visit(*morning, venue=hall, expects=30)) == [(Broken.TOO_SMALL,)]
    assert ruled.broken(ruled.visit(*morning, venue=hall, expects=10)) == [()]
    assert ruled.broken(ruled.visit(*morning, venue=school)) == [(Broken.CLASSROOM,)]
    assert ruled.broken(ruled.visit(time(14), time(15), venue=school)) == [()]
    free = Season(no_school=frozenset({date(2027, 1, 12)}))
    ruled = Ruled(places=places, season=free)
    assert ruled.broken(ruled.visit(*morning, venue=school)) == [()]
    assert ruled.broken(ruled.visit(*morning, at_school=True)) == [(Broken.NO_SCHOOL,)]
    assert ruled.broken(ruled.visit(*morning, audience="teens")) == [()]


def test_hours_of_the_fasting_month_are_kept_free() -> None:
    ruled = Ruled(season=Season(fasting={date(2027, 1, 12): ((time(16), time(21)),)}))
    late, day = ruled.visit(time(15, 30), time(16, 30)), timedelta(days=1)
    assert ruled.broken(late) == [(Broken.FASTING,)]
    assert ruled.broken(replace(late, starts=late.starts + day, ends=late.ends + day)) == [()]


def test_nobody_is_sent_where_there_are_too_few_seats_or_lessons(world: World) -> None:
    small, school, hall = world.venues
    Venue.objects.filter(pk=small.pk).update(capacity=10)
    Venue.objects.filter(pk=school.pk).update(kind=VenueKind.SCHOOL)
    plan = solved(world, shares=(Share(world.parents.pk, 9),))
    visits = list(visits_of(plan))
    assert {one.venue_id for one in visits} == {None, school.pk, hall.pk}
    assert {one.expects for one in visits} == {30}
    lessons = [local(one.starts_at) for one in visits if one.venue_id == school.pk]
    assert lessons
    assert all(one.weekday() > 4 or one.time() >= time(12, 30) for one in lessons)
    assert broken_of(plan, visits, at=make.AT) == {}
    there = next(one for one in visits if one.venue_id is None)
    to = Slot(MONDAY, time(9), small.pk, tuple(p.facilitator_id for p in there.parts.all()))
    with pytest.raises(BreaksRules) as broken:
        commands.move_visit(
            actor=world.officer, plan_id=plan.pk, visit_id=there.pk, to=to, at=make.AT
        )
    assert Broken.TOO_SMALL in broken.value.look.rules
    assert {one.venue_id for one in visits_of(solved(world, seats=10))} >= {small.pk}


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_no_more_places_are_used_than_are_allowed(world: World, most: int) -> None:
    for village in VILLAGES:
        make_prevention.venue(village)
    plan = solved(world, places=most, shares=(Share(world.parents.pk, 9),))
    used = {one.venue_id for one in visits_of(plan)}
    assert None not in used
    assert len(used) <= most
    page = queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)
    assert page.places <= most
    kept = visits_of(plan)[0]
    who = {"actor": world.officer, "plan_id": plan.pk, "at": make.AT}
    commands.keep_visit(**who, visit_id=kept.pk, is_kept=True)
    commands.start_solving(**who)
    solve(plan.pk)(make.AT)
    again = {one.venue_id for one in visits_of(plan)}
    assert kept.venue_id in again
    assert len(again) <= most


def test_a_group_is_chosen_by_level_and_by_who_was_reached_least(world: World) -> None:
    Programme.objects.filter(pk=world.pupils.pk).update(
        audiences=["children", "teachers", "teens"]
    )
    Programme.objects.filter(pk=world.parents.pk).update(audiences=["men", "parents", "women"])
    rw = world.rws[0]
    begins = make.AT - timedelta(days=200)
    for audience in (Audience.MEN, Audience.WOMEN):
        make_prevention.session(
            make_prevention.programme(), rw, starts_at=begins, audience=audience,
            state="held", over_at=begins, over_by=make.stranger(),
        )  # fmt: skip
    School.objects.update(level=SchoolLevel.PRIMARY)
    plan = solved(world, shares=(Share(world.parents.pk, 9), Share(world.pupils.pk, 1)))
    of = {one.host_id: one.audience for one in visits_of(plan)}
    assert of[world.school.pk] == Audience.CHILDREN
    assert of[rw.pk] == Audience.PARENTS
    assert sorted(one for host, one in of.items() if host != world.school.pk) == (
        ["men"] * 3 + ["parents"] * 3 + ["women"] * 3
    )
    School.objects.update(level=SchoolLevel.BOARDING)
    again = solved(world, shares=(Share(world.pupils.pk, 1),))
    assert [one.audience for one in visits_of(again)] == [Audience.TEENS]


def test_a_group_can_be_changed_is_checked_and_stays(world: World) -> None:
    Programme.objects.filter(pk=world.parents.pk).update(audiences=["children", "parents"])
    plan = world.proposed()
    visit = world.visits(plan)[0]
    staff = tuple(part.facilitator_id for part in visit.parts.all())
    who = {"actor": world.officer, "plan_id": plan.pk, "at": make.AT}
    to = Slot(MONDAY, time(9), visit.venue_id, staff, "children")
    with pytest.raises(BreaksRules) as broken:
        commands.move_visit(**who, visit_id=visit.pk, to=to)
    assert broken.value.look.rules == (Broken.SCHOOL_HOURS,)
    with pytest.raises(Refused, match="not for these people"):
        commands.move_visit(**who, visit_id=visit.pk, to=replace(to, audience="men"))
    commands.move_visit(**who, visit_id=visit.pk, to=replace(to, starts=time(13)))
    commands.start_solving(**who)
    solve(plan.pk)(make.AT)
    visit.refresh_from_db()
    assert (visit.audience, visit.is_kept) == (Audience.CHILDREN, True)
    page = queries.visit_page(**who, visit_id=visit.pk)
    assert page.audiences == (Audience.CHILDREN, Audience.PARENTS)
    left = next(one for one in world.rws if not plan.visits.filter(rw=one).exists())
    added = Added(world.parents.pk, left.pk, Slot(date(2027, 3, 24), time(13), None, staff))
    made = commands.add_visit(**who, added=added)
    assert Visit.objects.get(pk=made).expects == 30


def test_days_that_every_year_keeps_are_holidays_without_a_decree(world: World) -> None:
    assert not has_decree(2029)
    fixed = [date(2029, 1, 1), date(2029, 5, 1), date(2029, 6, 1), date(2029, 8, 17)]
    assert all(is_holiday(day) for day in [*fixed, date(2029, 12, 25)])
    assert not is_holiday(date(2029, 3, 7))
    draft = commands.Draft(date(2028, 1, 1), date(2028, 3, 31), world.settings())
    plan_id = commands.draft_plan(actor=world.officer, draft=draft, at=make.AT)
    page = queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert page.unknown.years == (2028,)
    known = queries.plan_page(actor=world.officer, plan_id=world.draft(), at=make.AT)
    assert known.unknown.years == ()


def test_school_holidays_and_the_fasting_month_are_kept(world: World) -> None:
    plan_id = world.draft(shares=(Share(world.pupils.pk, 1), Share(world.parents.pk, 9)))
    page = queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert (page.unknown.school_holidays, page.unknown.fasting) == (True, True)
    fasting = Span(date(2027, 1, 1), date(2027, 3, 30), "", ((time(8), time(12)),))
    days(
        school_holidays=(Span(date(2027, 1, 1), date(2027, 3, 14), "Semester"),),
        fasting=(fasting,),
    )
    page = queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert (page.unknown.school_holidays, page.unknown.fasting) == (False, False)
    Programme.objects.filter(pk=world.pupils.pk).update(minutes=30)
    commands.start_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
    solve(plan_id)(make.AT)
    plan = Plan.objects.get(pk=plan_id)
    assert plan.visits.count() >= 9
    for one in visits_of(plan):
        assert local(one.starts_at).time() >= time(12)
    at_school = plan.visits.exclude(school=None)
    assert all(local(one.starts_at).date() > date(2027, 3, 14) for one in at_school)
    days(fasting=(replace(fasting, hours=((time(12), time(20)),)),))
    broken = broken_of(plan, visits_of(plan), at=make.AT)
    assert {Broken.FASTING} <= {rule for rules in broken.values() for rule in rules}


def test_days_that_make_no_sense_are_refused(world: World) -> None:
    first = date(2027, 6, 21)
    wrong = {
        "lies before": {"school_holidays": (Span(first, first - timedelta(days=1)),)},
        "100 days": {"school_holidays": (Span(first, first + timedelta(days=150)),)},
        "hours without": {"fasting": (Span(first, first),)},
        "before it begins": {"fasting": (Span(first, first, "", ((time(9), time(8)),)),)},
        "too long": {"school_holidays": (Span(first, first, "x" * 81),)},
        "too many": {"school_holidays": (Span(first, first),) * 41},
    }
    for words, said in wrong.items():
        with pytest.raises(Refused, match=words):
            days(**said)
    days(school_holidays=(Span(first, first + timedelta(days=2), "Semester"),))
    assert len(season(first, first + timedelta(days=30)).no_school) == 3
