"""The plan of a quarter: officers make it, a worker works it out, others of prevention look.

A person decides: the worker proposes and never publishes; what comes from it too late changes
nothing. Nobody outside prevention, and no cadre, knows of a plan.
"""

from collections.abc import Callable
from typing import Any

import pytest

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.planner import commands, queries
from ruang.planner.commands import Added, Draft, Slot
from ruang.planner.models import Plan
from ruang.planner.states import Failure, Level, State, Step
from ruang.territory import queries as territory
from tests import make, make_prevention
from tests.planner.scene import BEGINS, ENDS, World
from tests.rules.grid import later, read

pytestmark = pytest.mark.django_db
WHO = {
    "officers": ("officer", "second officer"),
    "look": ("head", "facilitator"),
    "worker": ("system",),
    "others": (
        "cadre", "intake officer", "case manager", "partner desk", "auditor", "admin",
        "quorum official", "anybody",
    ),
}  # fmt: skip
GRID = """
step     officers look    worker  others
see      yyyyyyy  yyyyyyy yyyyyyy .......
draft    yyyyyyy  nnnnnnn nnnnnnn nnnnnnn
weigh    yyyyyyy  nnnnnnn nnnnnnn nnnnnnn
solve    ysyyyss  nnnnnnn nnnnnnn .......
ask_stop sysssss  nnnnnnn nnnnnnn .......
add      ssyssss  nnnnnnn nnnnnnn .......
move     ssyssss  nnnnnnn nnnnnnn .......
keep     ssyssss  nnnnnnn nnnnnnn .......
drop     ssyssss  nnnnnnn nnnnnnn .......
publish  ssyssss  nnnnnnn nnnnnnn .......
discard  ysyyyss  nnnnnnn nnnnnnn .......
propose  nnnnnnn  nnnnnnn -y----- .......
stop     nnnnnnn  nnnnnnn -y----- .......
fail     nnnnnnn  nnnnnnn -y----- .......
"""
LAW = read(GRID, list(State), WHO, "see")


def steps(world: World, plan: Plan) -> dict[str, Callable[[Actor], Any]]:
    about = {"plan_id": plan.pk, "at": make.AT}
    first = plan.visits.order_by("starts_at").first()
    visit = about | {"visit_id": first.pk if first else make.stranger()}
    spare = world.visit(3)
    to = Slot(spare.starts.date(), spare.starts.time(), spare.venue, spare.people)
    own = world.visit(0)
    later = Slot(to.day, to.starts, own.venue, own.people)
    return {
        "see": lambda actor: queries.plan_page(actor=actor, **about),
        "draft": lambda actor: commands.draft_plan(
            actor=actor, draft=Draft(BEGINS, ENDS, world.settings()), at=make.AT
        ),
        "weigh": lambda actor: commands.set_priorities(
            actor=actor, year=2027, source="RPJMD", at=make.AT,
            levels={one.code: Level.HIGH for one in territory.city().districts},
        ),
        "solve": lambda actor: commands.start_solving(actor=actor, **about),
        "ask_stop": lambda actor: commands.stop_solving(actor=actor, **about),
        "add": lambda actor: commands.add_visit(
            actor=actor, added=Added(spare.programme, spare.rw, to), **about
        ),
        "move": lambda actor: commands.move_visit(actor=actor, to=later, **visit),
        "keep": lambda actor: commands.keep_visit(actor=actor, is_kept=True, **visit),
        "drop": lambda actor: commands.drop_visit(actor=actor, **visit),
        "publish": lambda actor: commands.publish_plan(
            actor=actor, version=plan.version, **about
        ),
        "discard": lambda actor: commands.discard_plan(actor=actor, **about),
        "propose": lambda actor: commands.propose_plan(
            actor=actor, visits=[spare], certificate={}, **about
        ),
        "stop": lambda actor: commands.abandon_plan(actor=actor, **about),
        "fail": lambda actor: commands.give_up_plan(
            actor=actor, why=Failure.BROKEN, **about
        ),
    }  # fmt: skip


def brought_to(world: World, state: State) -> Plan:
    """A plan where it is to stand; what was worked out anew still has its visits."""
    by = {"actor": world.officer, "at": make.AT}
    if state is State.DRAFT:
        return Plan.objects.get(pk=world.draft())
    if state is State.STOPPED:
        found = {"plan_id": world.solving(), "visits": [], "certificate": {}}
        commands.propose_plan(actor=SYSTEM, at=make.AT, **found)
        return Plan.objects.get()
    if state is State.FAILED:
        broken = {"plan_id": world.solving(), "why": Failure.BROKEN}
        commands.give_up_plan(actor=SYSTEM, at=make.AT, **broken)
        return Plan.objects.get()
    plan = world.proposed()
    if state is State.SOLVING:
        commands.start_solving(plan_id=plan.pk, **by)
    if state is State.PUBLISHED:
        commands.publish_plan(plan_id=plan.pk, version=plan.version, **by)
    if state is State.DISCARDED:
        commands.discard_plan(plan_id=plan.pk, **by)
    return plan


def acting(world: World, users: dict[str, Any], who: str) -> Actor:
    if who in {"officer", "system"}:
        return world.officer if who == "officer" else SYSTEM
    if who == "anybody":
        return ANYBODY
    return make.actor(users[who])


@pytest.mark.parametrize("state", later(State, State.STOPPED, State.FAILED, State.DISCARDED))
def test_who_may_do_what(state: State) -> None:
    world = World()
    plan = brought_to(world, state)
    plan.refresh_from_db()
    assert plan.state == state
    place = world.user.organisation
    named = {*WHO["look"], *WHO["others"]} - {"anybody"}
    users = {name: make.user(place, Role(name.replace(" ", "_"))) for name in named}
    users["second officer"] = make_prevention.officer(place)
    acts = steps(world, plan)
    assert set(acts) == LAW.steps
    wrong = LAW.wrong(state, acts.__getitem__, lambda who: acting(world, users, who))
    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    """A change of a visit is told apart: it is added, moved, kept or taken out."""
    assert {step.value for step in Step} - {"change"} <= LAW.steps
