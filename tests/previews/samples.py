"""Real files of every kind that may be sent, made here: nobody's photo is in the repo."""

import io
import math
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable
from functools import cache

import av
import pillow_heif
from PIL import Image

from ruang.previews.kinds import Kind

GPS = {1: "S", 2: (6.0, 7.0, 12.5), 3: "E", 4: (106.0, 9.0, 1.0)}
CANARY = b"KENARI-RAHASIA-7731"


def picture(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Left half red, right half blue: a turn shows."""
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (size[0] // 2, 0, *size))
    return image


def photo(kind: Kind, size: tuple[int, int] = (96, 64), **extra: object) -> bytes:
    out = io.BytesIO()
    if kind is Kind.HEIF:
        pillow_heif.from_pillow(picture(size)).save(out, quality=60, **extra)
    else:
        picture(size).save(out, kind.name, **extra)
    return out.getvalue()


def exif(orientation: int = 1) -> bytes:
    """Camera data as phones write it: place, maker, comment, turn."""
    data = Image.Exif()
    data[0x010F] = CANARY.decode()
    data[0x0112] = orientation
    data.get_ifd(0x8825).update(GPS)
    data.get_ifd(0x8769)[0x9286] = CANARY
    return data.tobytes()


def wave_at(rate: int, samples: int, start: int) -> bytes:
    step = 2 * math.pi * 440 / rate
    return array(
        "h", [int(9000 * math.sin(step * (start + n))) for n in range(samples)]
    ).tobytes()


def sound(container: str, codec: str, rate: int, seconds: float = 1.0, **options: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=options) as sink:
        stream = sink.add_stream(codec, rate=rate, layout="mono")
        fit = av.AudioResampler(stream.format.name, "mono", rate)
        for start in range(0, int(rate * seconds), rate // 10):
            frame = av.AudioFrame("s16", "mono", rate // 10)
            frame.planes[0].update(wave_at(rate, rate // 10, start))
            frame.sample_rate, frame.pts = rate, start
            for piece in fit.resample(frame):
                sink.mux(stream.encode(piece))
        sink.mux(stream.encode(None))
    return out.getvalue()


def video(container: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container) as sink:
        stream = sink.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for _ in range(10):
            sink.mux(stream.encode(av.VideoFrame.from_image(picture())))
        sink.mux(stream.encode(None))
    return out.getvalue()


def amr_wide(seconds: int = 1) -> bytes:
    """No encoder at hand: frames of the lowest rate with all bits zero decode well enough."""
    return b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * (50 * seconds)


def archive(
    parts: dict[str, bytes], *, stored: tuple[str, ...] = (), extension: int = 0
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = extension
            target.writestr(entry, content)
    return out.getvalue()


def content_types(main: str, more: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.'
        'openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/main.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{main}"/>{more}</Types>'
    ).encode()


WORD = "wordprocessingml.document.main+xml"
EXCEL = "spreadsheetml.sheet.main+xml"


def office(main: str, more: str = "", **parts: bytes) -> bytes:
    return archive(
        {
            "[Content_Types].xml": content_types(main, more),
            "main.xml": b"<document>kronologi</document>",
        }
        | parts
    )


def odt(**parts: bytes) -> bytes:
    mimetype = {"mimetype": Kind.ODT.media_type.encode()}
    return archive(
        mimetype | {"content.xml": b"<p>kronologi</p>"} | parts, stored=("mimetype",)
    )


def pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def png_chunk(name: bytes, body: bytes) -> bytes:
    return (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    )


MAKERS: dict[str, tuple[Kind, Callable[[], bytes]]] = {
    "jpeg": (Kind.JPEG, lambda: photo(Kind.JPEG)),
    "png": (Kind.PNG, lambda: photo(Kind.PNG)),
    "webp": (Kind.WEBP, lambda: photo(Kind.WEBP)),
    "webp lossless": (Kind.WEBP, lambda: photo(Kind.WEBP, lossless=True)),
    "gif": (Kind.GIF, lambda: photo(Kind.GIF)),
    "heic": (Kind.HEIF, lambda: photo(Kind.HEIF)),
    "m4a": (Kind.M4A, lambda: sound("ipod", "aac", 44100)),
    "m4a of an android recorder": (Kind.M4A, lambda: sound("mp4", "aac", 44100)),
    "aac without container": (Kind.AAC, lambda: sound("adts", "aac", 44100)),
    "amr": (Kind.AMR, lambda: sound("amr", "libopencore_amrnb", 8000)),
    "amr wide": (Kind.AMR_WB, amr_wide),
    "3gp sound": (Kind.AUDIO_3GP, lambda: sound("3gp", "libopencore_amrnb", 8000)),
    "opus": (Kind.OGG, lambda: sound("ogg", "libopus", 48000)),
    "mp3": (Kind.MP3, lambda: sound("mp3", "libmp3lame", 44100)),
    "mp3 without tag": (
        Kind.MP3,
        lambda: sound("mp3", "libmp3lame", 22050, id3v2_version="0", write_xing="0"),
    ),
    "wav": (Kind.WAV, lambda: sound("wav", "pcm_s16le", 16000)),
    "webm sound": (Kind.AUDIO_WEBM, lambda: sound("webm", "libopus", 48000)),
    "mp4": (Kind.MP4, lambda: video("mp4", "mpeg4")),
    "3gp": (Kind.VIDEO_3GP, lambda: video("3gp", "mpeg4")),
    "mov": (Kind.MOV, lambda: video("mov", "mpeg4")),
    "webm": (Kind.VIDEO_WEBM, lambda: video("webm", "libvpx")),
    "pdf": (Kind.PDF, pdf),
    "docx": (Kind.DOCX, lambda: office(WORD)),
    "xlsx": (Kind.XLSX, lambda: office(EXCEL)),
    "odt": (Kind.ODT, odt),
    "text": (Kind.TEXT, "Dia datang lagi kemarin malam 😔\r\n\tsaya takut\n".encode),
}


@cache
def sample(name: str) -> bytes:
    return MAKERS[name][1]()
