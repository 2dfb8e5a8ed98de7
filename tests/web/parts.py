"""Looking at answers: one part of a page, its words, its openings on record."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from ruang.audit.models import Fact
from tests.reading import parsed

HTMX = {"HX-Request": "true"}
AUTO = {**HTMX, "X-Ruang-Auto": "1"}


def soup(answer: Any) -> BeautifulSoup:
    return parsed(answer.content)


def words(answer: Any) -> str:
    """Everything a person reads in the middle of a page."""
    found = soup(answer)
    return " ".join((found.find("main") or found).get_text(" ").split())


def part(answer: Any, name: str) -> str:
    """The part with this id, as it is in the answer, without what differs on every page."""
    found = soup(answer).find(id=name)
    assert isinstance(found, Tag), f"no part {name}"
    return str(found)


def links(answer: Any) -> list[str]:
    return [str(a["href"]) for a in soup(answer).select("main a[href]")]


def opened(about: Any) -> list[tuple[str, bool]]:
    """What was opened of a record so far: the part, and whether the page did it by itself."""
    facts = Fact.objects.filter(name="audit.opened", about=about).order_by("number")
    return [(f.codes["compartment"], bool(f.codes.get("automatic"))) for f in facts]
