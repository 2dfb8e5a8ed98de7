"""What a file is, by its content alone: names and declared types are never asked.

This runs in the web process on bytes from strangers, so it only compares signatures and walks
length-prefixed tables, with a bound on every loop. Decoding is for the sandbox (`render.py`).
"""

import re
import struct
from collections.abc import Iterator

from ruang.previews.kinds import Kind
from ruang.previews.office import office_kind

_SIGNED = (
    (re.compile(rb"\xff\xd8\xff"), Kind.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Kind.PNG),
    (re.compile(rb"GIF8[79]a"), Kind.GIF),
    (re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL), Kind.WEBP),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), Kind.WAV),
    (re.compile(rb"#!AMR\n"), Kind.AMR),
    (re.compile(rb"#!AMR-WB\n"), Kind.AMR_WB),
    (re.compile(rb"ID3[\x02-\x04]"), Kind.MP3),
    (re.compile(rb"(\xef\xbb\xbf)?%PDF-\d"), Kind.PDF),
)


def sniff(data: bytes) -> Kind | None:
    """Say what the file is, or None when it is nothing a person may send."""
    for signature, kind in _SIGNED:
        if signature.match(data):
            return kind
    if data[4:8] == b"ftyp":
        return _media_file(data)
    if data.startswith(b"\x1aE\xdf\xa3"):
        return _webm(data[:65536])
    if data.startswith(b"OggS"):
        return _ogg(data[:8192])
    if data.startswith(b"PK"):
        return office_kind(data)
    return _stream_of_frames(data) or _text(data)


# ISO base media: HEIC, M4A, MP4, 3GP, MOV

_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_MP4 = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|M4V |M4VH|M4VP|mmp4|MSNV|dash|XAVC")
_MOST_BOXES = 1000
_MOST_TRACKS = 64


def _media_file(data: bytes) -> Kind | None:
    size = min(int.from_bytes(data[:4]), 256)
    brand = data[8:12]
    brands = {brand, *(data[at : at + 4] for at in range(16, size, 4))}
    if brand in _HEIC or (brand in {b"mif1", b"msf1"} and brands & _HEIC):
        return Kind.HEIF
    if brand in {b"M4A ", b"M4B "}:
        return Kind.M4A
    tracks = _tracks(data)
    only_sound = b"soun" in tracks and b"vide" not in tracks
    if brand[:3] in {b"3gp", b"3gs", b"3gr", b"3ge", b"3g2"}:
        return Kind.AUDIO_3GP if only_sound else Kind.VIDEO_3GP
    if brand == b"qt  ":
        return Kind.M4A if only_sound else Kind.MOV
    if _MP4.fullmatch(brand):
        return Kind.M4A if only_sound else Kind.MP4
    return None


def _tracks(data: bytes) -> set[bytes]:
    """Say which kinds of track there are; nothing when the index is missing (cut short)."""
    spans = [(0, len(data))]
    for name in (b"moov", b"trak", b"mdia", b"hdlr"):
        inside = [(a, b) for span in spans for n, a, b in _boxes(data, *span) if n == name]
        spans = inside[:_MOST_TRACKS]
    return {data[start + 8 : start + 12] for start, _ in spans}


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for _ in range(_MOST_BOXES):
        if at + 16 > end:
            return
        size, name, long_size = struct.unpack_from(">I4sQ", data, at)
        head = 16 if size == 1 else 8
        size = long_size if size == 1 else size or end - at
        if size < head:
            return
        yield name, at + head, min(at + size, end)
        at += size


# WebM and Ogg say what they carry in their first pages

_CODEC_ID = re.compile(rb"\x86[\x83-\x90]([VA])_[A-Z]")


def _webm(head: bytes) -> Kind | None:
    if b"\x42\x82\x84webm" not in head[:64]:
        return None
    carried = set(_CODEC_ID.findall(head))
    if b"V" in carried:
        return Kind.VIDEO_WEBM
    return Kind.AUDIO_WEBM if carried else None


def _ogg(head: bytes) -> Kind | None:
    if b"\x80theora" in head:
        return None
    sound = (b"OpusHead", b"\x01vorbis", b"Speex   ")
    return Kind.OGG if any(mark in head for mark in sound) else None


# MP3 and AAC without a container: two frames that follow each other exactly

_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _stream_of_frames(data: bytes) -> Kind | None:
    for kind, length in ((Kind.MP3, _mp3_frame), (Kind.AAC, _aac_frame)):
        first = length(data[:8])
        if first and length(data[first : first + 8]):
            return kind
    return None


def _mp3_frame(head: bytes) -> int:
    """Return the frame's length in bytes, 0 if it is no frame of MPEG layer III."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate_at = head[1] >> 3 & 3, head[2] >> 2 & 3
    rate = (_MPEG_1 if version == 3 else _MPEG_2)[head[2] >> 4]
    if version == 1 or rate_at == 3 or rate == 0:
        return 0
    samples = 144_000 if version == 3 else 72_000
    return samples * rate // _RATES[version][rate_at] + (head[2] >> 1 & 1)


def _aac_frame(head: bytes) -> int:
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 else 0


# Plain text: UTF-8 that is neither a page nor a program

_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    rb"\A(\xef\xbb\xbf)?#!|<(!doctype|\?xml|\?php|html|head|body|script|svg|iframe|object)\b",
    re.IGNORECASE,
)


def _text(data: bytes) -> Kind | None:
    if not data.strip() or _NOT_TEXT.search(data) or _MARKUP.search(data):
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return Kind.TEXT
