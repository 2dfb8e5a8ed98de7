"""S-11: whatever is sent, nothing falls over, nothing gets out, nobody is shown the original.

Each file goes through all that the server does with it: sniffed, named, previewed. Those that
are refused are forced upon the decoders all the same, as if sniffing could be fooled.
"""

import contextlib
import io
import random
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import psutil
import pytest
from PIL import Image

from ruang.previews.kinds import Family, Kind
from ruang.previews.names import safe_name
from ruang.previews.previewer import Answer, NoPreview, Preview, Previewer, Unreadable
from ruang.previews.sniff import sniff
from tests.patience import SECONDS
from tests.previews import samples
from tests.previews.conftest import ready, warm
from tests.previews.samples import (
    EXCEL,
    WORD,
    archive,
    office,
    photo,
    png_chunk,
    sample,
    sound,
)

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">'
    b'<!ENTITY n SYSTEM "http://127.0.0.1:9/x">]><x>&e;&n;</x>'
)
noise = random.Random(3).randbytes


def flood_png(width: int, height: int) -> bytes:
    """A picture of zeros that says it is that large, and unpacks to it."""
    row = zlib.compress(bytes(min(width * 3 + 1, 200_001)) * 200, 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", row), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*part) for part in parts)


def true_flood_png(side: int) -> bytes:
    """A white sheet that really unpacks to so many pixels."""
    squeeze = zlib.compressobj(1)
    row = b"\0" + b"\xff" * (side // 8)
    rows = b"".join(squeeze.compress(row * 100) for _ in range(side // 100)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*part) for part in parts)


def flood_gif(side: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, side, side, 0)
    return screen + frame + b"\x02\x02\x4c\x01\x00;"


def flood_webp(side: int) -> bytes:
    head = b"VP8X" + struct.pack("<IB3x", 10, 2) + (side - 1).to_bytes(3, "little") * 2
    anim = b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    inner = photo(Kind.WEBP)[12:]
    frame = b"ANMF" + struct.pack("<I", 16 + len(inner)) + bytes(6)
    frame += (95).to_bytes(3, "little") + (63).to_bytes(3, "little") + bytes(4) + inner
    body = b"WEBP" + head + anim + frame
    return b"RIFF" + struct.pack("<I", len(body)) + body


def flood_jpeg(side: int) -> bytes:
    data = bytearray(sample("jpeg"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", side, side)
    return bytes(data)


def flood_heic(side: int) -> bytes:
    data = bytearray(sample("heic"))
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", side, side)
    return bytes(data)


def endless_gif() -> bytes:
    """A moving picture that never ends: half a million frames."""
    whole = photo(Kind.GIF, (16, 16))
    at = whole.index(b",")
    return whole[:at] + whole[at:-1] * 40_000


def text_bomb_png() -> bytes:
    """Comments that unpack to gigabytes."""
    bomb = zlib.compress(bytes(60 << 20), 9)
    chunks = b"".join(png_chunk(b"zTXt", b"c\0\0" + bomb) for _ in range(20))
    data = sample("png")
    return data[:33] + chunks + data[33:]


def zip_bomb() -> bytes:
    inner = archive({"zeros": bytes(50 << 20)})
    return archive({f"{n}.zip": inner for n in range(16)})


def endless_opus() -> bytes:
    """Days of silence in few bytes: the last page repeated with its sound."""
    data = sound("ogg", "libopus", 48000, 1)
    last = data.rindex(b"OggS")
    return data[:last] + data[last:] * 20_000


def swelling_m4a() -> bytes:
    """An index that claims four thousand million samples."""
    data = bytearray(sample("m4a"))
    at = data.index(b"stsz") + 12
    data[at : at + 4] = b"\xff\xff\xff\xfe"
    return bytes(data)


def wav_of_many_channels() -> bytes:
    data = bytearray(sample("wav"))
    data[22:24] = b"\xff\xff"
    return bytes(data)


def deep_boxes() -> bytes:
    """Boxes in boxes, each of them claiming to be the index."""
    head = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"
    moov = b"\0\0\0\x08trak" * 200_000
    return head + (struct.pack(">I", len(moov) + 8) + b"moov" + moov) * 8


def endless_boxes() -> bytes:
    return b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0\0\0\x08free" * 400_000


def wide_table() -> bytes:
    """An archive with more entries than any document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("[Content_Types].xml", samples.content_types(WORD))
        for n in range(30_000):
            target.writestr(f"{n}", b"")
    return out.getvalue()


def symlink_zip() -> bytes:
    return archive({"link": b"/etc/passwd"}, extension=0xA1FF0000)


def spread(data: bytes, seed: int, count: int = 30) -> bytes:
    """Some bytes changed, the first few left as they are."""
    dice, changed = random.Random(seed), bytearray(data)
    for _ in range(count):
        changed[dice.randrange(12, len(changed))] = dice.randrange(256)
    return bytes(changed)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing.jpg": lambda: b"",
    "one byte.jpg": lambda: b"\xff",
    "zeros.jpg": lambda: bytes(5 << 20),
    "noise.jpg": lambda: noise(1 << 20),
    "only the start.jpg": lambda: b"\xff\xd8\xff",
    "flood.png": lambda: flood_png(50_000, 50_000),
    "flood wide.png": lambda: flood_png(2_000_000_000, 1),
    "flood real.png": lambda: true_flood_png(50_000),
    "flood just allowed.png": lambda: true_flood_png(7000),
    "flood.gif": lambda: flood_gif(50_000),
    "flood.webp": lambda: flood_webp(50_000),
    "flood 16k.webp": lambda: flood_webp(1 << 24),
    "flood.jpg": lambda: flood_jpeg(65_500),
    "flood.heic": lambda: flood_heic(50_000),
    "comments.png": text_bomb_png,
    "endless.gif": endless_gif,
    "drawing.svg": lambda: SVG,
    "drawing.jpg": lambda: b'<?xml version="1.0"?>\n' + SVG,
    "page.jpg": lambda: b"<!DOCTYPE html><html><body>" + SCRIPT,
    "page with a head.png": lambda: b"\x89PNG\r\n\x1a\n<html>" + SCRIPT,
    "page.gif": lambda: b"GIF89a<html>" + SCRIPT,
    "script.gif": lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//;",
    "picture and archive.jpg": lambda: sample("jpeg") + archive({"x.html": SCRIPT}),
    "picture and page.jpg": lambda: photo(Kind.JPEG, comment=SCRIPT),
    "paper and archive.pdf": lambda: samples.pdf() + archive({"x.exe": b"MZ"}),
    "paper with script.pdf": lambda: samples.pdf().replace(
        b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    ),
    "archive and picture.zip": lambda: archive({"x": b"y"}) + sample("jpeg"),
    "bomb.zip": zip_bomb,
    "bomb.docx": lambda: office(WORD, **{"word/x.bmp": bytes(200 << 20)}),
    "link.zip": symlink_zip,
    "wide.docx": wide_table,
    "entities.docx": lambda: office(WORD, **{"word/document.xml": XXE}),
    "entities in the list.docx": lambda: archive({"[Content_Types].xml": XXE}),
    "macro.docm": lambda: office("wordprocessingml.document.macroEnabled.main+xml"),
    "macro.docx": lambda: office(WORD, **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "macro.xlsx": lambda: office(EXCEL, **{"xl/macrosheets/sheet1.xml": b"<x/>"}),
    "macro.odt": lambda: samples.odt(**{"Basic/Standard/Module1.xml": b"<x/>"}),
    "climbing.docx": lambda: office(WORD, **{"../../../tmp/ruang-climbed": b"x"}),
    "old.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "program.exe": lambda: b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(500),
    "program": lambda: b"\x7fELF\x02\x01\x01" + bytes(500),
    "script.sh": lambda: b"#!/bin/sh\ntouch /tmp/ruang-ran\n",
    "archive.rar": lambda: b"Rar!\x1a\x07\x01\0" + bytes(100),
    "foto\u202egpj.exe": lambda: b"MZ" + bytes(100),
    "../../../../etc/cron.d/x": lambda: sample("jpeg"),
    "foto.jpg\x00.php": lambda: sample("jpeg"),
    "eicar.com": lambda: EICAR,
    "list of addresses.m3u8": lambda: b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n",
    "concat.txt": lambda: b"ffconcat version 1.0\nfile /etc/passwd\n",
    "film cut.mp4": lambda: sample("mp4")[: len(sample("mp4")) // 2],
    "film end.mov": lambda: sample("mov")[-500:],
    "sound cut.m4a": lambda: sample("m4a")[: len(sample("m4a")) // 2],
    "swelling.m4a": swelling_m4a,
    "channels.wav": wav_of_many_channels,
    "endless.ogg": endless_opus,
    "deep.mp4": deep_boxes,
    "boxes.mp4": endless_boxes,
    "tag.mp3": lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(1000),
    "corrupt.heic": lambda: spread(sample("heic"), 1),
    "corrupt whole.heic": lambda: sample("heic")[:200] + noise(4000),
}

FORCED = {Family.PHOTO: Kind.PNG, Family.AUDIO: Kind.M4A}
MAGIC = {
    Kind.JPEG: b"\xff\xd8\xff\xe0",
    Kind.PNG: b"\x89PNG\r\n\x1a\n",
    Kind.GIF: b"GIF89a",
    Kind.WEBP: b"RIFF\0\x10\0\0WEBPVP8L",
    Kind.HEIF: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    Kind.M4A: b"\0\0\0\x18ftypM4A \0\0\0\0isom",
    Kind.AMR: b"#!AMR\n",
    Kind.AMR_WB: b"#!AMR-WB\n",
    Kind.OGG: b"OggS\0\x02" + bytes(8) + b"ruang\0\0\0" + bytes(4) + b"\x01\x13OpusHead",
    Kind.MP3: b"ID3\x04\0\0\0\0\0\0",
    Kind.WAV: b"RIFF\0\x10\0\0WAVEfmt ",
    Kind.PDF: b"%PDF-1.7\n",
    Kind.AUDIO_WEBM: b"\x1aE\xdf\xa3\x9f\x42\x82\x84webm\x18S\x80g\x86\x86A_OPUS",
    Kind.MP4: b"\0\0\0\x18ftypisom\0\0\0\0isom",
}
PREVIEWED = [n for n, (k, _) in samples.MAKERS.items() if k.family in FORCED]


def check(answer: Answer) -> None:
    """A preview is what we made and of no more than it should be; anything else is a no."""
    assert type(answer) in {Preview, Unreadable, NoPreview}, answer
    if not isinstance(answer, Preview):
        return
    assert sniff(answer.body) is answer.kind
    assert SCRIPT not in answer.body
    assert len(answer.body) < 3 << 20
    if answer.kind is Kind.JPEG:
        image = Image.open(io.BytesIO(answer.body), formats=["JPEG"])
        image.load()
        assert max(image.size) <= 1280
        assert dict(image.getexif()) == {}


def handled(previewer: Previewer, name: str, data: bytes) -> Kind | None:
    """All that the server does with a file that arrives."""
    start = time.process_time()
    kind = sniff(data)
    assert time.process_time() - start < 1.0, "sniffing runs in the web process: it is quick"
    if kind is not None:
        safe = safe_name(name, kind)
        assert safe == Path(safe).name
        check(previewer.preview(data, kind, wait_s=SECONDS))
    return kind


@cache
def hostile(name: str) -> bytes:
    return HOSTILE[name]()


@pytest.fixture(scope="module")
def shared() -> Iterator[Previewer]:
    """A previewer for all of them: the same two processes must still be there at the end."""
    with contextlib.closing(Previewer()) as first:
        ready(first)  # a library's first read dates its file: that is a write
    with contextlib.closing(Previewer()) as made:
        ready(made)
        before = {family: warm(made, family).pid for family in FORCED}
        yield made
        assert {family: warm(made, family).pid for family in FORCED} == before
        for pid in before.values():
            assert network_of(pid) == {"lo": (0, 0)}
        # What a child wrote is counted when it is waited for, and closing does that.
        written = resource.getrusage(resource.RUSAGE_CHILDREN).ru_oublock
        made.close()
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_oublock == written
    for name in ("ruang-climbed", "ruang-ran", "link"):
        assert not (Path("/tmp") / name).exists()


def network_of(pid: int) -> dict[str, tuple[int, int]]:
    """What the network interfaces of a process have carried: bytes in, bytes out."""
    lines = Path(f"/proc/{pid}/net/dev").read_text().splitlines()[2:]
    words = [line.replace(":", " ").split() for line in lines]
    return {word[0]: (int(word[1]), int(word[9])) for word in words}


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_or_shown_safely(name: str, shared: Previewer) -> None:
    data = hostile(name)
    kind = handled(shared, name, data)
    for forced in {*FORCED.values()} - {kind}:
        check(shared.preview(data, forced, wait_s=SECONDS))
    check(shared.preview(sample("jpeg"), Kind.JPEG, wait_s=SECONDS))


REFUSED = (
    "nothing.jpg", "one byte.jpg", "zeros.jpg", "noise.jpg", "drawing.svg", "drawing.jpg",
    "page.jpg", "archive and picture.zip", "bomb.zip", "bomb.docx", "link.zip", "wide.docx",
    "entities in the list.docx", "macro.docm", "macro.docx", "macro.xlsx", "macro.odt",
    "climbing.docx", "old.doc", "program.exe", "program", "script.sh", "archive.rar",
    "foto\u202egpj.exe",
)  # fmt: skip
WITHOUT = (
    "only the start.jpg", "flood.png", "flood wide.png", "flood real.png", "flood.gif",
    "flood.webp", "flood 16k.webp", "flood.jpg", "flood.heic", "page with a head.png",
    "page.gif", "tag.mp3", "channels.wav", "corrupt whole.heic",
)  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_these_are_refused(name: str) -> None:
    assert sniff(hostile(name)) is None


@pytest.mark.parametrize("name", WITHOUT)
def test_these_get_no_preview_and_cost_little(name: str, shared: Previewer) -> None:
    data = hostile(name)
    kind = sniff(data)
    assert kind is not None
    before = spent(shared, kind)
    assert shared.preview(data, kind, wait_s=SECONDS) == Unreadable()
    assert shared.preview(b"", kind, wait_s=SECONDS) == Unreadable()  # the first is over
    assert spent(shared, kind) - before < 3


def spent(previewer: Previewer, kind: Kind) -> float:
    """Seconds of processor time that a kind's process and its jobs have used so far."""
    child = previewer._children.get(kind) or previewer._children[kind.family]
    assert child._process is not None
    times = psutil.Process(child._process.pid).cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def test_text_that_a_scanner_would_find_is_text_for_download(shared: Previewer) -> None:
    assert sniff(EICAR) is Kind.TEXT
    assert safe_name("eicar.com", Kind.TEXT) == "eicar.txt"
    assert shared.preview(EICAR, Kind.TEXT) == NoPreview()


@pytest.mark.parametrize("name", PREVIEWED)
def test_cut_anywhere_or_damaged_it_does_no_harm(name: str, shared: Previewer) -> None:
    kind, _ = samples.MAKERS[name]
    data = sample(name)
    for part in range(1, 14):
        check(shared.preview(data[: len(data) * part // 14], kind, wait_s=SECONDS))
    for seed in range(12):
        check(shared.preview(spread(data, seed), kind, wait_s=SECONDS))


@pytest.mark.parametrize("kind", MAGIC)
def test_noise_behind_a_true_beginning_does_no_harm(kind: Kind, shared: Previewer) -> None:
    assert sniff(MAGIC[kind] + noise(64)) is kind
    for size in (0, 1, 100, 5000, 200_000):
        data = MAGIC[kind] + noise(size)
        handled(shared, "x", data)
        check(shared.preview(data, kind, wait_s=SECONDS))
