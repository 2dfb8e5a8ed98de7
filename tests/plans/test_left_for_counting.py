"""What a plan and a consent leave for the statistics process: codes, never a word of hers."""

from datetime import timedelta
from typing import Any

import pytest

from ruang.cases.models import Case
from ruang.consents.commands import give_consent
from ruang.consents.states import Giver, Purpose
from ruang.outbox.models import Answers
from ruang.plans import commands
from ruang.plans.commands import Ending, Wanted
from ruang.plans.states import (
    Agreed,
    Assessor,
    Contacted,
    Detail,
    Kind,
    Outcome,
    Payer,
    Reached,
    ServiceStep,
)
from tests import make
from tests.left import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_web_process", "in_english")]
TODAY = make.AT.date()
WORD = "KENARI-1"


@pytest.fixture
def case() -> Case:
    made = make.case()
    Case.objects.filter(pk=made.pk).update(kind="civil")
    made.refresh_from_db()
    return made


def lead(case: Case) -> dict[str, Any]:
    return {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT}


def goal(case: Case) -> None:
    made = commands.add_goal(**lead(case), text=WORD)
    commands.end_goal(**lead(case), goal_id=made.pk, reached=Reached.PARTLY, why=WORD)


def service(case: Case) -> None:
    wanted = Wanted(
        None, Kind.HEALTH, need=WORD, provider_name=WORD, payer=Payer.CITY, detail=Detail.VISUM
    )
    made = commands.plan_service(**lead(case), wanted=wanted)
    commands.move_service(
        **lead(case), service_id=made.pk, step=ServiceStep.END,
        ending=Ending(Outcome.PARTLY, TODAY, WORD),
    )  # fmt: skip


def agreement(case: Case) -> None:
    commands.record_agreement(
        **lead(case), answer=Agreed.PARTLY, why=WORD, on=TODAY,
        explained_by=make.lead_of(case).pk,
    )  # fmt: skip


def follow_up(case: Case) -> None:
    commands.write_follow_up(
        **lead(case), on=TODAY, way=Contacted.PHONE, text=WORD, next_on=None
    )


def assessment(case: Case) -> None:
    commands.assess_mediation(
        **lead(case), assessor=Assessor.PSYCHOLOGIST, free=False, text=WORD
    )


def consent(case: Case) -> None:
    place = make.partner().organisation
    give_consent(
        **lead(case),
        grant=make.grant(
            place, giver=Giver.SAFE_GUARDIAN, giver_name=WORD, explained=WORD, reason=WORD
        ),
    )


SERVICE = {
    "function": "", "kind": "health", "payer": "city", "outside": True, "detail": "visum",
    "people": 0,
}  # fmt: skip
LEFT = {
    goal: [("plan_goal", 1, {"reached": "partly"})],
    service: [
        ("plan_service", 1, {**SERVICE, "outcome": ""}),
        ("plan_service", 2, {**SERVICE, "outcome": "partly"}),
    ],
    agreement: [("plan_agreement", 1, {"answer": "partly"})],
    follow_up: [("plan_follow_up", 1, {"way": "phone"})],
    assessment: [
        ("plan_mediation", 1, {"step": "assess", "assessor": "psychologist", "free": False})
    ],
}


@pytest.mark.parametrize("act", list(LEFT), ids=lambda act: act.__name__)
def test_each_save_leaves_its_codes(case: Case, act: Any) -> None:
    act(case)
    blobs = b"".join(bytes(row.blob) for row in Answers.objects.all())
    left = opened()
    assert [(one["kind"], one["version"], one["codes"]) for one in left] == LEFT[act]
    assert {one["subject"] for one in left} == {case.pk.hex}
    assert WORD not in str(left)
    assert WORD.encode() not in blobs


def test_a_consent_leaves_who_agreed_and_how(case: Case) -> None:
    consent(case)
    (left,) = opened()
    assert left["kind"] == "consent"
    assert left["codes"]["giver"] == "safe_guardian"  # type: ignore[index]
    assert set(left["codes"]) == {"basis", "purpose", "giver", "way"}  # type: ignore[call-overload]
    assert left["codes"]["purpose"] in Purpose.values  # type: ignore[index]
    assert WORD not in str(left)


def test_the_day_is_the_citys_own(case: Case) -> None:
    """Half past one in the night there is still yesterday in Greenwich."""
    night = make.AT.replace(hour=18, minute=30)
    told = {**lead(case), "at": night}
    made = commands.add_goal(**told, text=WORD)
    commands.end_goal(**told, goal_id=made.pk, reached=Reached.YES, why="")
    (left,) = opened()
    assert left["on"] == (night.date() + timedelta(days=1)).isoformat()
