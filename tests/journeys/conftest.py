"""Journeys in a real browser, against the whole application.

Everything in the database is built before the browser starts and looked at after it has
stopped: between, only what a person sees counts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.screens import all_answered, launched

Browsing = Callable[[], Any]


@pytest.fixture
def address(settings: Any, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address at which the application answers."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    yield str(request.getfixturevalue("live_server").url)
    all_answered()


@pytest.fixture
def browsing() -> Browsing:
    """A browser for one ``with``."""

    @contextmanager
    def opened() -> Iterator[Any]:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = launched(playwright)
            yield browser
            browser.close()
        all_answered()

    return opened
