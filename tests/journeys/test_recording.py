"""An officer with somebody frightened on the line: nothing typed is lost, whatever fails."""

from datetime import timedelta
from typing import Any

import pytest

from ruang.intake.models import Draft, Report
from ruang.intake.queries import opened_report, stored_draft
from ruang.intake.states import State
from ruang.kernel import clock
from tests import make
from tests.intake.writers import room
from tests.journeys.person import DESKTOP, PHONE, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SAVED = "#simpanan[data-state=saved]"


def test_every_word_is_saved_though_the_network_goes_and_comes(
    address: str, browsing: Any
) -> None:
    desk = room()
    with browsing() as browser:
        rina = Person(browser, address, DESKTOP)
        rina.sign_in(desk.users["writer"])
        rina.go("/pengaduan/catat/")
        page = rina.page
        page.locator("#id_story").press_sequentially("Dia bilang suaminya ")
        page.wait_for_selector(SAVED)
        page.wait_for_url(lambda url: not url.endswith("/pengaduan/catat/"))
        draft = page.url.removeprefix(address)  # reloading leads back to the draft

        page.context.set_offline(True)
        page.locator("#id_story").press_sequentially("pulang lagi ")
        page.wait_for_selector("#simpanan[data-state=offline]")
        page.locator("#id_story").press_sequentially("malam ini")
        page.context.set_offline(False)
        page.wait_for_selector(SAVED)
        with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
            page.check("input[name=safety][value=danger]")
        assert kept.value.ok
        page.wait_for_selector(SAVED)

        rina.go(draft)
        assert page.input_value("#id_story") == "Dia bilang suaminya pulang lagi malam ini"
        assert page.is_checked("input[name=safety][value=danger]")

        dimas = Person(browser, address, PHONE)
        dimas.sign_in(desk.users["colleague"])
        dimas.go("/pengaduan/")
        assert "Bahaya sekarang" in dimas.reads()

        tab = page.context.new_page()  # as patient as the first
        tab.goto(f"{address}{draft}")
        tab.fill("#id_names", "Sari")
        tab.wait_for_selector(SAVED)
        tab.close()
        page.locator("#id_note").press_sequentially("sendirian")
        page.wait_for_selector("#simpanan[data-state=overtaken]")
        rina.press("button[name=simpan]")
        assert "Sari" in page.locator("[role=alert]").inner_text()
        assert page.input_value("#id_note") == "sendirian"
        page.fill("#id_names", "Sari")
        rina.press("button[name=simpan]")

        rina.press("button[name=selesai]")
        words = page.locator("#kode").inner_text()
        assert len(words.split()) == 7
        assert [f for f in rina.faults if "409" not in f and "ERR_INTERNET" not in f] == []
    report = Report.objects.get()
    assert Draft.objects.count() == 0
    assert report.state == State.CLAIMED
    told = opened_report(
        actor=desk.who("writer", clock.now()), report_id=report.pk, at=clock.now()
    )
    assert told.story == "Dia bilang suaminya pulang lagi malam ini"
    assert (told.recorded.names, told.recorded.note) == ("Sari", "sendirian")


def test_by_keyboard_alone_and_a_session_that_ends(address: str, browsing: Any) -> None:
    desk = room()
    with browsing() as browser:
        rina = Person(browser, address, DESKTOP)
        rina.sign_in(desk.users["writer"])
        rina.go("/pengaduan/catat/")
        page = rina.page
        page.locator("#id_safety_0").focus()
        page.keyboard.press("ArrowDown")
        page.locator("#id_reach").focus()
        page.keyboard.type("0812")
        page.keyboard.press("Control+s")
        page.wait_for_selector(SAVED)
        page.context.clear_cookies()
        page.locator("#id_story").press_sequentially("kata terakhir")
        page.wait_for_selector("#simpanan[data-state=door]")
        page.keyboard.press("Control+s")
        page.fill("#id_login", desk.users["writer"].login)
        page.fill("#id_password", make.PASSWORD)
        page.keyboard.press("Enter")
        page.locator("main form button.govuk-button", has_text="Kirim").click()
        page.wait_for_selector("#id_story")
        assert page.input_value("#id_story") == "kata terakhir"
    draft = Draft.objects.get()
    kept = stored_draft(actor=desk.who("writer", clock.now()), draft_id=draft.pk)
    assert kept.fields["reach"] == ("0812",)
    assert draft.changed_at > clock.now() - timedelta(minutes=5)
