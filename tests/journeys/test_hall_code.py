"""In a hall: a code on a facilitator's phone, and an old phone without JavaScript before it."""

from typing import Any

import pytest

from ruang.prevention.models import Arrivals, Attendance, Session
from tests import make
from tests.journeys.reporter_phone import AXE, SIZE
from tests.journeys.test_field_phone import Hall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


class Phone:
    """A small screen; what is read on it."""

    def __init__(self, browser: Any, address: str, *, scripts: bool) -> None:
        context = browser.new_context(viewport=SIZE, java_script_enabled=scripts)
        context.set_default_timeout(10_000)
        self.context, self.page, self.address = context, context.new_page(), address

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def reads(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def press(self, words: str) -> None:
        self.page.click(f'main form button:text-is("{words}")')


def answered(old: Phone) -> None:
    for name, value in (("jk", "female"), ("umur", "25_59"), ("baru", "ya")):
        old.page.check(f"input[name={name}][value='{value}']")
    old.page.check("input[name=disabilitas][value='-']")
    old.press("Hitung saya")


def counted_once(old: Phone, code: str) -> None:
    """Typed, counted, reloaded, gone back, typed again: one. A second person: two."""
    old.go("/hadir/")
    old.page.fill("#kode", code.lower())
    old.press("Lanjut")
    answered(old)
    old.reads("Terima kasih, Anda sudah dihitung")
    old.page.reload()
    old.reads("Terima kasih, Anda sudah dihitung")
    old.page.go_back()
    answered(old)
    old.reads("Dari sini sudah ada yang dihitung")
    old.go(f"/hadir/{code.replace('-', '')}/")
    answered(old)
    old.reads("Dari sini sudah ada yang dihitung")
    old.page.click('main a:has-text("Hitung orang lain")')
    old.press("Hitung saja, tanpa pertanyaan")
    old.reads("Terima kasih, Anda sudah dihitung")
    assert old.context.cookies() == []


def keeps_nobody_out(phone: Phone) -> None:
    wide = phone.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= SIZE["width"], phone.page.url
    faults = phone.page.evaluate(
        f"() => {{ {AXE.read_text(encoding='utf-8')}; return axe.run("
        "{runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa']}) }"
    )
    broken = [(one["id"], one["nodes"][0]["html"]) for one in faults["violations"]]
    assert broken == [], phone.page.url


def test_an_old_phone_is_counted_once_and_added_to_the_heads(
    address: str, browsing: Any
) -> None:
    hall = Hall()
    with browsing() as browser:
        holder = Phone(browser, address, scripts=True)
        holder.go("/masuk/")
        holder.page.fill("#id_login", hall.ani.user.login)
        holder.page.fill("#id_password", make.PASSWORD)
        with holder.page.expect_navigation():
            holder.page.click("main form button")
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
        young.reads("Terima kasih, Anda sudah dihitung")
        keeps_nobody_out(young)

        holder.go(hall.url)
        holder.reads("3 orang masuk lewat kode QR")
        holder.page.fill("#id_orang-female-25_59", "4")
        holder.page.click('form[data-entry="log"] button.govuk-button')
        holder.page.locator("#keluar li").first.wait_for(state="detached")
        holder.reads("Diterima.")
        holder.go(hall.url)
        holder.reads("7 orang hadir")
        holder.reads("Dihitung per kepala: 4. Lewat kode QR: 3.")
        young.go(f"/hadir/{code.replace('-', '')}/")
        answered(young)
        young.reads("Kode ini sedang tidak dibuka")
        holder.go(f"{hall.url}poster/")
        keeps_nobody_out(holder)
    row = Attendance.objects.get()
    assert (row.people, row.by_code, row.first_time) == (6, 2, 2)
    assert Session.objects.get().unsaid == 1
    assert not Arrivals.objects.exists()
