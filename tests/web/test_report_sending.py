"""The reporting form: time that passes, sending again, files, and what may go wrong."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from ruang.intake.models import Attachment, ReceiptCopy, Report
from ruang.intake.told import Contact, Details
from ruang.kernel.filecard import FileCard, preview_id
from ruang.territory.facts import forget_city
from ruang.territory.models import City
from ruang.vault.files import folder, read_file
from ruang.vault.texts import open_text
from tests import make
from tests.web.walk import Walk, photo, story_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(client: Client) -> Walk:
    make.city()
    return Walk(client)


# --- time ---------------------------------------------------------------------------------


def test_after_two_hours_answers_are_not_shown_but_kept_and_can_be_sent(walk: Walk) -> None:
    with time_machine.travel(make.AT, tick=False):
        walk.check()
        assert "Ini cerita saya." in walk.text
    with time_machine.travel(make.AT + timedelta(hours=2, seconds=1), tick=False):
        walk.press("ubah", "story")
        assert walk.value("story") == ""
        walk.go_on()
        assert "Ini cerita saya." not in walk.answer.content.decode()
        assert "0812" not in walk.answer.content.decode()
        walk.press("kembali")
        for _page in range(11):
            walk.press("kembali")
            page = walk.answer.content.decode()
            assert not any(word in page for word in ("Ini cerita", "0812", "Budi", "Cipare"))
            assert not walk.main.find_all("input", checked=True)
        assert walk.title == "Anda tidak sendiri"


def test_after_two_hours_an_empty_page_keeps_its_answer_and_a_new_one_replaces_it(
    walk: Walk,
) -> None:
    with time_machine.travel(make.AT, tick=False):
        walk.check()
    with time_machine.travel(make.AT + timedelta(days=6, hours=23), tick=False):
        walk.press("ubah", "contact").go_on()
        assert walk.errors == []
        walk.press("ubah", "place").go_on(district="", village="Lopang")
        walk.press("kirim")
        assert len(walk.words.split()) == 7
    report = Report.objects.get()
    officer = make.actor(make.User.objects.filter(organisation=report.desk)[0])
    assert report.district == "36.73.01"
    assert Details.from_text(open_text(officer.keys, report, "details")).village == "Lopang"
    assert Contact.from_text(open_text(officer.keys, report, "contact")).way == "phone"


def test_after_seven_days_the_start_page_says_that_nothing_was_sent(walk: Walk) -> None:
    with time_machine.travel(make.AT, tick=False):
        walk.check()
    with time_machine.travel(make.AT + timedelta(days=7, seconds=1), tick=False):
        walk.press("kirim")
    assert walk.title == "Anda tidak sendiri"
    assert "lebih dari tujuh hari" in walk.text
    assert not Report.objects.exists()


# --- sending again (R-02) -----------------------------------------------------------------


def test_the_last_page_again_shows_the_same_words_in_either_language(walk: Walk) -> None:
    sealed = walk.check().hidden["isi"]
    first = walk.press("kirim").words
    for _time in range(3):
        walk.answer = walk.client.post("/", {"isi": sealed, "kirim": "1"})
        assert walk.words == first
    walk.press("bahasa", "en")
    assert (walk.words, walk.title) == (first, "We have received your report")
    assert Report.objects.count() == ReceiptCopy.objects.count() == 1


def test_the_receipt_says_what_the_city_says_comes_next(walk: Walk) -> None:
    City.objects.update(happens_next={"id": "Bu Rina menelepon.", "en": "Rina rings."})
    forget_city()
    walk.check().press("kirim")
    assert "Bu Rina menelepon." in walk.text
    assert "Rina rings." in walk.press("bahasa", "en").text


def test_a_changed_last_page_shows_no_words_and_changes_nothing(walk: Walk) -> None:
    walk.check()
    before = dict(walk.hidden)
    first = walk.press("kirim").words
    walk.answer = walk.client.post("/", {**before, "ubah": "story"})
    walk.go_on(story="Yang diganti orang lain").press("kirim")
    assert (walk.words, walk.title) == ("", "Laporan Anda sudah kami terima")
    assert first not in walk.answer.content.decode()
    assert Report.objects.count() == 1
    assert story_of(first).startswith("Ini cerita saya.")


def test_after_the_code_was_used_the_last_page_says_received_without_it(walk: Walk) -> None:
    sealed = walk.check().hidden["isi"]
    words = walk.press("kirim").words
    thread = Walk(walk.client, address="/pantau/").open().press("buka", kode=words)
    assert thread.main.find(id="status")
    walk.answer = walk.client.post("/", {"isi": sealed, "kirim": "1"})
    assert (walk.words, walk.title) == ("", "Laporan Anda sudah kami terima")


# --- files --------------------------------------------------------------------------------


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_photo_is_sealed_and_durable_before_the_page_answers(walk: Walk) -> None:
    data = photo()
    walk.until("berkas").go_on(berkas=upload("IMG_01.jpg", data))
    assert walk.title == "Lihat sekali lagi, lalu kirim"
    assert "IMG_01.jpg" in walk.text
    assert len(list(folder().iterdir())) == 2, "the photo and its preview"
    assert not any(data[200:260] in path.read_bytes() for path in folder().iterdir())
    walk.press("kirim")
    row = Attachment.objects.get()
    officer = make.actor(make.User.objects.filter(organisation=row.report.desk)[0])
    card = FileCard.from_text(open_text(officer.keys, row, "meta"))
    assert b"".join(read_file(row.pk, card.key, card.size)) == data
    assert card.preview is not None
    preview = read_file(preview_id(row.pk), card.preview.key, card.preview.size)
    assert b"".join(preview).startswith(b"\xff\xd8\xff")


def test_a_file_that_is_refused_loses_neither_text_nor_other_files(walk: Walk) -> None:
    walk.until("berkas").go_on(
        berkas=[
            upload("baik.jpg", photo()),
            upload("virus.exe", b"MZ\x90\x00\x03"),
            upload("kosong.jpg", b""),
        ]
    )
    assert walk.title == "Punya foto, rekaman, atau dokumen?"
    assert [error.partition(":")[0] for error in walk.errors] == ["virus.exe", "kosong.jpg"]
    assert all("Laporan Anda tetap aman." in e or "lanjut" in e for e in walk.errors)
    assert "baik.jpg" in walk.text
    walk.go_on().press("kirim")
    assert Report.objects.get().file_count == Attachment.objects.count() == 1
    assert story_of(walk.words).startswith("Ini cerita saya.")


def test_a_file_over_25_mb_is_put_in_words_and_the_rest_is_kept(walk: Walk) -> None:
    with patch("django.conf.settings.FILE_LIMIT", 10_000):
        walk.until("berkas").go_on(berkas=[upload("b.jpg", photo()), upload("a.txt", b"isi")])
    error = "Berkas ini terlalu besar (paling besar 25 MB). Laporan Anda tetap aman."
    assert walk.errors == [f"b.jpg: {error}"]
    assert "a.txt" in walk.text


def test_files_can_be_added_one_by_one_and_taken_away_again(walk: Walk) -> None:
    walk.until("berkas")
    for name in ("satu.txt", "dua.txt"):
        walk.press("tambah", berkas=upload(name, b"isi"))
    first = str(walk.main.find("button", {"name": "hapus"})["value"])  # type: ignore[index]
    walk.press("hapus", first)
    assert "satu.txt" not in walk.text
    assert "dua.txt" in walk.text
    walk.go_on()
    second = str(walk.main.find("button", {"name": "hapus"})["value"])  # type: ignore[index]
    walk.press("hapus", second)
    assert walk.title == "Lihat sekali lagi, lalu kirim"
    walk.press("kirim")
    assert not Attachment.objects.exists()


def test_a_name_that_pretends_is_made_harmless(walk: Walk) -> None:
    name = "../../etc/foto\u202egpj.exe\x00<b>.txt"
    walk.until("berkas").press("tambah", berkas=upload(name, b"isi"))
    listed = walk.main.find("ul", class_="rk-list")
    assert listed is not None
    assert not {"/", "\u202e", "<"} & set(listed.li.get_text())  # type: ignore[union-attr]


def test_when_the_disk_is_nearly_full_files_are_put_off_and_text_is_taken(walk: Walk) -> None:
    with patch("shutil.disk_usage") as usage:
        usage.return_value.total, usage.return_value.free = 1000, 99
        walk.until("berkas").go_on(berkas=upload("a.txt", b"isi"))
        assert "berkasnya menyusul dengan kode Anda" in walk.errors[0]
        walk.go_on().press("kirim")
    assert len(walk.words.split()) == 7
    assert not list(folder().iterdir())


def test_a_file_that_cannot_be_written_is_put_off(walk: Walk) -> None:
    with patch("ruang.intake.attachments.write_file", side_effect=OSError(28, "full")):
        walk.until("berkas").go_on(berkas=upload("a.txt", b"isi"))
    assert "berkasnya menyusul" in walk.errors[0]


# --- trouble ------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [OperationalError("disk full"), OSError(28, "full")])
def test_when_nothing_can_be_stored_the_page_says_so_and_keeps_the_form(
    walk: Walk, fault: Exception
) -> None:
    walk.check()
    with patch("ruang.intake.commands.receive._store", side_effect=fault):
        walk.press("kirim")
    assert walk.answer.status_code == 503
    assert walk.title == "Belum tersimpan"
    assert [one["href"] for one in walk.main.find_all("a", class_="rk-num")][:1] == ["tel:112"]
    assert not Report.objects.exists()
    walk.press("kirim")
    assert len(walk.words.split()) == 7


def test_while_the_form_is_closed_it_shows_the_numbers(client: Client) -> None:
    make.city(is_open=False)
    walk = Walk(client).open()
    assert "belum bisa menerima laporan" in walk.text
    assert walk.main.find("a", href="tel:112")
    assert not walk.main.find_all("form")
    assert "belum bisa menerima" in walk.press("mulai").text


def test_before_set_up_it_is_closed_too(client: Client) -> None:
    walk = Walk(client).open()
    assert walk.answer.status_code == 200
    assert walk.main.find("a", href="tel:112")


def test_the_known_address_leads_to_the_form(walk: Walk) -> None:
    answer = walk.client.get("/lapor/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
