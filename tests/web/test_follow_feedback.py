"""She says how the help was, under her code, if she wants to and when there was help."""

import pytest
import time_machine
from django.test import Client

from ruang.access.roles import Role
from ruang.cases.models import Case, ThreadMessage
from ruang.intake.commands import claim_report
from ruang.intake.models import Message, Report
from ruang.intake.states import State
from ruang.kernel.codes import MessageKind, Who
from ruang.kernel.told import Feedback
from ruang.plans import commands
from ruang.plans.states import Kind
from ruang.triage.commands import Leads, decide_report, write_as_reporter
from ruang.triage.states import Outcome
from ruang.vault.texts import open_text
from tests import closings, make
from tests.intake.desk_people import Desk, desk_with
from tests.triage.test_follow_page import case_of, decide, page
from tests.web.walk import Walk

pytestmark = pytest.mark.django_db


def a_case(who: Who = Who.SELF) -> tuple[Desk, Case]:
    desk = desk_with(State.CLAIMED, who=who)
    decide(desk, Outcome.CASE)
    return desk, case_of(desk)


def serve(desk: Desk, case: Case) -> None:
    commands.give_service(
        actor=desk.who("manager"), case_id=case.pk, on=make.AT.date(), note="Baik.",
        wanted=commands.Wanted(None, Kind.HEALTH), at=make.AT,
    )  # fmt: skip


@pytest.mark.parametrize("helped", ["served", "closed"])
def test_she_is_asked_after_a_service_and_after_the_end(helped: str) -> None:
    desk, case = a_case()
    assert not page(desk).may_say_how
    if helped == "served":
        serve(desk, case)
    else:
        closings.closed(case)
    assert page(desk).may_say_how


@pytest.mark.parametrize("who", [Who.CHILD, Who.KNOWN, Who.STRANGER])
def test_who_reports_for_somebody_else_is_not_asked(who: Who) -> None:
    desk, case = a_case(who)
    serve(desk, case)
    assert not page(desk).may_say_how


def test_what_she_answered_is_sealed_shown_to_her_and_owed_no_answer() -> None:
    desk, case = a_case()
    serve(desk, case)
    before = page(desk).answer_by
    text = Feedback("yes", "", "no", "Terlalu lama.").to_text()
    write_as_reporter(
        actor=desk.who("reporter"), text=text, form_tag=b"f" * 32, at=make.AT,
        kind=MessageKind.FEEDBACK,
    )  # fmt: skip
    row = ThreadMessage.objects.get(kind=MessageKind.FEEDBACK)
    assert b"Terlalu" not in bytes(row.text)
    assert open_text(desk.who("manager").keys, row, "text") == text
    assert page(desk).answer_by == before
    case.refresh_from_db()
    assert not case.waiting


def followed(client: Client) -> tuple[Walk, Report, str]:
    make.city()
    with time_machine.travel(make.AT, tick=False):
        receipt = make.receipt()
    return Walk(client, address="/pantau/"), make.report_of(receipt), receipt.words or ""


def test_under_her_words_she_answers_what_she_wants_to(client: Client) -> None:
    thread, report, words = followed(client)
    officer = make.actor(make.officer(make.city_facts()))
    desk = make.officer(make.city_facts()).organisation
    leads = [make.user(desk, Role.CASE_MANAGER) for _ in range(2)]
    claim_report(actor=officer, report_id=report.pk, at=make.AT)
    decide_report(
        actor=officer, report_id=report.pk, outcome=Outcome.CASE, at=make.AT,
        message="Kami mendampingi Anda.", leads=Leads(leads[0].pk, leads[1].pk),
    )  # fmt: skip
    case = Case.objects.get()
    thread.open().press("buka", kode=words)
    assert "Ceritakan bagaimana pendampingannya" not in thread.text
    assert thread.press("ke", "feedback").soup.find(id="status") is not None, "not asked yet"

    closings.closed(case)
    thread.open().press("buka", kode=words)
    assert "Ceritakan bagaimana pendampingannya" in thread.text
    thread.press("ke", "feedback")
    assert thread.value("safe") == [], "nothing is chosen beforehand"
    assert thread.press("kirim").errors == ["Belum ada yang dijawab. Satu jawaban cukup."]
    too_much = thread.press("kirim", safe="yes", pesan="x" * 5_001)
    assert "terlalu panjang" in too_much.errors[0]
    for _again in range(2):
        thread.press("kirim", safe="yes", heard="partly", pesan="Terima kasih.")
    assert "Apakah Anda didengarkan? Sebagian" in thread.text
    assert ThreadMessage.objects.filter(kind=MessageKind.FEEDBACK).count() == 1


def test_before_there_is_a_case_nobody_is_asked(client: Client) -> None:
    thread, _report, words = followed(client)
    thread.open().press("buka", kode=words).press("ke", "feedback")
    assert thread.soup.find(id="status") is not None
    thread.press("kirim", safe="yes", pesan="Halo")
    assert Message.objects.get().kind == MessageKind.TEXT
