"""Untranslated strings: none. Nor unused ones, nor one text with two translations."""

import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import messages


def test_every_text_is_translated_once_and_alike() -> None:
    assert messages.check().lines() == []


CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a, b = _("Send"), _("Hello %(name)s")
c = ngettext("%d day", "%d days", 3)
d = pgettext("verb", "Open")
"""
PAGE = """{% load i18n %}{% translate "Send" %}
{% blocktranslate trimmed %}
  Case {{ number }}
{% endblocktranslate %}"""


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a page of its own and an empty catalogue."""
    package = tmp_path / "ruang" / "thing"
    (package / "locale" / "id" / "LC_MESSAGES").mkdir(parents=True)
    (package / "words.py").write_text(CODE)
    (package / "page.html").write_text(PAGE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "COMPILED", tmp_path / "made" / "django.mo")
    monkeypatch.setattr(messages, "CODE", tmp_path / "ruang")
    monkeypatch.setattr(messages, "AREAS", tmp_path / "ruang" / "web")
    return package


def catalogue(area: Path, *entries: str) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    head += '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    text = "\n\n".join((head, *entries))
    (area / messages.CATALOGUE).write_text(text, encoding="utf-8")


GOOD = (
    'msgid "Send"\nmsgstr "Kirim"',
    'msgid "Hello %(name)s"\nmsgstr "Halo %(name)s"',
    'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d hari"',
    'msgctxt "verb"\nmsgid "Open"\nmsgstr "Buka"',
    'msgid "Case %(number)s"\nmsgstr "Kasus %(number)s"',
)


def test_code_and_templates_are_read(area: Path) -> None:
    catalogue(area, *GOOD)
    assert messages.check().lines() == []
    assert messages.compile_all() == 1
    with messages.COMPILED.open("rb") as made:
        told = GNUTranslations(made)
    assert told.gettext("Send") == "Kirim"
    assert [told.ngettext("%d day", "%d days", n) for n in (1, 9)] == ["%d hari"] * 2
    assert told.pgettext("verb", "Open") == "Buka"


def test_a_catalogue_with_two_forms_of_a_number_is_refused(area: Path) -> None:
    catalogue(area, *GOOD)
    path = area / messages.CATALOGUE
    path.write_text(path.read_text().replace("nplurals=1; plural=0", "nplurals=2; plural=n>1"))
    with pytest.raises(SystemExit, match="one form"):
        messages.compile_all()


@pytest.mark.parametrize("gone", range(len(GOOD)))
def test_each_missing_one_is_found(area: Path, gone: int) -> None:
    catalogue(area, *(entry for n, entry in enumerate(GOOD) if n != gone))
    assert len(messages.check().missing) >= 1


def test_an_unused_an_unfit_and_an_empty_one_are_found(area: Path) -> None:
    wrong = GOOD[1].replace("Halo %(name)s", "Halo %(nama)s")
    empty = GOOD[4].replace("Kasus %(number)s", "")
    catalogue(area, GOOD[0], wrong, *GOOD[2:4], empty, 'msgid "Old"\nmsgstr "Lama"')
    report = messages.check()
    assert (len(report.unused), len(report.unfit), len(report.missing)) == (1, 1, 1)


def test_one_text_with_two_translations_is_found(area: Path) -> None:
    catalogue(area, *GOOD)
    other = area.parent / "other"
    (other / messages.CATALOGUE).parent.mkdir(parents=True)
    (other / "words.py").write_text('from x import gettext as _\n_("Send")\n')
    catalogue(other, 'msgid "Send"\nmsgstr "Kirimkan"')
    assert len(messages.check().conflicting) == 1
