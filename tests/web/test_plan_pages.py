"""The pages of a plan: each shows what the query found, and each form does one thing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ruang.approvals.models import Approval
from ruang.cases.commands import write_from_reporter
from ruang.cases.models import Case
from ruang.cases.states import Compartment, EntryKind, Part, State
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind as Record
from ruang.identity.models import User
from ruang.kernel import clock
from ruang.kernel.codes import CaseKind, MessageKind
from ruang.kernel.told import Contact, Feedback
from ruang.plans import commands
from ruang.plans.models import Agreement, FollowUp, Goal, Service, Task
from ruang.plans.states import Check, Kind
from tests import closings, make
from tests.cases.team import partner_on
from tests.cases.test_case_steps import reporter_of
from tests.web.parts import links, opened, soup, words
from tests.web.test_case_page import questions

pytestmark = pytest.mark.django_db


def today() -> str:
    return timezone.localtime(clock.now()).date().isoformat()


@pytest.fixture
def case() -> Case:
    made = make.case()
    User.objects.update(language="en")
    return made


@pytest.fixture
def manager(case: Case) -> Client:
    return make.signed_in(make.lead_of(case))


def at(case: Case, rest: str = "") -> str:
    return f"/kasus/{case.pk}/{rest}"


def send(browser: Client, address: str, said: dict[str, Any]) -> Any:
    once = soup(browser.get(address)).select_one("input[name=once]")
    sent = {**said, "once": once["value"]} if once else said
    answers = [browser.post(address, sent) for _again in range(2 if once else 1)]
    assert [answer.status_code for answer in answers] == [302] * len(answers), words(answers[0])
    return browser.get(answers[0]["Location"])


def test_a_goal_in_her_words_is_written_once_and_ends(case: Case, manager: Client) -> None:
    page = send(manager, at(case, "tujuan/"), {"text": "Anak saya tetap sekolah."})
    assert "“Anak saya tetap sekolah.”" in words(page)
    assert "“Anak saya tetap sekolah.”" in words(manager.get(at(case)))
    goal = Goal.objects.get()
    end = at(case, f"tujuan/{goal.pk}/")
    empty = manager.post(end, {"reached": "no"})
    assert "why it was not reached" in words(empty)
    page = send(manager, end, {"reached": "no", "why": "Ia pindah kota."})
    assert "Not reached" in words(page)
    assert "Ia pindah kota." in words(page)


def test_services_are_planned_begun_ended_and_recorded(case: Case, manager: Client) -> None:
    wanted = {"kind": "health", "need": "Periksa luka.", "payer": "city"}
    page = send(manager, at(case, "layanan/"), wanted)
    assert "Periksa luka." in words(page)
    row = Service.objects.get()
    assert manager.post(at(case, f"layanan/{row.pk}/mulai/")).status_code == 302
    row.refresh_from_db()
    assert row.state == "under_way"
    ended = {"outcome": "given", "on": today(), "note": "Dirawat."}
    assert "Dirawat." in words(send(manager, at(case, f"layanan/{row.pk}/"), ended))
    partner = make.signed_in(partner_on(case))
    given = {"function": "companion", "on": today(), "note": "Ditemani ke polisi."}
    send(partner, at(case, "layanan/diberikan/"), given)
    assert Service.objects.count() == 2
    assert "Ditemani ke polisi." in words(manager.get(at(case)))


def a_person(case: Case, name: str, role: str) -> str:
    row = add_record(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, kind=Record.PERSON,
        values={"name": name, "role": role}, at=make.AT,
    )  # fmt: skip
    return str(row.pk)


def test_for_whom_is_asked_only_where_there_is_more_than_one(
    case: Case, manager: Client
) -> None:
    a_person(case, "Sari", "beneficiary")
    for rest in ("layanan/", "layanan/diberikan/"):
        assert "For whom?" not in words(manager.get(at(case, rest)))
    dani = a_person(case, "Dani", "child")
    wanted = {"kind": "health", "detail": "visum", "need": "Periksa luka.", "payer": "city"}
    refused = manager.post(at(case, "layanan/"), wanted)
    assert "Say for whom this service is." in words(refused)
    assert not Service.objects.exists()
    page = words(send(manager, at(case, "layanan/"), {**wanted, "persons": [dani]}))
    assert "Health: Visum" in page
    assert "For Dani · Child concerned" in page
    row = Service.objects.get()
    ended = {"outcome": "given", "on": today(), "note": ""}
    send(manager, at(case, f"layanan/{row.pk}/"), ended)
    assert "Service: Health: Visum" in words(manager.get(at(case)))


def test_a_partner_is_neither_asked_nor_told_who_is_in_the_case(
    case: Case, manager: Client
) -> None:
    a_person(case, "Sari", "beneficiary")
    dani = a_person(case, "Dani", "child")
    partner = make.signed_in(partner_on(case))
    assert "For whom?" not in words(partner.get(at(case, "layanan/diberikan/")))
    send(partner, at(case, "layanan/diberikan/"), {"kind": "health", "on": today()})
    for rest in ("rencana-intervensi/", "simfoni/"):
        shown = partner.get(at(case, rest)).content.decode()
        assert "Dani" not in shown
        assert "For whom?" not in shown
    assert "For whom?" in words(manager.get(at(case, "rencana-intervensi/")))
    page = words(manager.get(at(case, "simfoni/")))
    assert "Services not said for whom" in page
    row = Service.objects.get()
    complete = at(case, f"layanan/{row.pk}/lengkapi/")
    assert soup(manager.get(at(case, "simfoni/"))).find("a", href=f"{complete}?dari=simfoni")
    said = {"kind": "health", "detail": "medical", "persons": [dani]}
    page = words(send(manager, complete + "?dari=simfoni", said))
    assert "Services not said for whom" not in page
    assert "Health: Medical" in page
    assert "Missing Institution" in page
    (chosen,) = soup(manager.get(complete)).select("#id_detail option[selected]")
    assert chosen["value"] == "medical"
    assert not soup(partner.get(complete)).select("#id_detail"), "she holds no key of Health"
    shown = partner.get(at(case, "rencana-intervensi/"))
    assert "Medis" not in words(shown)
    assert soup(shown).select(".rk-shut")
    assert manager.get(at(case, "rencana-intervensi/")).content.decode().count("Dani") == 1


def test_only_who_recorded_it_and_who_leads_completes_a_service(
    case: Case, manager: Client
) -> None:
    send(manager, at(case, "layanan/diberikan/"), {"kind": "law", "on": today()})
    row = Service.objects.get()
    partner = make.signed_in(partner_on(case))
    complete = at(case, f"layanan/{row.pk}/lengkapi/")
    assert partner.get(complete).status_code == 403
    assert partner.post(complete, {"kind": "law"}).status_code == 403
    assert complete not in partner.get(at(case, "rencana-intervensi/")).content.decode()
    assert complete in manager.get(at(case, "rencana-intervensi/")).content.decode()


def test_bpjs_is_explained_and_what_was_typed_stays(case: Case, manager: Client) -> None:
    wanted = {"kind": "health", "need": "Visum et repertum.", "payer": "bpjs"}
    page = manager.post(at(case, "layanan/"), wanted)
    assert "BPJS does not pay" in words(page)
    assert "Visum et repertum." in page.content.decode()
    assert not Service.objects.exists()


def test_what_she_said_to_the_plan(case: Case, manager: Client) -> None:
    said = {
        "answer": "partly", "why": "Belum mau melapor.", "on": today(),
        "explained_by": str(make.lead_of(case).pk),
    }  # fmt: skip
    page = words(send(manager, at(case, "kesepakatan/"), said))
    assert "She agreed in part" in page
    assert "Belum mau melapor." in page
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("rest", ["layanan/diberikan/", "kesepakatan/", "pemantauan/"])
def test_the_day_is_filled_in_as_a_browser_reads_it(
    case: Case, manager: Client, rest: str
) -> None:
    field = soup(manager.get(at(case, rest))).select_one("input[name=on]")
    assert field is not None
    assert field["value"] == today()


def test_a_task_crosses_organisations(case: Case, manager: Client) -> None:
    person = partner_on(case)
    User.objects.update(language="en")
    task = {
        "title": "KENARI-TUGAS", "owner": str(person.pk), "due_on": today(), "part": "plan",
    }  # fmt: skip
    assert "KENARI-TUGAS" in words(send(manager, at(case, "tugas/baru/"), task))
    row = Task.objects.get()
    partner = make.signed_in(person)
    assert "KENARI-TUGAS" in words(partner.get("/meja/"))
    assert "KENARI-TUGAS" in words(partner.get(at(case)))
    assert "KENARI-TUGAS" not in words(make.signed_in(make.user()).get("/meja/"))
    done = partner.post(at(case, f"tugas/{row.pk}/selesai/"), {"dari": "meja"})
    assert done["Location"] == "/meja/?hasil=tugas-selesai"
    assert "KENARI-TUGAS" not in words(partner.get("/meja/"))
    again = manager.post(at(case, f"tugas/{row.pk}/"), {"reason": "mistake"})
    assert "done or cancelled meanwhile" in words(again)


def test_a_task_is_cancelled_with_a_reason(case: Case, manager: Client) -> None:
    row = commands.set_task(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, title="Surat kuasa.",
        owner=make.lead_of(case, Part.DEPUTY).pk, due_on=make.AT.date(), at=make.AT,
    )  # fmt: skip
    late = words(manager.get(at(case)))
    assert "Late since 23 Nov" in late
    address = at(case, f"tugas/{row.pk}/")
    assert "Choose one answer." in words(manager.post(address, {}))
    assert "At her wish" in words(send(manager, address, {"reason": "her_wish"}))


def test_follow_up_shows_the_rules_before_the_number(case: Case, manager: Client) -> None:
    contact = Contact(way="phone", reach="0812-KENARI", safe_from="19:00", safe_until="20:00")
    make.entry(case, contact.to_text(), Compartment.IDENTITY, EntryKind.CONTACT)
    address = at(case, "pemantauan/")
    page = manager.get(address).content.decode()
    assert page.index("how to reach her safely") < page.index("0812-KENARI")
    assert ("identity", False) in opened(case.pk)
    in_a_week = (clock.now() + timedelta(days=7)).date()
    said = {"on": today(), "way": "phone", "text": "Lebih tenang.", "next_on": in_a_week}
    assert "Lebih tenang." in words(send(manager, address, said))
    assert FollowUp.objects.count() == 1
    assert "Next dates" in words(manager.get(at(case)))
    partner = make.signed_in(partner_on(case))
    seen = partner.get(address).content.decode()
    assert "0812-KENARI" not in seen
    assert "Lebih tenang." in seen
    assert partner.post(address, said).status_code == 403
    Case.objects.filter(pk=case.pk).update(next_on=make.AT.date())
    assert "Ask how she is" in words(manager.get("/meja/"))
    Case.objects.filter(pk=case.pk).update(next_on=None, legal_on=make.AT.date())
    desk = manager.get("/meja/")
    assert "Ask how she is" not in words(desk)
    assert "Date of the legal track" in words(desk)
    assert f"/kasus/{case.pk}/hukum/" in links(desk)
    Case.objects.filter(pk=case.pk).update(safety_on=make.AT.date())
    for address in ("/meja/", at(case), "/kasus/"):
        assert "Date of the legal track" in words(manager.get(address)), address
    assert "Look at the safety plan again" in words(manager.get(at(case)))


def closing_form(case: Case) -> dict[str, Any]:
    return {
        "closing": "helped", "note": "KENARI-NOTA", "text": "Anda bisa kembali kapan saja.",
        "decider": str(make.lead_of(case, Part.DEPUTY).pk), "reason": "Selesai.",
        **{f"yes_{one.value}": "on" for one in Check},
        "why_simfoni": "KENARI-SIMFONI",
    }  # fmt: skip


def test_closing_asks_waits_and_is_taken_back(case: Case, manager: Client) -> None:
    address = at(case, "penutupan/")
    told = soup(manager.get(address)).select_one("textarea[name=text]")
    assert told is not None
    assert "bisa kembali kapan saja" in told.get_text(), "in the reporter's language"
    form = closing_form(case)
    page = words(manager.get(address))
    assert "No hearing or other date of the legal track is still to come" in page
    assert page.count("The record says so.") == 2
    assert page.count("Not yet, by the record: SIMFONI") == 1
    for left_out, says in (
        ("yes_safety", "checklist"), ("why_simfoni", "checklist"), ("note", "few words"),
        ("decider", "Choose one answer"), ("reason", "reason"),
    ):  # fmt: skip
        answer = manager.post(address, {k: v for k, v in form.items() if k != left_out})
        assert says in words(answer), left_out
    waits = send(manager, address, form)
    assert "KENARI-NOTA" in words(waits)
    assert "Waiting for the second person" in words(waits)
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert manager.post(at(case, "penutupan/tarik/")).status_code == 302
    assert Approval.objects.get().state == "withdrawn"


def test_approved_it_can_be_read_written_to_and_reopened(case: Case, manager: Client) -> None:
    send(manager, at(case, "penutupan/"), closing_form(case))
    closings.granted(Approval.objects.get())
    page = words(manager.get(at(case)))
    assert "KENARI-NOTA" in page
    assert "Reopen the case" in page
    for rest in ("tujuan/", "layanan/", "tugas/baru/", "penutupan/", "catat/"):
        assert manager.get(at(case, rest)).status_code == 404, rest
    assert manager.post(at(case, "pesan/"), {"text": "Apa kabar?"}).status_code == 302
    reopened = {"reason": "Ia diancam lagi.", "text": "Kita lanjutkan."}
    page = words(send(manager, at(case, "buka-lagi/"), reopened))
    assert "Ia diancam lagi." in page
    assert case.number in page
    assert manager.get(at(case, "buka-lagi/")).status_code == 404


def test_mediation_in_the_plan_is_on_its_page(case: Case, manager: Client) -> None:
    Case.objects.filter(pk=case.pk).update(kind=CaseKind.CIVIL)
    wanted = {"function": "mediation", "need": "KENARI-MEDIASI", "payer": "city"}
    send(manager, at(case, "layanan/"), wanted)
    assert "KENARI-MEDIASI" in words(manager.get(at(case, "mediasi/")))
    row = Service.objects.get()
    ended = {"outcome": "not_wanted", "on": today(), "note": "Tidak jadi."}
    send(manager, at(case, f"layanan/{row.pk}/"), ended)
    assert "KENARI-MEDIASI" not in words(manager.get(at(case, "mediasi/")))


def test_what_stands_in_the_way_is_listed(case: Case, manager: Client) -> None:
    send(manager, at(case, "tujuan/"), {"text": "Aman."})
    page = manager.get(at(case, "penutupan/"))
    assert "Goals are still open" in words(page)
    assert not soup(page).select("textarea")
    answer = manager.post(at(case, "penutupan/"), closing_form(case))
    assert "Goals are still open" in words(answer)
    assert not Approval.objects.exists()


def test_feedback_is_in_the_messages_and_in_no_list(case: Case, manager: Client) -> None:
    said = Feedback("yes", "partly", "no", "KENARI-KATA").to_text()
    write_from_reporter(
        actor=reporter_of(case), case_id=case.pk, text=said, kind=MessageKind.FEEDBACK,
        at=make.AT,
    )  # fmt: skip
    page = words(manager.get(at(case, "pesan/")))
    assert "Were you listened to? Partly" in page
    assert "KENARI-KATA" in page
    case.refresh_from_db()
    assert not case.waiting
    for address in ("/meja/", "/kasus/"):
        assert "KENARI-KATA" not in words(manager.get(address))
        tags = [one.get_text() for one in soup(manager.get(address)).select("td .rk-tag")]
        assert tags == []


def test_the_number_of_questions_does_not_grow_with_the_plan(
    case: Case, manager: Client
) -> None:
    by: dict[str, Any] = {
        "actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT,
    }  # fmt: skip

    def more(count: int) -> None:
        for _one in range(count):
            commands.add_goal(**by, text="Aman.")
            commands.give_service(
                **by, wanted=commands.Wanted(None, Kind.HEALTH), on=make.AT.date(), note="Baik."
            )
            commands.set_task(
                **by, owner=make.lead_of(case).pk, title="Telepon.", due_on=make.AT.date()
            )

    more(2)
    pages = ("", "rencana-intervensi/", "tugas/", "pemantauan/", "penutupan/", "mediasi/")
    few = {rest: questions(manager, at(case, rest)) for rest in pages}
    mine = questions(manager, "/meja/")
    more(8)
    for rest in pages:
        assert questions(manager, at(case, rest)) <= few[rest], rest
    assert questions(manager, "/meja/") <= mine
