"""What nobody does alone: who asks, who decides, and that it happens once.

The request is a sealed text of its own to asker, decider and quorum (vault.md §2): to the rest
of the team and of the desk there is none. Nobody decides what she has asked for herself.
"""

from typing import Any
from uuid import UUID

import pytest

from ruang import wiring
from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.approvals.models import Approval
from ruang.approvals.queries import approvals_for
from ruang.approvals.states import Kind, State, Step
from ruang.cases import commands as cases
from ruang.cases.events import TeamChanged
from ruang.cases.queries import case_keys
from ruang.cases.states import Exclusion
from ruang.cases.states import Step as CaseStep
from ruang.clocks import keep
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended
from ruang.intake import commands as intake
from ruang.kernel.codes import CaseKind, Risk
from ruang.kernel.errors import Refused
from ruang.plans.queries import closing_page
from ruang.referrals.commands import ask_to_close
from ruang.triage import commands as triage
from ruang.triage.commands import decide_approval, end_overtaken
from ruang.triage.reactions import end_what_cannot_be_granted, is_of_barring
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


def closing_last(kind: Kind) -> tuple[bool, str]:
    """In a closed case nothing else is granted."""
    return kind is Kind.CLOSE_CASE, kind.value


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
    marked(one)
    report = make.report_of(one.another)
    about = {"actor": one.acting("manager"), "report_id": report.pk, "at": make.AT}
    intake.claim_report(**about)
    intake.rate_report(**about, risk=Risk.HIGH)
    intake.ask_lowering(**about, **asking)
    mark = {"kind": CaseKind.DOMESTIC, "authority": None, "tpks": True}
    intake.identify_report(**about, **mark)
    unmarking = {"decider": one.id_of("head"), "reason": "Salah.", "why": Ended.BY_MISTAKE}
    intake.ask_unmarking(**about, **unmarking)
    triage.ask_unmarking(**one.by(), **unmarking)
    requests = {Kind(row.kind): row.pk for row in Approval.objects.all()}
    return {kind: requests[kind] for kind in sorted(requests, key=closing_last)}


def marked(one: Scene) -> None:
    """The case bears TPKS, and its clock does not stand in the way of closing."""
    triage.identify_case(**one.by(), kind=CaseKind.DOMESTIC, authority=None, tpks=True)
    clock = keep.clock_of(one.case.pk, TPKS_POLICE)
    assert clock is not None
    keep.end(clock, why=Ended.NOT_APPLICABLE, actor=SYSTEM, at=make.AT)


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


def test_whoever_is_barred_from_the_case_is_asked_nothing_about_it() -> None:
    one = scene()
    cases.rate_case(**one.by(), risk=Risk.HIGH)
    barred = one.id_of("barred colleague")
    with pytest.raises(Refused, match=r"from the list|dari daftar"):
        cases.ask_lowering(**one.by(), risk=Risk.LOW, decider=barred, reason="Sudah pindah.")
    with pytest.raises(Refused, match=r"from the list|dari daftar"):
        ask_to_close(**one.by(), proposal=closings.proposal(), decider=barred)
    lowering = case_keys(**one.by(), wanted=CaseStep.LOWER)
    for page in (lowering, closing_page(**one.by(), partners_done=True)):
        able = {person.id for person in page.deciders}
        assert one.id_of("head") in able
        assert barred not in able


@pytest.mark.parametrize("is_over", [False, True])
def test_whoever_is_barred_after_she_was_asked_reads_and_decides_nothing(is_over: bool) -> None:
    one = scene()
    requests = asked(one)
    if is_over:
        take(one.acting("head"), requests[Kind.LOWER_CASE], Step.REFUSE)
    cases.exclude_user(**one.by(), user_id=one.id_of("head"), why=Exclusion.SURVIVOR)
    for kind in (Kind.LOWER_CASE, Kind.CLOSE_CASE):
        for step in ("see", Step.GRANT, Step.REFUSE):
            with pytest.raises(sight.NotInSight):
                take(one.acting("head"), requests[kind], step)
    assert {line.kind for line in approvals_for(actor=one.acting("head"), open_only=False)} == {
        Kind.LOWER_REPORT, Kind.UNMARK_REPORT,
    }  # fmt: skip
    end_overtaken(actor=SYSTEM, subject=one.case.pk, at=make.AT)
    first = State.REFUSED if is_over else State.LAPSED
    states = {kind: Approval.objects.get(pk=pk).state for kind, pk in requests.items()}
    assert states == {
        Kind.LOWER_CASE: first, Kind.CLOSE_CASE: State.LAPSED, Kind.LOWER_REPORT: State.ASKED,
        Kind.UNMARK_CASE: State.LAPSED, Kind.UNMARK_REPORT: State.ASKED,
    }  # fmt: skip


def test_that_she_was_barred_is_what_ends_it() -> None:
    assert end_what_cannot_be_granted in wiring.REACTIONS[TeamChanged.name]
    assert wiring.MATTERS[TeamChanged.name] is is_of_barring
