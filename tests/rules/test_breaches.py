"""Breaches of personal data: who records, sees and settles one, in each state.

Those who answer for an office keep its breaches, and whoever manages the city those of all.
"""

from datetime import time, timedelta
from typing import Any

import pytest

from ruang.access import sight
from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.breaches import commands
from ruang.breaches.models import Breach
from ruang.breaches.states import BOTH, Data, Kind, People, Said, State, Step
from ruang.clocks.models import Clock
from ruang.clocks.states import Ended, Missed
from ruang.clocks.states import Step as ClockStep
from tests import make
from tests.rules.grid import read

pytestmark = pytest.mark.django_db
OTHERS = tuple(role.value for role in ASSIGNABLE if role not in {Role.HEAD, Role.ADMIN})
WHO = {
    "head": ("head",),
    "admin": ("admin", "admin elsewhere"),
    "far_head": ("head elsewhere",),
    "system": ("system",),
    "others": (*OTHERS, "anybody"),
}
GRID = """
step    head admin far_head system others
see     yyy  yyy   ...      yyy    ...
record  yyy  yyy   yyy      nnn    nnn
correct yys  yys   ...      nnn    ...
tell    yss  yss   ...      nnn    ...
end     yss  yss   ...      nnn    ...
clock   yys  yys   ...      nnn    ...
"""
LAW = read(GRID, list(State), WHO, "see")
KNOWN = make.AT.date() - timedelta(days=4)


def take(actor: Actor, step: str) -> Any:
    """The clock ran out yesterday: what is done with it is to say why it was missed."""
    if step == "record":
        return commands.record_breach(
            actor=actor, kind=Kind.STOLEN, known_on=KNOWN, known_time=time(8),
            data=[Data.HEALTH], people=People.FEW, at=make.AT,
        )  # fmt: skip
    row = Breach.objects.get()
    if step == "see":
        return sight.one(Breach.objects.visible_to(actor), row.pk)
    about = {"actor": actor, "breach_id": row.pk, "at": make.AT}
    if step == Step.CORRECT:
        return commands.correct_breach(
            **about, kind=Kind.MISSENT, data=[Data.HEALTH], people=People.TENS
        )
    if step == Step.TELL:
        return commands.give_notice(
            **about, on=make.AT.date(), on_time=None, told=BOTH, said=Said
        )
    clock = Clock.objects.get(subject=row.pk)
    moved, code = (
        (ClockStep.END, Ended.NOT_APPLICABLE)
        if step == Step.END
        else (ClockStep.EXPLAIN, Missed.OVERSIGHT)
    )
    return commands.move_breach_clock(**about, clock_id=clock.pk, step=moved, code=code)


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what(state: State) -> None:
    make.city()
    here, there = make.organisation(), make.organisation()
    users = {role.value: make.user(here, role) for role in ASSIGNABLE}
    users |= {f"{role.value} elsewhere": make.user(there, role)
              for role in (Role.HEAD, Role.ADMIN)}  # fmt: skip

    def acting(who: str) -> Actor:
        known = {"system": SYSTEM, "anybody": ANYBODY}
        return known[who] if who in known else make.actor(users[who])

    take(acting("head"), "record")
    before = {State.TOLD: Step.TELL, State.ENDED: Step.END}.get(state)
    if before:
        take(acting("head"), before.value)
    wrong = LAW.wrong(state, lambda step: lambda actor: take(actor, step), acting)
    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    assert {step.value for step in Step} <= LAW.steps
