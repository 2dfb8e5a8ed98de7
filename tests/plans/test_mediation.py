"""No road to mediation in a case of sexual violence, and only the one road in any other."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ruang.access.actor import SYSTEM, Actor
from ruang.audit.models import Fact
from ruang.audit.record import record
from ruang.cases.commands import identify_case
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
    return identify_case(**lead(case), kind=kind, authority=None, tpks=False)


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


def identified(case: Case, kind: CaseKind = CaseKind.CIVIL, *, tpks: bool = False) -> None:
    identify_case(**lead(case), kind=kind, authority=None, tpks=tpks)


def wrote(case: Case, kind: RecordKind, **said: Any) -> None:
    add_record(**lead(case), kind=kind, values=said)


MARKS: dict[str, Callable[[Case], None]] = {
    "tpks": partial(identified, tpks=True),
    "kind sexual": partial(identified, kind=CaseKind.SEXUAL),
    "kind trafficking": partial(identified, kind=CaseKind.TRAFFICKING),
    "form": partial(wrote, kind=RecordKind.INCIDENT, forms=("sexual",)),
    "offence": partial(wrote, kind=RecordKind.INCIDENT, tpks=("electronic",)),
    "trafficking": partial(wrote, kind=RecordKind.INCIDENT, trafficking=("sexual",)),
    "danger sign": partial(wrote, kind=RecordKind.RISK_ADULT, forced_sex="yes"),
    "danger sign of a child": partial(wrote, kind=RecordKind.RISK_CHILD, sexual="yes"),
    "protection": partial(wrote, kind=RecordKind.LEGAL_STEP, step="tpks_protection"),
}
"""Every code of sexual violence, by the road it comes on."""
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


@pytest.mark.parametrize("mark", list(MARKS))
@pytest.mark.parametrize("road", list(ROADS))
def test_in_sexual_violence_no_road_leads_there(mark: str, road: str) -> None:
    case = a_case()
    MARKS[mark](case)
    facts = Fact.objects.count()
    with pytest.raises(Refused, match="UU 12/2022 ps 23"):
        ROADS[road](case)
    assert not Mediation.objects.exists()
    assert not Service.objects.exists()
    assert Fact.objects.count() == facts


@pytest.mark.parametrize("mark", list(MARKS))
@pytest.mark.parametrize("state", sorted(RUNNING))
def test_a_mark_that_comes_later_shuts_the_road_and_ends_what_runs(
    mark: str, state: MediationState
) -> None:
    case = mediation(state)
    let_time_pass(make.AT)
    MARKS[mark](case)
    for one in S:
        if one not in {S.ASSESS, S.STOP}:
            with pytest.raises(Refused, match="ps 23"):
                step(case, one)

    let_time_pass(make.AT)

    row = Mediation.objects.get()
    assert (row.state, row.by_law) == (M.STOPPED, True)
    page = queries.mediation_page(**lead(case))
    assert "ps 23" in str(page.refusal)
    assert page.steps == ()


@pytest.mark.parametrize("mark", list(MARKS))
def test_a_mediation_that_was_planned_as_a_service_does_not_begin(mark: str) -> None:
    case = a_case()
    wanted = Wanted(Function.MEDIATION, None, need="Nafkah.")
    row = commands.plan_service(**lead(case), wanted=wanted)
    MARKS[mark](case)
    move = {**lead(case), "service_id": row.pk}
    with pytest.raises(Refused, match="ps 23"):
        commands.move_service(**move, step=ServiceStep.BEGIN)
    with pytest.raises(Refused, match="ps 23"):
        commands.move_service(**move, step=ServiceStep.END, ending=Ending(Outcome.GIVEN, TODAY))
    ending = Ending(Outcome.NOT_NEEDED, TODAY, "Bukan perkara perdata.")
    commands.move_service(**move, step=ServiceStep.END, ending=ending)


@pytest.mark.parametrize("state", list(M))
def test_as_a_service_it_is_given_only_once_a_session_was_held(state: MediationState) -> None:
    case = mediation(state)
    wanted = Wanted(Function.MEDIATION, None, need="Nafkah.")
    row = commands.plan_service(**lead(case), wanted=wanted)
    move = {**lead(case), "service_id": row.pk}
    acts: list[Callable[[], Any]] = [
        lambda: commands.give_service(**lead(case), wanted=wanted, on=TODAY, note="Damai."),
        lambda: commands.move_service(**move, step=ServiceStep.BEGIN),
        lambda: commands.move_service(
            **move, step=ServiceStep.END, ending=Ending(Outcome.PARTLY, TODAY)
        ),
    ]
    for act in acts:
        if state in {M.MEETING, M.AGREED, M.NOT_AGREED, M.KEPT}:
            act()
        else:
            with pytest.raises(Refused, match="assessments"):
                act()


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


@pytest.mark.parametrize("mark", list(MARKS))
def test_the_page_says_which_article_and_offers_nothing(mark: str) -> None:
    case = mediation(M.ASSESSED)
    MARKS[mark](case)
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
