"""Lists as offices write them."""

import io
from collections.abc import Iterable
from typing import Any

from ruang.register.states import Kind

HEAD = "kode_kelurahan;kecamatan;kelurahan;rw;rt;kk;perempuan;laki_laki;ketua_rt;telepon"
VILLAGE = "36.73.02.1001"


def rt_list(*lines: str, head: str = HEAD) -> bytes:
    """A list of RT as CSV with semicolons, as the office's program writes it."""
    return "\r\n".join((head, *lines, "")).encode()


def rt(rw: object, number: object, women: object = 60, men: object = 58, **more: str) -> str:
    """One line of it."""
    said = {"kk": "30", "ketua": "", "telepon": "", **more}
    counted = f"{said['kk']};{women};{men}"
    return f"{VILLAGE};;;{rw};{number};{counted};{said['ketua']};{said['telepon']}"


def workbook(*rows: Iterable[Any]) -> bytes:
    """The same as an XLSX."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADS = {
    Kind.SCHOOL: "kecamatan;kelurahan;npsn;nama;jenjang;siswa_perempuan;siswa_laki_laki",
    Kind.COMMUNITY: "kode_kelurahan;nama;jenis;anggota",
    Kind.VENUE: "kode_kelurahan;rw;nama;jenis;kapasitas;landai;buka;tutup;lintang;bujur",
}
