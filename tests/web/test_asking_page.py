"""The form that asks a partner: nothing typed is lost, nothing is chosen beforehand."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from ruang.access.roles import Role
from ruang.cases.commands import write_names
from ruang.cases.models import Case
from ruang.cases.states import Closing, Part
from ruang.cases.states import State as CaseState
from ruang.identity.models import Organisation
from ruang.identity.states import OrganisationKind
from ruang.referrals.models import Referral
from ruang.vault.texts import open_text
from tests import make
from tests.reading import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def case() -> Case:
    return make.case(risk="high")


@pytest.fixture
def desk() -> Organisation:
    return make.partner().organisation


@pytest.fixture
def manager(case: Case) -> Client:
    return make.signed_in(make.lead_of(case))


def address(case: Case, need: str = "legal") -> str:
    return reverse("referrals:ask", args=[case.pk]) + (f"?need={need}" if need else "")


def page(browser: Client, at: str, sent: dict[str, object] | None = None) -> BeautifulSoup:
    response = browser.get(at) if sent is None else browser.post(at, sent)
    assert response.status_code == 200
    text = response.content.decode()
    assert "UNDEFINED" not in text
    return parsed(text)


def filled(desk: Organisation, **changed: object) -> dict[str, object]:
    said: dict[str, object] = {
        "once": "a" * 32,
        "need": "legal",
        "receiver": str(desk.pk),
        "text": "Pendampingan advokat perempuan.",
        "basis": "consent",
        "giver": "self",
        "explained": "Apa, kepada siapa, sampai kapan.",
        "consent_on": "2026-11-22",
        "consent_way": "written",
        "basis_note": "",
        "compartments": ["narrative"],
        "share_until": "2027-02-20",
        "answer_on": "2026-11-23",
        "answer_at": "17:00",
        "names": "Melati Kusuma",
    }
    return {name: value for name, value in {**said, **changed}.items() if value is not None}


def test_first_what_is_needed_then_who_suits_it(case: Case, manager: Client) -> None:
    soup = page(manager, address(case, ""))
    assert len(soup.select("input[name=need]")) == 11
    assert not soup.select("input[checked]")
    soup = page(manager, address(case, "") + "?need=")
    assert "Pilih satu jawaban." in soup.get_text()
    police = make.partner(OrganisationKind.POLICE, "Unit PPA").organisation
    lawyers = make.partner(OrganisationKind.LEGAL_AID, "Zamrud LBH").organisation
    for need, first in (("police", police), ("legal", lawyers)):
        soup = page(manager, address(case, need))
        assert soup.find(id="id_receiver").find_all("option")[1].get_text() == first.name


def test_nothing_is_chosen_and_the_usual_times_and_names_stand_there(
    case: Case, manager: Client
) -> None:
    write_names(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT,
        names="Melati Kusuma\nBayu Kusuma",
    )  # fmt: skip
    soup = page(manager, address(case))
    assert not soup.select("main input[checked]")
    parts = {box["value"] for box in soup.select("[name=compartments]")}
    assert parts == {"identity", "narrative", "health", "legal", "evidence", "suspect"}
    assert "Rencana dan catatan bersama selalu ikut" in soup.get_text()
    assert soup.find(id="id_names").get_text().strip() == "Melati Kusuma\nBayu Kusuma"
    assert soup.find(id="id_answer_on")["value"] == "2026-11-23"
    assert soup.find(id="id_answer_at")["value"] == "16:30"
    assert soup.find(id="id_share_until")["value"] == "2027-02-21"
    assert soup.find(id="id_text").get_text().strip() == ""


def test_a_whole_request_is_sent_once(case: Case, manager: Client, desk: Organisation) -> None:
    for _ in range(2):
        answer = manager.post(address(case), filled(desk))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(
            reverse("referrals:of_case", args=[case.pk])
        )
    row = Referral.objects.get()
    assert row.receiver_id == desk.pk
    assert row.compartments == ["narrative", "plan"]
    assert f"{row.answer_by:%Y-%m-%d %H:%M}" == "2026-11-23 10:00"
    assert f"{row.share_until:%Y-%m-%d %H:%M}" == "2027-02-20 16:59"
    keys = make.actor(make.lead_of(case)).keys
    assert open_text(keys, row, "names") == "Melati Kusuma"
    listed = manager.get(reverse("referrals:of_case", args=[case.pk])).content.decode()
    assert row.number in listed
    assert desk.name in listed


@pytest.mark.parametrize(
    ("changed", "words", "field"),
    [
        ({"receiver": ""}, "Pilih sebuah lembaga.", "id_receiver"),
        ({"receiver": "bukan"}, "Pilih satu jawaban.", "id_receiver"),
        ({"text": " "}, "Tulis apa yang Anda minta", "id_text"),
        ({"basis": None}, "Pilih satu jawaban.", "id_basis_0"),
        ({"consent_on": ""}, "Isi kapan", "id_consent_on"),
        ({"consent_on": "kemarin"}, "Tanggal ini tidak terbaca", "id_consent_on"),
        ({"consent_way": None}, "Pilih bagaimana", "id_consent_way_0"),
        ({"basis": "vital"}, "Tulis alasan", "id_basis_note"),
        ({"compartments": ["thread"]}, "Pilih dari bagian", "id_compartments_0"),
        ({"compartments": ["plan"]}, "Pilih dari bagian", "id_compartments_0"),
        ({"share_until": ""}, "Pilih tanggal.", "id_share_until"),
        ({"answer_at": "25:99"}, "Jam ini tidak terbaca", "id_answer_at"),
        ({"names": "\x00"}, "Tulis nama mereka", "id_names"),
        ({"nobody_known": "on"}, "Pilih salah satu", ""),
        ({"answer_on": "2026-11-22"}, "Batas waktu jawaban sudah lewat", ""),
        ({"share_until": "2031-01-01"}, "Paling lama", ""),
        ({"consent_on": "2026-12-01"}, "masih di masa depan", ""),
        ({"text": "x" * 5_001}, "terlalu panjang", ""),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_everything_stays(
    case: Case,
    manager: Client,
    desk: Organisation,
    changed: dict[str, object],
    words: str,
    field: str,
) -> None:
    sent = filled(desk, **changed)
    soup = page(manager, address(case), sent)
    summary = soup.select_one(".govuk-error-summary")
    assert words in summary.get_text()
    if field:
        assert summary.select_one(f'a[href="#{field}"]') is not None
        assert soup.find(id=field) is not None
    assert not Referral.objects.exists()
    for name, value in sent.items():
        if name in {"text", "names", "basis_note"} and value != "\x00":
            assert soup.find(id=f"id_{name}").get_text().strip() == str(value).strip()
        elif name in {"share_until", "answer_on", "answer_at", "consent_on", "once"}:
            assert soup.find("input", {"name": name}).get("value", "") == value
        elif name == "compartments" and "Pilih dari bagian" not in words:
            ticked = [b["value"] for b in soup.select("[name=compartments][checked]")]
            assert ticked == value
    if changed.get("receiver", desk) is desk:
        assert soup.select_one("#id_receiver option[selected]")["value"] == str(desk.pk)


def test_dates_are_read_as_people_write_them(
    case: Case, manager: Client, desk: Organisation
) -> None:
    sent = filled(desk, consent_on="22/11/2026", share_until="20.02.2027", answer_at="17.00")
    assert manager.post(address(case), sent).status_code == 302
    assert str(Referral.objects.get().consent_on) == "2026-11-22"


def test_strange_input_is_no_fault_of_ours(
    case: Case, manager: Client, desk: Organisation
) -> None:
    strange = "\u202eRTL 🙈 \x00 <script>alert(1)</script> " + "é" * 3_000
    sent = filled(desk, text=strange, names=strange, need="legal")
    assert manager.post(address(case), sent).status_code == 302
    row = Referral.objects.get()
    keys = make.actor(make.lead_of(case)).keys
    assert "\x00" not in open_text(keys, row, "ask")
    page_of = manager.get(reverse("referrals:referral", args=[row.pk])).content.decode()
    assert "<script>alert" not in page_of
    for odd in ("?need=none", "?need=legal&sesudah=x", "?sesudah=%00", "?need=legal&need=x"):
        assert manager.get(address(case, "") + odd).status_code == 200
    unknown = f"?sesudah={make.stranger()}"
    assert manager.get(address(case, "") + unknown).status_code == 404


def test_who_may_ask(case: Case, desk: Organisation) -> None:
    place = make.lead_of(case).organisation
    helper = make.partner()
    referral = make.referral(case, helper.organisation)
    make.moved(referral, make.actor(helper), make.Step.TAKE, make.Step.CONFIRM)
    outcomes = {
        make.lead_of(case, Part.DEPUTY): 200,
        helper: 403,
        make.user(place, Role.CASE_MANAGER): 404,
        make.user(place, Role.HEAD): 404,
        make.partner(): 404,
    }
    for person, status in outcomes.items():
        browser = make.signed_in(person)
        assert browser.get(address(case)).status_code == status
        if status != 200:
            assert browser.post(address(case), filled(desk)).status_code == status
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closed_at=make.AT, closing=Closing.HELPED
    )
    assert make.signed_in(make.lead_of(case)).get(address(case)).status_code == 403


def test_consent_given_today_late_in_the_evening(
    case: Case, desk: Organisation, manager: Client
) -> None:
    late = make.AT + timedelta(hours=9, minutes=40)
    with time_machine.travel(late, tick=False):
        browser = make.signed_in(make.lead_of(case))
        sent = filled(desk, consent_on="2026-11-24", answer_on="2026-11-24", answer_at="08:00")
        assert browser.post(address(case), sent).status_code == 302
