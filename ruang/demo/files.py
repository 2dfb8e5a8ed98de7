"""The demo's attachments: drawn, hummed and written by code, sent through the same door."""

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from ruang.intake.attachments import StoredFile, store
from ruang.previews.previewer import Previewer

if TYPE_CHECKING:
    from PIL import Image

SIZE = (960, 720)
RATE = 16_000
NOTE = """Catatan saya sendiri, supaya tidak lupa.

Senin   pulang malam, pintu dikunci dari dalam, anak tidur di kursi.
Rabu    uang belanja diambil semua. Pinjam ke kakak seratus ribu.
Jumat   teriak dari jam sembilan sampai jam sebelas. Tetangga mematikan lampu.
Minggu  minta maaf, membawa martabak. Anak tidak mau makan.
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser would send it."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        """Return how long it is."""
        return len(self.content)

    def read(self) -> bytes:
        """Return the content."""
        return self.content


def files_of(key: str, previewer: Previewer) -> tuple[StoredFile, ...]:
    """Return the files that came with a contact, sealed and stored."""
    return stored(WITH_REPORT.get(key, ()), previewer)


def stored(names: tuple[str, ...], previewer: Previewer) -> tuple[StoredFile, ...]:
    """Return these files, sealed and stored."""
    return tuple(store(Upload(name, MAKERS[name]()), previewer) for name in names)


def chat() -> bytes:
    """Draw the screen of a conversation in which nothing can be read."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (720, 1280), (236, 229, 221))
    pen, rng = ImageDraw.Draw(picture), Random(11)  # noqa: S311 - a drawing
    pen.rectangle((0, 0, 720, 110), fill=(7, 94, 84))
    pen.ellipse((28, 24, 90, 86), fill=(180, 196, 190))
    y = 150
    while y < 1150:
        lines, mine = rng.randint(1, 4), rng.random() < 0.3
        width, left = rng.randint(280, 480), 0
        left = 720 - 30 - width if mine else 30
        box = (left, y, left + width, y + 34 + 38 * lines)
        pen.rounded_rectangle(box, 18, fill=(220, 248, 198) if mine else (255, 255, 255))
        for row in range(lines):
            end = left + 24 + int((width - 60) * (1 if row < lines - 1 else rng.random()))
            pen.rounded_rectangle((left + 24, y + 22 + 38 * row, end, y + 40 + 38 * row), 8,
                                  fill=(176, 182, 178))  # fmt: skip
        y = box[3] + 22
    return _saved(picture, "PNG")


def door() -> bytes:
    """Draw a door with a broken pane."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", SIZE, (203, 196, 180))
    pen, rng = ImageDraw.Draw(picture), Random(12)  # noqa: S311 - a drawing
    pen.rectangle((0, 600, *SIZE), fill=(132, 116, 98))
    pen.rectangle((330, 70, 640, 640), fill=(122, 84, 52), outline=(84, 56, 32), width=8)
    pen.rectangle((370, 110, 600, 330), fill=(188, 214, 222), outline=(84, 56, 32), width=6)
    pen.ellipse((590, 380, 616, 406), fill=(196, 170, 90))
    middle = (470, 210)
    for n in range(13):
        turn, far = math.tau * n / 13 + rng.random() / 4, rng.randint(70, 130)
        end = (middle[0] + far * math.cos(turn), middle[1] + far * math.sin(turn) * 0.8)
        pen.line((*middle, *end), fill=(90, 108, 116), width=3)
    pen.polygon([(455, 195), (492, 188), (500, 226), (462, 236)], fill=(52, 52, 56))
    return _saved(picture, "JPEG")


def drawing() -> bytes:
    """Draw what a child might draw: a house, a tree, one figure apart from the others."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", SIZE, (252, 250, 244))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((780, 50, 900, 170), outline=(240, 170, 30), width=9)
    pen.polygon([(90, 330), (250, 200), (410, 330)], outline=(190, 60, 50), width=9)
    pen.rectangle((120, 330, 380, 590), outline=(70, 90, 170), width=9)
    pen.rectangle((215, 450, 285, 590), outline=(120, 80, 50), width=8)
    pen.line((0, 600, 960, 606), fill=(90, 150, 70), width=10)
    for x, tall, ink in ((470, 150, (60, 60, 60)), (560, 110, (170, 70, 130)),
                         (860, 80, (40, 120, 150))):  # fmt: skip
        top = 600 - tall
        pen.ellipse((x - 22, top - 44, x + 22, top), outline=ink, width=6)
        pen.line((x, top, x, 600 - tall * 0.35), fill=ink, width=6)
        pen.line((x - 34, top + tall * 0.25, x + 34, top + tall * 0.25), fill=ink, width=6)
        for foot in (-22, 22):
            pen.line((x, 600 - tall * 0.35, x + foot, 600), fill=ink, width=6)
    return _saved(picture, "JPEG")


def letter() -> bytes:
    """Draw a sheet of handwriting, photographed a little askew."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (820, 1080), (250, 247, 238))
    pen, rng = ImageDraw.Draw(sheet), Random(13)  # noqa: S311 - a drawing
    for y in range(120, 1000, 46):
        x, end = 80, 740 if rng.random() < 0.85 else rng.randint(240, 600)
        while x < end:
            word = rng.randint(28, 110)
            points = [(x + n, y + rng.randint(-9, 7)) for n in range(0, word, 6)]
            pen.line(points, fill=(46, 56, 110), width=3)
            x += word + 20
    table = Image.new("RGB", (960, 1240), (148, 122, 96))
    turned = sheet.rotate(2.2, expand=True, fillcolor=(148, 122, 96))
    table.paste(turned, (50, 60))
    return _saved(table, "JPEG")


def voice() -> bytes:
    """Hum seven seconds in the rhythm of speech, without a word."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as sink:
        stream = sink.add_stream("libopus", rate=48_000, layout="mono")
        fit = av.AudioResampler(stream.format.name, "mono", 48_000)
        for start in range(0, RATE * 7, RATE // 10):
            frame = av.AudioFrame("s16", "mono", RATE // 10)
            frame.planes[0].update(_hum(start, RATE // 10))
            frame.sample_rate, frame.pts = RATE, start
            for piece in fit.resample(frame):
                sink.mux(stream.encode(piece))
        sink.mux(stream.encode(None))
    return out.getvalue()


def _hum(start: int, count: int) -> bytes:
    found = bytearray()
    for n in range(start, start + count):
        second = n / RATE
        pitch = 190 + 22 * math.sin(second * 1.7) + 9 * math.sin(second * 5.3)
        beat = max(0.0, math.sin(second * 9.4)) * max(0.0, math.sin(second * 1.1 + 0.6))
        wave = sum(math.sin(math.tau * pitch * k * second) / k for k in (1, 2, 3, 5))
        found += int(5_000 * beat * wave).to_bytes(2, "little", signed=True)
    return bytes(found)


def _saved(picture: "Image.Image", form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, quality=82)
    return out.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "tangkapan-layar.png": chat,
    "pintu-kaca.jpg": door,
    "gambar-anak.jpg": drawing,
    "surat-tulisan-tangan.jpg": letter,
    "pesan-suara.ogg": voice,
    "catatan.txt": NOTE.encode,
}
"""Every file by the name it has on the phone."""

WITH_REPORT: dict[str, tuple[str, ...]] = {
    "diperas": ("tangkapan-layar.png",),
    "hp-disita": ("pintu-kaca.jpg", "pesan-suara.ogg"),
    "komentar-siaran": ("tangkapan-layar.png",),
    "dapur": ("pintu-kaca.jpg", "catatan.txt"),
    "guru-les": ("gambar-anak.jpg", "pesan-suara.ogg"),
    "kakek-galak": ("surat-tulisan-tangan.jpg",),
    "sebar-foto": ("tangkapan-layar.png",),
}
"""What came with which contact."""
