"""In a hall: a code on a facilitator's phone, and an old phone without JavaScript before it."""

from typing import Any

import pytest

from ruang.prevention.models import Arrivals, Attendance, Session
from tests.journeys.person import PHONE, Person
from tests.journeys.test_field_phone import Hall
from tests.screens import barriers, there_are

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


class Phone(Person):
    """A small screen; what is pressed and read on it, by its words."""

    def __init__(self, browser: Any, address: str, *, scripts: bool) -> None:
        super().__init__(browser, address, PHONE, scripts=scripts)

    def says(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def press_on(self, words: str) -> None:
        self.press(f'main form button:text-is("{words}")')


def answered(old: Phone) -> None:
    for name, value in (("jk", "female"), ("umur", "25_59"), ("baru", "ya")):
        old.page.check(f"input[name={name}][value='{value}']")
    old.page.check("input[name=disabilitas][value='-']")
    old.press_on("Hitung saya")


def counted_once(old: Phone, code: str) -> None:
    """Typed, counted, reloaded, gone back, typed again: one. A second person: two."""
    old.go("/hadir/")
    old.page.fill("#kode", code.lower())
    old.press_on("Lanjut")
    answered(old)
    old.says("Terima kasih, Anda sudah dihitung")
    old.page.reload()
    old.says("Terima kasih, Anda sudah dihitung")
    old.page.go_back()
    answered(old)
    old.says("Dari sini sudah ada yang dihitung")
    old.go(f"/hadir/{code.replace('-', '')}/")
    answered(old)
    old.says("Dari sini sudah ada yang dihitung")
    old.press('main a:has-text("Hitung orang lain")')
    old.press_on("Hitung saja, tanpa pertanyaan")
    old.says("Terima kasih, Anda sudah dihitung")
    assert old.page.context.cookies() == []


def keeps_nobody_out(phone: Phone) -> None:
    assert barriers(phone.page) == [], phone.page.url


def test_an_old_phone_is_counted_once_and_added_to_the_heads(
    address: str, browsing: Any
) -> None:
    hall = Hall()
    with browsing() as browser:
        holder = Phone(browser, address, scripts=True)
        holder.sign_in(hall.ani.user)
        holder.go(hall.url)
        keeps_nobody_out(holder)
        code = holder.page.locator(".rk-spell").inner_text()
        frame = holder.page.locator(".rk-qr svg").bounding_box()
        assert min(frame["width"], frame["height"]) >= 240, "large enough to be scanned"

        counted_once(Phone(browser, address, scripts=False), code)
        young = Phone(browser, address, scripts=True)
        young.go(f"/hadir/{code.replace('-', '')}/")
        keeps_nobody_out(young)
        answered(young)
        young.says("Terima kasih, Anda sudah dihitung")
        keeps_nobody_out(young)

        holder.go(hall.url)
        holder.says("3 orang masuk lewat kode QR")
        holder.page.fill("#id_orang-female-25_59", "4")
        holder.page.click('form[data-entry="log"] button.govuk-button')
        holder.says("Diterima.")
        there_are(holder.page.locator("#keluar li"), 0)
        holder.go(hall.url)
        holder.says("7 orang hadir")
        holder.says("Dihitung per kepala: 4. Lewat kode QR: 3.")
        young.go(f"/hadir/{code.replace('-', '')}/")
        answered(young)
        young.says("Kode ini sedang tidak dibuka")
        holder.go(f"{hall.url}poster/")
        keeps_nobody_out(holder)
    row = Attendance.objects.get()
    assert (row.people, row.by_code, row.first_time) == (6, 2, 2)
    assert Session.objects.get().unsaid == 1
    assert not Arrivals.objects.exists()
