"""A facilitator's phone: written down without a signal, killed, started again, sent once.

Nothing that was written can be read on the phone afterwards (S-16), what was covered on a photo
is gone in the bytes that arrive, and what somebody told leaves nothing with the session.
"""

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from PIL import Image, ImageDraw

from ruang.identity.models import User
from ruang.intake.models import Report
from ruang.kernel import clock
from ruang.prevention import photos as keeping
from ruang.prevention.commands import photos
from ruang.prevention.log_key import open_note
from ruang.prevention.models import Attendance, Photo, Question, Session, Sheet
from ruang.vault.texts import open_text
from ruang.web.field import sending
from ruang.web.previewer import previewer
from tests import make, make_prevention
from tests.journeys.reporter_phone import SIZE
from tests.journeys.test_browser_traces import SETTLES, hits, kill
from tests.previews.samples import CANARY, exif
from tests.screens import (
    all_answered,
    barriers,
    launched_on,
    patient,
    sign_in,
    there_are,
    width,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
HALL = "/pencegahan/lapangan/"
NO_SIGNAL = ("--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>")
WRITTEN = {
    "note": "kenari-catatan-8801 kursi kurang",
    "story": "kenari-cerita-8802 ia takut pulang",
    "reach": "kenari-hubungi-8803",
    "code": "kenarikode8804",
    "unsent": "kenari-belum-8805",
}
FACE = (300, 150, 500, 350)
"""Where the face is on the photo: bright red, as nothing else is."""


class Hall:
    """A session today, the facilitator who holds it, and a question."""

    def __init__(self) -> None:
        self.city = make.city()
        self.officer = make.officer(self.city)
        programme = make_prevention.programme(name="Nyapeu Wacil", english="Nyapeu Wacil")
        Question.objects.create(
            programme=programme, topic="Batas", text="Tubuhku milik siapa?",
            choices=["Orang lain", "Aku"], right=1,
        )  # fmt: skip
        self.ani = make_prevention.facilitator(programme)
        self.session = make_prevention.session(
            programme, by=[self.ani], starts_at=clock.now() - timedelta(minutes=30)
        )
        self.url = f"{HALL}{self.session.pk}/"


def photo(folder: Path) -> Path:
    """A photo with a face, a place and a comment in it, as phones write them."""
    image = Image.new("RGB", (800, 600), (40, 90, 60))
    ImageDraw.Draw(image).ellipse(FACE, fill=(255, 0, 0))
    path = folder / "IMG_kenari.jpg"
    image.save(path, "JPEG", exif=exif(), quality=92)
    return path


class Browser:
    """One browser on one profile."""

    def __init__(self, context: Any, address: str) -> None:
        self.context, self.address = patient(context), address
        self.page = context.pages[0] if context.pages else context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def look(self) -> None:
        wide = width(self.page)
        assert wide <= SIZE["width"], f"{self.page.url} is {wide} px wide"

    def sign_in(self, person: User) -> None:
        sign_in(self.page, person)

    def keeps(self, entries: int) -> None:
        """Wait until so many entries lie in the outbox."""
        there_are(self.page.locator("#keluar li"), entries)

    def says(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def covered(self) -> None:
        """Drag over the face with the mouse, add a second cover by the keyboard."""
        canvas = self.page.locator("#foto canvas")
        canvas.scroll_into_view_if_needed()
        frame = canvas.bounding_box()
        scale = frame["width"] / 800
        left, top, right, bottom = (side * scale for side in FACE)
        self.page.mouse.move(frame["x"] + left - 4, frame["y"] + top - 4)
        self.page.mouse.down()
        self.page.mouse.move(frame["x"] + right + 4, frame["y"] + bottom + 4, steps=4)
        self.page.mouse.up()
        canvas.focus()
        for key in ("Enter", "ArrowRight", "Shift+ArrowDown", "Enter", "Delete"):
            self.page.keyboard.press(key)


@contextmanager
def on_a_phone(address: str, profile: Path, *, signal: bool = True) -> Iterator[Browser]:
    """A browser; without a signal nothing it starts reaches anything, its worker neither."""
    from playwright.sync_api import sync_playwright

    more = () if signal else NO_SIGNAL
    with sync_playwright() as playwright:
        context = launched_on(playwright, profile, *more, viewport=SIZE, has_touch=True)
        context.set_offline(not signal)
        yield Browser(context, address)
        with contextlib.suppress(Exception):
            context.close()
    all_answered()


def written_without_a_signal(phone: Browser, hall: Hall, folder: Path) -> None:
    page = phone.page
    phone.go(hall.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert page.evaluate("caches.keys().then((all) => all.length)") == 1
    with phone.context.expect_page() as second:
        page.click(".rk-tell")
    second.value.close()
    page.goto(f"{phone.address}{hall.url}tes/sebelum/")
    phone.context.set_offline(True)
    page.fill("#id_kode", WRITTEN["code"])
    page.check('input[type=radio][value="1"]')
    page.click("main form button[class=govuk-button]")
    phone.says("Berikan ponsel kepada")
    page.fill("#id_kode", WRITTEN["code"].upper())
    page.click("main form button[class=govuk-button]")
    phone.says("Kode ini sudah dipakai")
    page.fill("#id_kode", "")
    phone.keeps(1)

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(phone.address + hall.url)
    phone.look()
    phone.says("Nyapeu Wacil")
    assert page.locator("#rt-bekal input:checked").count() == 3
    for _tap in range(3):
        page.click('.rk-count-row:has(#id_orang-female-6_12) > span button:has-text("+")')
    page.fill("#id_orang-male-6_12", "9")
    assert page.locator("#jumlah").inner_text() == "12"
    page.fill("#id_catatan", WRITTEN["note"])
    page.click('form[data-entry="log"] button.govuk-button')
    phone.says("Terkunci dan tersimpan")
    phone.keeps(2)  # its line is drawn above the photo, which then stays where it is
    page.set_input_files("#berkas-foto", str(photo(folder)))
    page.locator("#foto canvas").wait_for()
    phone.covered()
    page.check("#tanpa-wajah")
    page.click('#foto [data-part="send"]')
    phone.keeps(3)

    page.click("details.rk-box > summary")
    for name, value in (("bahaya", "danger"), ("umur", "child"), ("cara", "trusted")):
        page.check(f'form[data-entry="tell"] input[name={name}][value={value}]')
    page.fill("#id_hubungi", WRITTEN["reach"])
    page.fill("#id_cerita", WRITTEN["story"])
    page.click('form[data-entry="tell"] button.govuk-button')
    phone.keeps(4)
    page.fill("#id_cerita", WRITTEN["unsent"])
    phone.look()


def arrived(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The photos as they come to the server; and the first answer to each entry is lost."""
    found: list[bytes] = []
    keep = keeping.keep_photo

    def keeping_photo(data: bytes, *args: Any) -> Any:
        found.append(data)
        return keep(data, *args)

    answers: list[str] = []
    answer = sending._answer

    def losing(state: str, words: str) -> HttpResponse:
        answers.append(state)
        return HttpResponse(status=502) if len(answers) % 2 else answer(state, words)

    monkeypatch.setattr(photos, "keep_photo", keeping_photo)
    monkeypatch.setattr(sending, "_answer", losing)
    return found


def test_offline_killed_started_again_and_sent_once(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, profile = Hall(), tmp_path / "profile"
    came = arrived(monkeypatch)
    with on_a_phone(address, profile) as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        written_without_a_signal(phone, hall, tmp_path)
        assert phone.faults == []
        time.sleep(SETTLES)
        kill(profile)
    for text in (*WRITTEN.values(), CANARY.decode()):
        assert not hits(profile, text), text

    with on_a_phone(address, profile) as phone:
        phone.context.set_offline(True)
        phone.go(hall.url)
        phone.keeps(4)
        phone.context.set_offline(False)  # the page notices, and asks to sign in
        phone.page.wait_for_url(lambda url: "/masuk/" in url)
        phone.sign_in(hall.ani.user)
        phone.go(HALL)
        for _again in range(4):
            phone.page.evaluate("window.ruangOutbox.flush()")
        phone.keeps(3)  # what somebody told went first; all else waits a while
        phone.page.evaluate(LAPSED)
        for _again in range(12):
            phone.page.evaluate("window.ruangOutbox.flush()")
        phone.keeps(0)
        phone.says("Diterima.")
        phone.go(hall.url)
        phone.says("12 orang hadir")
        assert phone.faults == []
    for text in (*WRITTEN.values(), CANARY.decode()):
        assert not hits(profile, text), text
    looked_at(hall, came)
    previewer.close()


def looked_at(hall: Hall, came: list[bytes]) -> None:
    """Everything is there once, and of the face nothing is."""
    session = Session.objects.get()
    assert session.state == "held"
    assert set(Attendance.objects.values_list("sex", "people")) == {("female", 3), ("male", 9)}
    assert [open_note(one) for one in session.notes.all()] == [WRITTEN["note"]]
    assert Sheet.objects.get().pair not in WRITTEN["code"]
    report, officer = Report.objects.get(), make.actor(hall.officer)
    assert open_text(officer.keys, report, "story") == WRITTEN["story"]
    assert Photo.objects.count() == 1
    assert len(set(came)) == 1
    assert CANARY not in came[0]
    with Image.open(BytesIO(came[0])) as image:
        assert (image.size, len(image.getexif())) == ((800, 600), 0)
        whole = image.convert("RGB")
    face = whole.crop(FACE).tobytes()
    assert max(face) < 40
    raw = whole.tobytes()
    pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
    assert not [one for one in pixels if one[0] > 120 and one[1] < 80]


LAPSED = """() => new Promise((done) => {
    indexedDB.open("ruang-lapangan").onsuccess = (event) => {
        const step = event.target.result.transaction("ingat", "readwrite");
        step.objectStore("ingat").put(Date.now() - 1, "sampai");
        step.oncomplete = () => { event.target.result.close(); done(); };
    };
})"""
"""The while is over."""

OLDER = """() => {
    const make = crypto.subtle.generateKey.bind(crypto.subtle);
    crypto.subtle.generateKey = (way, ...more) => (
      way.name === "X25519" ? Promise.reject(new Error("unknown")) : make(way, ...more));
}"""
"""A browser that knows no X25519."""


def test_an_older_browser_seals_with_the_other_curve(address: str, tmp_path: Path) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.context.add_init_script(f"({OLDER})()")
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(hall.url)
        phone.page.fill("#id_orang-male-6_12", "7")
        phone.page.click('form[data-entry="log"] button.govuk-button')
        phone.says("Diterima.")
        phone.keeps(0)
        assert phone.faults == []
    assert Attendance.objects.get().people == 7


def test_the_pages_keep_nobody_out(address: str, tmp_path: Path) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        for path in (HALL, hall.url, f"{hall.url}tes/sebelum/", f"{HALL}cerita/"):
            phone.go(path)
            assert barriers(phone.page) == [], path
        assert phone.faults == []
