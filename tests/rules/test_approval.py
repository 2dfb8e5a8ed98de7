"""What nobody does alone: who asks, who decides, and that it happens once.

The request is a sealed text of its own to asker, decider and quorum (vault.md §2): to the rest
of the team and of the desk there is none. Nobody decides what she has asked for herself.
"""

from typing import Any
from uuid import UUID

import pytest

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.approvals.models import Approval
from ruang.approvals.states import Kind, State, Step
from ruang.cases import commands as cases
from ruang.intake import commands as intake
from ruang.kernel.codes import Risk
from ruang.referrals.commands import ask_to_close
from ruang.triage.commands import decide_approval
from tests import closings, make
from tests.rules.case_people import SECOND, WHO, Scene, scene
from tests.rules.grid import later, read

pytestmark = pytest.mark.django_db
OF_IT = {
    "asker": ("manager",),
    "decider": ("head",),
    "system": ("system",),
    "others": (
        "deputy", *SECOND[1:], "partner", "other partner", "reporter", *WHO["others"],
    ),
}  # fmt: skip
GRID = """
step     asker decider system others
see      yyyyy yyyyy   yyyyy  .....
grant    nnnnn yssss   nnnnn  .....
refuse   nnnnn yssss   nnnnn  .....
withdraw yssss nnnnn   nnnnn  .....
lapse    nnnnn nnnnn   yssss  .....
"""
LAW = read(GRID, list(State), OF_IT, "see")
TO = {
    State.GRANTED: ("head", Step.GRANT),
    State.REFUSED: ("head", Step.REFUSE),
    State.WITHDRAWN: ("manager", Step.WITHDRAW),
    State.LAPSED: ("system", Step.LAPSE),
}


def asked(one: Scene) -> dict[Kind, UUID]:
    """One request of each kind, by the manager, who holds another report too."""
    cases.rate_case(**one.by(), risk=Risk.HIGH)
    asking = {"decider": one.id_of("head"), "reason": "Pelaku ditahan.", "risk": Risk.LOW}
    cases.ask_lowering(**one.by(), **asking)
    ask_to_close(**one.by(), proposal=closings.proposal(), decider=one.id_of("head"))
    report = make.report_of(one.another)
    about = {"actor": one.acting("manager"), "report_id": report.pk, "at": make.AT}
    intake.claim_report(**about)
    intake.rate_report(**about, risk=Risk.HIGH)
    intake.ask_lowering(**about, **asking)
    return {Kind(row.kind): row.pk for row in Approval.objects.all()}


def take(actor: Actor, approval_id: UUID, step: str) -> Any:
    if step == "see":
        return sight.one(Approval.objects.visible_to(actor), approval_id)
    answer = "Belum aman." if step == Step.REFUSE else ""
    return decide_approval(
        actor=actor, approval_id=approval_id, step=Step(step), answer=answer, at=make.AT
    )


@pytest.mark.parametrize("state", later(State, State.WITHDRAWN, State.LAPSED))
def test_who_may_do_what(state: State) -> None:
    one = scene()
    requests = asked(one)
    assert set(requests) == set(Kind)
    if state in TO:
        who, step = TO[state]
        for approval_id in requests.values():
            take(one.acting(who), approval_id, step)
    wrong = LAW.wrong(
        state, lambda named: trying(requests, named), one.acting,
        [f"{step}:{kind}" for step in LAW.steps for kind in requests],
    )  # fmt: skip
    assert not wrong, "\n".join(wrong)


def trying(requests: dict[Kind, UUID], named: str) -> Any:
    step, _colon, kind = named.partition(":")
    return lambda actor: take(actor, requests[Kind(kind)], step)


def test_every_step_is_in_the_table() -> None:
    assert {step.value for step in Step} | {"see"} == LAW.steps
