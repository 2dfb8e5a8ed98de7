"""A sign of sexual violence asks, until a person says whether it is TPKS; it marks nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind
from ruang.intake import commands as intake
from ruang.intake.states import State
from ruang.kernel.codes import Age, IsTpks
from ruang.kernel.errors import Refused
from ruang.risk import CHECKLISTS, Answer
from ruang.triage import commands
from ruang.triage.commands import Leads, Over
from ruang.triage.states import BECOMES_CASE, Ground, Outcome
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = make.AT + timedelta(hours=5)


def signed(answer: Answer = Answer.YES) -> Desk:
    desk = desk_with(State.CLAIMED)
    intake.fill_risk_check(
        actor=desk.who("holder"), report_id=desk.report.pk, checklist=CHECKLISTS[Age.CHILD],
        answers={"sexual": answer}, at=make.AT,
    )  # fmt: skip
    desk.reload()
    return desk


def decide(desk: Desk, outcome: Outcome) -> Any:
    other = desk.users["outsider"].organisation_id
    return commands.decide_report(
        actor=desk.who("holder"), report_id=desk.report.pk, outcome=outcome, at=make.AT,
        message="Kami tulis di sini.", same_as=make.report_of(make.receipt()).number,
        leads=Leads(id_of(desk, "manager"), id_of(desk, "colleague")),
        over=Over(other, Ground.TERRITORY, "BA."), reason="Salah sambung.",
    )  # fmt: skip


def say(desk: Desk, answer: IsTpks) -> None:
    intake.answer_tpks(
        actor=desk.who("holder"), report_id=desk.report.pk, answer=answer, at=LATER
    )
    desk.reload()


def clocks() -> list[Clock]:
    return list(Clock.objects.filter(kind=TPKS_POLICE))


@pytest.mark.parametrize("answer", [Answer.NO, Answer.UNKNOWN])
def test_only_a_yes_puts_it_in_question(answer: Answer) -> None:
    assert not signed(answer).report.tpks_question


def test_a_sign_asks_and_marks_nothing() -> None:
    desk = signed()
    assert (desk.report.tpks_question, desk.report.tpks, clocks()) == (True, False, [])


def test_yes_begins_the_clock_from_receipt_and_is_on_record() -> None:
    desk = signed()
    say(desk, IsTpks.YES)
    assert (desk.report.tpks_question, desk.report.tpks) == (False, True)
    assert [clock.started_at for clock in clocks()] == [desk.report.received_at]
    fact = Fact.objects.latest("number")
    assert (fact.codes["step"], fact.codes["code"]) == ("tpks", IsTpks.YES)


def test_no_is_a_fact_too_and_is_said_once() -> None:
    desk = signed()
    say(desk, IsTpks.NO)
    assert (desk.report.tpks_question, desk.report.tpks, clocks()) == (False, False, [])
    assert Fact.objects.latest("number").codes["code"] == IsTpks.NO
    with pytest.raises(Refused):
        say(desk, IsTpks.YES)


def test_marking_it_answers_the_question() -> None:
    desk = signed()
    intake.identify_report(
        actor=desk.who("holder"), report_id=desk.report.pk, kind=None, authority=None,
        tpks=True, at=make.AT,
    )  # fmt: skip
    assert not desk.reload().tpks_question


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - BECOMES_CASE - {Outcome.HAND_OVER}))
def test_nothing_ends_the_report_before(outcome: Outcome) -> None:
    desk = signed()
    with pytest.raises(Refused, match="Say first"):
        decide(desk, outcome)
    assert desk.reload().state == State.CLAIMED


def test_a_case_takes_the_question_along() -> None:
    desk = signed()
    case = Case.objects.get(pk=decide(desk, Outcome.CASE))
    assert (case.tpks_question, case.sexual_by_record) == (True, True)
    lead = make.actor(make.lead_of(case))
    commands.answer_case_tpks(actor=lead, case_id=case.pk, answer=IsTpks.YES, at=LATER)
    case.refresh_from_db()
    assert (case.tpks_question, case.tpks) == (False, True)
    assert [clock.started_at for clock in clocks()] == [desk.report.received_at]


def test_no_in_a_case_settles_nothing_either() -> None:
    desk = signed()
    case = Case.objects.get(pk=decide(desk, Outcome.CASE))
    lead = make.actor(make.lead_of(case))
    commands.answer_case_tpks(actor=lead, case_id=case.pk, answer=IsTpks.NO, at=LATER)
    case.refresh_from_db()
    assert (case.tpks_question, case.tpks, case.sexual_by_record) == (False, False, True)


def test_a_sign_in_the_record_of_a_case_asks() -> None:
    make.city()
    case = make.case()
    lead = make.actor(make.lead_of(case))
    add_record(
        actor=lead, case_id=case.pk, kind=Kind.RISK_CHILD, values={"sexual": "yes"}, at=make.AT
    )
    case.refresh_from_db()
    assert (case.tpks_question, case.tpks) == (True, False)


def test_both_pages_of_the_report_ask_and_take_the_answer() -> None:
    desk = signed()
    browser = make.signed_in(desk.users["holder"])
    for name in ("desk:report", "desk:opened"):
        page = browser.get(reverse(name, args=[desk.report.pk])).content.decode()
        assert 'id="tpks"' in page, name
    address = reverse("desk:tpks", args=[desk.report.pk])
    assert browser.post(address, {"jawab": "mungkin"}).status_code == 404
    assert browser.post(address, {"jawab": "no"}).status_code == 302
    page = browser.get(reverse("desk:report", args=[desk.report.pk])).content.decode()
    assert 'id="tpks"' not in page


def test_the_case_asks_on_its_page() -> None:
    desk = signed()
    case = Case.objects.get(pk=decide(desk, Outcome.CASE))
    browser = make.signed_in(make.lead_of(case))
    assert 'id="tpks"' in browser.get(reverse("cases:case", args=[case.pk])).content.decode()
    browser.post(reverse("cases:tpks", args=[case.pk]), {"jawab": "yes"})
    case.refresh_from_db()
    assert case.tpks
