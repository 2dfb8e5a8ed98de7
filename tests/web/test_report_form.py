"""The reporting form: its pages, what travels with them, and what sending does."""

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ruang.intake.models import Report
from ruang.intake.states import Safety
from ruang.intake.told import Contact, Details, MustNotRead
from ruang.vault.texts import open_text
from tests import make
from tests.web.walk import ANSWERS, Walk, story_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(client: Client) -> Walk:
    make.city()
    return Walk(client)


def test_the_short_way_is_four_questions_and_a_code(walk: Walk) -> None:
    names = ("safety", "who", "helps", "way")
    titles = [walk.start().title, *(walk.go_on(**ANSWERS[name]).title for name in names)]
    assert titles == [
        "Apakah Anda aman sekarang?",
        "Siapa yang perlu dibantu?",
        "Bantuan apa yang Anda harapkan?",
        "Bagaimana cara yang aman menghubungi Anda?",
        "Ini sudah cukup untuk mulai",
    ]
    walk.press("kirim")
    assert walk.title == "Laporan Anda sudah kami terima"
    assert len(walk.words.split()) == 7
    assert "Yang terjadi bukan salah Anda." in walk.text
    assert Report.objects.count() == 1


def test_the_long_way_stores_every_answer_sealed(walk: Walk) -> None:
    walk.check().press("kirim")
    report = Report.objects.get()
    officer = make.actor(make.User.objects.filter(organisation=report.desk)[0])
    told = {name: open_text(officer.keys, report, name) for name in
            ("story", "contact", "details", "must_not_read")}  # fmt: skip
    assert told["story"] == "Ini cerita saya.\nBaris kedua."
    assert Contact.from_text(told["contact"]) == Contact(
        "phone", "0812-0000-1111", "09:00", "11:00", "wrong_number"
    )
    assert Details.from_text(told["details"]) == Details(
        village="Cipare", when="tadi malam", by_whom="tetangga", helper_language="Sunda"
    )
    assert MustNotRead.from_text(told["must_not_read"]).names == "Pak Budi di kelurahan"
    assert (report.district, report.helper_sex) == ("36.73.01", "woman")
    assert report.helps == ["listen", "legal"]
    assert f"{report.safe_from:%H}-{report.safe_until:%H}" == "09-11"


def test_nothing_is_preselected_and_the_first_page_has_no_field(walk: Walk) -> None:
    walk.open()
    assert not walk.main.find_all(["textarea", "select"])
    assert {one.get("type") for one in walk.main.find_all("input")} == {"hidden"}
    walk.start()
    for typed in ANSWERS.values():
        assert not walk.main.find_all("input", checked=True)
        assert not walk.main.find_all("option", selected=True, value=True)[1:]
        walk.go_on() if walk.title.startswith("Ini sudah") else None
        walk.go_on(**typed)


def test_danger_shows_the_numbers_first_and_there_is_still_a_way_on(walk: Walk) -> None:
    walk.start().go_on(safety=Safety.DANGER)
    assert [one["href"] for one in walk.main.find_all("a", class_="rk-num")] == [
        "tel:112", "tel:110", "tel:129",
    ]  # fmt: skip
    assert walk.main.find("a", class_="rk-num").find_previous("form") is not None
    assert walk.go_on().title == "Siapa yang perlu dibantu?"
    assert walk.press("kembali").title == "Kalau bisa, telepon sekarang"
    assert walk.press("kembali").title == "Apakah Anda aman sekarang?"


def test_the_age_is_asked_for_a_child_alone_and_may_be_skipped(walk: Walk) -> None:
    walk.until("who").go_on(who="child")
    assert "Boleh dilewati." in walk.text
    assert walk.go_on().title == "Bantuan apa yang Anda harapkan?"
    walk.press("kembali").go_on(age="kira-kira 7").go_on(**ANSWERS["helps"])
    walk.go_on(**ANSWERS["way"]).press("kirim")
    report = Report.objects.get()
    assert report.age == "child"


@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("safety", {}, "Pilih satu jawaban, atau pilih ‘Tidak mau menjawab’."),
        (
            "safety",
            {"safety": "mungkin"},
            "Pilih satu jawaban, atau pilih ‘Tidak mau menjawab’.",
        ),
        ("who", {}, "Pilih satu jawaban."),
        ("helps", {}, "Pilih satu atau lebih, atau pilih ‘Belum tahu’."),
        ("helps", {"helps": ["uang"]}, "Pilih satu atau lebih, atau pilih ‘Belum tahu’."),
        ("way", {}, "Pilih satu jawaban."),
        ("way", {"way": "phone"}, "Tulis nomornya, atau pilih cara lain."),
        (
            "way",
            {"way": "page", "safe_from": "08:00"},
            (
                "Pilih dua-duanya: dari pukul berapa dan sampai pukul berapa. "
                "Atau kosongkan dua-duanya."
            ),
        ),
        ("district", {"district": "99"}, "Pilih satu jawaban."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    walk: Walk, name: str, typed: dict[str, object], error: str
) -> None:
    walk.until(name)
    if name == "office":
        walk.go_on()
    before = walk.title
    walk.go_on(**typed, reach="0812") if name == "way" and "way" not in typed else walk.go_on(
        **typed
    )
    assert walk.errors == [error]
    assert walk.title == before
    assert walk.answer.status_code == 200
    assert walk.go_on(**ANSWERS[name]).errors == []


def test_back_keeps_everything_also_what_is_not_right_yet(walk: Walk) -> None:
    walk.check().press("kembali")
    for name in reversed(ANSWERS):
        if name == "way":
            assert walk.press("kembali").title == "Bagaimana cara yang aman menghubungi Anda?"
        if name != "safety":
            walk.press("kembali", **ANSWERS[name])
    assert walk.title == "Apakah Anda aman sekarang?"
    for name, typed in ANSWERS.items():
        for field, value in typed.items():
            shown = walk.value(field)
            expected = value.replace("\r\n", "\n") if isinstance(value, str) else value
            assert shown in (expected, [expected]), field
        walk.go_on(**typed)
        if name == "way":
            walk.go_on()


def test_back_from_an_unfinished_page_keeps_what_was_typed(walk: Walk) -> None:
    walk.until("way").press("kembali", way="phone", reach="", safe_from="", safe_until="")
    walk.go_on(**ANSWERS["helps"])
    assert walk.value("way") == ["phone"]


def test_back_from_the_first_question_leads_to_the_start(walk: Walk) -> None:
    assert walk.start().press("kembali").title == "Anda tidak sendiri"


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "berkas"])
def test_the_language_changes_and_nothing_typed_is_lost(walk: Walk, name: str) -> None:
    walk.until(name)
    if name == "office":
        walk.go_on()
    walk.press("bahasa", "en", **ANSWERS[name])
    assert walk.soup.html is not None
    assert walk.soup.html["lang"] == "en"
    assert walk.errors == []
    for field, value in ANSWERS[name].items():
        expected = value.replace("\r\n", "\n") if isinstance(value, str) else value
        assert walk.value(field) in (expected, [expected]), field
    walk.go_on(**ANSWERS[name])
    assert walk.soup.html["lang"] == "en"


def test_an_english_start_leads_through_an_english_form(walk: Walk) -> None:
    walk.open("?b=en").press("mulai")
    assert walk.title == "Are you safe now?"
    for name in ("safety", "who", "helps", "way"):
        walk.go_on(**ANSWERS[name])
    walk.press("kirim")
    assert walk.title == "We have received your report"
    assert Report.objects.get().language == "en"


def test_each_answer_can_be_changed_from_the_check_and_the_way_leads_back(walk: Walk) -> None:
    walk.check()
    for button in [str(one["value"]) for one in walk.main.find_all("button", {"name": "ubah"})]:
        before = walk.title
        walk.press("ubah", button)
        assert walk.title != before
        assert walk.press("kembali").title == before
    walk.press("ubah", "story").go_on(story="Cerita yang lain")
    assert "Cerita yang lain" in walk.text
    walk.press("ubah", "who").go_on(who="child")
    assert walk.title == "Kira-kira berapa umurnya?"
    assert walk.go_on(age="7").title == "Lihat sekali lagi, lalu kirim"
    walk.press("ubah", "contact").press("kembali", way="phone", reach="")
    assert "0812-0000-1111" in walk.text, "half a change is no change"
    walk.press("kirim")
    assert story_of(walk.words) == "Cerita yang lain"


def test_on_every_optional_page_it_can_be_enough(walk: Walk) -> None:
    for name in ("office", "story", "district", "when", "helper_sex", "berkas"):
        walk.until(name)
        if name == "office":
            walk.go_on()
        walk.press("cukup", **ANSWERS[name])
        assert walk.title == "Lihat sekali lagi, lalu kirim"


def test_no_step_asks_the_database(
    walk: Walk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    walk.check().press("kirim")
    with django_assert_num_queries(0):
        walk.check()


def test_public_pages_set_no_cookie_and_are_stored_nowhere(walk: Walk) -> None:
    walk.check()
    for _page in range(2):
        assert not walk.client.cookies
        assert walk.answer["Cache-Control"] == "no-store"
        assert walk.answer["Referrer-Policy"] == "same-origin"
        assert walk.soup.title is not None
        assert walk.soup.title.string == "Layanan Kota Serang"
        for form in walk.soup.find_all("form"):
            assert form["autocomplete"] == "off"
        for field in walk.main.find_all(["textarea", "select", "input"]):
            assert field.get("autocomplete") == "off" or field.get("type") == "file"
        walk.press("kirim")


def test_what_travels_with_the_page_can_be_read_by_nobody(walk: Walk) -> None:
    walk.check()
    from base64 import urlsafe_b64decode

    blob = urlsafe_b64decode(walk.hidden["isi"])
    for word in (b"cerita", b"0812", b"Budi", b"safety", b"phone"):
        assert word not in blob


def test_naming_the_office_sends_it_to_the_other_desk(walk: Walk) -> None:
    walk.until("office").go_on().press("cukup", office="on").press("kirim")
    assert Report.objects.get().desk != make.city_facts().intake_desk


def test_the_receipt_says_honestly_who_reads_it_when(walk: Walk) -> None:
    with time_machine.travel(make.AT, tick=False):
        walk.check().press("kirim")
    assert "Paling lambat hari ini, 20.30." in walk.text
    assert "Hanya lewat cara yang Anda pilih: Telepon, 09.00–11.00" in walk.text
    with time_machine.travel(make.AT.replace(hour=15), tick=False):
        walk.check().press("kirim")
    assert "Paling lambat besok, 14.00." in walk.text
    assert "Petugas kembali besok, 08.00. Kalau bahaya sekarang: 112 atau 110." in walk.text
    with time_machine.travel(make.AT.replace(hour=15), tick=False):
        walk.start().go_on(safety=Safety.DANGER).go_on().go_on(who="self")
        walk.go_on(helps=["unsure"]).go_on(way="page").press("kirim")
    assert "Sekarang tidak ada petugas. Petugas kembali besok, 08.00" in walk.text
    assert walk.main.find("a", href="tel:112")
