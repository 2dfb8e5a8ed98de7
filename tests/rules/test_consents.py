"""Consents: who writes one down, sees it, takes it back, renews it and lets it end.

Manager and deputy write down on what ground something is shared, and take it back at her word;
she does so herself, under her seven words; the clock ends it. A partner on the team sees those
of the own organisation, and nobody else any.
"""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.states import Compartment
from ruang.consents.commands import give_consent, move_consent
from ruang.consents.models import Consent
from ruang.consents.states import MOVES, State, Step
from tests import make
from tests.cases.team import close
from tests.rules.case_people import WHO, Scene, scene
from tests.rules.grid import read

pytestmark = pytest.mark.django_db
UNTIL = make.AT + timedelta(days=90)
OF_IT = {
    "leads": ("manager", "deputy"),
    "own_partner": ("partner",),
    "reporter": ("reporter",),
    "system": ("system",),
    "others": ("other partner", *WHO["second"], *WHO["others"]),
}
GRID = """
step     leads own_partner reporter system others
see      yyyy  yyyy        yyyy     yyyy   ....
withdraw ysss  nnnn        ysss     nnnn   ....
end      nnnn  nnnn        nnnn     ysss   ....
renew    ysss  nnnn        nnnn     nnnn   ....
"""
LAW = read(GRID, list(State), OF_IT, "see")
OVER = {
    State.WITHDRAWN: ("reporter", Step.WITHDRAW),
    State.ENDED: ("system", Step.END),
    State.REPLACED: ("deputy", Step.RENEW),
}
GIVE = read(
    """
step leads team    partner reporter system second others
give ys    nn      nn      nn       nn     ..     ..
""",
    ("open", "closed"), WHO,
)  # fmt: skip


def given(one: Scene, actor: Actor) -> Consent:
    grant = make.grant(one.users["partner"].organisation, Compartment.HEALTH)
    return give_consent(**one.about(actor), grant=grant)


def take(actor: Actor, consent: Consent, step: str) -> Any:
    if step == "see":
        return sight.one(Consent.objects.visible_to(actor), consent.pk)
    move_consent(actor=actor, consent_id=consent.pk, step=Step(step), at=UNTIL)
    assert Consent.objects.get(pk=consent.pk).state == MOVES[Step(step)][1]
    return None


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what(state: State) -> None:
    one = scene()
    consent = given(one, one.acting("manager"))
    if state in OVER:
        who, step = OVER[state]
        take(one.acting(who), consent, step)
    wrong = LAW.wrong(state, lambda step: lambda actor: take(actor, consent, step), one.acting)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", GIVE.states)
def test_who_writes_one_down(state: str) -> None:
    one = scene()
    if state == "closed":
        close(one.case)
    wrong = GIVE.wrong(state, lambda _step: lambda actor: given(one, actor), one.acting)
    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    assert {step.value for step in Step} | {"see"} == LAW.steps
