"""What the worker works out: proven, fair, the same for the same seed, and never in the way."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from ruang.planner import commands, queries
from ruang.planner.checking import broken_of
from ruang.planner.models import Plan
from ruang.planner.reading import visits_of
from ruang.planner.rules import Booked, check
from ruang.planner.settings import Share
from ruang.planner.solving import run, when
from ruang.planner.solving.fair import score
from ruang.planner.solving.first import first_plan
from ruang.planner.solving.run import Run, items_of, picked, solve
from ruang.planner.solving.watching import Watcher
from ruang.planner.solving.when import _problem, improve
from ruang.planner.states import Failure, State
from ruang.prevention.models import Away, Facilitator, Request, Skill, Working
from ruang.prevention.states import Audience, Unit
from tests import make, make_prevention
from tests.patience import WORKING
from tests.planner.scene import MONDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    return World()


def solved(world: World, **changed: Any) -> Plan:
    plan_id = world.solving(**changed)
    solve(plan_id)(make.AT)
    return Plan.objects.get(pk=plan_id)


def asked_long_ago(world: World) -> Request:
    """A request of the first RW that has waited for three months."""
    return Request.objects.create(
        tag=bytes(32), unit=Unit.RW, village_id=world.rws[0].village_id, rw=world.rws[0],
        audience=Audience.PARENTS, name="Bu Contoh", phone="0800-0000-0003",
        received_at=make.AT - timedelta(days=90),
    )  # fmt: skip


def as_told(plan: Plan) -> list[tuple[object, ...]]:
    """Return its visits without the ids that are new each time."""
    told = [
        (one.programme_id, one.rw_id, one.school_id, one.venue_id, one.starts_at,
         tuple(sorted(part.facilitator_id for part in one.parts.all())))
        for one in visits_of(plan)
    ]  # fmt: skip
    return sorted(told, key=str)


def test_a_plan_is_proven_fair_and_keeps_to_every_rule(world: World) -> None:
    plan = solved(world)
    assert plan.state == State.PROPOSED
    assert plan.visits.count() == 7
    assert broken_of(plan, visits_of(plan), at=make.AT) == {}
    page = queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)
    assert all(proof.is_proven and proof.gap == 0 for proof in page.proofs)
    assert all(proof.is_even for proof in page.proofs)
    for proof, kept in zip(page.proofs, plan.certificate["programmes"], strict=True):
        shares = [share for _name, share in proof.shares]
        assert shares == sorted(shares)
        levels = [100 * level["share"] for level in kept["levels"]]
        assert levels == pytest.approx(shares)
    assert {one.visits for one in page.lines if one.people} == {2, 3}
    assert page.fairness is not None
    assert page.fairness >= 80
    assert {visit.venue_id is None for visit in visits_of(plan) if visit.rw_id} == {False}


def test_the_same_seed_is_the_same_plan(world: World) -> None:
    assert as_told(solved(world)) == as_told(solved(world))


def test_what_is_published_or_kept_is_left_alone(world: World) -> None:
    first = solved(world, shares=(Share(world.parents.pk, 3),))
    commands.publish_plan(
        actor=world.officer, plan_id=first.pk, version=first.version, at=make.AT
    )
    second = solved(world, shares=(Share(world.parents.pk, 4),), floor=0)
    rws = {visit.rw_id for visit in visits_of(first)}
    assert not rws & {visit.rw_id for visit in visits_of(second)}
    assert broken_of(second, visits_of(second), at=make.AT) == {}
    kept = visits_of(second)[0]
    commands.keep_visit(
        actor=world.officer, plan_id=second.pk, visit_id=kept.pk, is_kept=True, at=make.AT
    )
    commands.start_solving(actor=world.officer, plan_id=second.pk, at=make.AT)
    solve(second.pk)(make.AT)
    assert second.visits.filter(pk=kept.pk).exists()
    assert second.visits.count() == 4


def test_an_old_request_is_answered_in_any_case(world: World) -> None:
    asked = asked_long_ago(world)
    plan = solved(world, shares=(Share(world.parents.pk, 3),))
    assert plan.visits.filter(rw=world.rws[0], request=asked).exists()


def test_a_request_is_answered_by_one_programme_only(world: World) -> None:
    asked = asked_long_ago(world)
    other = make_prevention.programme(facilitators=1)
    for one in world.people:
        Skill.objects.create(facilitator=one, programme=other)
    plan = solved(world, shares=(Share(world.parents.pk, 9), Share(other.pk, 9)))
    there = plan.visits.filter(rw=world.rws[0])
    assert there.count() == 2
    assert [one.programme_id for one in there.filter(request=asked)] == [world.parents.pk]


def test_who_said_no_hours_is_planned_for_any(world: World) -> None:
    Working.objects.all().delete()
    plan = solved(world)
    assert plan.visits.count() == 7
    assert broken_of(plan, visits_of(plan), at=make.AT) == {}


def test_a_kecamatan_is_visited_by_who_speaks_its_language(world: World) -> None:
    """One of the two who hold a session speaks it; where nobody does, nobody goes."""
    district = world.rws[0].village_id[:8]
    speaks = world.people[0]
    Facilitator.objects.filter(pk=speaks.pk).update(languages=["id", "jv"])
    plan = solved(world, languages={district: "jv"})
    there = [one for one in visits_of(plan) if one.village_id[:8] == district]
    assert there
    assert {one.language for one in there} == {"jv"}
    for one in there:
        assert speaks.pk in {part.facilitator_id for part in one.parts.all()}
    assert {one.language for one in visits_of(plan)} == {"jv", "id"}
    assert broken_of(plan, visits_of(plan), at=make.AT) == {}
    page = queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)
    assert [language for _name, language in page.asked.languages] == ["jv"]

    Facilitator.objects.filter(pk=speaks.pk).update(languages=["id"])
    without = solved(world, languages={district: "jv"})
    assert not [one for one in visits_of(without) if one.village_id[:8] == district]
    assert without.visits.count() < plan.visits.count()


def test_the_router_sends_nobody_who_does_not_speak_it(world: World) -> None:
    """A team can hold a visit in a language that one of it speaks."""
    district = world.rws[0].village_id[:8]
    Facilitator.objects.filter(pk=world.people[0].pk).update(languages=["id", "jv"])
    plan = Plan.objects.get(pk=world.solving(languages={district: "jv"}))
    at_work = Run(plan, Watcher(plan.pk))
    items, _known = items_of(at_work, picked(at_work)[0])
    team = [at_work.ground.people[who] for who in at_work.settings.facilitators]
    prizes = [float(one.prize) for one in items]
    problem = _problem(items, at_work.ground, at_work.taken, team, [MONDAY], prizes)
    visits = list(zip(items, problem.visits, strict=True))
    assert {item.visit.language for item, _visit in visits} == {"id", "jv"}
    for item, visit in visits:
        able = [shift for shift in problem.shifts if visit.needs <= shift.skills]
        assert able
        for shift in able:
            spoken = {one for who in shift.members for one in _languages(at_work, who)}
            assert item.visit.language in spoken


def _languages(at_work: Run, who: str) -> frozenset[str]:
    return at_work.ground.people[UUID(who)].languages


def test_a_floor_that_cannot_be_kept_is_lowered_and_said(world: World) -> None:
    plan = solved(world, shares=(Share(world.parents.pk, 1),), floor=90)
    assert plan.visits.count() == 1
    page = queries.plan_page(actor=world.officer, plan_id=plan.pk, at=make.AT)
    assert page.proofs[0].floor == 0


def test_it_says_what_to_do_when_nothing_can_come_of_it(world: World) -> None:
    for one in world.people:
        Away.objects.create(
            facilitator=one, begins_on=date(2026, 1, 1), ends_on=date(2027, 12, 31)
        )
    assert solved(world).failure == Failure.NO_TIME
    Skill.objects.all().delete()
    assert solved(world).failure == Failure.NOBODY
    for rw in world.rws:
        rw.rts.update(ended_on=make.AT.date(), ending="closed")
    assert solved(world, shares=(Share(world.parents.pk, 2),)).failure == Failure.NOTHING_DUE


def test_a_worker_that_died_is_followed_by_one_that_goes_on(world: World) -> None:
    """Where to go was settled already: the next worker does not ask the solver again."""
    plan_id = world.solving()
    finish = solve(plan_id)
    before = Plan.objects.get(pk=plan_id)
    assert before.state == State.SOLVING
    assert before.best["found"] == 7
    stale = {**before.best, "certificate": {**before.best["certificate"], "metres": 4321}}
    Plan.objects.filter(pk=plan_id).update(best=stale)
    solve(plan_id)(make.AT)
    plan = Plan.objects.get(pk=plan_id)
    assert (plan.certificate["metres"], plan.visits.count()) == (4321, 7)
    finish(make.AT)  # the first one, come back from the dead: nothing happens
    assert Plan.objects.get(pk=plan_id).version == plan.version


def test_stopping_keeps_what_was_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody presses "stop" while days and people are looked for."""
    plan_id = world.solving()

    def and_somebody_stops(*given: Any) -> list[Booked]:
        found = first_plan(*given)
        commands.stop_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
        return found[:5]

    monkeypatch.setattr(run, "first_plan", and_somebody_stops)
    solve(plan_id)(make.AT + timedelta(seconds=1))
    plan = Plan.objects.get(pk=plan_id)
    assert (plan.state, plan.visits.count()) == (State.PROPOSED, 5)
    page = queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert page.was_stopped
    assert page.by_clock


def test_stopping_before_anything_was_found_says_so(world: World) -> None:
    plan_id = world.solving()
    commands.stop_solving(actor=world.officer, plan_id=plan_id, at=make.AT)
    solve(plan_id)(make.AT + timedelta(seconds=1))
    plan = Plan.objects.get(pk=plan_id)
    page = queries.plan_page(actor=world.officer, plan_id=plan_id, at=make.AT)
    assert page.was_stopped
    assert plan.state == (State.PROPOSED if plan.visits.exists() else State.STOPPED)


def test_a_plan_that_is_over_is_not_solved(world: World) -> None:
    plan_id = world.draft()
    solve(plan_id)(make.AT)
    assert Plan.objects.get(pk=plan_id).state == State.DRAFT


@pytest.mark.slow  # the router is compiled once a machine
def test_where_time_is_short_the_router_finds_at_least_as_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people, one short week: not everything fits, and what is left out counts least."""
    plan_id = world.solving(facilitators=tuple(one.pk for one in world.people[:2]))
    Plan.objects.filter(pk=plan_id).update(begins_on=MONDAY, ends_on=MONDAY + timedelta(days=2))
    plan = Plan.objects.get(pk=plan_id)
    at_work = Run(plan, Watcher(plan_id))
    picks, _certificate, scales = picked(at_work)
    items, known = items_of(at_work, picks)
    team = at_work.settings.facilitators
    first = first_plan(items, at_work.ground, at_work.taken, team, scales)
    assert 0 < len(first) < len(items)

    rounds = when._rounds
    monkeypatch.setattr(when, "_rounds", lambda problem, _seconds: rounds(problem, 20))

    def better() -> list[Booked]:
        timed = improve(
            items, first, at_work.ground, at_work.taken, scales, seconds=WORKING,
            watch=at_work.watch, keep=lambda _made: None,
        )  # fmt: skip
        assert not timed.by_clock
        return timed.visits

    found = better()
    assert score(found, items, scales) >= score(first, items, scales)
    assert check([*at_work.taken, *found], at_work.ground) == {}
    assert {one.id for one in found} <= set(known)
    assert better() == found, "the same seed is the same plan"
