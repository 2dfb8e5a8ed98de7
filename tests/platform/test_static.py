"""Every static file that a page names is there, and nothing points at a site of others."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

BASE = Path(__file__).resolve().parents[2]
WEB = BASE / "ruang" / "web"
STATIC = BASE / ".build" / "static"
NAMED = re.compile(r"\{%\s*static\s+['\"]([^'\"]+)['\"]")


def named() -> list[tuple[str, str]]:
    pages = sorted(WEB.rglob("*.html"))
    return [
        (str(page.relative_to(WEB)), name)
        for page in pages
        for name in NAMED.findall(page.read_text(encoding="utf-8"))
    ]


def test_pages_name_only_what_is_served() -> None:
    found = named()
    assert found
    missing = [pair for pair in found if finders.find(pair[1]) is None]
    assert missing == []


def collected(name: str) -> str:
    """A sheet as it is served, under the name that changes with its content."""
    names = json.loads((STATIC / "staticfiles.json").read_text())["paths"]
    return (STATIC / names[name]).read_text(encoding="utf-8")


def test_the_sheets_of_others_ask_for_nothing_that_is_not_here() -> None:
    """A picture beside MOJ's sheet; no font, which may be used on gov.uk alone."""
    pictures = re.findall(r'url\("?([^")]+\.svg)"?\)', collected("moj/moj-frontend.min.css"))
    assert pictures
    assert [one for one in pictures if not (STATIC / "moj" / one).is_file()] == []
    sheet = collected("govuk/govuk-frontend.min.css")
    assert "govuk-button" in sheet
    assert "@font-face" not in sheet


@pytest.mark.parametrize("kind", ["*.css", "*.js"])
def test_own_files_ask_nobody_else(kind: str) -> None:
    for path in (WEB / "static").rglob(kind):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(['\"]?(?:https?:)?//", text), path
        assert not re.search(r"(?:fetch|import)\(['\"](?:https?:)?//", text), path
