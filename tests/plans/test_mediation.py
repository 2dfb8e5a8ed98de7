"""No road to mediation in a case of sexual violence, and only the one road in any other."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from ruang.access.actor import SYSTEM, Actor
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.audit.record import record
from ruang.cases.events import CaseMoved
from ruang.cases.models import Case
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind as RecordKind
from ruang.identity.models import User
from ruang.kernel.codes import Age, CaseKind
from ruang.kernel.errors import Refused
from ruang.plans import commands, policy, queries
from ruang.plans.commands import Ending, Wanted
from ruang.plans.models import Mediation, MediationRecord, Service
from ruang.plans.states import (
    MEDIATION_MOVES,
    RUNNING,
    Assessor,
    Function,
    MediationState,
    MediationStep,
    Outcome,
    ServiceStep,
)
from tests import make
from tests.cases.test_case_steps import everybody
from tests.plans.test_plan_steps import TODAY, about, lead
from tests.referrals.scene import let_time_pass
from tests.replay import replayed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S, M = MediationStep, MediationState
TO: dict[MediationState, tuple[MediationStep, ...]] = {
    M.ASSESSED: (),
    M.REQUESTED: (S.REQUEST,),
    M.MEETING: (S.REQUEST, S.MEET),
    M.AGREED: (S.REQUEST, S.MEET, S.AGREE),
    M.NOT_AGREED: (S.REQUEST, S.MEET, S.FAIL),
    M.KEPT: (S.REQUEST, S.MEET, S.AGREE, S.KEEP),
    M.STOPPED: (S.STOP,),
}


@replayed
def a_case(kind: CaseKind = CaseKind.CIVIL) -> Case:
    case = make.case()
    Case.objects.filter(pk=case.pk).update(kind=kind)
    case.refresh_from_db()
    return case


def assess(
    case: Case, assessor: Assessor, *, free: bool = True, actor: Actor | None = None
) -> None:
    by = about(case, actor) if actor else lead(case)
    commands.assess_mediation(**by, assessor=assessor, free=free, text="Psi. Ratna: bebas.")


def step(case: Case, one: MediationStep, actor: Actor | None = None) -> Mediation:
    by = about(case, actor) if actor else lead(case)
    return commands.move_mediation(**by, step=one, text="Dicatat.")


@replayed
def mediation(state: MediationState, kind: CaseKind = CaseKind.CIVIL) -> Case:
    case = a_case(kind)
    for one in Assessor:
        assess(case, one)
    for move in TO[state]:
        step(case, move)
    assert Mediation.objects.get(case=case).state == state
    return case


def becomes_sexual(case: Case, mark: str) -> None:
    changed = {"tpks": True} if mark == "tpks" else {"kind": mark}
    Case.objects.filter(pk=case.pk).update(**changed)


MARKS = ("tpks", CaseKind.SEXUAL.value, CaseKind.TRAFFICKING.value)
ROADS: dict[str, Callable[[Case], Any]] = {
    "assess": lambda case: assess(case, Assessor.PSYCHOLOGIST),
    **{one.value: partial(step, one=one) for one in S if one not in {S.ASSESS, S.STOP}},
    "plan": lambda case: commands.plan_service(
        **lead(case), wanted=Wanted(Function.MEDIATION, None, need="Damai.")
    ),
    "give": lambda case: commands.give_service(
        **lead(case), wanted=Wanted(Function.MEDIATION, None), on=TODAY, note="Damai."
    ),
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("road", list(ROADS))
def test_in_sexual_violence_no_road_leads_there(mark: str, road: str) -> None:
    case = a_case()
    becomes_sexual(case, mark)
    facts = Fact.objects.count()
    with pytest.raises(Refused, match="UU 12/2022 ps 23"):
        ROADS[road](case)
    assert not Mediation.objects.exists()
    assert not Service.objects.exists()
    assert Fact.objects.count() == facts


@pytest.mark.parametrize("state", sorted(RUNNING))
def test_an_incident_that_is_written_down_later_ends_what_runs(state: MediationState) -> None:
    case = mediation(state)
    add_record(**lead(case), kind=RecordKind.INCIDENT, values={"forms": ("sexual",)})

    let_time_pass(make.AT)

    row = Mediation.objects.get()
    assert (row.state, row.by_law) == (M.STOPPED, True)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("state", sorted(RUNNING))
def test_a_mark_that_comes_later_shuts_the_road_and_ends_what_runs(
    mark: str, state: MediationState
) -> None:
    case = mediation(state)
    becomes_sexual(case, mark)
    for one in S:
        if one not in {S.ASSESS, S.STOP}:
            with pytest.raises(Refused, match="ps 23"):
                step(case, one)

    record(CaseMoved(case.pk, case.desk, "identify", ""), actor=SYSTEM, at=make.AT)
    let_time_pass(make.AT)

    row = Mediation.objects.get()
    assert (row.state, row.by_law) == (M.STOPPED, True)
    page = queries.mediation_page(**lead(case))
    assert "ps 23" in str(page.refusal)
    assert page.steps == ()


@pytest.mark.parametrize("mark", MARKS)
def test_a_mediation_that_was_planned_as_a_service_does_not_begin(mark: str) -> None:
    case = a_case()
    wanted = Wanted(Function.MEDIATION, None, need="Nafkah.")
    row = commands.plan_service(**lead(case), wanted=wanted)
    becomes_sexual(case, mark)
    move = {**lead(case), "service_id": row.pk}
    with pytest.raises(Refused, match="ps 23"):
        commands.move_service(**move, step=ServiceStep.BEGIN)
    with pytest.raises(Refused, match="ps 23"):
        commands.move_service(**move, step=ServiceStep.END, ending=Ending(Outcome.GIVEN, TODAY))
    ending = Ending(Outcome.NOT_NEEDED, TODAY, "Bukan perkara perdata.")
    commands.move_service(**move, step=ServiceStep.END, ending=ending)


def test_another_move_of_the_case_leaves_a_mediation_alone() -> None:
    case = mediation(M.MEETING)
    record(CaseMoved(case.pk, case.desk, "rate", "high"), actor=SYSTEM, at=make.AT)
    let_time_pass(make.AT)
    assert Mediation.objects.get().state == M.MEETING


@pytest.mark.parametrize("kind", list(CaseKind))
def test_it_exists_for_civil_and_labour_matters_alone(kind: CaseKind) -> None:
    case = a_case(kind)
    page = queries.mediation_page(**lead(case))
    if kind in {CaseKind.CIVIL, CaseKind.LABOUR}:
        assert page.refusal == ""
        assess(case, Assessor.COMPANION)
    else:
        assert page.steps == ()
        with pytest.raises(Refused):
            assess(case, Assessor.COMPANION)


@pytest.mark.parametrize("tpks", [False, True])
@pytest.mark.parametrize("age", list(Age))
def test_offences_on_complaint_wait_for_the_citys_word(
    monkeypatch: pytest.MonkeyPatch, age: Age, *, tpks: bool
) -> None:
    case = a_case(CaseKind.DOMESTIC)
    case.age, case.tpks = age, tpks
    assert not policy.can_be_mediated(case)
    monkeypatch.setattr(policy, "complaint_offences_allowed", lambda: True)
    assert policy.can_be_mediated(case) == (age is Age.ADULT and not tpks)


@pytest.mark.parametrize("state", list(M))
def test_the_table_is_the_only_road(state: MediationState) -> None:
    case = mediation(state)
    for one in set(S) - {S.ASSESS}:
        with transaction.atomic():
            the_only_road(case, state, one)
            transaction.set_rollback(True)


def the_only_road(case: Case, state: MediationState, one: MediationStep) -> None:
    """One step; whoever calls takes it back."""
    records = MediationRecord.objects.count()
    if state in MEDIATION_MOVES[one][0] and state in RUNNING:
        row = step(case, one)
        assert row.state == (MEDIATION_MOVES[one][1] or state)
        assert MediationRecord.objects.count() == records + 1
    else:
        with pytest.raises(Refused, match="not at this step"):
            step(case, one)
        assert MediationRecord.objects.count() == records


@pytest.mark.parametrize(
    "found",
    [{}, {Assessor.PSYCHOLOGIST: True}, {Assessor.COMPANION: True},
     {Assessor.PSYCHOLOGIST: True, Assessor.COMPANION: False},
     {Assessor.PSYCHOLOGIST: False, Assessor.COMPANION: True}],
)  # fmt: skip
def test_she_asks_only_after_both_found_her_free(found: dict[Assessor, bool]) -> None:
    case = a_case()
    for assessor, free in found.items():
        assess(case, assessor, free=free)
    with pytest.raises(Refused):
        step(case, S.REQUEST)
    assert not Mediation.objects.filter(state=M.REQUESTED).exists()
    assert S.REQUEST not in queries.mediation_page(**lead(case)).steps


def test_the_last_word_of_an_assessor_counts() -> None:
    case = a_case()
    assess(case, Assessor.COMPANION)
    assess(case, Assessor.PSYCHOLOGIST)
    assess(case, Assessor.PSYCHOLOGIST, free=False)
    with pytest.raises(Refused, match="free of pressure"):
        step(case, S.REQUEST)
    assess(case, Assessor.PSYCHOLOGIST)
    assert step(case, S.REQUEST).state == M.REQUESTED


@pytest.mark.parametrize(
    ("who", "assesses", "moves"),
    [
        ("manager", None, None), ("deputy", None, None), ("partner", None, PermissionDenied),
        ("colleague", NotInSight, NotInSight), ("head", NotInSight, NotInSight),
        ("outsider", NotInSight, NotInSight), ("reporter", PermissionDenied, PermissionDenied),
    ],
)  # fmt: skip
def test_who_may(
    who: str, assesses: type[Exception] | None, moves: type[Exception] | None
) -> None:
    case = mediation(M.ASSESSED)
    actor = everybody(case)[who]
    for act, wrong in (
        (lambda: assess(case, Assessor.COMPANION, actor=actor), assesses),
        (lambda: step(case, S.REQUEST, actor), moves),
        (lambda: commands.bar_mediation(**about(case, actor)),
         PermissionDenied if not moves or who in {"partner", "reporter"} else NotInSight),
    ):  # fmt: skip
        if wrong is None:
            act()
        else:
            with pytest.raises(wrong):
                act()


@pytest.mark.parametrize("mark", MARKS)
def test_the_page_says_which_article_and_offers_nothing(mark: str) -> None:
    case = mediation(M.ASSESSED)
    becomes_sexual(case, mark)
    User.objects.update(language="en")
    manager: Client = make.signed_in(make.lead_of(case))
    address = f"/kasus/{case.pk}/mediasi/"
    page = manager.get(address).content.decode()
    assert "UU 12/2022 ps 23" in page
    assert 'value="request"' not in page
    assert 'name="assessor"' not in page
    for sent in (
        {"step": "request", "text": "Ia minta."},
        {"step": "assess", "assessor": "companion", "free": "yes", "text": "Bebas."},
        {"step": "meet", "text": "Berita acara."},
    ):
        answer = manager.post(address, sent)
        assert answer.status_code == 200
        assert "UU 12/2022 ps 23" in answer.content.decode()
    assert MediationRecord.objects.count() == 2
