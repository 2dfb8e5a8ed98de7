"""A file from an office, as lines of cells: CSV with any separator, or an XLSX's first sheet.

Whatever comes is bounded before it is believed: a workbook is a zip and may be a bomb, a table
may have a million lines. What is refused says what to do instead.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.register.unpacking import TooLarge, Unreadable, measure

LARGEST = 8 * 1024 * 1024
"""Bytes of a file."""
UNPACKED, PARTS = 40 * 1024 * 1024, 500
"""Bytes and files inside a workbook."""
MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 20_000, 60, 500
FORMULA = "="
"""What stands for a cell that is worked out, whatever was inside: it is never a value."""
_BROKEN = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")
_SEPARATORS = ";\t,"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, with the number it has in the office's own program."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not any(self.cells)


def read(content: bytes, size: int = 0) -> tuple[Line, ...]:
    """Return the lines of a file that are not empty.

    :param size: how large it was, where not all of it was let in
    :raises Refused: if it is none that can be read, or too large
    """
    if max(len(content), size) > LARGEST:
        raise Refused(_("This file is too large. Bring one kecamatan at a time."))
    if not content.strip():
        raise Refused(_("This file is empty. Choose the file that holds the list."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            _("This is an old or locked workbook. Save it as XLSX or CSV, without a password.")
        )
    found = _workbook(content) if content.startswith(b"PK\x03\x04") else _text(content)
    lines: list[Line] = []
    for line in found:
        if not line.is_empty:
            lines.append(line)
        if len(lines) > MOST_LINES:
            raise Refused(
                _("There are more than %d lines. Bring one kecamatan at a time.") % MOST_LINES
            )
    return tuple(lines)


def _text(content: bytes) -> Iterator[Line]:
    typed = _decoded(content)
    if "\x00" in typed:
        raise Refused(_("This is neither a CSV table nor an XLSX workbook."))
    first = next((line for line in typed.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(typed, newline=""), delimiter=separator)
    before = 0
    try:
        for row in rows:
            yield Line(before + 1, tuple(_cell(one) for one in row[:MOST_COLUMNS]))
            before = rows.line_num
    except csv.Error:
        raise Refused(
            _("Line %d cannot be read. Look for a quotation mark that is never closed.")
            % (before + 1)
        ) from None


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8 and UTF-16 by their mark, otherwise as Windows writes it."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16")):
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _workbook(content: bytes) -> Iterator[Line]:
    from openpyxl import load_workbook  # a tenth of a second that only imports pay

    _bound(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_LINES + 50, max_col=MOST_COLUMNS)
        for number, row in enumerate(rows, start=1):
            yield Line(number, tuple(_cell(cell.value) for cell in row))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError):
        raise _unreadable() from None
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, RuntimeError, SyntaxError):
        raise _unreadable() from None


def _bound(content: bytes) -> None:
    """Refuse a zip that would unpack to more than a list can be, before it is unpacked."""
    try:
        measure(content, most=UNPACKED, parts=PARTS)
    except TooLarge:
        raise Refused(_("This workbook is far too large inside. Save it as CSV.")) from None
    except Unreadable:
        raise _unreadable() from None


def _unreadable() -> Refused:
    return Refused(_("This workbook cannot be read. Open it, save it anew as XLSX or CSV."))


def _cell(value: Any) -> str:
    """Return what a person sees in a cell; a formula is never a value."""
    if isinstance(value, str):
        return _typed(value)
    if value is None or isinstance(value, bool):
        return {None: "", True: "ya", False: "tidak"}[value]
    if isinstance(value, float) and value == value // 1 and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, int | float | date) else FORMULA


def _typed(value: str) -> str:
    plain = value if value.isascii() and value.isprintable() else tidy(value)
    text = " ".join(plain.split())[:LONGEST_CELL]
    if text.startswith("=") or text in _BROKEN:
        return FORMULA
    if text[:1] == "'" and text[1:2] in "=+-@":  # as we write such a cell ourselves
        return text[1:]
    return text
