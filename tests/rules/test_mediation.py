"""Mediation: who may take which step from where. In sexual violence there is none at all.

Psychologist and companion, who may be of any organisation on the team, record what they found
and how the agreement is kept; manager and deputy do the rest (domain.md §1.2, source C).
"""

from typing import Any

import pytest

from ruang.access.actor import Actor
from ruang.cases.commands import identify_case
from ruang.kernel.codes import CaseKind
from ruang.plans import commands
from ruang.plans.states import Assessor, MediationState, MediationStep
from tests.cases.team import close
from tests.rules.case_people import WHO, Scene, scene
from tests.rules.grid import later, read

pytestmark = pytest.mark.django_db
S, M = MediationStep, MediationState
NEVER, CLOSED = "sexual violence", "closed"
STATES = (*M, NEVER, CLOSED)
"""Assessed, requested, meeting, agreed, not agreed, kept, stopped; barred; the case closed."""
GRID = """
step      leads     team      partner   reporter  system    second    others
assess    ysssyyyss ysssyyyss ysssyyyss nnnnnnnnn nnnnnnnnn ......... .........
request   yssssssss nnnnnnnnn nnnnnnnnn nnnnnnnnn nnnnnnnnn ......... .........
meet      syyssssss nnnnnnnnn nnnnnnnnn nnnnnnnnn nnnnnnnnn ......... .........
agree     ssyssssss nnnnnnnnn nnnnnnnnn nnnnnnnnn nnnnnnnnn ......... .........
fail      ssyssssss nnnnnnnnn nnnnnnnnn nnnnnnnnn nnnnnnnnn ......... .........
supervise sssysssss sssysssss sssysssss nnnnnnnnn nnnnnnnnn ......... .........
keep      sssysssss nnnnnnnnn nnnnnnnnn nnnnnnnnn nnnnnnnnn ......... .........
stop      yyyysssys nnnnnnnnn nnnnnnnnn nnnnnnnnn nnnnnnnnn ......... .........
"""
LAW = read(GRID, STATES, WHO)
TO: dict[str, tuple[MediationStep, ...]] = {
    M.REQUESTED: (S.REQUEST,),
    M.MEETING: (S.REQUEST, S.MEET),
    M.AGREED: (S.REQUEST, S.MEET, S.AGREE),
    M.NOT_AGREED: (S.REQUEST, S.MEET, S.FAIL),
    M.KEPT: (S.REQUEST, S.MEET, S.AGREE, S.KEEP),
    M.STOPPED: (S.STOP,),
}


def take(one: Scene, actor: Actor, step: str) -> Any:
    if step == S.ASSESS:
        return commands.assess_mediation(
            **one.about(actor), assessor=Assessor.COMPANION, free=True, text="Bebas."
        )
    return commands.move_mediation(**one.about(actor), step=S(step), text="Dicatat.")


def brought_to(one: Scene, state: str) -> None:
    identify_case(**one.by(), kind=CaseKind.CIVIL, authority=None, tpks=False)
    for assessor in Assessor:
        commands.assess_mediation(**one.by(), assessor=assessor, free=True, text="Bebas.")
    for step in TO.get(state, ()):
        take(one, one.acting("manager"), step)
    if state == NEVER:
        identify_case(**one.by(), kind=CaseKind.CIVIL, authority=None, tpks=True)
    if state == CLOSED:
        close(one.case)


@pytest.mark.parametrize(
    "state", later(STATES, M.REQUESTED, M.AGREED, M.NOT_AGREED, M.KEPT, M.STOPPED)
)
def test_who_may_do_what(state: str) -> None:
    one = scene()
    brought_to(one, state)
    wrong = LAW.wrong(state, lambda step: lambda actor: take(one, actor, step), one.acting)
    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    assert {step.value for step in S} == LAW.steps
