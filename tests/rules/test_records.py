"""Records of a case: who adds, changes, sets aside and brings back, in each state.

Everybody on the team writes in the parts they hold; only manager and deputy set aside and bring
back. To the reporter, who sees her case, and to everybody else there is no record.
"""

from typing import Any

import pytest

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.dossier import commands
from ruang.dossier.models import Record
from ruang.dossier.reading import answers
from ruang.dossier.states import ADD, Kind, Reason, Step
from tests import make
from tests.cases.team import close
from tests.rules.case_people import WHO, Scene, scene
from tests.rules.grid import read

pytestmark = pytest.mark.django_db
LIVE, ASIDE, CLOSED = STATES = ("in force", "set aside", "case closed")
HELD, NOT_HELD = Kind.INCIDENT, Kind.PERSON
"""An incident stands in the narrative, which partners hold here; a person in the identity."""
VALUES = {HELD: {"forms": ("physical",)}, NOT_HELD: {"name": "Melati"}}
GRID = """
step         leads team    partner reporter system second others
read         yyy   yyy     yyy     ...      kkk    ...    ...
read_more    yyy   kkk     kkk     ...      kkk    ...    ...
add          yys   yys     yys     nnn      nnn    ...    ...
add_more     yys   sss     sss     nnn      nnn    ...    ...
save         yss   yss     yss     ...      nnn    ...    ...
save_more    yss   sss     sss     ...      nnn    ...    ...
enter_more   ysy   sss     nnn     ...      nnn    ...    ...
retire       yss   nnn     nnn     ...      nnn    ...    ...
retire_more  yss   nnn     nnn     ...      nnn    ...    ...
restore      sys   nnn     nnn     ...      nnn    ...    ...
restore_more sys   nnn     nnn     ...      nnn    ...    ...
"""
LAW = read(GRID, STATES, WHO, "read", "read_more")


def take(one: Scene, actor: Actor, step: str) -> Any:
    step, _underscore, more = step.partition("_")
    kind = NOT_HELD if more else HELD
    if step == ADD:
        return commands.add_record(**one.about(actor), kind=kind, values=VALUES[kind])
    row = Record.objects.get(kind=kind)
    if step == "read":
        return answers(sight.one(Record.objects.visible_to(actor), row.pk), actor)
    about = {"actor": actor, "record_id": row.pk, "at": make.AT}
    if step == Step.SAVE:
        values = {"forms": ("physical", "psychic")} if kind is HELD else {"name": "Ati"}
        return commands.save_record(**about, base_version=row.version, values=values)
    if step == Step.ENTER:
        entry = {"simfoni_entered": "yes", "simfoni_number": "S-1", "name": "Ati"}
        return commands.enter_person(**about, base_version=row.version, values=entry)
    if step == Step.RETIRE:
        return commands.retire_record(**about, why=Reason.TWICE)
    return commands.restore_record(**about)


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what(state: str) -> None:
    one = scene()
    for kind in (HELD, NOT_HELD):
        take(one, one.acting("manager"), ADD if kind is HELD else f"{ADD}_more")
        if state == ASIDE:
            row = Record.objects.get(kind=kind)
            about = {"actor": one.acting("deputy"), "record_id": row.pk, "at": make.AT}
            commands.retire_record(**about, why=Reason.TWICE)
    if state == CLOSED:
        close(one.case)
    wrong = LAW.wrong(state, lambda step: lambda actor: take(one, actor, step), one.acting)
    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    assert {step.value for step in Step} <= {step.partition("_")[0] for step in LAW.steps}
