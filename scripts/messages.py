"""The translations: compile them, and say what is missing, unused or in conflict.

    messages.py compile            make one django.mo of every django.po
    messages.py check              report, and exit 1 if anything is to be mended
    messages.py check --write      also add what is missing, empty, to the catalogues

English is the source. A catalogue stands beside the code that uses it, as
``locale/id/LC_MESSAGES/django.po`` in the nearest folder above that has a ``locale``; where
none has, it is expected in the context's or area's own folder.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "ruang"
LANGUAGE = "id"
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
AREAS = CODE / "web"
COMPILED = ROOT / ".build" / CATALOGUE.with_suffix(".mo")

KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-z]|\{(\w*)\}")

Key = tuple[str | None, str]


@dataclass
class Report:
    """What is to be mended, each line beginning with where."""

    missing: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return every finding as one line."""
        kinds = ("missing", "unused", "conflicting", "unfit")
        return [f"{kind}: {line}" for kind in kinds for line in getattr(self, kind)]


@dataclass(frozen=True)
class Use:
    """One place in the code that asks for a translation."""

    context: str | None
    singular: str
    plural: str | None
    place: str

    @property
    def key(self) -> Key:
        """Return what identifies the text in a catalogue."""
        return self.context, self.singular


def home_of(path: Path) -> Path:
    """Return the folder in whose catalogue the texts of this file belong."""
    for folder in path.parents:
        if (folder / "locale").is_dir():
            return folder
        if folder in (CODE, AREAS) or folder.parent in (CODE, AREAS):
            return folder
    return CODE


def uses_in(path: Path) -> Iterator[Use]:
    """Yield every translatable text of one Python file or template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        source = templatize(source, origin=str(path))
        # it is read as Python, to which the indents of a template would mean something
        source = "\n".join(line.lstrip() for line in source.split("\n"))
    options = {"encoding": "utf-8"}
    found = extract_python(BytesIO(source.encode()), KEYWORDS, [], options)
    for line, function, given, _comments in found:
        texts = given if isinstance(given, tuple) else (given,)
        if any(not isinstance(text, str) for text in texts[: _count(function)]):
            raise SystemExit(f"{_short(path)}:{line}: a text to translate must be written out")
        yield _use(function, texts, f"{_short(path)}:{line}")


def _count(function: str) -> int:
    spec = KEYWORDS.get(function)
    return len(spec) if spec else 1


def _use(function: str, texts: tuple[str, ...], place: str) -> Use:
    context, rest = (texts[0], texts[1:]) if "pgettext" in function else (None, texts)
    plural = rest[1] if "ngettext" in function or "npgettext" in function else None
    return Use(context, rest[0], plural, place)


def all_uses() -> dict[Path, list[Use]]:
    """Return the texts of all code, by the folder whose catalogue they belong to."""
    found: dict[Path, list[Use]] = defaultdict(list)
    for path in sorted(CODE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "locale" not in path.parts:
            for use in uses_in(path):
                found[home_of(path)].append(use)
    return found


def catalogues() -> dict[Path, Catalog]:
    """Return every catalogue, by the folder it stands in."""
    found = {}
    for path in sorted(CODE.rglob(str(CATALOGUE))):
        with path.open("rb") as po:
            found[path.parents[2].parent] = read_po(po, locale=LANGUAGE, abort_invalid=True)
    return found


def compile_all() -> int:
    """Write one .mo of all catalogues, whole or not at all; return how many there were.

    Django 5.2 keeps each file as a catalogue of its own and asks them all, one after the other,
    for every text of a page. What contradicts another catalogue is reported by the check.
    """
    found = catalogues()
    whole = Catalog(locale=LANGUAGE, domain="django")
    whole.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]  # babel thinks of two
    for folder, catalogue in found.items():
        if catalogue.num_plurals != whole.num_plurals:
            raise SystemExit(f"{_short(folder)}: {LANGUAGE} has one form for every number")
        for message in _messages(catalogue):
            whole.add(message.id, message.string, context=message.context)
        (folder / CATALOGUE).with_suffix(".mo").unlink(missing_ok=True)
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    temporary = COMPILED.with_suffix(".mo.new")
    with temporary.open("wb") as mo:
        write_mo(mo, whole)
    temporary.replace(COMPILED)
    return len(found)


def check() -> Report:
    """Compare the code with the catalogues."""
    report, uses, found = Report(), all_uses(), catalogues()
    for folder in sorted({*uses, *found}):
        _compare(folder, uses.get(folder, []), found.get(folder), report)
    said: dict[Key, tuple[str, str]] = {}
    for folder, catalogue in found.items():
        for message in _messages(catalogue):
            key, text = _key(message), repr(message.string)
            where, before = said.setdefault(key, (_short(folder), text))
            if text != before and "''" not in (text, before):
                report.conflicting.append(f"{_short(folder)} and {where}: {key[1]!r}")
    return report


def _compare(folder: Path, uses: list[Use], catalogue: Catalog | None, report: Report) -> None:
    known = {_key(m): m for m in _messages(catalogue)} if catalogue else {}
    asked = {use.key: use for use in reversed(uses)}
    for key, use in sorted(asked.items(), key=lambda pair: pair[1].place):
        message = known.get(key)
        if message is None or message.fuzzy or not all(_strings(message)):
            report.missing.append(f"{use.place}: {use.singular!r}")
        elif (use.plural is not None) != message.pluralizable:
            report.unfit.append(f"{use.place}: singular and plural differ: {use.singular!r}")
        else:
            _check_placeholders(message, use, report)
    for key in known:
        if key not in asked:
            report.unused.append(f"{_short(folder)}: {key[1]!r}")


def _check_placeholders(message: Message, use: Use, report: Report) -> None:
    asked = _placeholders(use.singular) | _placeholders(use.plural or "")
    for text in _strings(message):
        if not _placeholders(text) <= asked or (
            use.plural is None and _placeholders(text) != asked
        ):
            report.unfit.append(f"{use.place}: placeholders differ: {use.singular!r}")


def _placeholders(text: str) -> set[str]:
    return {"".join(match) for match in PLACEHOLDER.findall(text)}


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, singular


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def add_missing() -> None:
    """Add what the code asks for and a catalogue lacks, without a translation."""
    found = catalogues()
    for folder, uses in all_uses().items():
        catalogue = found.get(folder) or Catalog(locale=LANGUAGE, domain="django")
        known = {_key(message) for message in _messages(catalogue)}
        new = {use.key: use for use in reversed(uses) if use.key not in known}
        for use in new.values():
            text = (use.singular, use.plural) if use.plural else use.singular
            catalogue.add(text, context=use.context)
        if new:
            path = folder / CATALOGUE
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as po:
                write_po(po, catalogue, width=96, no_location=True)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=["compile", "check"])
    parser.add_argument("--write", action="store_true", help="add what is missing")
    given = parser.parse_args()
    if given.what == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    if given.write:
        add_missing()
    lines = check().lines()
    print("\n".join(lines) or "every text is translated")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
