"""Somebody at a screen, wide or narrow, with JavaScript or without it."""

from typing import Any

from ruang.identity.models import User
from tests import screens

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


class Person:
    """Somebody at a screen, who notices what is wrong with a page."""

    def __init__(
        self, browser: Any, address: str, size: dict[str, int], *, scripts: bool = True
    ) -> None:
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        self.page = screens.patient(context).new_page()
        self.address, self.width, self.faults = address, size["width"], list[str]()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "404" not in message.text:
            self.faults.append(message.text)

    def sign_in(self, person: User) -> None:
        self.go("/masuk/")
        screens.sign_in(self.page, person)
        self.look()

    def go(self, path: str) -> int:
        answer = self.page.goto(self.address + path)
        self.look()
        return int(answer.status)

    def press(self, selector: str) -> None:
        """Press something and wait for the page that answers."""
        screens.press(self.page, selector)
        self.look()

    def look(self) -> None:
        """A page fits its screen."""
        wide = screens.width(self.page)
        assert wide <= self.width, f"{self.page.url} is {wide} px wide"

    def reads(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def hears_nothing(self) -> None:
        """Have pages that stay as they were opened: none of their parts changes by itself."""
        self.page.route("**/live*.js", _nothing)


def _nothing(route: Any) -> None:
    route.fulfill(body="", content_type="text/javascript")
