"""Word, Excel and LibreOffice documents are archives: look at the table of contents only.

Nothing is unpacked but the short list of parts (at most 256 KiB of it). Refused: macros of any
kind, locked or linked entries, names that climb out of a folder, archives that would swell.
"""

import zipfile
from io import BytesIO

from ruang.previews.kinds import Kind

_LONGEST_TABLE = 512 << 10
_LONGEST_PART = 256 << 10
_MOST_UNPACKED = 1 << 30
_SWELLS = 150  # times its packed size, once it is over
_SWELLS_OVER = 100 << 20

_PARTS = "[Content_Types].xml"
_WORD = b"wordprocessingml.document.main+xml"
_EXCEL = b"spreadsheetml.sheet.main+xml"
# "&#" and "<!" could spell the other words in a way that only an XML parser reads.
_ACTIVE_PARTS = (b"macro", b"vba", b"activex", b"&#", b"<!", b"\0")
_ACTIVE_NAMES = ("vbaproject", "vbadata", "macrosheets/", "activex/")
_ACTIVE_FOLDERS = ("basic/", "scripts/")


def office_kind(data: bytes) -> Kind | None:
    """Say which office document this archive is, or None for any other archive."""
    if not _has_short_table(data):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _kind(archive) if _is_harmless(archive.infolist()) else None
    except Exception:  # a broken archive fails in a dozen ways, all mean "no"
        return None


def _has_short_table(data: bytes) -> bool:
    """Bound the work of reading the table of contents before doing it."""
    end = data.rfind(b"PK\x05\x06", -65557)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    large = data[end - 20 : end - 16] == b"PK\x06\x07"  # says the size elsewhere
    whole = end >= 22 and end + 22 <= len(data) and data.startswith(b"PK\x03\x04")
    return whole and not large and size <= _LONGEST_TABLE


def _is_harmless(entries: list[zipfile.ZipInfo]) -> bool:
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    swells = unpacked > min(_MOST_UNPACKED, max(_SWELLS_OVER, _SWELLS * packed))
    named_once = len({entry.orig_filename.lower() for entry in entries}) == len(entries)
    return named_once and not swells and not any(map(_is_active, entries))


def _is_active(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename.lower()
    climbs = name.startswith("/") or ".." in name.split("/") or "\\" in name or "\0" in name
    is_link = entry.external_attr >> 28 == 0xA
    is_locked = entry.flag_bits & 1 == 1
    is_script = name.startswith(_ACTIVE_FOLDERS) or any(word in name for word in _ACTIVE_NAMES)
    return climbs or is_link or is_locked or is_script


def _kind(archive: zipfile.ZipFile) -> Kind | None:
    first = archive.infolist()[0]
    if first.orig_filename == "mimetype":
        written = _part(archive, first) if first.compress_type == zipfile.ZIP_STORED else b""
        return Kind.ODT if written == Kind.ODT.media_type.encode() else None
    parts = _part(archive, archive.getinfo(_PARTS)).lower()
    if any(word in parts for word in _ACTIVE_PARTS):
        return None
    match _WORD in parts, _EXCEL in parts:
        case True, False:
            return Kind.DOCX
        case False, True:
            return Kind.XLSX
    return None


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return b""
    with archive.open(entry) as part:
        read = part.read(_LONGEST_PART)
    return read if len(read) < _LONGEST_PART else b""
