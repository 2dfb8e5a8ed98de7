"""Writing a report down: the page keeps every word, demands nothing, and says where it goes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ruang.intake.drafts import RESTS
from ruang.intake.models import Draft, Report
from ruang.intake.queries import opened_report, stored_draft
from ruang.intake.states import Door, Safety, State
from ruang.vault import receipts
from tests import make
from tests.intake.writers import Room, room
from tests.reading import parsed

pytestmark = pytest.mark.django_db
BLANK = reverse("recording:record")


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def desk() -> Room:
    return room()


class Writer:
    """A browser without JavaScript on the page."""

    def __init__(self, desk: Room, who: str = "writer") -> None:
        self.client: Client = make.signed_in(desk.users[who])
        self.answer = HttpResponse()

    def open(self, url: str = BLANK) -> "Writer":
        self.answer = self.client.get(url)
        assert self.answer.status_code == 200, url
        return self

    def press(self, button: str, **typed: Any) -> "Writer":
        sent = {**self.carried(), **typed, button: "1"}
        self.answer = self.client.post(self.action, sent)
        if self.answer.status_code == 302:
            self.answer = self.client.get(self.answer["Location"])
        return self

    def save(self, **typed: Any) -> HttpResponse:
        """What the script of the page asks for."""
        form = self.soup.find(id="catat")
        return self.client.post(form["data-save"], {**self.carried(), **typed})

    @property
    def soup(self) -> BeautifulSoup:
        text = self.answer.content.decode()
        assert "UNDEFINED" not in text
        return parsed(text)

    @property
    def action(self) -> str:
        return str(self.soup.find(id="catat")["action"])

    def carried(self) -> dict[str, str]:
        return {
            name: str(self.soup.find("input", attrs={"name": name})["value"])
            for name in ("draf", "versi", "jendela")
        }

    @property
    def text(self) -> str:
        return " ".join(self.soup.main.get_text(" ").split())

    def value(self, name: str) -> Any:
        area = self.soup.find("textarea", attrs={"name": name})
        if area is not None:
            return area.get_text().removeprefix("\n")
        fields = self.soup.find_all("input", attrs={"name": name})
        if fields[0]["type"] in {"radio", "checkbox"}:
            return [one.get("value", "on") for one in fields if one.has_attr("checked")]
        return fields[0].get("value", "")


WHOLE: dict[str, Any] = {
    "door": "walk_in", "safety": "short", "who": "child", "helps": ["health", "legal"],
    "way": "phone", "reach": "0812-0000-1111", "safe_from": "09:00", "safe_until": "11:00",
    "if_others": "wrong_number", "story": "Baris satu\nbaris dua", "names": "Ibu Sari",
    "when": "tadi malam", "by_whom": "tetangga", "age": "child", "age_said": "sembilan",
    "district": "36.73.01", "village": "Cipare", "must_not_read": "Pak Budi",
    "helper_sex": "woman", "helper_language": "Sunda", "note": "menangis", "sender": "Camat",
    "reference": "411/22", "language": "id", "code": "yes", "keeps": "me",
}  # fmt: skip


def test_the_page_begins_at_once_and_asks_for_nothing(desk: Room) -> None:
    page = Writer(desk).open()
    assert Draft.objects.count() == 0, "looking at it stores nothing"
    assert page.value("door") == ["phone"]
    for name in ("safety", "who", "helps", "way"):
        assert page.value(name) == []
    assert not page.soup.select("main [required]")
    first = page.soup.select("#catat button")[0]
    assert first["name"] == "simpan", "what Enter presses finishes nothing"


def test_saving_by_the_button_keeps_every_word(desk: Room) -> None:
    page = Writer(desk).open().press("simpan", **WHOLE)
    assert "Tersimpan" in page.text
    for name in ("story", "names", "reach", "note", "by_whom", "reference"):
        assert page.value(name) == WHOLE[name]
    for name in ("safety", "who", "helps", "way", "helper_sex"):
        wanted = WHOLE[name]
        assert page.value(name) == (wanted if isinstance(wanted, list) else [wanted])
    page.press("simpan", **{**WHOLE, "story": "lebih panjang"})
    assert page.value("story") == "lebih panjang"
    assert Draft.objects.get().version == 2


def test_the_script_saves_into_the_same_draft_and_hears_its_version(desk: Room) -> None:
    page = Writer(desk).open()
    for number, story in enumerate(("satu", "satu dua", "satu dua tiga"), start=1):
        answer = page.save(story=story, versi=str(number - 1))
        assert answer.json() == {"version": number, "at": "14.30.00"}
    draft = Draft.objects.get()
    kept = stored_draft(actor=desk.who("writer"), draft_id=draft.pk)
    assert kept.fields["story"] == ("satu dua tiga",)


def test_a_whole_report_is_finished_and_its_words_are_shown_once(desk: Room) -> None:
    page = Writer(desk).open().press("simpan", **WHOLE).press("selesai", **WHOLE)

    report = Report.objects.get()
    assert report.number in page.text
    words = page.soup.find(id="kode").get_text(" ").strip()
    found = receipts.open_words(words)
    assert found is not None
    assert found[0] == report.pk
    assert (report.door, report.state) == (Door.WALK_IN, State.CLAIMED)
    told = opened_report(actor=desk.who("writer"), report_id=report.pk, at=make.AT)
    assert told.story == WHOLE["story"]
    assert (told.recorded.names, told.recorded.note) == ("Ibu Sari", "menangis")
    assert (told.details.age, told.details.by_whom) == ("sembilan", "tetangga")
    assert (told.contact.reach, told.contact.safe_from) == ("0812-0000-1111", "09:00")
    assert told.must_not_read.names == "Pak Budi"


def test_finishing_with_nothing_filled_in_is_a_report(desk: Room) -> None:
    Writer(desk).open().press("selesai")
    report = Report.objects.get()
    assert (report.safety, report.way, report.door) == (Safety.UNKNOWN, "page", Door.PHONE)
    assert report.who == "known", "who speaks for somebody else sees less"


def test_the_same_finish_twice_is_one_report_with_the_same_words(desk: Room) -> None:
    page = Writer(desk).open()
    carried, action = page.carried(), page.action
    shown = []
    for _ in range(2):
        answer = page.client.post(action, {**carried, **WHOLE, "selesai": "1"})
        soup = parsed(answer.content)
        shown.append(soup.find(id="kode").get_text(" ").split())
    assert shown[0] == shown[1]
    assert Report.objects.count() == 1


def test_no_code_is_shown_where_none_was_wanted(desk: Room) -> None:
    page = Writer(desk).open().press("selesai", **{**WHOLE, "code": "no", "keeps": "free"})
    assert page.soup.find(id="kode") is None
    report = Report.objects.get()
    assert report.state == State.NEW
    opened = page.client.get(reverse("desk:opened", args=[report.pk])).content.decode()
    assert "Belum ada yang punya kode untuk pengaduan ini." in opened


def test_a_submit_with_a_mistake_saves_first_and_says_what_is_not_right(desk: Room) -> None:
    wrong = {**WHOLE, "safe_until": "", "received_on": "2026-11-20"}
    page = Writer(desk).open().press("selesai", **wrong)
    errors = page.soup.find(attrs={"data-ruang": "errors"}).get_text()
    assert "Tulis dengan singkat mengapa baru dicatat." in errors
    assert Report.objects.count() == 0
    kept = stored_draft(actor=desk.who("writer"), draft_id=Draft.objects.get().pk)
    assert kept.fields["story"] == (WHOLE["story"],)
    assert page.value("story") == WHOLE["story"]
    page.press("selesai", **{**wrong, "safe_until": "11:00", "why_late": "libur"})
    report = Report.objects.get()
    assert f"{report.received_at:%Y-%m-%d %H:%M}" == "2026-11-20 05:00"


def test_naming_this_office_is_said_before_it_is_done(desk: Room) -> None:
    typed = {**WHOLE, "office": "on"}
    page = Writer(desk).open().press("selesai", **typed)
    assert "hanya menuju LBH Serang" in page.text
    assert Report.objects.count() == 0
    page.press("selesai", **typed, tahu="1")
    report = Report.objects.get()
    assert report.desk == desk.city.alternate_desk
    assert page.soup.find(id="kode") is not None
    assert page.client.get(reverse("desk:report", args=[report.pk])).status_code == 404


def test_two_tabs_one_is_told_and_sees_both(desk: Room) -> None:
    first = Writer(desk).open().press("simpan", story="bersama")
    url = first.action
    other = Writer(desk)
    other.client = first.client
    other.open(url).press("simpan", story="dari tab kedua", names="Sari")

    assert first.save(story="dari tab pertama").json()["why"] == "overtaken"
    first.press("simpan", story="dari tab pertama")

    assert "Tidak ada yang tertimpa" in first.text
    assert first.value("story") == "dari tab pertama"
    notice = first.soup.find(attrs={"role": "alert"}).get_text(" ")
    assert "dari tab kedua" in notice
    assert "Sari" in notice
    first.press("simpan", story="dari keduanya")
    assert stored(desk).fields["story"] == ("dari keduanya",)


def stored(desk: Room, who: str = "writer") -> Any:
    return stored_draft(actor=desk.who(who), draft_id=Draft.objects.get().pk)


def test_a_colleague_goes_on_and_what_was_typed_since_is_kept_apart(desk: Room) -> None:
    first = Writer(desk).open().press("simpan", story="putus di t")
    with time_machine.travel(make.AT + RESTS, tick=False):
        colleague = Writer(desk, "colleague").open(reverse("desk:desk"))
        assert "belum selesai" in colleague.text
        take = reverse("recording:take_over", args=[Draft.objects.get().pk])
        assert colleague.soup.find("form", action=take) is not None
        answer = colleague.client.post(take)
        colleague.open(answer["Location"])
        assert colleague.value("story") == "putus di t"

        first.client = make.signed_in(desk.users["writer"])
        assert first.save(story="putus di tengah").json()["why"] == "taken"
        first.press("simpan", story="putus di tengah")
        assert first.value("story") == "putus di tengah"
        assert "Seorang rekan" in first.text
        first.press("baru", story="putus di tengah")
    assert Draft.objects.count() == 2
    mine = Draft.objects.get(by=desk.users["writer"].pk)
    kept = stored_draft(actor=desk.who("writer"), draft_id=mine.pk)
    assert kept.fields["story"] == ("putus di tengah",)


def test_danger_is_on_the_desks_page_while_it_is_written(desk: Room) -> None:
    first = Writer(desk).open()
    first.save(safety="danger")
    page = Writer(desk, "colleague").open(reverse("desk:desk"))
    assert "Bahaya sekarang" in page.text
    assert "sedang ditulis" in page.text
    mine = Writer(desk).open(reverse("work:work"))
    assert "Tulis lagi" in mine.text
    first.press("selesai", safety="danger")
    assert "paling depan di antrean" in first.text
    assert len(first.soup.find(id="kode").get_text(" ").split()) == receipts.COUNT


def test_throwing_away_asks_why(desk: Room) -> None:
    page = Writer(desk).open().press("simpan", story="coba")
    url = reverse("recording:discard", args=[Draft.objects.get().pk])
    answer = page.client.post(url)
    assert "Pilih satu jawaban." in answer.content.decode()
    assert Draft.objects.count() == 1
    answer = page.client.post(url, {"why": "mistake"})
    assert answer.status_code == 302
    assert Draft.objects.count() == 0
    assert page.save(story="lagi", versi="1").json()["why"] == "gone"
    page.press("simpan", story="lagi", versi="1")
    assert "sudah selesai atau dibuang" in page.text
    assert page.value("story") == "lagi"


def test_a_session_that_ended_loses_nothing(desk: Room) -> None:
    page = Writer(desk).open()
    typed = {**page.carried(), "story": "kata yang tidak boleh hilang", "simpan": "1"}
    action, writer = page.action, desk.users["writer"]
    with time_machine.travel(make.AT + timedelta(hours=2), tick=False):
        assert page.save(story="x").status_code == 401
        door = parsed(page.client.post(action, typed).content)
        carried = door.find("input", attrs={"name": "terbawa"})["value"]
        signed = page.client.post(
            reverse("sign_in:sign_in"),
            {"login": writer.login, "password": make.PASSWORD, "terbawa": carried},
        )
        form = parsed(signed.content).find("form", action=action)
        areas = form.find_all("textarea")
        again = {one["name"]: one.get_text().removeprefix("\n") for one in areas}
        assert page.client.post(action, again).status_code == 302
        assert stored(desk).fields["story"] == ("kata yang tidak boleh hilang",)


@pytest.mark.parametrize("who", ["head", "partner", "auditor"])
def test_who_works_no_reports_has_no_such_page(desk: Room, who: str) -> None:
    assert make.signed_in(desk.users[who]).get(BLANK).status_code == 403


def test_the_desk_sees_who_wrote_it_down_and_what_was_added(desk: Room) -> None:
    Writer(desk).open().press("selesai", **WHOLE)
    report = Report.objects.get()
    page = Writer(desk).open(reverse("desk:opened", args=[report.pk]))
    assert f"dicatat oleh {desk.users['writer'].name}" in page.text
    assert "Walk-in" not in page.text
    for words in ("Ibu Sari", "411/22", "menangis"):
        assert words in page.text


def test_a_new_code_after_a_call_back(desk: Room) -> None:
    page = Writer(desk).open().press("selesai", **WHOLE)
    old = page.soup.find(id="kode").get_text(" ").strip()
    report = Report.objects.get()
    page.open(reverse("desk:report", args=[report.pk]))
    url = reverse("recording:report_code", args=[report.pk])
    assert page.soup.find("a", href=url) is not None
    page.open(url)
    assert "0812-0000-1111" in page.text, "the safe way stands above the question"
    refused = page.client.post(url, {"checked": "called"})
    assert "cara menghubungi yang aman" in refused.content.decode()
    assert receipts.open_words(old)

    page.answer = page.client.post(url, {"checked": "called", "safely": "on"})

    words = page.soup.find(id="kode").get_text(" ").strip()
    assert receipts.open_words(old) is None
    assert receipts.open_words(words)
    colleague = make.signed_in(desk.users["colleague"])
    assert colleague.get(url).status_code == 403
