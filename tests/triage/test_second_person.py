"""A-33: a risk is lowered by two people and a reason, or not at all."""

from typing import Any

import pytest

from ruang.access.roles import Role
from ruang.approvals import queries
from ruang.approvals.models import Approval
from ruang.approvals.states import WHY, Kind, State, Step
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.clocks.legal import ENDINGS
from ruang.intake import commands as intake
from ruang.intake.states import Risk, Safety
from ruang.intake.states import State as ReportState
from ruang.kernel.errors import Refused
from ruang.triage.commands import Leads, decide_approval, decide_report
from ruang.triage.commands.approving import EFFECTS
from ruang.triage.states import Outcome
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
N, C, D = ReportState.NEW, ReportState.CLAIMED, ReportState.DECIDED
H, M, L = Risk.HIGH, Risk.MEDIUM, Risk.LOW


def high(state: ReportState = C, risk: Risk = H, **told: Any) -> Desk:
    desk = desk_with(C if state is D else state, **told)
    intake.rate_report(
        actor=desk.who("holder"), report_id=desk.report.pk, risk=risk, at=make.AT
    )
    if state is D:
        type(desk.report).objects.filter(pk=desk.report.pk).update(state=D)
    return desk


def ask(desk: Desk, **changed: Any) -> Any:
    said = {
        "actor": desk.who("holder"), "report_id": desk.report.pk, "risk": L,
        "decider": id_of(desk, "head"), "reason": "Pelaku ditahan.", "at": make.AT,
    }  # fmt: skip
    return intake.ask_lowering(**{**said, **changed})


def answer(desk: Desk, asked: Any, who: str = "head", step: Step = Step.GRANT) -> None:
    decide_approval(
        actor=desk.who(who), approval_id=asked, step=step, answer="Baik.", at=make.AT
    )


def test_asking_changes_nothing() -> None:
    desk = high()
    ask(desk)
    assert Approval.objects.get().asker == id_of(desk, "holder")
    assert desk.reload().risk == H


@pytest.mark.parametrize(("step", "risk"), [(Step.GRANT, L), (Step.REFUSE, H)])
def test_what_is_granted_is_done_at_once_and_what_is_refused_is_not(
    step: Step, risk: Risk
) -> None:
    desk = high()
    asked = ask(desk)
    answer(desk, asked, "head", step)
    assert desk.reload().risk == risk
    with pytest.raises(Refused, match="decided or withdrawn"):
        answer(desk, asked, "head", step)


@pytest.mark.parametrize(
    ("risk", "wanted", "ok"),
    [(H, M, True), (H, L, True), (M, L, True), (H, H, False), (M, M, False), (M, H, False),
     (L, L, False), (L, M, False)],
)  # fmt: skip
def test_only_to_a_lower_level(risk: Risk, wanted: Risk, ok: bool) -> None:
    desk = high(risk=risk)

    if ok:
        answer(desk, ask(desk, risk=wanted))
        assert desk.reload().risk == wanted
    else:
        with pytest.raises(Refused, match="not lower"):
            ask(desk, risk=wanted)


@pytest.mark.parametrize(
    ("decider", "reason", "says"),
    [
        ("holder", "Sebab.", "from the list"), ("colleague", "Sebab.", "from the list"),
        ("outsider", "Sebab.", "from the list"), ("admin", "Sebab.", "from the list"),
        ("head", " ", "Write the reason"), ("head", "x" * 5_001, "too long"),
    ],
)  # fmt: skip
def test_a_second_person_and_a_reason(decider: str, reason: str, says: str) -> None:
    desk = high()

    with pytest.raises(Refused, match=says):
        ask(desk, decider=id_of(desk, decider), reason=reason)
    assert not Approval.objects.exists()


def test_danger_now_is_not_lowered() -> None:
    desk = high(safety=Safety.DANGER)

    with pytest.raises(Refused, match="danger now"):
        ask(desk)


def test_a_refusal_says_why_to_who_asked_and_to_nobody_else() -> None:
    desk = high()
    asked = ask(desk)

    with pytest.raises(Refused, match="Write the reason"):
        decide_approval(
            actor=desk.who("head"), approval_id=asked, step=Step.REFUSE, answer="", at=make.AT
        )
    answer(desk, asked, step=Step.REFUSE)

    page = queries.approval_page(actor=desk.who("holder"), approval_id=asked)
    assert (page.reason, page.answer) == ("Pelaku ditahan.", "Baik.")
    row = Approval.objects.get()
    for who in ("manager", "colleague", "outsider"):
        with pytest.raises(CannotOpen):
            open_text(desk.who(who).keys, row, "reason")


def test_what_was_decided_meanwhile_ends_by_itself() -> None:
    desk = high()
    asked = ask(desk)

    decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=Outcome.CASE,
        message="Kami dampingi.", at=make.AT,
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
    )  # fmt: skip

    assert Approval.objects.get().state == State.LAPSED
    with pytest.raises(Refused, match="decided or withdrawn"):
        answer(desk, asked)
    assert desk.reload().risk == H


def test_a_grant_that_cannot_be_done_leaves_everything_as_it_was() -> None:
    desk = high()
    asked = ask(desk)
    type(desk.report).objects.filter(pk=desk.report.pk).update(state=D)

    with pytest.raises(Refused, match="has been decided"):
        answer(desk, asked)
    assert Approval.objects.get().state == State.ASKED
    assert desk.reload().risk == H


class TestCase:
    @staticmethod
    def people(case: Case) -> dict[str, Any]:
        manager = make.lead_of(case)
        return {
            "manager": manager,
            "deputy": make.lead_of(case, Part.DEPUTY),
            "head": make.user(manager.organisation, Role.HEAD),
            "officer": make.user(manager.organisation, Role.INTAKE_OFFICER),
        }

    @staticmethod
    def ask(case: Case, person: Any, decider: Any, risk: Risk = M) -> Any:
        return cases.ask_lowering(
            actor=make.actor(person), case_id=case.pk, risk=risk, decider=decider.pk,
            reason="Sudah pindah.", at=make.AT,
        )  # fmt: skip

    def test_is_lowered_with_a_second_person_who_need_not_see_it(self) -> None:
        case = make.case(risk="high")
        people = self.people(case)
        asked = self.ask(case, people["manager"], people["head"])

        assert not Case.objects.visible_to(make.actor(people["head"])).exists()
        decide_approval(
            actor=make.actor(people["head"]), approval_id=asked, step=Step.GRANT, answer="",
            at=make.AT,
        )  # fmt: skip

        case.refresh_from_db()
        assert case.risk == M
        page = queries.approval_page(actor=make.actor(people["head"]), approval_id=asked)
        assert (page.line.number, page.line.code) == (case.number, M)

    def test_once_at_a_time(self) -> None:
        case = make.case(risk="high")
        people = self.people(case)
        self.ask(case, people["manager"], people["head"])

        with pytest.raises(Refused, match="asked already"):
            self.ask(case, people["deputy"], people["head"], L)


def test_each_reason_for_taking_tpks_off_has_its_words() -> None:
    assert {one.value: str(one.label) for one in ENDINGS} == {
        code: str(words) for code, words in WHY.items()
    }


def test_every_lowering_that_can_be_asked_has_its_effect() -> None:
    assert {Kind.LOWER_REPORT, Kind.LOWER_CASE} <= set(EFFECTS)
