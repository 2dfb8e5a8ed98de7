"""The desk list changes by itself in a real browser, over the real server, and holds still
under the hands of whoever is using it."""

from collections.abc import Iterator
from typing import Any

import pytest

from ruang.identity.sessions import COOKIE
from tests.platform.test_serve import Server, report_comes_in
from tests.screens import launched, patient, there_are

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROWS = "#antrean tbody tr"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("live"))
    yield made
    made.stop()


@pytest.fixture
def page(server: Server) -> Iterator[Any]:
    """An officer's browser, with the desk open."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = patient(browser.new_context())
        home = f"http://localhost:{server.port}"
        context.add_cookies(
            [
                {
                    "name": COOKIE,
                    "value": str(server.city["cookie"]),
                    "url": home.replace("http:", "https:"),  # a secure one, also on localhost
                    "secure": True,
                    "httpOnly": True,
                    "sameSite": "Strict",
                }
            ]
        )
        opened = context.new_page()
        with opened.expect_response(lambda answer: "/langsung/" in answer.url):
            opened.goto(f"{home}/pengaduan/")
        yield opened
        browser.close()


def expect(page: Any, rows: int) -> None:
    there_are(page.locator(ROWS), rows)


def test_a_report_appears_and_the_keyboard_stays(server: Server, page: Any) -> None:
    before = page.locator(ROWS).count()
    report_comes_in(server)
    expect(page, before + 1)
    link = page.locator(f"{ROWS} a").first
    link.focus()
    where = link.get_attribute("href")
    report_comes_in(server)
    expect(page, before + 2)
    assert page.evaluate("document.activeElement.getAttribute('href')") == where
    assert page.locator("[data-ruang=stale]").is_hidden()


def test_a_part_in_which_somebody_types_waits(server: Server, page: Any) -> None:
    before = page.locator(ROWS).count()
    page.evaluate(
        "document.querySelector('#antrean').insertAdjacentHTML('afterbegin',"
        " '<form id=own><input id=typed></form>');"
        "document.querySelector('#typed').focus()"
    )
    page.keyboard.type("sedang menulis")
    report_comes_in(server)
    page.wait_for_timeout(1_500)
    assert page.locator("#typed").input_value() == "sedang menulis"
    page.locator("h1").focus()
    expect(page, before + 1)
    assert page.locator("#typed").count() == 0


def test_it_asks_as_a_machine_that_keeps_no_session_alive(server: Server, page: Any) -> None:
    with page.expect_request(
        lambda request: request.headers.get("x-ruang-auto") == "1"
    ) as asked:
        report_comes_in(server)
    assert asked.value.method == "GET"
    assert "/pengaduan/" in asked.value.url


def test_killed_processes_are_survived(server: Server, page: Any) -> None:
    before = page.locator(ROWS).count()
    for process in server.children():
        if "config.web" in " ".join(process.cmdline()):
            process.kill()
    report_comes_in(server)
    expect(page, before + 1)


def test_without_a_stream_it_says_how_old_the_page_is(server: Server, page: Any) -> None:
    before = page.locator(ROWS).count()
    report_comes_in(server)
    expect(page, before + 1)
    page.route("**/langsung/**", lambda route: route.abort())
    page.reload()
    strip = page.locator("[data-ruang=stale]")
    strip.wait_for()
    assert "Menyambung lagi" in strip.text_content()
    assert page.locator(ROWS).count() > 0
