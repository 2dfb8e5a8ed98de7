"""What a workbook holds, measured part by part before anything unpacks it.

A zip says of each part how large it is, and whoever makes a bomb says less. So each part is
inflated here, a piece at a time, and counted.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

PIECE = 64 * 1024
"""Bytes in memory at once of what is inflated."""
_LOCAL, _NAME_AND_EXTRA = 30, slice(26, 30)
_LOCKED = 0x1
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, RuntimeError,
    EOFError, OSError,
)  # fmt: skip


class TooLarge(Exception):  # noqa: N818 - said in other words by whoever reads the file
    """There is more inside than a list can hold."""


class Unreadable(Exception):  # noqa: N818 - as above
    """It is damaged, locked, or says something else of itself than is true."""


def measure(content: bytes, *, most: int, parts: int) -> None:
    """Return if this zip is whole and holds no more than it says and may.

    :param most: bytes of all parts together
    :raises TooLarge: if there is more
    :raises Unreadable: if it is damaged, or a part is not what its head says
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as inside:
            listed = inside.infolist()
    except _BROKEN:
        raise Unreadable from None
    if len(listed) > parts or sum(one.file_size for one in listed) > most:
        raise TooLarge
    left = most
    for one in listed:
        try:
            size = _measured(content, one, left)
        except _BROKEN:
            raise Unreadable from None
        if size != one.file_size:
            raise Unreadable
        left -= size


def _measured(content: bytes, part: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a part really has."""
    size = 0
    is_xml = part.filename.endswith((".xml", ".rels"))
    for number, piece in enumerate(_pieces(content, part)):
        if not number and is_xml and b"<!DOCTYPE" in piece.replace(b"\0", b""):
            raise Unreadable
        size += len(piece)
        if size > most:
            raise TooLarge
    return size


def _pieces(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part bit by bit."""
    at = part.header_offset
    named, more = struct.unpack("<HH", content[at:][:_LOCAL][_NAME_AND_EXTRA])
    begins = at + _LOCAL + named + more
    packed = content[begins : begins + part.compress_size]
    if part.flag_bits & _LOCKED or len(packed) < part.compress_size:
        raise Unreadable
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflating.eof:
        yield inflating.decompress(packed, PIECE)
        packed = inflating.unconsumed_tail
    if not inflating.eof:
        raise Unreadable
