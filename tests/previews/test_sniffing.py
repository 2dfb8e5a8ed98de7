"""What a file is, is decided by its content; what is not on the list is refused."""

import pytest

from ruang.previews.kinds import Family, Kind
from ruang.previews.sniff import sniff
from tests.previews import samples
from tests.previews.samples import EXCEL, WORD, archive, office, sample

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MACROS = '<Override PartName="/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
MACRO_SHEET = '<Override PartName="/a" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'


@pytest.mark.parametrize("name", samples.MAKERS)
def test_every_kind_is_known_by_its_content(name: str) -> None:
    kind, _ = samples.MAKERS[name]
    assert sniff(sample(name)) is kind


def test_every_kind_has_a_sample() -> None:
    assert {kind for kind, _ in samples.MAKERS.values()} == set(Kind)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t",
        b"\0" * 100,
        SVG,
        b'<?xml version="1.0"?>' + SVG,
        b"\xef\xbb\xbf\n<!-- x -->" + SVG,
        b"<!DOCTYPE html><title>x</title>",
        b"foto.jpg <script>alert(1)</script>",
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system($_GET[0]);",
        b"MZ\x90\0\x03\0\0\0" + bytes(200),
        b"\x7fELF\x02\x01\x01" + bytes(200),
        b"Rar!\x1a\x07\x01\0" + bytes(50),
        b"7z\xbc\xaf\x27\x1c" + bytes(50),
        b"\x1f\x8b\x08" + bytes(50),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"FLV\x01" + bytes(60),
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + bytes(40),
        b"\0\0\0\x18ftypmif1\0\0\0\0avifmiaf" + bytes(40),
        b"\0\0\0\x18ftypcrx \0\0\0\0isom" + bytes(40),
        b"\x1aE\xdf\xa3\x93\x42\x82\x88matroska" + bytes(80),
        b"OggS" + bytes(24) + b"\x80theora" + bytes(80) + b"OpusHead",
        b"\xff\xfb\x90\x00" + bytes(2000),
        b"caf\xe9 latin-1",
        "utf-16".encode("utf-16"),
        archive({"foto.jpg": b"x", "virus.exe": b"MZ"}),
        office("presentationml.presentation.main+xml"),
        office("wordprocessingml.template.main+xml"),
        office("wordprocessingml.document.main+xml", MACROS),
        office("wordprocessingml.document.macroEnabled.main+xml"),
        office(EXCEL, MACRO_SHEET),
        office(WORD, more=MACROS.replace("vba", "&#118;ba")),
        office(WORD, **{"word/vbaProject.bin": b"x"}),
        office(WORD, **{"word/activeX/activeX1.xml": b"x"}),
        office(WORD, **{"../../etc/passwd": b"x"}),
        office(WORD, **{"/etc/passwd": b"x"}),
        office(WORD, **{"word\\..\\x": b"x"}),
        samples.odt(**{"Basic/Standard/Module1.xml": b"x"}),
        samples.odt(**{"Scripts/python/x.py": b"x"}),
        archive({"a": b"/etc/passwd", "[Content_Types].xml": b""}, extension=0xA1FF0000),
        office(WORD, **{"[content_types].XML": b"x"}),
        office(WORD, more=f"<!--{EXCEL}-->"),
        office(WORD) + bytes(10) + b"PK\x05\x06",
        b"MZ" + office(WORD),
    ],
)
def test_whatever_is_not_on_the_list_is_refused(data: bytes) -> None:
    assert sniff(data) is None


def test_a_swelling_archive_is_refused() -> None:
    assert sniff(office(WORD, **{"word/media/a.bmp": bytes(150 << 20)})) is None


def test_a_document_with_a_large_but_honest_table_is_not() -> None:
    sheet = b"".join(b"<c r='A%d'><v>%d</v></c>" % (n, n * 7919) for n in range(200_000))
    assert sniff(office(EXCEL, **{"xl/worksheets/sheet1.xml": sheet})) is Kind.XLSX


def test_a_locked_entry_is_refused() -> None:
    data = bytearray(office(WORD))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert sniff(bytes(data)) is None


def test_sound_in_a_film_container_is_sound_and_without_its_index_a_film() -> None:
    whole = sample("m4a of an android recorder")
    cut = whole[: whole.index(b"moov") - 4]
    assert sniff(whole) is Kind.M4A
    assert sniff(cut) is Kind.MP4


@pytest.mark.parametrize("name", samples.MAKERS)
def test_a_file_cut_anywhere_is_still_its_family_or_refused(name: str) -> None:
    kind, _ = samples.MAKERS[name]
    data = sample(name)
    families = {kind.family}
    if kind.family is Family.AUDIO:
        families.add(Family.VIDEO)  # the index that tells sound from film may be cut off
    for at in range(32, len(data), max(1, len(data) // 200)):
        found = sniff(data[:at])
        assert found is None or found.family in families
