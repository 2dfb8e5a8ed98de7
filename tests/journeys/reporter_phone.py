"""A frightened person's old phone: one narrow browser, with JavaScript or without it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ruang.territory.facts import forget_city
from ruang.territory.models import City
from tests.screens import all_answered, barriers, launched, launched_on, patient, width

SIZE = {"width": 360, "height": 740}
GOVUK_FONT = "/assets/fonts/"
"""Here the sheets are served as they come; what is collected names no font (test_static.py)."""
WEATHER = "<!doctype html><title>Cuaca</title><p>Cerah</p>"
TITLES = {
    "id": {"start": "Anda tidak sendiri", "receipt": "Laporan Anda sudah kami terima"},
    "en": {"start": "You are not alone", "receipt": "We have received your report"},
}


class Phone:
    """One page of one browser; it notices what is wrong with what it sees."""

    def __init__(self, context: Any, address: str, *, scripts: bool) -> None:
        patient(context)
        self.page = context.pages[0] if context.pages else context.new_page()
        self.address, self.scripts = address, scripts
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and GOVUK_FONT not in message.location.get("url", ""):
            self.faults.append(message.text)

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(self.address + path)
        self.look()

    def press(self, selector: str) -> None:
        """Press a button and wait for the page that answers, loaded or swapped in."""
        button = self.page.locator(selector).first
        if self.scripts:
            before = self.page.locator("main").element_handle()
            button.click()
            self.page.wait_for_function("old => !old.isConnected", arg=before)
        else:
            with self.page.expect_navigation(wait_until="load"):
                button.click()
            self.page.locator("main h1").first.wait_for()
        self.look()

    def answer(self, **chosen: str | list[str]) -> None:
        """Fill in the page and press *Continue*."""
        for name, value in chosen.items():
            for one in value if isinstance(value, list) else [value]:
                self.fill(name, one)
        self.press("[name=lanjut]")

    def fill(self, name: str, value: str) -> None:
        """Choose or type one answer."""
        field = self.page.locator(f"[name={name}]")
        kind = field.first.evaluate("one => one.type || one.tagName")
        if kind in {"radio", "checkbox"}:
            self.page.locator(f"[name={name}][value={value}]").check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)

    def look(self) -> None:
        """A page fits the screen and offers the way out."""
        assert self.page.locator('[data-ruang="exit"]').is_visible()
        wide = width(self.page)
        assert wide <= SIZE["width"], f"{wide} px wide: {self.title}"

    def check_with_axe(self) -> None:
        """Nothing on the page keeps people with disabilities out, as far as a machine sees."""
        assert barriers(self.page) == [], self.title

    @property
    def title(self) -> str:
        """The heading of the page."""
        return " ".join(self.page.locator("main h1").first.inner_text().split())

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def words(self) -> str:
        """The seven words on the receipt."""
        return " ".join(self.page.locator("#kode").inner_text().split())


class _Weather(BaseHTTPRequestHandler):
    """What stands where the exit leads."""

    def do_GET(self) -> None:
        body = WEATHER.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


@contextmanager
def weather() -> Iterator[str]:
    """The city's exit leads to a site of its own, which answers while the block lasts.

    No request is intercepted: a browser whose requests are sends a form again by itself when
    one goes back, which none does in a hand.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    City.objects.update(exit_url=url)
    forget_city()
    yield url
    server.shutdown()
    server.server_close()


@contextmanager
def phone(address: str, *, scripts: bool, profile: Path | None = None) -> Iterator[Phone]:
    """A browser for one ``with``; with a folder, it keeps what a browser keeps."""
    from playwright.sync_api import sync_playwright

    options = {"viewport": SIZE, "java_script_enabled": scripts}
    with sync_playwright() as playwright:
        if profile is not None:
            context = launched_on(playwright, profile, **options)
            yield Phone(context, address, scripts=scripts)
            context.close()
        else:
            browser = launched(playwright)
            yield Phone(
                browser.new_context(bypass_csp=True, **options), address, scripts=scripts
            )
            browser.close()
    all_answered()
