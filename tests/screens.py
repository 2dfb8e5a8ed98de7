"""Browsers in tests: started, pressed, signed in to and read the same way everywhere.

A locator waits for what it looks for; ``count``, ``is_visible``, ``content`` and ``evaluate``
do not: they tell what is there this moment, on the page that is just being left, too. So
whatever leads to another page is pressed with :func:`press`, which comes back once that page
is there; and what scripts change a moment later is waited for, here or with a locator.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ruang.identity.models import User
from tests import make
from tests.patience import MILLISECONDS, SECONDS

CHROMIUM = "/usr/bin/chromium"
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag22aa")
RUN = """async (rules) => {
    const found = await axe.run(document, {
        resultTypes: ["violations"], runOnly: {type: "tag", values: rules},
    });
    const said = (node) => node.html.slice(0, 120) + node.failureSummary;
    return found.violations.map((one) => one.id + ": " + one.nodes.map(said).join("; "));
}"""
Found = TypeVar("Found")


def launched(playwright: Any) -> Any:
    """A browser."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)


def launched_on(playwright: Any, profile: Path, *more: str, **options: Any) -> Any:
    """The context of a browser that keeps what browsers keep, in a folder."""
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=[*ARGS, *more], **options
    )


def patient(context: Any) -> Any:
    """Let a browser's context, or one of its pages, wait as long as a slow machine needs."""
    context.set_default_timeout(MILLISECONDS)
    return context


def press(page: Any, selector: str) -> None:
    """Press the first that fits, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def sign_in(page: Any, person: User) -> None:
    """Sign in on the page for it, which is open."""
    page.fill("#id_login", person.login)
    page.fill("#id_password", make.PASSWORD)
    press(page, "main form button.govuk-button")


def width(page: Any) -> int:
    """How wide the page is, in CSS pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def barriers(page: Any, rules: tuple[str, ...] = WCAG) -> list[str]:
    """What keeps people with disabilities out of the page, as far as axe sees."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    return list(page.evaluate(RUN, list(rules)))


def there_are(locator: Any, number: int) -> None:
    """Wait until so many are there."""
    from playwright.sync_api import expect

    expect(locator).to_have_count(number, timeout=MILLISECONDS)


def until(page: Any, look: Callable[[], Found]) -> Found:
    """Look until there is something, and let the browser tell meanwhile what happens in it.

    :raises AssertionError: if there is nothing in all that time
    """
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, f"nothing in {SECONDS:.0f} s: {found!r}"
        page.wait_for_timeout(50)
    return found


def all_answered() -> None:
    """Wait until the server in this process has answered what a closed browser asked for last.

    Otherwise it would read and write while the next test begins with an empty database.
    """
    end = time.monotonic() + SECONDS / 6
    while any("process_request_thread" in one.name for one in threading.enumerate()):
        if time.monotonic() > end:
            return
        time.sleep(0.01)
