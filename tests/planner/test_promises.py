"""Old requests and the least share of each kecamatan, counted from what really has a time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from ruang.access.actor import SYSTEM
from ruang.planner import commands, queries
from ruang.planner.models import Plan
from ruang.planner.needs import needs
from ruang.planner.reading import fixed, spots, visits_of
from ruang.planner.settings import Share
from ruang.planner.solving.run import solve
from ruang.planner.states import Failure, Left, State
from ruang.prevention.models import Request, Skill, Working
from ruang.prevention.states import Audience, Unit
from ruang.prevention.states import State as Held
from ruang.register.models import COUNTS, Rt, Rw, School
from ruang.territory.models import Region
from tests import make, make_prevention
from tests.planner.scene import BEGINS, VILLAGES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOBODY = {"people": 0, **dict.fromkeys(COUNTS, 0)}
FEW = {"people": 12, **dict.fromkeys(COUNTS, 1)}


@pytest.fixture
def world() -> World:
    return World()


def solved(world: World, **changed: Any) -> Plan:
    plan_id = world.solving(**changed)
    solve(plan_id)(make.AT)
    return Plan.objects.get(pk=plan_id)


def hardly_any_time(world: World, mondays: int) -> Plan:
    """Six sessions are asked for, and there is one pair on so many Mondays, two hours long."""
    Working.objects.all().delete()
    pair = world.people[:2]
    for one in pair:
        Working.objects.create(facilitator=one, weekday=1, begins=time(8), ends=time(10))
    settings = world.settings(
        shares=(Share(world.parents.pk, 6),), facilitators=tuple(one.pk for one in pair)
    )
    draft = commands.Draft(BEGINS, BEGINS + timedelta(days=7 * mondays - 1), settings)
    plan_id = commands.draft_plan(actor=world.officer, draft=draft, at=make.AT)
    commands.start_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
    solve(plan_id)(make.AT)
    return Plan.objects.get(pk=plan_id)


def asked(place: Rw, *, days: int = 90, number: int = 0, **changed: Any) -> Request:
    """A request that has waited for so many days."""
    fields = {
        "tag": bytes([number]) * 32, "unit": Unit.RW, "village_id": place.village_id,
        "rw": place, "audience": Audience.PARENTS, "name": "Bu Contoh",
        "phone": "0800-0000-0003", "received_at": make.AT - timedelta(days=days), **changed,
    }  # fmt: skip
    return Request.objects.create(**fields)


def page_of(world: World, plan: Plan) -> queries.PlanPage:
    return queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)


def test_where_time_is_short_the_least_share_is_placed_first(world: World) -> None:
    """The smallest kecamatan would be left out, did only weight count."""
    small = [one for one in world.rws if one.village_id == VILLAGES[2]]
    Rt.objects.filter(rw__in=small).update(people=36, **dict.fromkeys(COUNTS, 3))
    plan = hardly_any_time(world, mondays=4)
    page = page_of(world, plan)
    (proof,) = page.proofs
    assert (page.visits, page.chosen) == (4, 6)
    assert proof.least is not None
    assert proof.least >= 80
    assert proof.broke is None
    assert proof.held != proof.shares
    assert plan.visits.filter(rw__in=small).exists()


def test_a_least_share_that_breaks_in_time_is_said(world: World) -> None:
    plan = hardly_any_time(world, mondays=2)
    (proof,) = page_of(world, plan).proofs
    assert (plan.visits.count(), proof.floor, proof.broke) == (2, 80, 0)
    dropped = visits_of(plan)[0]
    commands.drop_visit(actor=world.officer, plan_id=plan.pk, visit_id=dropped.pk, at=make.AT)
    (after,) = page_of(world, plan).proofs
    assert sum(share > 0 for _name, share in after.held or ()) == 1


def test_an_old_request_finds_its_time_before_what_counts_more(world: World) -> None:
    rw = world.rws[0]
    Rt.objects.filter(rw=rw).update(**FEW)
    request = asked(rw)
    plan = hardly_any_time(world, mondays=3)
    assert plan.visits.count() == 3
    assert plan.visits.filter(rw=rw, request=request).exists()
    assert page_of(world, plan).left == ()


def test_an_old_request_is_answered_where_somebody_was_five_days_ago(world: World) -> None:
    rw, before = world.rws[0], make.AT - timedelta(days=5)
    make_prevention.session(
        world.parents, rw, starts_at=before, state=Held.HELD, over_at=before,
        over_by=world.user.pk,
    )  # fmt: skip
    request = asked(rw)
    assert solved(world).visits.filter(rw=rw, request=request).exists()


def test_a_request_for_everybody_is_one_for_each_programme(world: World) -> None:
    request = asked(world.rws[0], audience=Audience.EVERYBODY)
    plan = solved(world, shares=(Share(world.parents.pk, 3),))
    (visit,) = plan.visits.filter(request=request)
    assert visit.audience == Audience.PARENTS, "the programme is held for nobody else"


def test_each_old_request_that_is_left_out_is_listed_with_the_reason(world: World) -> None:
    first, second, third = world.rws[:3]
    oldest = asked(first, days=90)
    many = asked(second, days=60, number=1)
    same = asked(first, days=50, number=2)
    none = asked(third, days=70, number=3, audience=Audience.TEACHERS)
    lost = asked(third, days=80, number=4, rw=None, unit=Unit.COMMUNITY, host="Nobody knows it")
    asked(third, days=3, number=5)
    nameless = Rw.objects.create(village_id=VILLAGES[0], number=77, since=third.since)
    bare = asked(nameless, days=55, number=6)
    plan = solved(world, shares=(Share(world.parents.pk, 1),), floor=0)
    assert [one.request_id for one in visits_of(plan)] == [oldest.pk]
    page = page_of(world, plan)
    assert {one.id: one.why for one in page.left} == {
        many.pk: Left.MANY, same.pk: Left.SAME_PLACE, none.pk: Left.NO_PROGRAMME,
        lost.pk: Left.NOT_FOUND, bare.pk: Left.NO_RT,
    }  # fmt: skip
    assert [proof.requests_first for proof in page.proofs] == [False]
    commands.drop_visit(
        actor=world.officer, plan_id=plan.pk, visit_id=visits_of(plan)[0].pk, at=make.AT
    )
    assert {one.id: one.why for one in page_of(world, plan).left}[oldest.pk] == Left.DROPPED


def test_a_place_that_has_its_session_in_these_days_is_said_to_have_it(world: World) -> None:
    make_prevention.session(world.parents, world.rws[0], starts_at=make.AT + timedelta(days=60))
    request = asked(world.rws[0])
    page = page_of(world, solved(world))
    assert [(one.id, one.why) for one in page.left] == [(request.pk, Left.ALREADY)]


def test_a_proposal_is_not_lost_where_working_it_out_again_fails(world: World) -> None:
    plan = solved(world)
    count = plan.visits.count()
    commands.start_solving(actor=world.officer, plan_id=plan.pk, at=make.AT)
    commands.abandon_plan(actor=SYSTEM, plan_id=plan.pk, at=make.AT)
    plan.refresh_from_db()
    assert (plan.state, plan.visits.count()) == (State.PROPOSED, count)
    assert page_of(world, plan).failure is Failure.BROKEN
    Skill.objects.all().delete()
    commands.start_solving(actor=world.officer, plan_id=plan.pk, at=make.AT)
    solve(plan.pk)(make.AT)
    plan.refresh_from_db()
    assert (plan.state, plan.failure, plan.visits.count()) == (
        State.PROPOSED, Failure.NOBODY, count,
    )  # fmt: skip
    commands.discard_plan(actor=world.officer, plan_id=plan.pk, at=make.AT)
    assert page_of(world, plan).failure is None


def test_a_session_that_nobody_logged_has_reached_nobody(world: World) -> None:
    rw, before = world.rws[0], make.AT - timedelta(days=100)
    make_prevention.session(world.parents, rw, starts_at=before)
    plan = solved(world, shares=(Share(world.parents.pk, 9),))
    assert plan.visits.filter(rw=rw).exists()
    assert sum(one.before for one in page_of(world, plan).lines) == 0
    make_prevention.session(world.parents, rw, starts_at=make.AT + timedelta(days=3))
    assert sum(one.before for one in page_of(world, plan).lines) == 360


def test_what_nobody_logged_in_these_days_is_no_visit_of_them(world: World) -> None:
    """In the middle of a quarter: the session of last week was never logged."""
    plan = Plan.objects.get(pk=world.draft())
    begins = datetime.combine(BEGINS, time(2), tzinfo=UTC)
    session = make_prevention.session(world.parents, world.rws[0], starts_at=begins)
    later = session.ends_at + timedelta(days=7)
    coming, over = (fixed(plan, spots(), at=at) for at in (make.AT, later))
    assert [one.unit for one in coming] == [world.rws[0].pk]
    assert [one.unit for one in over] == [session.pk]
    found = needs(plan, spots(), at=later)
    assert world.rws[0].pk in {one.unit for need in found for one in need.candidates}


def test_what_nobody_has_counted_is_planned_all_the_same(world: World) -> None:
    Rt.objects.filter(rw=world.rws[0]).update(**NOBODY)
    School.objects.update(pupils_female=0, pupils_male=0)
    plan = solved(world, shares=(Share(world.parents.pk, 12), Share(world.pupils.pk, 1)))
    assert {visit.rw for visit in visits_of(plan) if visit.rw} == {*world.rws}
    assert plan.visits.filter(school=world.school).exists()


def test_a_register_of_names_alone_can_be_planned(world: World) -> None:
    Rt.objects.update(**NOBODY)
    plan = solved(world, shares=(Share(world.parents.pk, 9),))
    assert (plan.state, plan.visits.count()) == (State.PROPOSED, 9)


def test_what_comes_oftener_is_planned_so_often_and_apart(world: World) -> None:
    world.parents.every_months = 1
    world.parents.save()
    plan = solved(world, shares=(Share(world.parents.pk, 27),))
    days: dict[Any, list[date]] = {}
    for visit in visits_of(plan):
        days.setdefault(visit.rw_id, []).append(visit.starts_at.date())
    assert {len(these) for these in days.values()} == {3}
    for these in days.values():
        assert all((after - before).days >= 20 for before, after in pairwise(these))
    assert page_of(world, plan).broken == 0
    few = solved(world, shares=(Share(world.parents.pk, 9),))
    assert len({visit.rw_id for visit in visits_of(few)}) == 9, "everybody first"


def test_another_city_of_the_register_is_not_planned(world: World) -> None:
    city = Region.objects.get(code=VILLAGES[0][:5])
    village = Region.objects.get(code=VILLAGES[0])
    other = Region.objects.create(
        code="36.72", name="Kota Lain", level=city.level, parent=city.parent
    )
    district = Region.objects.create(
        code="36.72.01", name="Lain", level=village.parent.level, parent=other
    )
    Region.objects.create(
        code="36.72.01.1001", name="Lain", level=village.level, parent=district
    )
    rw = make_prevention.rw("36.72.01.1001", people=5000)
    plan = Plan.objects.get(pk=world.draft())
    found = needs(plan, spots())
    assert rw.pk not in {one.unit for need in found for one in need.candidates}
    assert {one.district for need in found for one in need.demands} == {
        code[:8] for code in VILLAGES
    }
    people = queries.weights_page(actor=world.officer, year=2027).levels
    assert sum(one.people for one in people) < 5000
