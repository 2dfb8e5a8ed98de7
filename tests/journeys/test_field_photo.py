"""A photo on a phone that keeps nothing: covered as always, sent at once, kept nowhere."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from PIL import Image

from ruang.intake.models import Report
from ruang.prevention import photos as keeping
from ruang.prevention.commands import photos
from ruang.prevention.models import Attendance, Photo
from ruang.web.field import sending
from ruang.web.previewer import previewer
from tests.journeys.test_field_outbox import FULL, counted, told
from tests.journeys.test_field_phone import FACE, HALL, Browser, Hall, on_a_phone
from tests.previews.samples import exif

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
BROKEN = {
    **FULL,
    "none": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "large": """(() => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, ...more) {
            const isLarge = value.blob && value.blob.length > 20000;
            if (isLarge) { throw new DOMException("full", "QuotaExceededError"); }
            return put.call(this, value, ...more);
        };
    })();""",
}
"""Phones without a store, or with one in which a photo finds no room."""


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """The pictures as they come to the server; the answer to the first is lost."""
    found: list[bytes] = []
    keep, answer = keeping.keep_photo, sending._answer

    def keeping_photo(data: bytes, *args: Any) -> Any:
        found.append(data)
        return keep(data, *args)

    answers: list[str] = []

    def losing(state: str, words: str) -> HttpResponse:
        answers.append(state)
        return HttpResponse(status=502) if len(answers) == 1 else answer(state, words)

    monkeypatch.setattr(photos, "keep_photo", keeping_photo)
    monkeypatch.setattr(sending, "_answer", losing)
    yield found
    previewer.close()


def chosen(phone: Browser, folder: Path, said: str = "") -> None:
    """Choose a photo, read what is said of it, cover the face, and say so."""
    path = folder / "IMG_besar.jpg"
    Image.effect_noise((800, 600), 80).convert("RGB").save(path, "JPEG", exif=exif())
    phone.page.set_input_files("#berkas-foto", str(path))
    phone.page.locator("#foto canvas").wait_for()
    if said:
        phone.says(said)
    phone.covered()
    phone.page.check("#tanpa-wajah")


def pressed(phone: Browser) -> None:
    phone.page.click('#foto [data-part="send"]')


@pytest.mark.parametrize("broken", BROKEN)
def test_it_is_covered_sent_at_once_and_once(
    address: str, tmp_path: Path, came: list[bytes], broken: str
) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.context.add_init_script(BROKEN[broken])
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(hall.url)
        straight = "Foto langsung dikirim dan tidak disimpan"
        chosen(phone, tmp_path, straight if broken in {"none", "open"} else "")
        phone.context.set_offline(True)
        pressed(phone)
        phone.says("ponsel ini tidak bisa menyimpan foto")
        assert phone.page.locator("#foto canvas").is_visible(), "nothing of the work is lost"
        phone.context.set_offline(False)
        pressed(phone)
        phone.says("ponsel ini tidak bisa menyimpan foto")
        pressed(phone)
        phone.says("Terkirim, dan tidak disimpan di sini")
        assert phone.page.locator("#foto canvas").is_hidden()
        counted(phone, 9)
        phone.says("Diterima." if broken == "large" else "9 orang hadir")
        assert phone.faults == []
    assert Photo.objects.count() == 1
    assert Attendance.objects.get().people == 9
    assert len(set(came)) == 1
    with Image.open(BytesIO(came[0])) as image:
        assert len(image.getexif()) == 0
        assert max(image.convert("RGB").crop(FACE).tobytes()) < 40


def test_after_something_told_it_waits_like_all_else(
    address: str, tmp_path: Path, came: list[bytes]
) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.context.add_init_script(BROKEN["large"])
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(f"{HALL}cerita/")
        told(phone, "ia takut pulang")
        phone.page.evaluate("window.ruangOutbox.flush()")
        phone.page.evaluate("window.ruangOutbox.flush()")
        phone.keeps(0)
        phone.go(hall.url)
        chosen(phone, tmp_path)
        pressed(phone)
        phone.says("ada yang perlu terkirim lebih dulu")
        assert phone.faults == []
    assert Report.objects.count() == 1
    assert came == []
