"""A browser, and a server for the shared face alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.screens import launched
from tests.web import gallery


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for one module: Playwright's loop would make Django refuse the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def face() -> Iterator[str]:
    """The address of a server with the gallery and a few pages of tests/web/gallery.py."""
    with gallery.served() as address:
        yield address


@pytest.fixture
def faced(settings: Any) -> Iterator[None]:
    """The same settings for Django's own test client."""
    for name, value in gallery.SETTINGS.items():
        setattr(settings, name, value)
    with gallery.demo(is_demo=True):
        yield
