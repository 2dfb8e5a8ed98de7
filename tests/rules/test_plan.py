"""The plan: goals, services, tasks and follow-ups; who may do what with each, in each state.

The plan is made with her by manager and deputy; everybody on the team records what was done,
and sets tasks. A task is ended by who has it, who set it, manager or deputy. When the case is
closed nothing more is written.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ruang.access.actor import Actor
from ruang.cases.states import Compartment
from ruang.plans import commands
from ruang.plans.commands import Ending, Entry, Wanted
from ruang.plans.models import Goal, Service, Task
from ruang.plans.states import (
    Agreed,
    Contacted,
    Detail,
    Dropped,
    Kind,
    Outcome,
    Reached,
    ServiceStep,
    TaskStep,
)
from tests import make
from tests.cases.team import close, partner_on
from tests.rules.case_people import HELD, SECOND, WHO, Scene, scene
from tests.rules.grid import Table, read

pytestmark = pytest.mark.django_db
TODAY = make.AT.date()
HEALTH = Wanted(None, Kind.HEALTH, need="Periksa luka di lengan.")
OPEN, CLOSED = "open", "closed"

PLAN = read(
    """
step         leads team    partner reporter system second others
goal         ys    nn      nn      nn       nn     ..     ..
agreement    ys    nn      nn      nn       nn     ..     ..
plan_service ys    nn      nn      nn       nn     ..     ..
follow_up    ys    nn      nn      nn       nn     ..     ..
give_service ys    ys      ys      nn       nn     ..     ..
set_task     ys    ys      ys      nn       nn     ..     ..
drop_tasks   nn    nn      nn      nn       yy     ..     ..
""",
    (OPEN, CLOSED),
    WHO,
)
REACHED = "reached"
GOAL = read(
    """
step leads team    partner reporter system second others
end  yss   nnn     nnn     nnn      nnn    ...    ...
""",
    (OPEN, REACHED, CLOSED),
    WHO,
)
PLANNED, UNDER_WAY, ENDED = "planned", "under way", "ended"
SERVICE = read(
    """
step     leads team    partner reporter system second others
begin    ysss  ysss    ysss    nnnn     nnnn   ....   ....
end      yyss  yyss    yyss    nnnn     nnnn   ....   ....
complete yyys  nnnn    nnnn    nnnn     nnnn   ....   ....
""",
    (PLANNED, UNDER_WAY, ENDED, CLOSED),
    WHO,
)
DONE, CANCELLED = "done", "cancelled"
OF_A_TASK = {
    "leads": ("manager", "deputy"),
    "owner": ("partner",),
    "setter": ("other partner",),
    "third": ("third partner",),
    "reporter": ("reporter",),
    "system": ("system",),
    "others": (*SECOND, *WHO["others"]),
}
TASK = read(
    """
step   leads owner setter third reporter system others
finish ysss  ysss  ysss   nnnn  nnnn     ysss   ....
cancel ysss  ysss  ysss   nnnn  nnnn     ysss   ....
""",
    (OPEN, DONE, CANCELLED, CLOSED),
    OF_A_TASK,
)


def end_goal(one: Scene, actor: Actor) -> Any:
    return commands.end_goal(
        **one.about(actor), goal_id=Goal.objects.get().pk, reached=Reached.YES, why=""
    )


def service_step(one: Scene, actor: Actor, step: ServiceStep) -> Any:
    ending = Ending(Outcome.GIVEN, TODAY) if step is ServiceStep.END else None
    return commands.move_service(
        **one.about(actor), service_id=Service.objects.get().pk, step=step, ending=ending
    )


def task_step(one: Scene, actor: Actor, step: TaskStep) -> Any:
    reason = Dropped.HER_WISH if step is TaskStep.CANCEL else None
    return commands.move_task(
        **one.about(actor), task_id=Task.objects.get().pk, step=step, reason=reason
    )


def set_task(one: Scene, actor: Actor) -> Any:
    return commands.set_task(
        **one.about(actor), owner=one.id_of("partner"), title="Telepon.", due_on=TODAY
    )


Steps = dict[str, Callable[[Scene, Actor], Any]]
OF_THE_PLAN: Steps = {
    "goal": lambda one, actor: commands.add_goal(**one.about(actor), text="Aman di rumah."),
    "agreement": lambda one, actor: commands.record_agreement(
        **one.about(actor), answer=Agreed.YES, why="", on=TODAY,
        explained_by=one.id_of("manager"),
    ),
    "plan_service": lambda one, actor: commands.plan_service(
        **one.about(actor), wanted=HEALTH
    ),
    "follow_up": lambda one, actor: commands.write_follow_up(
        **one.about(actor), on=TODAY, way=Contacted.PHONE, text="Baik.",
        next_on=TODAY + timedelta(days=1),
    ),
    "give_service": lambda one, actor: commands.give_service(
        **one.about(actor), wanted=Wanted(None, Kind.LAW), on=TODAY, note="Lapor polisi."
    ),
    "set_task": set_task,
    "drop_tasks": lambda one, actor: commands.drop_tasks(**one.about(actor)),
}  # fmt: skip
OF_A_SERVICE: Steps = {
    "begin": lambda one, actor: service_step(one, actor, ServiceStep.BEGIN),
    "end": lambda one, actor: service_step(one, actor, ServiceStep.END),
    "complete": lambda one, actor: commands.complete_service(
        **one.about(actor), service_id=Service.objects.get().pk,
        said=Entry(Kind.HEALTH, Detail.VISUM),
    ),
}  # fmt: skip
OF_TASKS: Steps = {
    "finish": lambda one, actor: task_step(one, actor, TaskStep.FINISH),
    "cancel": lambda one, actor: task_step(one, actor, TaskStep.CANCEL),
}


def walk(one: Scene, table: Table, steps: Steps, state: str) -> None:
    """Each person of the table tries each of its steps here."""
    assert set(steps) == table.steps
    if state == CLOSED:
        close(one.case)
    wrong = table.wrong(state, lambda step: lambda actor: steps[step](one, actor), one.acting)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", PLAN.states)
def test_who_plans_and_who_records_what_was_done(state: str) -> None:
    one = scene()
    set_task(one, one.acting("manager"))
    walk(one, PLAN, OF_THE_PLAN, state)


def test_who_says_whether_a_goal_was_reached() -> None:
    one = scene()
    commands.add_goal(**one.by(), text="Anak tetap sekolah.")
    walk(one, GOAL, {"end": end_goal}, OPEN)
    end_goal(one, one.acting("deputy"))
    walk(one, GOAL, {"end": end_goal}, REACHED)
    Goal.objects.all().delete()
    commands.add_goal(**one.by(), text="Anak tetap sekolah.")
    walk(one, GOAL, {"end": end_goal}, CLOSED)


@pytest.mark.parametrize("state", SERVICE.states)
def test_who_begins_and_ends_a_service(state: str) -> None:
    one = scene()
    commands.plan_service(**one.by(), wanted=HEALTH)
    before = {UNDER_WAY: ServiceStep.BEGIN, ENDED: ServiceStep.END}.get(state)
    if before:
        service_step(one, one.acting("partner"), before)
    walk(one, SERVICE, OF_A_SERVICE, state)


@pytest.mark.parametrize("state", TASK.states)
def test_who_ends_a_task(state: str) -> None:
    one = scene()
    one.users["third partner"] = partner_on(one.case, Compartment.PLAN, HELD)
    set_task(one, one.acting("other partner"))
    before = {DONE: TaskStep.FINISH, CANCELLED: TaskStep.CANCEL}.get(state)
    if before:
        task_step(one, one.acting("manager"), before)
    walk(one, TASK, OF_TASKS, state)


def test_every_step_is_in_a_table() -> None:
    assert {step.value for step in ServiceStep} <= SERVICE.steps
    assert {step.value for step in TaskStep} == TASK.steps
