"""A phone started again without a signal: it knows which RT and which questions, and nobody.

What it kept is gone once the session was logged, and when somebody signs out.
"""

import time
from pathlib import Path
from typing import Any

import pytest

from ruang.prevention.models import Answer, Attendance, Session, Sheet
from ruang.register.models import Rt
from tests import make, make_prevention
from tests.journeys.test_browser_traces import SETTLES, hits, kill
from tests.journeys.test_field_outbox import all_sent, signal
from tests.journeys.test_field_phone import HALL, Browser, Hall, on_a_phone
from tests.patience import until
from tests.screens import barriers, patient, sign_in, there_are
from tests.screens import until as arrived

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
PLACE = "kenari-rumah-bu-4411"
KEPT = """() => new Promise((done) => {
    indexedDB.open("ruang-lapangan").onsuccess = (event) => {
        const base = event.target.result;
        const asked = base.transaction("ingat").objectStore("ingat").get("bekal");
        asked.onsuccess = () => { base.close(); done(asked.result || null); };
    };
})"""
OLD = """() => new Promise((done) => {
    indexedDB.open("ruang-lapangan").onsuccess = (event) => {
        const base = event.target.result;
        const store = base.transaction("ingat", "readwrite").objectStore("ingat");
        store.get("bekal").onsuccess = (found) => {
            const lot = found.target.result, over = new Date(Date.now() - 1000).toISOString();
            lot.sessions.forEach((one) => { one.until = over; });
            store.put(lot, "bekal").onsuccess = () => { base.close(); done(); };
        };
    };
})"""
"""Its days are over."""


def known(phone: Browser) -> Any:
    return phone.page.evaluate(KEPT)


def until_known(phone: Browser, *, is_known: bool = True) -> None:
    """Wait until the phone keeps something, or nothing any more."""
    until(lambda: bool(known(phone)) == is_known)


def until_at(phone: Browser, url: str) -> None:
    """Wait until a page is there whose request failed before the phone's worker answered it."""
    arrived(phone.page, lambda: phone.page.url.endswith(url))
    phone.page.wait_for_load_state()


def ready(phone: Browser, hall: Hall) -> None:
    """Sign in and open the own list once, at the office."""
    phone.go("/masuk/")
    phone.sign_in(hall.ani.user)
    phone.go(HALL)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until_known(phone)


def written(phone: Browser, hall: Hall, missing: str) -> None:
    """Find the session again, hand the phone round, log it with one RT missing."""
    page = phone.page
    phone.go(HALL)
    page.click('#bekal a:has-text("Nyapeu Wacil")')
    until_at(phone, hall.url)
    phone.says("Nyapeu Wacil")
    page.click('#bekal a:has-text("Sebelum sesi")')
    phone.says("Tubuhku milik siapa?")
    page.wait_for_load_state()
    phone.look()
    assert page.locator('form[data-entry="log"]').is_hidden()
    page.fill("#id_kode", "kucing 7")
    page.check('#tanya-bekal input[value="1"]')
    page.click("#lembar form button.govuk-button")
    phone.says("Berikan ponsel kepada")
    phone.keeps(1)
    page.click('#bekal a:has-text("Sesinya")')
    until_at(phone, hall.url)
    there_are(page.locator("#rt-bekal input"), 3)
    page.uncheck(f"#rt-bekal input[value='{missing}']")
    page.fill("#id_orang-male-6_12", "9")
    assert barriers(page) == []
    phone.look()
    page.click('form[data-entry="log"] button.govuk-button')
    phone.says("Terkunci dan tersimpan")
    phone.keeps(2)


def test_killed_and_started_without_a_signal_it_knows_rt_and_questions(
    address: str, tmp_path: Path
) -> None:
    hall, profile = Hall(), tmp_path / "profile"
    Session.objects.update(place=PLACE)
    first, *rest = Rt.objects.order_by("number")
    with on_a_phone(address, profile) as phone:
        ready(phone, hall)
        phone.context.set_offline(True)
        time.sleep(SETTLES)
        kill(profile)
    for text in (PLACE, hall.ani.user.name, hall.ani.user.login):
        assert not {one for one in hits(profile, text) if "IndexedDB" in one}, text
    with on_a_phone(address, profile, signal=False) as phone:
        written(phone, hall, str(first.pk))
        assert phone.faults == []
        time.sleep(SETTLES)
        kill(profile)
    with on_a_phone(address, profile) as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(HALL)
        all_sent(phone)
        phone.go(hall.url)
        phone.says("9 orang hadir")
        until_known(phone, is_known=False)
        assert phone.faults == []
    session = Session.objects.get()
    assert session.state == "held"
    assert Attendance.objects.get().people == 9
    assert set(session.invited.values_list("rt", flat=True)) == {one.pk for one in rest}
    assert (Sheet.objects.count(), Answer.objects.get().is_right) == (1, True)


def test_it_is_forgotten_at_its_end_when_signing_out_and_by_another_person(
    address: str, tmp_path: Path
) -> None:
    hall = Hall()
    budi = make_prevention.facilitator()
    with on_a_phone(address, tmp_path / "profile") as phone:
        ready(phone, hall)
        phone.context.set_offline(True)
        phone.go(HALL)
        phone.says("Nyapeu Wacil")
        phone.page.evaluate(OLD)
        phone.go(HALL)
        phone.says("Tidak ada sinyal")
        until_known(phone, is_known=False)
        assert phone.page.locator("#bekal").is_hidden()

        signal(phone)
        until_known(phone)
        phone.go("/akun/")
        phone.page.click("details.rk-menu > summary")
        phone.page.click('.rk-menu form[data-ruang="sign-out"] button')
        phone.page.wait_for_url(lambda url: "/masuk/" in url)
        assert known(phone) is None

        phone.sign_in(hall.ani.user)
        phone.go(HALL)
        until_known(phone)
        phone.context.clear_cookies()
        phone.go("/masuk/")
        phone.sign_in(budi.user)
        phone.go(HALL)
        until_known(phone, is_known=False)
        assert phone.faults == []


def test_signing_out_where_no_session_was_ever_opened_makes_no_store(
    address: str, browsing: Any
) -> None:
    person = make.officer(make.city())
    with browsing() as browser:
        page = patient(browser.new_context()).new_page()
        page.goto(f"{address}/masuk/")
        sign_in(page, person)
        page.goto(f"{address}/akun/")
        page.click(".rk-me > summary")
        page.click('.rk-me form[data-ruang="sign-out"] button')
        page.wait_for_url(lambda url: "/masuk/" in url)
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
