"""The manual calls every button and page by the words that are on the screen, twice."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs/panduan"
IN_ENGLISH = {
    "index": "index",
    "petugas-pengaduan": "intake-officer",
    "manajer-kasus": "case-manager",
    "mitra": "partner",
    "kepala-dan-admin": "head-and-administrator",
    "auditor": "auditor",
    "pencegahan-sesi": "prevention-sessions",
    "pencegahan-rencana": "prevention-plans",
    "pencegahan-wilayah": "prevention-places",
    "pencegahan-jangkauan": "prevention-coverage",
    "pencegahan-lapangan": "prevention-in-the-field",
    "pemasangan": "installation",
    "cadangan-dan-pemulihan": "backup-and-restore",
}
"""Each page, and the same page in English."""
PAGES = [*sorted(MANUAL.glob("*.md")), *sorted((MANUAL / "en").glob("*.md"))]
SHOWN = re.compile(r"(?<!\*)\*([^*\n]{2,90}?)\*(?!\*)")
NO_LABEL = {
    "miring",  # says what slanted words are
    "italics",
    "swap",  # a word of the system's
    "Sisa 5 j",  # clocks, as they look
    "Lewat 16 menit",
    "5 h left",
    "16 minutes late",
}


def name_of(page: Path) -> str:
    return str(page.relative_to(MANUAL).with_suffix(""))


def words(kind: str) -> set[str]:
    """Every text of the pages: ``msgid`` in English, ``msgstr`` in Indonesian."""
    line = re.compile(rf'^{kind}(?:_plural|\[\d\])? "(.*)"$', re.MULTILINE)
    found: set[str] = set()
    for catalogue in (ROOT / "ruang").rglob("locale/id/LC_MESSAGES/django.po"):
        joined = catalogue.read_text(encoding="utf-8").replace('"\n"', "")
        found |= {text.lower().rstrip(".:") for text in line.findall(joined)}
    return found


KNOWN = {language: words(kind) for language, kind in (("id", "msgstr"), ("en", "msgid"))}


def text_of(page: Path) -> str:
    """A page with its lines joined, so that a label may run over two."""
    return re.sub(r"\n\s*", " ", page.read_text(encoding="utf-8"))


def shape(page: Path) -> list[tuple[str, int]]:
    """What a page is made of: its headings, rows, steps and points, in order."""
    kinds = re.findall(
        r"^(#+ |\| |\d\. |- |```)", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    return [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)]


def test_there_is_a_manual_for_everybody_in_both_languages() -> None:
    assert {page.stem for page in MANUAL.glob("*.md")} == set(IN_ENGLISH)
    assert {page.stem for page in (MANUAL / "en").glob("*.md")} == set(IN_ENGLISH.values())


@pytest.mark.parametrize("page", IN_ENGLISH)
def test_both_languages_say_as_much(page: str) -> None:
    indonesian, english = MANUAL / f"{page}.md", MANUAL / f"en/{IN_ENGLISH[page]}.md"
    assert shape(english) == shape(indonesian)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_slanted_words_are_on_the_screen(page: Path) -> None:
    known = KNOWN["en" if page.parent.name == "en" else "id"]
    for label in set(SHOWN.findall(text_of(page))) - NO_LABEL:
        plain = label.lower().rstrip(".:")
        assert plain in known or any(plain in one for one in known), label


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target, heading in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", page.read_text("utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            assert heading in {title.lower().replace(" ", "-") for title in titles}, heading


def test_no_allowance_is_left_over() -> None:
    said = " ".join(text_of(page) for page in PAGES)
    assert all(f"*{label}*" in said for label in NO_LABEL)
