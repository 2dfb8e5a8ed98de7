"""Programmes that go to communities: who is due, where they meet, moved, published."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from ruang.access.actor import SYSTEM
from ruang.kernel.errors import Refused
from ruang.planner import commands, queries
from ruang.planner.checking import broken_of
from ruang.planner.commands import Added, BreaksRules, Proposed, Slot
from ruang.planner.models import Plan, Visit
from ruang.planner.needs import Need, needs
from ruang.planner.reading import spots, visits_of
from ruang.planner.settings import Share
from ruang.planner.solving.run import solve
from ruang.planner.states import Broken, State
from ruang.prevention.models import Programme, Request, Session
from ruang.prevention.states import Audience, RequestState, Unit
from ruang.register.models import Community, Venue
from tests import make, make_prevention
from tests.planner.scene import MONDAY, VILLAGES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def solved(world: World, sessions: int = 3) -> Plan:
    plan_id = world.solving(shares=(Share(world.circles.pk, sessions),))
    solve(plan_id)(make.AT)
    return Plan.objects.get(pk=plan_id)


def needed(world: World, plan: Plan | None = None) -> Need:
    drafted = plan or Plan.objects.get(
        pk=world.draft(shares=(Share(world.circles.pk, 3),)),
    )
    (need,) = needs(drafted, spots())
    return need


def weights(need: Need) -> dict[object, int]:
    return {one.id: one.weight for one in need.demands}


def asked(world: World, host: str, *, days: int = 90, number: int = 0) -> Request:
    """Who asks writes the name of the community: nobody outside knows its number."""
    return Request.objects.create(
        tag=bytes([number]) * 32, unit=Unit.COMMUNITY, host=host, village_id=VILLAGES[0],
        audience=Audience.WOMEN, name="Bu Contoh", phone="0800-0000-0003",
        received_at=make.AT - timedelta(days=days),
    )  # fmt: skip


def test_a_community_counts_by_its_size_how_long_ago_and_whether_it_asked(
    world: World,
) -> None:
    small, middle, large = world.communities
    nobody_knows = make_prevention.community(VILLAGES[1], members=0)
    before = weights(needed(world))
    assert before[large.pk] == 3 * before[small.pk]
    assert 0 < before[nobody_knows.pk] < before[small.pk], "few, and not none"
    name = small.name.upper().replace(" ", "  ")
    asked(world, f" {name} ")
    after = needed(world)
    assert weights(after)[small.pk] == 1.5 * before[small.pk]
    assert [one.unit for one in after.candidates if one.must] == [small.pk]
    for months, times in ((5, 0), (7, 1), (13, 2), (25, 3)):
        Session.objects.all().delete()
        held = datetime.combine(
            Plan.objects.latest("at").ends_on - months * timedelta(days=30.5),
            time(9),
            tzinfo=make.AT.tzinfo,
        )
        make_prevention.session(
            world.circles, rw=None, community=middle, village_id=middle.village_id,
            starts_at=held, state="held", over_at=make.AT, over_by=make.stranger(),
        )  # fmt: skip
        found = needed(world)
        assert weights(found)[middle.pk] * 3 == before[middle.pk] * times, months
        assert (middle.pk in {one.unit for one in found.candidates}) == (times > 0)
    assert all(one.unit == one.reaches[0] for one in found.candidates)


def test_a_name_that_two_have_says_neither(world: World) -> None:
    first = world.communities[0]
    make_prevention.community(first.village_id)
    Community.objects.filter(village_id=first.village_id).update(name="PKK Melati")
    asked(world, "PKK Melati")
    asked(world, "Nobody knows this one", number=1)
    assert [one.request for one in needed(world).candidates if one.request] == []


def test_it_is_worked_out_at_a_hall_near_and_keeps_to_every_rule(world: World) -> None:
    request = asked(world, world.communities[0].name)
    Venue.objects.filter(village_id=VILLAGES[2]).delete()
    plan = solved(world)
    assert plan.state == State.PROPOSED
    visits = {one.community_id: one for one in visits_of(plan)}
    assert set(visits) == {one.pk for one in world.communities}
    assert {one.rw_id or one.school_id for one in visits.values()} == {None}
    first, _second, third = (visits[one.pk] for one in world.communities)
    assert first.venue_id == world.venues[0].pk
    assert (first.request_id, first.audience) == (request.pk, Audience.WOMEN)
    assert third.venue_id is None
    assert broken_of(plan, visits_of(plan), at=make.AT) == {}
    lines = queries.paper_page(actor=world.officer, plan_id=plan.pk, at=make.AT).lines
    told = {line.where: line.place for line in lines}
    assert told[world.communities[0].name] == world.venues[0].name
    meets = f"Where {world.communities[2].name} meets"
    assert told[world.communities[2].name].startswith(meets)
    page = queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)
    assert [one.visits for one in page.lines if one.people] == [1, 1, 1]
    assert all(proof.is_proven and proof.is_even for proof in page.proofs)


def test_a_worker_that_died_before_goes_on_with_communities(world: World) -> None:
    plan_id = world.solving(shares=(Share(world.circles.pk, 3),))
    solve(plan_id)
    kept = Plan.objects.get(pk=plan_id).best["visits"]
    assert [Proposed.from_json(one).to_json() for one in kept] == kept
    solve(plan_id)(make.AT)
    assert Visit.objects.filter(plan=plan_id, community__isnull=False).count() == 3
    old = world.visit(0).to_json()
    del old["community"]
    assert Proposed.from_json(old) == world.visit(0), "kept by a worker of before"


def test_moving_and_adding_one_is_checked_at_once(world: World) -> None:
    plan = solved(world, sessions=2)
    visit = visits_of(plan)[0]
    staff = tuple(part.facilitator_id for part in visit.parts.all())
    who = {"actor": world.officer, "plan_id": plan.pk, "at": make.AT}
    at_home = Slot(MONDAY, time(9), None, staff)
    commands.move_visit(**who, visit_id=visit.pk, to=at_home)
    visit.refresh_from_db()
    assert (visit.venue_id, visit.is_kept) == (None, True)
    with pytest.raises(BreaksRules) as broken:
        commands.move_visit(**who, visit_id=visit.pk, to=replace(at_home, starts=time(12)))
    assert broken.value.look.rules == (Broken.PRAYER,)
    at_home = replace(at_home, day=MONDAY + timedelta(days=3))
    again = Added(world.circles.pk, visit.host_id, at_home)
    with pytest.raises(BreaksRules) as broken:
        commands.add_visit(**who, added=again)
    assert broken.value.look.rules == (Broken.TWICE,)
    (left,) = {one.pk for one in world.communities} - {
        one.community_id for one in visits_of(plan)
    }
    made = commands.add_visit(**who, added=replace(again, unit=left))
    added = Visit.objects.get(pk=made)
    assert (added.community_id, added.audience) == (left, Audience.WOMEN)
    with pytest.raises(Refused, match="does not go there"):
        commands.add_visit(**who, added=replace(again, unit=world.rws[0].pk))
    offered = queries.add_page(
        actor=world.officer, plan_id=plan.pk, programme=world.circles.pk, village=VILLAGES[0]
    )
    assert [name for _id, name in offered.units] == [world.communities[0].name]
    assert [one for one, _name in offered.venues] == [world.venues[0].pk]


def test_published_it_is_a_session_and_the_next_plan_leaves_it_alone(world: World) -> None:
    request = asked(world, world.communities[0].name)
    plan = solved(world, sessions=2)
    kept = visits_of(plan)[0]
    who = {"actor": world.officer, "plan_id": plan.pk, "at": make.AT}
    commands.keep_visit(**who, visit_id=kept.pk, is_kept=True)
    commands.start_solving(**who)
    solve(plan.pk)(make.AT)
    plan.refresh_from_db()
    assert plan.visits.filter(pk=kept.pk, community=kept.community).exists()
    assert plan.visits.count() == 2
    commands.publish_plan(**who, version=plan.version)
    sessions = {one.community_id: one for one in Session.objects.filter(plan=plan.pk)}
    assert set(sessions) == {one.community_id for one in visits_of(plan)}
    assert not any(one.invited.exists() for one in sessions.values())
    request.refresh_from_db()
    assert request.state == RequestState.SCHEDULED
    assert sessions[world.communities[0].pk].request_id == request.pk
    assert sessions[world.communities[0].pk].is_promised
    following = solved(world)
    assert {one.community_id for one in visits_of(following)} == {
        one.pk for one in world.communities
    } - set(sessions)
    assert broken_of(following, visits_of(following), at=make.AT) == {}


def test_a_visit_to_one_that_ended_is_marked_and_not_published(world: World) -> None:
    plan = solved(world)
    gone = world.communities[1]
    Community.objects.filter(pk=gone.pk).update(ended_on=make.AT.date(), ending="closed")
    broken = broken_of(plan, visits_of(plan), at=make.AT)
    assert list(broken.values()) == [(Broken.ENDED,)]
    assert plan.visits.get(pk=next(iter(broken))).community_id == gone.pk
    with pytest.raises(Refused, match=f"{gone.name}.*no longer in the register"):
        commands.publish_plan(
            actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT
        )
    assert gone.pk not in {one.unit for one in needed(world).candidates}


def test_what_breaks_a_rule_is_never_proposed(world: World) -> None:
    """The independent check knows communities: the same one twice, and a hall that is taken."""
    first, second, _third = world.communities
    slot = datetime.combine(MONDAY, time(9))
    person = world.people

    def visit(where: Community, starts: datetime, number: int) -> Proposed:
        return Proposed(
            programme=world.circles.pk, rw=None, school=None, community=where.pk,
            venue=world.venues[0].pk, audience=Audience.WOMEN.value, starts=starts,
            people=(person[number].pk,), request=None,
        )  # fmt: skip

    plan_id = world.solving(shares=(Share(world.circles.pk, 3),))
    made = (
        visit(first, slot, 0),
        visit(first, slot + timedelta(days=1), 1),
        visit(second, slot + timedelta(minutes=30), 2),
    )
    there = commands.propose_plan(
        actor=SYSTEM, plan_id=plan_id, visits=made, certificate={}, at=make.AT
    )
    assert there == 1
    assert Plan.objects.get(pk=plan_id).certificate["left_out"] == 2


def test_every_kind_of_programme_can_be_asked_for(world: World) -> None:
    page = queries.new_page(actor=world.officer)
    assert {one.unit for one in page.programmes} == set(Unit)
    assert Programme.objects.count() == len(page.programmes)
