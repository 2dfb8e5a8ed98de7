"""Clocks: who sees one, takes care of it, says why it was missed, stops or corrects it.

Here it is one of the law in a case, and it ran out. A clock shows kinds and times alone, so
that the desk at which it runs sees it and nobody is left waiting in silence; what happens to it
in the case is for manager and deputy, who know why. One that was ended has its reason already.
Whoever is barred from the case knows nothing of it, at that desk too.
"""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.cases.commands import move_case_clock
from ruang.clocks import commands, keep
from ruang.clocks.models import Clock
from ruang.clocks.official import PDP_RESTRICTION
from ruang.clocks.states import Area, Ended, Missed, Pause, State, Step, Unit
from tests import make
from tests.clocks import own
from tests.rules.case_people import SECOND, WHO, Scene, scene
from tests.rules.grid import read

pytestmark = pytest.mark.django_db
OF_IT = {
    "leads": ("manager", "deputy"),
    "desk": ("officer", *(who for who in SECOND if who != "barred colleague")),
    "partner": ("partner", "other partner"),
    "reporter": ("reporter",),
    "system": ("system",),
    "others": (*(who for who in WHO["others"] if who != "officer"), "barred colleague"),
}
GRID = """
step        leads desk partner reporter system others
see         yyyy  yyyy ....    ....     yyyy   ....
acknowledge ysss  ysss ....    ....     nnnn   ....
explain     yyys  yyys ....    ....     nnnn   ....
law_pause   ssss  .... nnnn    nnnn     nnnn   ....
law_resume  syss  .... nnnn    nnnn     nnnn   ....
law_meet    yyss  .... nnnn    nnnn     nnnn   ....
law_end     yyss  .... nnnn    nnnn     nnnn   ....
law_explain yyys  .... nnnn    nnnn     nnnn   ....
"""
LAW = read(GRID, list(State), OF_IT, "see")
CODES = {
    Step.PAUSE: Pause.SURVIVOR, Step.END: Ended.NOT_APPLICABLE, Step.EXPLAIN: Missed.OVERSIGHT,
}  # fmt: skip
TO = {State.MET: Step.MEET, State.ENDED: Step.END}
BEGAN = make.AT - timedelta(days=4)
RULE = """
step    admin system everybody
correct y     y      n
restore y     y      n
add     y     y      n
change  y     y      n
remove  y     y      n
sweep   n     y      n
"""
EVERYBODY = tuple(
    who for people in WHO.values() for who in people if who not in {"admin", "system"}
)
OF_A_RULE = {"admin": ("admin",), "system": ("system",), "everybody": EVERYBODY}


def clock_in(one: Scene) -> Clock:
    """A clock of four days ago, which had three."""
    return keep.start(
        kind=PDP_RESTRICTION, area=Area.CASE, subject=one.case.pk, desk=one.case.desk,
        owner=one.id_of("manager"), actor=SYSTEM, since=BEGAN,
        due_at=BEGAN + timedelta(days=3), at=BEGAN,
    )  # fmt: skip


def take(one: Scene, actor: Actor, clock: Clock, step: str) -> Any:
    about = {"actor": actor, "clock_id": clock.pk, "at": make.AT}
    if step == "see":
        return sight.one(Clock.objects.visible_to(actor), clock.pk)
    if step == Step.ACKNOWLEDGE:
        return commands.acknowledge_clock(**about)
    if step == Step.EXPLAIN:
        return commands.explain_miss(**about, why=Missed.OVERSIGHT)
    of_the_law = Step(step.removeprefix("law_"))
    return move_case_clock(
        **about, case_id=one.case.pk, step=of_the_law, code=CODES.get(of_the_law, "")
    )


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock of the law may pause: one that did is shown to go on in the same hands."""
    one = scene()
    clock = clock_in(one)
    if state is State.PAUSED:
        with monkeypatch.context() as patch:
            patch.setattr(keep, "any_rule", lambda _kind: None)
            keep.pause(clock, why=Pause.SURVIVOR, actor=SYSTEM, at=make.AT)
    if state in TO:
        take(one, one.acting("deputy"), clock, f"law_{TO[state].value}")
    wrong = LAW.wrong(
        state, lambda step: lambda actor: take(one, actor, clock, step), one.acting
    )
    assert not wrong, "\n".join(wrong)


def test_who_corrects_a_time_limit_and_who_lets_clocks_run_out() -> None:
    one = scene()
    clock_in(one)
    kind = own.added()
    correction = {
        "kind": PDP_RESTRICTION, "amount": 2, "unit": Unit.DAYS, "source": "UU 27/2022",
        "source_on": make.AT.date(), "is_active": True, "at": make.AT,
    }  # fmt: skip
    commands.correct_rule(actor=SYSTEM, **correction)
    steps = {
        "correct": lambda actor: commands.correct_rule(actor=actor, **correction),
        "restore": lambda actor: commands.restore_rule(
            actor=actor, kind=PDP_RESTRICTION, at=make.AT
        ),
        "add": lambda actor: commands.add_rule(actor=actor, own=own.VISIT, at=make.AT),
        "change": lambda actor: commands.change_rule(
            actor=actor, kind=kind, own=own.VISIT, at=make.AT
        ),
        "remove": lambda actor: commands.remove_rule(actor=actor, kind=kind, at=make.AT),
        "sweep": lambda actor: commands.sweep_clocks(actor=actor, at=make.AT),
    }
    table = read(RULE, ("now",), OF_A_RULE)
    wrong = table.wrong("now", lambda step: steps[step], one.acting)
    assert not wrong, "\n".join(wrong)
