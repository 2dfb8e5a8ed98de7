"""Walking through the public pages as a browser without JavaScript does."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from ruang.intake.models import Report
from ruang.vault.texts import open_text
from tests import make
from tests.reading import parsed

ANSWERS: dict[str, dict[str, Any]] = {
    "safety": {"safety": "safe"},
    "who": {"who": "self"},
    "helps": {"helps": ["listen", "legal"]},
    "way": {
        "way": "phone",
        "reach": "0812-0000-1111",
        "safe_from": "09:00",
        "safe_until": "11:00",
        "if_others": "wrong_number",
    },
    "office": {"must_not_read": "Pak Budi di kelurahan"},
    "story": {"story": "Ini cerita saya.\r\nBaris kedua."},
    "district": {"district": "36.73.01", "village": "Cipare"},
    "when": {"when": "tadi malam", "by_whom": "tetangga"},
    "helper_sex": {"helper_sex": "woman", "helper_language": "Sunda"},
    "berkas": {},
}
"""One answer for each page of the long way, by a field that only this page has."""


@dataclass
class Walk:
    """One browser on one address; it keeps only the page it sees."""

    client: Client
    at: datetime | None = None
    address: str = "/"
    answer: HttpResponse = field(default_factory=HttpResponse)

    def open(self, query: str = "") -> "Walk":
        """Open the address."""
        self.answer = self.client.get(f"{self.address}{query}")
        return self

    def press(self, button: str, value: str = "1", **typed: Any) -> "Walk":
        """Send the page's form with what it holds hidden, what is typed and one button."""
        self.answer = self.client.post(self.address, {**self.hidden, **typed, button: value})
        return self

    def go_on(self, **typed: Any) -> "Walk":
        """Press *Continue*."""
        return self.press("lanjut", **typed)

    def start(self) -> "Walk":
        """Open the start page and press *Report*."""
        return self.open().press("mulai")

    def until(self, name: str) -> "Walk":
        """Begin a report and answer every page before the one with this field."""
        self.start()
        for asked, typed in ANSWERS.items():
            if asked == name:
                return self
            if asked == "office":
                self.go_on()
            self.go_on(**typed)
        return self

    def check(self) -> "Walk":
        """Answer everything, up to the check before sending."""
        return self.until("berkas").go_on()

    @property
    def soup(self) -> BeautifulSoup:
        """The page as it is seen."""
        return parsed(self.answer.content)

    @property
    def main(self) -> Tag:
        """What is on the page besides its frame."""
        main = self.soup.main
        assert main is not None, self.answer.content.decode()[:500]
        return main

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(self.main.get_text(" ").split())

    @property
    def title(self) -> str:
        """The heading of the page."""
        heading = self.main.h1
        assert heading is not None
        return " ".join(heading.get_text(" ").split())

    @property
    def hidden(self) -> dict[str, str]:
        """What the form holds hidden."""
        fields = self.main.find_all("input", type="hidden")
        return {str(one["name"]): str(one["value"]) for one in fields}

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        box = self.main.find(attrs={"data-ruang": "errors"})
        return [one.get_text().strip() for one in box.find_all("li")] if box else []

    @property
    def words(self) -> str:
        """The seven words, if they are shown."""
        code = self.soup.find(id="kode")
        return code.get_text(" ").strip() if code else ""

    def value(self, name: str) -> Any:
        """What a field shows: its text, or the chosen answers."""
        area = self.main.find("textarea", attrs={"name": name})
        if area is not None:
            return area.get_text().removeprefix("\n")
        select = self.main.find("select", attrs={"name": name})
        if select is not None:
            chosen = select.find("option", selected=True)
            return chosen["value"] if chosen else ""
        fields = self.main.find_all("input", attrs={"name": name})
        if fields and fields[0].get("type") in {"radio", "checkbox"}:
            return [str(one.get("value", "on")) for one in fields if one.has_attr("checked")]
        return fields[0].get("value", "") if fields else None


def photo(width: int = 320, height: int = 240) -> bytes:
    """A small JPEG."""
    out = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def story_of(words: str) -> str:
    """The story of the newest report, as its desk reads it; empty if there was no code."""
    report = Report.objects.latest("received_at")
    officer = make.actor(make.User.objects.filter(organisation=report.desk)[0])
    return open_text(officer.keys, report, "story") if words else ""
