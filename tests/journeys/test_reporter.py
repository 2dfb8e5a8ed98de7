"""She reports, notes her words, and follows: on an old phone, with and without JavaScript."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from ruang.intake import commands
from ruang.intake.models import Attachment, Message, Report
from ruang.intake.states import MessageKind
from ruang.kernel.clock import now
from ruang.vault.texts import open_text
from tests import make
from tests.journeys.reporter_phone import TITLES, Phone, phone, weather
from tests.screens import press, until
from tests.web.walk import photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
STORY = "Suami saya memukul pintu tadi malam. Anak-anak menangis."
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def at_start(visitor: Phone, language: str) -> None:
    """Come to the start page and choose the language there."""
    visitor.go("/")
    if language == "en":
        press(visitor.page, '[data-ruang="language"]')
    assert visitor.title == TITLES[language]["start"]


def four_questions(visitor: Phone) -> None:
    visitor.press("[name=mulai]")
    visitor.answer(safety="danger")
    assert visitor.page.locator("a.rk-num[href='tel:112']").is_visible()
    visitor.answer()
    visitor.answer(who="self")
    visitor.answer(helps=["safe_place", "psychologist"])
    visitor.answer(way="phone", reach="0812-0000-1111", safe_from="09:00", safe_until="11:00")


def tell_more(visitor: Phone, tmp_path: Path) -> None:
    image, note = tmp_path / "IMG_1.jpg", tmp_path / "catatan.txt"
    image.write_bytes(photo())
    note.write_text("Tanggal-tanggal yang saya ingat.", encoding="utf-8")
    visitor.answer()
    visitor.answer(must_not_read="Pak Budi di kelurahan")
    visitor.answer(story=STORY)
    visitor.answer(district="36.73.01", village="Cipare")
    visitor.answer(when="tadi malam", by_whom="suami saya")
    visitor.answer(helper_sex="woman", helper_language="Sunda")
    visitor.page.set_input_files("[name=berkas]", [str(image), str(note)])
    visitor.press("[name=lanjut]")
    for said in (STORY, "0812-0000-1111", "Pak Budi", "Cipare", "IMG_1.jpg", "catatan.txt"):
        assert said in visitor.text


@BOTH
@pytest.mark.parametrize("language", ["id", "en"])
def test_from_the_first_page_to_the_answer_of_the_desk(
    address: str,
    tmp_path: Path,
    language: str,
    scripts: bool,
) -> None:
    city = make.city()
    with phone(address, scripts=scripts) as visitor:
        at_start(visitor, language)
        four_questions(visitor)
        tell_more(visitor, tmp_path)
        visitor.press("[name=kirim]")
        assert visitor.title == TITLES[language]["receipt"]
        words = visitor.words
        assert len(words.split()) == 7
        assert visitor.faults == []
        assert visitor.page.context.cookies() == []

    report = Report.objects.get()
    officer = make.actor(make.officer(city))
    assert open_text(officer.keys, report, "story") == STORY
    assert (report.file_count, report.language, report.rank) == (2, language, 0)
    commands.claim_report(actor=officer, report_id=report.pk, at=now())
    commands.write_to_reporter(
        actor=officer, report_id=report.pk, text="Apakah Anda sendirian?", at=now()
    )

    with phone(address, scripts=scripts) as visitor:
        visitor.go("/pantau/" if language == "id" else "/pantau/?b=en")
        visitor.fill("kode", "salah sekali")
        visitor.press("[name=buka]")
        assert visitor.page.locator("#status").count() == 0
        visitor.fill("kode", words.upper().replace(" ", "-"))
        visitor.press("[name=buka]")
        assert visitor.page.locator("#status").is_visible()
        assert "Apakah Anda sendirian?" in visitor.text
        visitor.fill("pesan", "Ya, saya sendirian.")
        visitor.press("[name=kirim]")
        assert "Ya, saya sendirian." in visitor.text
        visitor.press("[name=ke][value=contact]")
        visitor.fill("way", "page")
        visitor.press("[name=kirim]")
        visitor.press("[name=ke][value=files]")
        visitor.page.set_input_files("[name=berkas]", str(tmp_path / "catatan.txt"))
        visitor.press("[name=kirim]")
        visitor.press("[name=ke][value=stop]")
        visitor.fill("pesan", "Besok pagi saja")
        visitor.press("[name=kirim]")
        assert visitor.faults == []
        assert visitor.page.context.cookies() == []

    kinds = {MessageKind(kind) for kind in Message.objects.values_list("kind", flat=True)}
    assert kinds == set(MessageKind) - {MessageKind.FEEDBACK}  # asked once there was help
    assert Attachment.objects.count() == 3


@BOTH
def test_the_language_can_be_changed_on_every_page_and_nothing_is_lost(
    address: str,
    scripts: bool,
) -> None:
    make.city()
    with phone(address, scripts=scripts) as visitor:
        visitor.go("/")
        visitor.press("[name=mulai]")
        visitor.fill("safety", "short")
        visitor.press('[data-ruang="language"]')
        assert visitor.title == "Are you safe now?"
        assert visitor.page.locator("[name=safety][value=short]").is_checked()
        assert visitor.page.locator("html").get_attribute("lang") == "en"
        visitor.answer()
        visitor.press("[name=kembali]")
        assert visitor.page.locator("[name=safety][value=short]").is_checked()


@BOTH
def test_what_is_missing_is_said_at_the_top_and_focus_goes_there(
    address: str,
    scripts: bool,
) -> None:
    make.city()
    with phone(address, scripts=scripts) as visitor:
        visitor.go("/")
        visitor.press("[name=mulai]")
        visitor.answer()
        box = visitor.page.locator('[data-ruang="errors"]')
        assert "Pilih satu jawaban, atau pilih ‘Tidak mau menjawab’." in box.inner_text()
        if scripts:
            assert box.evaluate("one => one === document.activeElement")


def leave(visitor: Phone) -> None:
    with visitor.page.expect_navigation(url="http://127.0.0.1:*/"):
        visitor.page.locator('[data-ruang="exit"]').click()
    assert "Cerah" in visitor.page.locator("body").inner_text()


def settled(visitor: Phone) -> str:
    """Return what the page shows; one that is just going on to another has to come first."""

    def shown() -> str:
        visitor.page.wait_for_load_state()
        with suppress(Exception):  # it is just going on to another page
            return str(visitor.page.content())
        return ""

    return until(visitor.page, shown)


@BOTH
@pytest.mark.parametrize("where", ["story", "receipt", "thread"])
def test_after_leaving_back_shows_no_answer_and_no_code(
    address: str,
    where: str,
    scripts: bool,
) -> None:
    make.city()
    receipt = make.receipt(reach="0812-0000-1111")
    with weather(), phone(address, scripts=scripts) as visitor:
        secrets = [STORY, "0812-0000-1111"]
        if where == "thread":
            visitor.go("/pantau/")
            visitor.fill("kode", receipt.words or "")
            visitor.press("[name=buka]")
            visitor.fill("pesan", STORY)
        else:
            visitor.go("/")
            four_questions(visitor)
            visitor.press("[name=lanjut]")
            visitor.answer()
            visitor.fill("story", STORY)
        if where == "receipt":
            visitor.press("[name=cukup]")
            visitor.press("[name=kirim]")
            secrets.append(visitor.words)
        leave(visitor)
        for _back in range(5):
            try:
                visitor.page.go_back(timeout=3_000)
            except Exception:
                visitor.page.wait_for_timeout(200)
            seen = settled(visitor)
            assert not [secret for secret in secrets if secret in seen]


def pages_for_axe() -> list[tuple[str, Callable[[Phone], None]]]:
    return [
        ("/", lambda _v: None),
        ("/layanan/", lambda _v: None),
        ("/privasi/", lambda _v: None),
        ("/jejak/", lambda _v: None),
        ("/pantau/", lambda v: v.press("[name=buka]")),
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_keeps_anybody_out(address: str, tmp_path: Path, language: str) -> None:
    make.city()
    receipt = make.receipt()
    query = "" if language == "id" else "?b=en"
    with phone(address, scripts=True) as visitor:
        for path, act in pages_for_axe():
            visitor.go(path + query)
            act(visitor)
            visitor.check_with_axe()
        visitor.go("/" + query)
        visitor.press("[name=mulai]")
        visitor.answer()
        visitor.check_with_axe()
        for typed in (
            {"safety": "danger"},
            {},
            {"who": "child"},
            {},
            {"helps": "listen"},
            {"way": "page"},
            {},
            {},
            {},
            {},
            {},
            {},
        ):
            visitor.answer(**typed)
            visitor.check_with_axe()
        visitor.page.set_input_files(
            "[name=berkas]", {"name": "x.exe", "mimeType": "x/y", "buffer": b"MZ\x01"}
        )
        visitor.press("[name=lanjut]")
        visitor.check_with_axe()
        visitor.press("[name=lanjut]")
        visitor.check_with_axe()
        visitor.press("[name=kirim]")
        visitor.check_with_axe()
        visitor.go("/pantau/" + query)
        visitor.fill("kode", receipt.words or "")
        visitor.press("[name=buka]")
        for page in ("contact", "files", "stop", "openings"):
            visitor.press(f"[name=ke][value={page}]")
            visitor.check_with_axe()
            visitor.press("[name=ke][value=main]")
        visitor.fill("pesan", "Halo")
        visitor.press("[name=kirim]")
        visitor.check_with_axe()
