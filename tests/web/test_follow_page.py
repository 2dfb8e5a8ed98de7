"""Following a report: the entry, the page under the words, and what it can do."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from ruang.audit.models import Fact
from ruang.intake import commands
from ruang.intake.entry import GRACE, OPEN_FOR
from ruang.intake.models import Attachment, Message, Report
from ruang.intake.states import MessageKind
from ruang.intake.told import Contact
from ruang.vault.texts import open_text
from tests import make
from tests.web.walk import Walk, photo

pytestmark = pytest.mark.django_db
WRONG = "Kode belum cocok. Periksa ejaan tiap kata; huruf besar dan tanda hubung tidak masalah."


class Thread(Walk):
    """A browser on /pantau/, with the words of one report on paper."""

    words_on_paper: str

    def enter(self, words: str = "") -> "Thread":
        self.open().press("buka", kode=words or self.words_on_paper)
        return self

    @property
    def is_in(self) -> bool:
        return self.soup.find(id="status") is not None

    @property
    def status(self) -> str:
        return " ".join(self.soup.find(id="status").get_text().split())  # type: ignore[union-attr]


@pytest.fixture
def thread(client: Client) -> Thread:
    make.city()
    with time_machine.travel(make.AT, tick=False):
        receipt = make.receipt(story="Cerita saya", reach="0812")
    found = Thread(client, address="/pantau/")
    found.words_on_paper = receipt.words or ""
    return found


def texts() -> list[str]:
    """What stands in the messages, as the desk reads it."""
    officer = make.actor(make.officer(make.city_facts()))
    return [open_text(officer.keys, one, "text") for one in Message.objects.order_by("pk")]


def test_the_words_open_the_page_with_the_status(thread: Thread) -> None:
    thread.enter(thread.words_on_paper.upper().replace(" ", "-"))
    assert thread.status == "Diterima"
    assert "A-2611-001" in thread.text
    assert "Cerita saya" not in thread.text, "the story is not shown again"


def test_wrong_words_say_so_and_stay_to_be_mended(thread: Thread) -> None:
    thread.enter("senja melati perahu")
    assert (thread.errors, thread.value("kode")) == ([WRONG], "senja melati perahu")
    assert not thread.is_in
    assert thread.press("buka", kode=thread.words_on_paper).is_in


def test_the_entry_changes_its_language_and_keeps_what_was_typed(thread: Thread) -> None:
    thread.open().press("bahasa", "en", kode="senja mel")
    assert (thread.title, thread.value("kode")) == ("Have you reported before?", "senja mel")
    assert thread.errors == []
    assert thread.press("buka", kode=thread.words_on_paper).status == "Received"


def test_reloading_the_page_within_a_minute_opens_it_and_later_does_not(thread: Thread) -> None:
    with time_machine.travel(make.AT, tick=False):
        thread.open()
        post = {**thread.hidden, "kode": thread.words_on_paper, "buka": "1"}
        assert thread.press("buka", kode=thread.words_on_paper).is_in
    with time_machine.travel(make.AT + GRACE, tick=False):
        thread.answer = thread.client.post("/pantau/", post)
        assert thread.is_in
    with time_machine.travel(make.AT + GRACE + timedelta(seconds=1), tick=False):
        thread.answer = thread.client.post("/pantau/", post)
        assert not thread.is_in
        assert thread.value("kode") == ""
        assert "hanya membuka sekali" in thread.text


def test_a_message_is_sent_shown_and_sealed(thread: Thread) -> None:
    thread.enter().press("kirim", pesan="Saya aman <b>sekarang</b>.")
    assert "Pesan Anda sudah terkirim." in thread.text
    assert "Saya aman <b>sekarang</b>." in thread.text
    assert texts() == ["Saya aman <b>sekarang</b>."]


def test_an_empty_message_is_not_sent(thread: Thread) -> None:
    assert thread.enter().press("kirim", pesan=" \n ").errors == [
        "Belum ada yang ditulis. Tulis beberapa kata dulu."
    ]
    assert not Message.objects.exists()


def test_the_same_post_twice_is_one_message(thread: Thread) -> None:
    post = {**thread.enter().hidden, "pesan": "Halo", "kirim": "1"}
    for _time in range(3):
        thread.answer = thread.client.post("/pantau/", post)
        assert thread.is_in
    assert texts() == ["Halo"]


def test_two_messages_from_two_tabs_of_the_same_page_are_two(thread: Thread) -> None:
    page = thread.enter().hidden
    for text in ("dari tab satu", "dari tab dua", "dari tab satu"):
        thread.answer = thread.client.post("/pantau/", {**page, "pesan": text, "kirim": "1"})
    assert sorted(texts()) == ["dari tab dua", "dari tab satu"]


def test_answers_of_the_desk_stand_there_with_the_time(thread: Thread) -> None:
    officer = make.actor(make.officer(make.city_facts()))
    report = Report.objects.get()
    commands.claim_report(actor=officer, report_id=report.pk, at=make.AT)
    commands.write_to_reporter(
        actor=officer, report_id=report.pk, text="Apakah Anda sendirian?", at=make.AT
    )
    with time_machine.travel(make.AT, tick=False):
        thread.enter()
    assert thread.status == "Menunggu jawaban Anda"
    assert "hari ini, 14.30 Apakah Anda sendirian?" in thread.text
    assert f"Pendamping Anda: {make.officer(make.city_facts()).name}" in thread.text


@pytest.mark.parametrize("page", ["contact", "files", "stop", "openings"])
def test_a_typed_message_is_kept_on_every_way_around(thread: Thread, page: str) -> None:
    thread.enter().press("ke", page, pesan="Belum selesai")
    thread.press("bahasa", "en").press("ke", "main")
    assert thread.value("pesan") == "Belum selesai"
    assert (
        thread.press("bahasa", "id", pesan="Hampir selesai").value("pesan") == "Hampir selesai"
    )


def test_a_safe_contact_is_changed_by_a_message_beside_the_old_one(thread: Thread) -> None:
    thread.enter().press("ke", "contact").press("kirim", way="whatsapp")
    assert thread.errors == ["Tulis nomornya, atau pilih cara lain."]
    thread.press("kirim", way="whatsapp", reach="0899", safe_from="19:00", safe_until="20:00")
    assert "Sekarang: Lewat halaman ini saja, dengan kode, 0812" in thread.text
    assert "Permintaan Anda: WhatsApp, 0899, 19.00–20.00" in thread.text
    assert Contact.from_text(texts()[0]) == Contact("whatsapp", "0899", "19:00", "20:00")
    assert Message.objects.get().kind == MessageKind.CONTACT


def test_files_follow_later_and_are_not_shown_again(thread: Thread) -> None:
    thread.enter().press("ke", "files")
    assert thread.press("kirim").errors == ["Pilih berkasnya dulu."]
    good = SimpleUploadedFile("IMG_7.jpg", photo())
    thread.press("kirim", berkas=[good, SimpleUploadedFile("x.exe", b"MZ\x01")], pesan="Ini")
    assert [error.partition(":")[0] for error in thread.errors] == ["x.exe"]
    assert thread.value("pesan") == "Ini"
    thread.press("kirim", pesan="Ini")
    assert "Berkas Anda sudah terkirim." in thread.text
    assert Attachment.objects.count() == 1
    assert thread.press("ke", "files").main.find("ul", class_="rk-list")
    assert "Foto" in thread.text
    assert "IMG_7" not in thread.text


def test_a_file_can_be_taken_away_before_it_is_sent(thread: Thread) -> None:
    bad = SimpleUploadedFile("x.exe", b"MZ\x01")
    thread.enter().press("ke", "files")
    thread.press("kirim", berkas=[SimpleUploadedFile("a.txt", b"isi"), bad])
    thread.press("hapus", str(thread.main.find("button", {"name": "hapus"})["value"]))  # type: ignore[index]
    assert "a.txt" not in thread.text
    thread.press("kirim")
    assert not Attachment.objects.exists()


def test_withdrawing_asks_for_a_safe_conversation_first(thread: Thread) -> None:
    thread.enter().press("ke", "stop")
    assert "dengan aman" in thread.text
    thread.press("kirim", pesan="Besok pukul sepuluh")
    assert "Kami bicara dulu dengan Anda" in thread.text
    assert Message.objects.get().kind == MessageKind.WITHDRAW
    assert Report.objects.get().state == "new", "nothing is deleted and nothing stops"


def test_she_sees_who_opened_it(thread: Thread) -> None:
    thread.enter()
    assert "Belum ada yang membukanya." in thread.press("ke", "openings").text
    officer = make.officer(make.city_facts())
    from ruang.audit.disclosures import disclose
    from ruang.vault.ledger import Opening

    with time_machine.travel(make.AT, tick=False):
        disclose(
            [Opening(Report.objects.get().pk, "story")], actor=make.actor(officer), at=make.AT
        )
        assert f"{officer.name}" in thread.enter().press("ke", "openings").text
    assert "terakhir hari ini, 14.30" in thread.text


def test_what_she_opened_is_on_record_as_hers(thread: Thread) -> None:
    thread.enter()
    facts = Fact.objects.filter(name="audit.opened")
    assert {(fact.role, fact.by) for fact in facts} == {("reporter", Report.objects.get().pk)}


def test_closing_is_a_plain_link_that_leaves(thread: Thread) -> None:
    link = thread.enter().main.find("a", attrs={"data-ruang": "leave"})
    assert link is not None
    assert link["href"] == "/"


# --- after half an hour -------------------------------------------------------------------


def test_a_page_closes_after_half_an_hour_and_a_typed_message_travels_on(
    thread: Thread,
) -> None:
    with time_machine.travel(make.AT, tick=False):
        thread.enter()
    with time_machine.travel(make.AT + OPEN_FOR + timedelta(seconds=1), tick=False):
        thread.press("kirim", pesan="Jangan hilang ya")
        assert not thread.is_in
        assert "menutup setelah 30 menit" in thread.text
        assert "Jangan hilang" not in thread.answer.content.decode()
        assert thread.press("buka", kode="salah").errors == [WRONG]
        thread.press("bahasa", "en", kode="x").press("bahasa", "id")
        thread.press("buka", kode=thread.words_on_paper)
        assert "Pesan Anda sudah terkirim." in thread.text
    assert texts() == ["Jangan hilang ya"]


def test_files_and_a_change_of_contact_travel_on_too(thread: Thread) -> None:
    late = make.AT + OPEN_FOR + timedelta(seconds=1)
    with time_machine.travel(make.AT, tick=False):
        page = thread.enter().press("ke", "files").hidden
        other = thread.press("ke", "contact").hidden
    with time_machine.travel(late, tick=False):
        file = SimpleUploadedFile("a.txt", b"isi")
        thread.answer = thread.client.post("/pantau/", {**page, "berkas": file, "kirim": "1"})
        assert "sudah terkirim" in thread.press("buka", kode=thread.words_on_paper).text
        assert Attachment.objects.count() == 1
        thread.answer = thread.client.post(
            "/pantau/", {**other, "way": "phone", "reach": "0877", "kirim": "1"}
        )
        thread.press("buka", kode=thread.words_on_paper)
        assert "Permintaan Anda: Telepon, 0877" in thread.text
    assert Message.objects.filter(kind=MessageKind.CONTACT).count() == 1


def test_what_was_typed_and_not_sent_is_there_after_the_words(thread: Thread) -> None:
    with time_machine.travel(make.AT, tick=False):
        thread.enter()
    with time_machine.travel(make.AT + OPEN_FOR + timedelta(seconds=1), tick=False):
        thread.press("ke", "openings", pesan="Setengah jadi")
        thread.press("buka", kode=thread.words_on_paper)
        assert thread.value("pesan") == "Setengah jadi"
    assert not Message.objects.exists()


def test_what_travels_opens_nothing_for_who_has_other_words(thread: Thread) -> None:
    other = make.receipt()
    with time_machine.travel(make.AT, tick=False):
        thread.enter()
    with time_machine.travel(make.AT + OPEN_FOR + timedelta(seconds=1), tick=False):
        thread.press("kirim", pesan="Untuk laporan saya")
        thread.press("buka", kode=other.words)
    assert Message.objects.get().report == make.report_of(other)
    assert Message.objects.get().report != Report.objects.get(number="A-2611-001")


@pytest.mark.parametrize("field", ["kunci", "isi", "masuk"])
@pytest.mark.parametrize("value", ["", "x", "AQ==", "\x00😭"])
def test_a_field_that_did_not_come_from_here_leads_to_the_entry(
    thread: Thread, field: str, value: str
) -> None:
    hidden = thread.enter().hidden
    thread.answer = thread.client.post("/pantau/", {**hidden, field: value, "ke": "main"})
    assert thread.answer.status_code == 200
    assert thread.is_in == (field != "kunci")


# --- trouble ------------------------------------------------------------------------------


def test_when_a_message_cannot_be_stored_it_stays_in_the_page(thread: Thread) -> None:
    thread.enter()
    fault = OperationalError("disk full")
    with patch("ruang.web.follow.views.write_as_reporter", side_effect=fault):
        thread.press("kirim", pesan="Tolong simpan")
    assert (thread.answer.status_code, thread.title) == (503, "Belum tersimpan")
    assert thread.main.find("a", href="tel:112")
    assert "Pesan Anda sudah terkirim." in thread.press("lagi").text
    assert texts() == ["Tolong simpan"]


def test_the_pages_set_no_cookie_and_are_stored_nowhere(thread: Thread) -> None:
    thread.enter()
    for page in ("contact", "files", "stop", "openings", "main"):
        thread.press("ke", page)
        assert not thread.client.cookies
        assert thread.answer["Cache-Control"] == "no-store"
        assert thread.soup.title is not None
        assert thread.soup.title.string == "Layanan Kota Serang"
        assert thread.words_on_paper.split()[0] not in thread.answer.content.decode()


def test_who_reports_for_somebody_else_sees_no_name(client: Client) -> None:
    city = make.city()
    receipt = make.receipt(who="child")
    officer = make.actor(make.officer(city))
    report = make.report_of(receipt)
    commands.claim_report(actor=officer, report_id=report.pk, at=make.AT)
    commands.write_to_reporter(actor=officer, report_id=report.pk, text="Halo.", at=make.AT)
    thread = Thread(client, address="/pantau/")
    thread.enter(receipt.words or "")
    assert thread.status == "Sedang ditangani"
    assert make.officer(city).name not in thread.answer.content.decode()
    assert "Petugas · " in thread.text
