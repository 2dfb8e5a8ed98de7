"""The outbox of a phone: whose it is, what goes first, what if nothing is kept, what is new."""

from pathlib import Path
from typing import Any

import pytest

from ruang.audit.models import Fact
from ruang.intake.models import Report
from ruang.prevention.models import Attendance, Session
from ruang.vault.texts import open_text
from ruang.web.field import phone as keys
from ruang.web.field import sending
from tests import make, make_prevention
from tests.journeys.test_field_phone import (
    HALL,
    LAPSED,
    Browser,
    Hall,
    on_a_phone,
)
from tests.patience import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


def without_a_signal(phone: Browser, hall: Hall) -> None:
    """Open the session, so that the empty page is kept; open it again without a signal."""
    phone.go(hall.url)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.go(hall.url)
    phone.says("Tidak ada sinyal")


def signal(phone: Browser) -> None:
    """Have a signal again, and wait until the page noticed, and is another one."""
    phone.context.set_offline(False)
    phone.page.locator('#keluar:not([data-token=""])').wait_for(state="attached")
    phone.page.wait_for_load_state()  # its scripts run when all of it is there


def all_sent(phone: Browser) -> None:
    """Wait until everything was sent: a list that is not drawn yet is empty, too."""
    phone.page.evaluate("window.ruangOutbox.flush()")
    phone.keeps(0)


def counted(phone: Browser, people: int) -> None:
    phone.page.fill("#id_orang-male-6_12", str(people))
    phone.page.click('form[data-entry="log"] button.govuk-button')


def told(phone: Browser, story: str) -> None:
    """Answer the three questions, with a few words."""
    for name, value in (("bahaya", "danger"), ("umur", "child"), ("cara", "trusted")):
        phone.page.check(f'form[data-entry="tell"] input[name={name}][value={value}]')
    phone.page.fill("#id_cerita", story)
    phone.page.click('form[data-entry="tell"] button.govuk-button')


def passed_on(phone: Browser, story: str) -> None:
    """Do so in the empty page."""
    phone.page.click("details.rk-box > summary")
    told(phone, story)


def sender(hall: Hall) -> str:
    desk = make.actor(hall.officer)
    return open_text(desk.keys, Report.objects.get(), "recorded")


@pytest.mark.parametrize("known", [True, False])
def test_who_signs_in_next_did_not_write_what_somebody_told(
    address: str, tmp_path: Path, known: bool
) -> None:
    hall = Hall()
    budi = make_prevention.facilitator()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        without_a_signal(phone, hall)
        if not known:
            phone.page.evaluate(FORGOTTEN)
            phone.go(hall.url)
        passed_on(phone, "ia takut pulang")
        phone.keeps(1)
        phone.context.clear_cookies()
        phone.context.set_offline(False)  # the page notices, and asks to sign in
        phone.page.wait_for_url(lambda url: "/masuk/" in url)
        phone.sign_in(budi.user)
        phone.go(HALL)
        all_sent(phone)
        assert phone.faults == []
    said = sender(hall)
    assert budi.user.name not in said
    assert (hall.ani.user.name in said) == known


FORGOTTEN = """() => new Promise((done) => {
    indexedDB.open("ruang-lapangan").onsuccess = (event) => {
        const step = event.target.result.transaction("ingat", "readwrite");
        step.objectStore("ingat").clear();
        step.oncomplete = () => { event.target.result.close(); done(); };
    };
})"""
"""Who signed in last was never remembered on this phone."""


def test_what_somebody_told_goes_at_once_and_all_else_a_good_while_later(
    address: str, tmp_path: Path
) -> None:
    hall, profile = Hall(), tmp_path / "profile"
    with on_a_phone(address, profile) as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        without_a_signal(phone, hall)
        counted(phone, 9)
        phone.keeps(1)
        passed_on(phone, "ia takut pulang")
        phone.keeps(2)
        signal(phone)
        phone.keeps(1)
        phone.says("dalam satu jam ini")
    with on_a_phone(address, profile) as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(hall.url)
        phone.page.evaluate("window.ruangOutbox.flush()")
        phone.says("dalam satu jam ini")
        left = phone.page.evaluate(LEFT)
        assert phone.page.locator('form[data-entry="log"]').count() == 1, "it came already"
        phone.page.evaluate(LAPSED)
        phone.page.evaluate("window.ruangOutbox.flush()")
        phone.keeps(0)
        assert phone.page.evaluate(LEFT) is None
        assert phone.faults == []
    assert Report.objects.count() == 1
    assert 4 * 60_000 < left <= 45 * 60_000
    assert Attendance.objects.get().people == 9


LEFT = """() => new Promise((done) => {
    indexedDB.open("ruang-lapangan").onsuccess = (event) => {
        const step = event.target.result.transaction("ingat");
        const asked = step.objectStore("ingat").get("sampai");
        asked.onsuccess = () => {
            event.target.result.close();
            done(asked.result === undefined ? null : asked.result - Date.now());
        };
    };
})"""
"""How long all else is still held."""


def test_where_nobody_told_anything_nothing_is_held(address: str, tmp_path: Path) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        without_a_signal(phone, hall)
        counted(phone, 9)
        phone.keeps(1)
        signal(phone)
        all_sent(phone)
        assert phone.faults == []
    assert Session.objects.get().state == "held"
    assert not Fact.objects.filter(name="intake.report_received").exists()


FULL = {
    "open": "indexedDB.open = () => { throw new DOMException('full', 'UnknownError'); };",
    "put": "IDBObjectStore.prototype.put = () => { throw new DOMException('full', "
    "'QuotaExceededError'); };",
}
"""A phone that keeps nothing."""


@pytest.mark.parametrize("broken", FULL)
def test_a_phone_that_keeps_nothing_still_sends_while_there_is_a_signal(
    address: str, tmp_path: Path, broken: str
) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.context.add_init_script(FULL[broken])
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(f"{HALL}cerita/")
        told(phone, "ia takut pulang")
        phone.page.wait_for_url("**/cerita/diterima/")
        phone.go(hall.url)
        counted(phone, 9)
        phone.says("9 orang hadir")
        phone.go(f"{hall.url}tes/sesudah/")
        phone.page.fill("#id_kode", "kucing 7")
        phone.context.set_offline(True)
        for _again in range(2):
            phone.page.click("main form button[class=govuk-button]")
            phone.says("Belum dapat disimpan")
        phone.context.set_offline(False)
        assert phone.faults == []
    assert Report.objects.count() == 1


ONCE = """(() => {
    const open = indexedDB.open.bind(indexedDB);
    let faults = 0;
    indexedDB.open = (...all) => {
        if (!faults) { faults += 1; throw new DOMException("full", "UnknownError"); }
        return open(...all);
    };
})();"""
"""A phone that has no room when the page opens, and some a moment later."""


def test_a_phone_that_has_room_again_keeps_again(address: str, tmp_path: Path) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.context.add_init_script(ONCE)
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        without_a_signal(phone, hall)
        counted(phone, 9)
        phone.keeps(1)
        assert phone.faults == []


BEFORE = """() => new Promise((done) => {
    const asked = indexedDB.open("ruang-lapangan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("keluar", { keyPath: "id" });
    asked.onsuccess = () => {
        const step = asked.result.transaction("keluar", "readwrite");
        const entry = { id: "0", owner: "", at: Date.now(), blob: new Uint8Array(40) };
        step.objectStore("keluar").put(entry);
        step.oncomplete = () => { asked.result.close(); done(); };
    };
})"""
"""An outbox as it was when it had one part, with an entry that the office cannot read."""
COUNTS = """window.asked = 0;
navigator.storage.persist = () => { window.asked += 1; return Promise.resolve(true); };"""


def test_an_outbox_of_before_is_taken_on_and_is_to_last(address: str, tmp_path: Path) -> None:
    hall = Hall()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.context.add_init_script(COUNTS)
        phone.go("/masuk/")
        phone.page.evaluate(BEFORE)
        phone.sign_in(hall.ani.user)
        without_a_signal(phone, hall)
        phone.keeps(1)
        for kept, people in ((2, 8), (3, 9)):
            phone.go(hall.url)
            counted(phone, people)
            phone.says("Terkunci dan tersimpan")
            phone.keeps(kept)
        passed_on(phone, "ia takut pulang")
        phone.keeps(4)
        assert phone.page.evaluate("window.asked") == 1
        assert phone.faults == []


def test_the_page_for_no_signal_is_renewed_with_the_key_and_only_as_a_whole(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall()
    old = keys.public_keys()
    with on_a_phone(address, tmp_path / "profile") as phone:
        phone.go("/masuk/")
        phone.sign_in(hall.ani.user)
        phone.go(hall.url)
        phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        (first,) = phone.page.evaluate("caches.keys()")

        monkeypatch.setattr(sending, "public_keys", lambda: {**old, "version": 7})
        with monkeypatch.context() as gone:
            gone.setattr(sending, "STYLES", ("ruang/tidak-ada.css",))
            phone.page.evaluate(UPDATED)
            assert first in phone.page.evaluate("caches.keys()")
            assert f'data-version="{old["version"]}"' in kept_page(phone, hall)
        phone.page.evaluate(UPDATED)
        until(lambda: is_renewed(phone, first))
        assert 'data-version="7"' in kept_page(phone, hall)
        assert phone.faults == []


def is_renewed(phone: Browser, first: str) -> bool:
    """Say whether what was kept first is gone, and the new is there alone."""
    names = phone.page.evaluate("caches.keys()")
    return len(names) == 1 and names != [first]


UPDATED = (
    "navigator.serviceWorker.ready.then((it) => it.update()).then(() => true, () => false)"
)


def kept_page(phone: Browser, hall: Hall) -> Any:
    """The page as it opens without a signal."""
    phone.context.set_offline(True)
    phone.go(hall.url)
    shown = phone.page.content()
    signal(phone)
    return shown
