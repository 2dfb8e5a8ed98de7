"""A plan from draft to published: every step, who takes it, and what each change breaks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Due
from ruang.kernel.errors import Refused
from ruang.planner import commands, queries
from ruang.planner.commands import SOLVE, Added, BreaksRules, Draft, Slot
from ruang.planner.models import Plan
from ruang.planner.policy import RULES
from ruang.planner.queries import Narrowed
from ruang.planner.states import MOVES, Broken, Failure, Level, Phase, State, Step
from ruang.prevention.models import Away, Invited, Request, Session, Skill
from ruang.prevention.states import Audience, RequestState, Unit
from ruang.register.commands import NewRw, split_rw
from ruang.register.models import Rw, Venue
from ruang.territory import queries as territory
from tests import make, make_prevention
from tests.planner.scene import BEGINS, ENDS, MONDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def waiting(world: World) -> Request:
    """A request of the first RW that nobody has answered."""
    return Request.objects.create(
        tag=bytes(32), unit=Unit.RW, village_id=world.rws[0].village_id, rw=world.rws[0],
        audience=Audience.PARENTS, name="Pak Contoh", phone="0800-0000-0002",
        received_at=make.AT,
    )  # fmt: skip


def test_every_step_has_a_rule_and_the_table_is_closed() -> None:
    assert set(MOVES) == set(Step) == set(RULES)
    over = {State.PUBLISHED, State.DISCARDED}
    assert not any(sources & over for sources, _target in MOVES.values())


def test_who_looks_has_no_buttons_and_a_cadre_no_list(world: World) -> None:
    plan = world.proposed()
    head, cadre = (make.actor(make.user(role=role)) for role in (Role.HEAD, Role.CADRE))
    assert queries.plan_page(actor=head, plan_id=plan.pk, at=make.AT).steps == frozenset()
    with pytest.raises(PermissionDenied):
        queries.plans_page(actor=cadre)


def test_a_draft_asks_for_what_can_be(world: World) -> None:
    good = Draft(BEGINS, ENDS, world.settings())
    wrong = {
        "before the first": replace(good, ends_on=BEGINS - timedelta(days=1)),
        "are over": replace(good, begins_on=date(2026, 1, 1), ends_on=date(2026, 3, 1)),
        "four months": replace(good, ends_on=date(2027, 12, 1)),
        "at least one session": replace(good, settings=world.settings(shares=())),
        "not held any more": replace(
            good,
            settings=world.settings(
                shares=(replace(world.settings().shares[0], programme=make.stranger()),)
            ),
        ),
        "a language": replace(good, settings=world.settings(languages={"36.73.06": "xx"})),
        "Choose a language": replace(good, settings=world.settings(languages={"1": "su"})),
        "who are active": replace(good, settings=world.settings(facilitators=())),
    }
    for words, draft in wrong.items():
        with pytest.raises(Refused, match=words):
            commands.draft_plan(actor=world.officer, draft=draft, at=make.AT)
    twice = [
        commands.draft_plan(actor=world.officer, draft=good, at=make.AT, form_tag=b"x" * 32)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    kept = Plan.objects.get(pk=twice[0])
    assert world.settings().from_json(kept.settings) == world.settings()
    older = {name: said for name, said in kept.settings.items() if name != "languages"}
    assert world.settings().from_json(older) == world.settings()


def test_it_is_worked_out_stopped_and_given_up(world: World) -> None:
    plan_id = world.solving()
    assert Due.objects.get(kind=SOLVE).subject == plan_id
    with pytest.raises(Refused):
        commands.start_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
    tell = {"actor": SYSTEM, "plan_id": plan_id, "phase": Phase.WHERE, "at": make.AT}
    assert commands.keep_progress(**tell, progress=30, best=None)
    commands.stop_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert not commands.keep_progress(**tell, progress=180, best={"found": 1, "of": 2})
    page = queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert (page.progress.percent, page.progress.is_stopping) == (100, True)
    assert (page.progress.found, page.progress.wanted) == (1, 2)
    proposed = {"actor": SYSTEM, "plan_id": plan_id, "certificate": {}, "at": make.AT}
    assert commands.propose_plan(**proposed, visits=[]) == 0
    assert Plan.objects.get(pk=plan_id).state == State.STOPPED
    commands.start_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
    commands.give_up_plan(actor=SYSTEM, plan_id=plan_id, why=Failure.NO_TIME, at=make.AT)
    assert (
        queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT).failure
        is Failure.NO_TIME
    )
    assert commands.propose_plan(**proposed, visits=[world.visit()]) == 0  # too late
    commands.discard_plan(actor=world.officer, plan_id=plan_id, at=make.AT)
    with pytest.raises(Refused):
        commands.start_solving(actor=world.officer, plan_id=plan_id, at=make.AT)


def test_the_best_so_far_survives_workers_that_die(world: World) -> None:
    plan_id = world.solving()
    best = {"visits": [world.visit().to_json()], "certificate": {"metres": 200}}
    commands.keep_progress(
        actor=SYSTEM, plan_id=plan_id, phase=Phase.WHEN, progress=60, best=best, at=make.AT
    )
    commands.abandon_plan(actor=SYSTEM, plan_id=plan_id, at=make.AT)
    plan = Plan.objects.get(pk=plan_id)
    assert (plan.state, plan.visits.count()) == (State.PROPOSED, 1)
    assert plan.certificate["stopped"] is True
    other = world.solving()
    commands.abandon_plan(actor=SYSTEM, plan_id=other, at=make.AT)
    assert Plan.objects.get(pk=other).failure == Failure.BROKEN


def test_what_breaks_a_rule_is_never_proposed(world: World) -> None:
    """The check is independent: a visit on a Friday noon is left out, whoever proposed it."""
    friday = datetime.combine(MONDAY + timedelta(days=4), time(12))
    plan = world.proposed(world.visit(0), world.visit(1, starts=friday))
    assert plan.visits.count() == 1
    assert plan.certificate["left_out"] == 1


MOVED = {
    Broken.OUTSIDE: {"day": ENDS + timedelta(days=3)},
    Broken.FRIDAY: {"day": MONDAY + timedelta(days=4), "starts": time(12)},
    Broken.PRAYER: {"starts": time(14, 30)},
    Broken.NOT_WORKING: {"day": MONDAY + timedelta(days=6)},
    Broken.VENUE_HOURS: {"starts": time(8, 15)},
    Broken.HOLIDAY: {"day": date(2027, 3, 9)},
}


def test_a_moved_visit_is_checked_at_once(world: World) -> None:
    Venue.objects.update(opens_at=time(8, 30), closes_at=time(18))
    plan = world.proposed()
    first, second, _third = world.visits(plan)
    people = tuple(part.facilitator_id for part in first.parts.all())
    fits = Slot(MONDAY, time(9), first.venue_id, people)
    move = {"actor": world.officer, "plan_id": plan.pk, "visit_id": first.pk, "at": make.AT}
    for rule, changed in MOVED.items():
        with pytest.raises(BreaksRules) as refused:
            commands.move_visit(**move, to=replace(fits, **changed))
        assert rule in refused.value.look.rules, rule
    with pytest.raises(BreaksRules) as refused:
        commands.move_visit(**move, to=replace(fits, people=people[:1]))
    assert refused.value.look.rules == (Broken.NOT_ENOUGH,)
    at_once = replace(fits, day=MONDAY + timedelta(days=7), people=tuple(
        part.facilitator_id for part in second.parts.all()
    ))  # fmt: skip
    with pytest.raises(BreaksRules) as refused:
        commands.move_visit(**move, to=at_once)
    assert Broken.DOUBLE in refused.value.look.rules
    Away.objects.create(
        facilitator=world.people[0], begins_on=MONDAY, ends_on=MONDAY + timedelta(days=2)
    )
    with pytest.raises(BreaksRules) as refused:
        commands.move_visit(**move, to=replace(fits, starts=time(10)))
    assert refused.value.look.rules == (Broken.AWAY,)
    plan.refresh_from_db()
    before = plan.version
    commands.move_visit(**move, to=replace(fits, day=MONDAY + timedelta(days=3)))
    first.refresh_from_db()
    plan.refresh_from_db()
    assert (first.is_kept, first.moved_by, plan.version) == (
        True, world.user.pk, before + 1,
    )  # fmt: skip


def test_visits_are_added_kept_and_dropped(world: World) -> None:
    plan = world.proposed(world.visit(0))
    people = tuple(one.pk for one in world.people[:2])
    slot = Slot(MONDAY + timedelta(days=1), time(9), None, people)
    add = {"actor": world.officer, "plan_id": plan.pk, "at": make.AT}
    with pytest.raises(BreaksRules) as refused:
        commands.add_visit(**add, added=Added(world.parents.pk, world.rws[0].pk, slot))
    assert refused.value.look.rules == (Broken.TWICE,)
    with pytest.raises(Refused, match="does not go there"):
        commands.add_visit(**add, added=Added(world.pupils.pk, world.rws[0].pk, slot))
    late = replace(slot, starts=time(13), people=people[:1])
    with pytest.raises(BreaksRules) as refused:
        commands.add_visit(**add, added=Added(world.pupils.pk, world.school.pk, late))
    assert refused.value.look.rules == (Broken.NO_SCHOOL,)
    made = commands.add_visit(**add, added=Added(world.parents.pk, world.rws[1].pk, slot))
    assert plan.visits.get(pk=made).language == "id"
    change = {**add, "visit_id": made}
    commands.keep_visit(**change, is_kept=False)
    assert not plan.visits.get(pk=made).is_kept
    commands.drop_visit(**change)
    assert plan.visits.count() == 1
    with pytest.raises(NotInSight):
        commands.drop_visit(**change)


def test_what_a_person_keeps_stays_when_it_is_worked_out_again(world: World) -> None:
    plan = world.proposed()
    kept = world.visits(plan)[0]
    commands.keep_visit(
        actor=world.officer, plan_id=plan.pk, visit_id=kept.pk, is_kept=True, at=make.AT
    )
    commands.start_solving(actor=world.officer, plan_id=plan.pk, at=make.AT)
    again = {"actor": SYSTEM, "plan_id": plan.pk, "certificate": {}, "at": make.AT}
    commands.propose_plan(**again, visits=[world.visit(0), world.visit(3)])
    assert {visit.rw_id for visit in world.visits(plan)} == {world.rws[0].pk, world.rws[3].pk}
    assert plan.visits.filter(pk=kept.pk).exists()


def test_published_visits_are_sessions_and_requests_are_answered(world: World) -> None:
    asked = waiting(world)
    plan = world.proposed(world.visit(0, request=asked.pk), world.visit(1))
    publish = {"actor": world.officer, "plan_id": plan.pk, "at": make.AT}
    with pytest.raises(Refused, match="changed meanwhile"):
        commands.publish_plan(**publish, version=plan.version - 1)
    assert commands.publish_plan(**publish, version=plan.version) == 2
    sessions = Session.objects.filter(plan=plan.pk).order_by("starts_at")
    assert [one.is_promised for one in sessions] == [True, False]
    assert {visit.session for visit in world.visits(plan)} == {one.pk for one in sessions}
    assert Invited.objects.filter(session__in=sessions).count() == 6
    asked.refresh_from_db()
    assert asked.state == RequestState.SCHEDULED
    with pytest.raises(Refused):
        commands.publish_plan(**publish, version=plan.version + 1)
    again = world.proposed(world.visit(0), world.visit(2))
    assert [visit.rw_id for visit in world.visits(again)] == [world.rws[2].pk]  # promised: kept


def test_a_request_is_answered_by_the_first_of_two_visits(world: World) -> None:
    """Two programmes go to the place that asked: both are published, one is the answer."""
    asked = waiting(world)
    other = make_prevention.programme(facilitators=1)
    for one in world.people:
        Skill.objects.create(facilitator=one, programme=other)
    people = (world.people[2].pk,)
    plan = world.proposed(
        world.visit(0, request=asked.pk),
        world.visit(0, request=asked.pk, programme=other.pk, people=people,
                    starts=datetime.combine(MONDAY + timedelta(days=1), time(9))),
    )  # fmt: skip
    assert plan.visits.count() == 2
    commands.publish_plan(
        actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT
    )
    sessions = Session.objects.filter(plan=plan.pk).order_by("starts_at")
    assert [(one.request_id, one.is_promised) for one in sessions] == [
        (asked.pk, True), (None, False),
    ]  # fmt: skip


def test_a_visit_that_cannot_be_planned_is_named_and_nothing_is_published(
    world: World,
) -> None:
    plan = world.proposed()
    Rw.objects.filter(pk=world.rws[1].pk).update(ended_on=make.AT.date(), ending="closed")
    with pytest.raises(Refused) as refused:
        commands.publish_plan(
            actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT
        )
    assert str(world.rws[1]) in str(refused.value)
    assert not Session.objects.exists()


def test_nothing_is_published_when_one_visit_breaks_a_rule_by_now(world: World) -> None:
    plan = world.proposed()
    Away.objects.create(facilitator=world.people[0], begins_on=BEGINS, ends_on=ENDS)
    page = queries.visits_page(
        actor=world.officer, plan_id=plan.pk, narrowed=Narrowed(broken=True), at=make.AT
    )
    assert [one.broken for one in page.visits] == [(Broken.AWAY,)] * 2
    with pytest.raises(Refused, match="2 visits break a rule"):
        commands.publish_plan(
            actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT
        )
    assert not Session.objects.exists()


def test_a_person_says_how_much_a_kecamatan_counts_and_from_what(world: World) -> None:
    levels = {place.code: Level.NORMAL for place in territory.city().districts}
    first = territory.city().districts[0]
    levels[first.code] = Level.HIGH
    decide = {"actor": world.officer, "year": 2027, "at": make.AT}
    for wrong in ({"levels": levels, "source": " "}, {"levels": {}, "source": "Laporan 2026"}):
        with pytest.raises(Refused):
            commands.set_priorities(**decide, **wrong)
    before = world.draft()
    commands.set_priorities(**decide, levels=levels, source="Laporan tahunan 2026, tabel 4")
    after = world.draft()
    levels_of = [
        dict(queries.plan_page(actor=world.officer, plan_id=one, at=make.AT).asked.levels)
        for one in (before, after)
    ]
    assert [one[first.name] for one in levels_of] == [Level.NORMAL, Level.HIGH]
    page = queries.weights_page(actor=world.officer, year=2027)
    assert page.source == "Laporan tahunan 2026, tabel 4"


def test_pages_ask_no_more_the_more_visits_there_are(world: World) -> None:
    small = world.proposed(world.visit(0))
    large = world.proposed(*(world.visit(number) for number in range(1, 8)))

    def asked(plan: Plan) -> int:
        with CaptureQueriesContext(connection) as found:
            queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)
            queries.visits_page(
                actor=world.officer, plan_id=plan.pk, narrowed=Narrowed(), at=make.AT
            )
            queries.week_page(actor=world.officer, plan_id=plan.pk, day=None, at=make.AT)
            queries.compare_page(
                actor=world.officer, plan_id=plan.pk, other_id=plan.pk, at=make.AT
            )
        return len(found)

    asked(small)
    assert asked(small) == asked(large)


def test_a_visit_whose_rw_ended_is_marked_and_never_becomes_a_session(world: World) -> None:
    plan = world.proposed()
    rw = next(visit.rw for visit in world.visits(plan) if visit.rw)
    parts = [NewRw(900 + place, [one.pk]) for place, one in enumerate(rw.rts.all())]
    split_rw(actor=world.officer, rw_id=rw.pk, parts=parts, on=make.AT.date(), at=make.AT)
    lines = queries.paper_page(actor=world.officer, plan_id=plan.pk, at=make.AT).lines
    marked = [line for line in lines if Broken.ENDED in line.broken]
    assert [line.where for line in marked] == [str(rw)]
    with pytest.raises(Refused, match="no longer in the register"):
        commands.publish_plan(
            actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT
        )
    commands.drop_visit(actor=world.officer, plan_id=plan.pk, visit_id=marked[0].id, at=make.AT)
    plan.refresh_from_db()
    commands.publish_plan(
        actor=world.officer, plan_id=plan.pk, version=plan.version, at=make.AT
    )
