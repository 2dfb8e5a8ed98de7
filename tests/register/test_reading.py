"""Files as offices bring them, and files that nobody should bring."""

import contextlib
import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from ruang.kernel.errors import Refused
from ruang.register import sheets
from ruang.register.reading import read_list
from ruang.register.sheets import read
from ruang.register.states import Kind
from ruang.register.unpacking import Unreadable, measure
from tests import make
from tests.register.lists import HEAD, VILLAGE, rt, rt_list, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def faults_of(content: bytes, kind: Kind = Kind.RT) -> list[list[object]]:
    return read_list(kind, read(content))[1]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_way_of_writing_a_table_is_read(separator: str, encoding: str) -> None:
    text = "rw;rt;kelurahan;kecamatan;nama_setempat\r\n1;2;Unyur;Serang;Kampung Café\r\n"
    lines = read(text.replace(";", separator).encode(encoding))
    assert lines[1].cells == ("1", "2", "Unyur", "Serang", "Kampung Café")
    assert lines[1].number == 2


def test_a_workbook_says_what_its_table_says_and_no_formula() -> None:
    make.city()
    head = HEAD.split(";")
    content = workbook(
        ["Daftar RT tahun 2026"],
        [],
        head,
        [VILLAGE, None, None, 1, 1.0, "1.234", 60, 58, None, None],
        [VILLAGE, None, None, 1, 2, 30, "=60+1", 58, None, None],
    )
    entries, faults = read_list(Kind.RT, read(content))
    assert [(e["line"], e["rw"], e["rt"], e["households"]) for e in entries] == [
        (4, 1, 1, 1234)
    ]
    assert faults == [[5, "formula", "perempuan", ""]]


WRONG = [
    (rt("x", 1), "number_range"),
    (rt(0, 1), "number_range"),
    (rt(1, 1000), "number_range"),
    (rt("", 1), "missing"),
    (rt(1, 1, "60,5"), "not_a_number"),
    (rt(1, 1, -3), "not_a_number"),
    (rt(1, 1, "1.2345"), "not_a_number"),
    (rt(1, 1, 20_001), "too_many"),
    (rt(1, 1, 60, ""), "one_sex"),
    (rt(1, 1, telepon="0812 0000", ketua=""), "phone_alone"),
    (rt(1, 1, telepon="besok saja", ketua="Pak Contoh"), "phone"),
    (rt(1, 1, '"=HYPERLINK(1)"'), "formula"),
    (rt(1, 1, "#REF!"), "formula"),
    (rt(1, 1).replace(VILLAGE, "36.73.09.9999"), "no_village"),
    (rt(1, 1).replace(f"{VILLAGE};;", ";;Sukawana"), "two_villages"),
    (rt(1, 1).replace(f"{VILLAGE};;", ";;"), "missing"),
    (rt(1, 1, ketua="a" * 121), "too_long"),
    (rt(1, 1).replace(f"{VILLAGE};;", f"{VILLAGE};;Unyur"), "other_village"),
    (rt(1, 1).replace(f"{VILLAGE};", f"{VILLAGE};Curug"), "other_village"),
]


def test_a_wrong_line_is_named_with_its_reason() -> None:
    make.city()
    for line, why in WRONG:
        found = faults_of(rt_list(rt(7, 7), line))
        assert [(fault[0], fault[1]) for fault in found] == [(3, why)], line


MEANT = [
    (("3673021001", "", ""), "36.73.02.1001"),
    (("", "Serang", "Sukawana"), "36.73.01.1008"),
    (("", "Kec. CURUG", "kelurahan sukawana"), "36.73.04.1007"),
    (("", "", "curugmanis"), "36.73.04.1009"),
]


def test_a_kelurahan_is_found_by_code_or_by_name() -> None:
    make.city()
    for typed, code in MEANT:
        line = f"{typed[0]};{typed[1]};{typed[2]};RW 05;RT.003;30;60;58;;"
        entries, faults = read_list(Kind.RT, read(rt_list(line)))
        assert faults == []
        named = entries[0]["village"], entries[0]["rw"], entries[0]["rt"]
        assert named == (code, 5, 3)


def test_the_same_place_twice_is_said_and_bands_have_to_add_up() -> None:
    make.city()
    assert faults_of(rt_list(rt(1, 1), rt("01", "001"))) == [[3, "twice", "", "2"]]
    bands = ";".join(f"{s}_{b}" for s in "pl" for b in
                     ("0_5", "6_12", "13_17", "18_24", "25_59", "60_ke_atas"))  # fmt: skip
    head = f"kode_kelurahan;rw;rt;perempuan;laki_laki;{bands}"
    full, some = ";".join("5" * 12), ";".join(["5"] * 11 + [""])
    lines = [f"{VILLAGE};1;{n};{w};30;{b}"
             for n, w, b in ((1, 30, full), (2, 31, full), (3, 30, some))]  # fmt: skip
    found = faults_of(rt_list(*lines, head=head))
    assert [(f[0], f[1], f[3]) for f in found] == [(3, "sum", "30"), (4, "some_bands", "")]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


HOSTILE = [
    b"",
    b"\xef\xbb\xbf",
    "\u3000\u00a0".encode(),
    b"  \r\n",
    b"rw;rt\x00;kelurahan\n1;1;x",
    b"\xd0\xcf\x11\xe0" + bytes(600),
    b"PK\x03\x04 but not really",
    zipped(xl__workbook=b"<a/>"),
    zipped(xl__workbook=ENTITY),
    b"a" * (sheets.LARGEST + 1),
    b'rw;rt\n"' + b"a" * 140_000,
    b"\xff\xfe\x00",
]


def test_what_cannot_be_read_is_refused_in_words() -> None:
    make.city()
    for content in HOSTILE:
        with pytest.raises(Refused) as refused:
            read_list(Kind.RT, read(content))
        assert str(refused.value).endswith("."), content[:12]


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "UNPACKED", 1_000_000)
    bomb = zipped(xl__workbook=bytes(2_000_000))
    assert len(bomb) < 10_000
    with pytest.raises(Refused, match="far too large"):
        read(bomb)


def lying(content: bytes, said: bytes) -> bytes:
    """The same zip, of which each part's heads give the size and sum of something else."""
    out = bytearray(content)
    for sign, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        place = out.find(sign)
        while place >= 0:
            struct.pack_into("<I", out, place + at, zlib.crc32(said))
            struct.pack_into("<I", out, place + at + 8, len(said))
            place = out.find(sign, place + 4)
    return bytes(out)


def test_a_bomb_that_says_it_is_small_is_refused_in_little_memory() -> None:
    first_read = {"[Content_Types]": b"<a>" + b"b" * (64 * 1024 * 1024)}
    bomb = lying(zipped(**first_read), b"<a>" + b"b" * 97)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=r"far too large|cannot be read"):
            read(bomb)
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_part_that_says_less_or_more_than_it_holds_is_refused() -> None:
    whole = zipped(xl__workbook=b"a" * 500)
    for size in (100, 10_000):
        with pytest.raises(Unreadable):
            measure(lying(whole, b"a" * size), most=sheets.UNPACKED, parts=sheets.PARTS)


def test_a_damaged_workbook_is_refused_in_words_wherever_it_is_damaged() -> None:
    whole = workbook(HEAD.split(";"), [VILLAGE, None, None, 1, 1, 30, 60, 58, None, None])
    for place in range(4, len(whole), 11):
        hurt = bytearray(whole)
        hurt[place] ^= 0xFF
        with contextlib.suppress(Refused):
            read(bytes(hurt))
    for length in range(5, len(whole), 97):
        with pytest.raises(Refused, match=r"cannot be read"):
            read(whole[:length])


def test_a_hundred_thousand_lines_are_refused_and_not_read_to_the_end() -> None:
    with pytest.raises(Refused, match="more than 20000 lines"):
        read(b"rw;rt\n" + b"1;1\n" * 100_000)


@pytest.mark.parametrize(
    ("head", "column"),
    [("rw;rt", "kode_kelurahan"), ("kelurahan;rt", "rw"), ("a;b;c", "kode_kelurahan"),
     ("kelurahan;rw;rt;p_0_5", "Some age bands")],
)  # fmt: skip
def test_a_head_that_lacks_a_column_is_refused(head: str, column: str) -> None:
    make.city()
    with pytest.raises(Refused, match=column):
        read_list(Kind.RT, read(rt_list("x;1;1;4", head=head)))
