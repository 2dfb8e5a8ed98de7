"""Every static file that a page names is there, and nothing points at a site of others."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

WEB = Path(__file__).resolve().parents[2] / "ruang" / "web"
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


@pytest.mark.parametrize("kind", ["*.css", "*.js"])
def test_own_files_ask_nobody_else(kind: str) -> None:
    for path in (WEB / "static").rglob(kind):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(['\"]?(?:https?:)?//", text), path
        assert not re.search(r"(?:fetch|import)\(['\"](?:https?:)?//", text), path
