"""Which columns a list may have, by the words that offices write above them.

The words are those of the files, not of the pages: Indonesian, whatever the language of who
brings them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ruang.register.states import Band, Kind, Sex


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name for it, the word in our own files, and others that mean the same."""

    name: str
    word: str
    others: tuple[str, ...] = ()


_PLACE = (
    Column("code", "kode_kelurahan", ("kode", "kode_desa", "kode_wilayah")),
    Column("district", "kecamatan", ("nama_kecamatan", "kec")),
    Column("village", "kelurahan", ("nama_kelurahan", "kel", "desa", "kelurahan_desa")),
)
_POINT = (
    Column("latitude", "lintang", ("lat", "latitude")),
    Column("longitude", "bujur", ("lon", "lng", "longitude")),
)
_LETTER = {Sex.FEMALE: ("p", "perempuan"), Sex.MALE: ("l", "laki_laki")}


def _band(sex: Sex, band: Band) -> Column:
    short, long = _LETTER[sex]
    end = band.value.replace("_up", "_ke_atas")
    first = band.value.partition("_")[0]
    others = (
        f"{long}_{end}",
        f"{short}_{band.value}",
        f"{short}_{first}_plus",
        f"{short}_{first}",
    )
    return Column(f"{sex.value}_{band.value}", f"{short}_{end}", others)


COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.RT: (
        *_PLACE,
        Column("rw", "rw", ("no_rw", "nomor_rw")),
        Column("rt", "rt", ("no_rt", "nomor_rt")),
        Column("local_name", "nama_setempat", ("nama_lain", "nama_kampung", "kampung")),
        Column("households", "kk", ("jumlah_kk", "kepala_keluarga")),
        Column("female", "perempuan", ("jumlah_perempuan", "p", "pr", "wanita")),
        Column("male", "laki_laki", ("jumlah_laki_laki", "l", "lk", "pria", "laki")),
        *(_band(sex, band) for sex in Sex for band in Band),
        Column("head", "ketua_rt", ("ketua", "nama_ketua", "nama_ketua_rt")),
        Column("phone", "telepon", ("hp", "no_hp", "telp", "nomor_telepon", "telepon_ketua")),
        *_POINT,
    ),
    Kind.SCHOOL: (
        *_PLACE,
        Column("npsn", "npsn"),
        Column("name", "nama_sekolah", ("nama", "sekolah", "satuan_pendidikan")),
        Column("level", "jenjang", ("bentuk", "bentuk_pendidikan")),
        Column("pupils_female", "siswa_perempuan", ("perempuan", "p", "pd_p")),
        Column("pupils_male", "siswa_laki_laki", ("laki_laki", "l", "pd_l")),
        Column("head", "narahubung", ("kepala_sekolah", "kontak")),
        Column("phone", "telepon", ("hp", "no_hp", "telp")),
        *_POINT,
    ),
    Kind.COMMUNITY: (
        *_PLACE,
        Column("name", "nama_komunitas", ("nama", "komunitas", "kelompok")),
        Column("kind", "jenis", ("jenis_komunitas",)),
        Column("members", "anggota", ("jumlah_anggota",)),
        Column("head", "narahubung", ("ketua", "kontak")),
        Column("phone", "telepon", ("hp", "no_hp", "telp")),
    ),
    Kind.VENUE: (
        *_PLACE,
        Column("rw", "rw", ("no_rw", "nomor_rw")),
        Column("name", "nama_tempat", ("nama", "tempat", "balai")),
        Column("kind", "jenis", ("jenis_tempat",)),
        Column("capacity", "daya_tampung", ("kapasitas",)),
        Column("has_step_free_entry", "jalan_landai", ("landai", "ramah_difabel", "akses")),
        Column("opens_at", "buka", ("jam_buka",)),
        Column("closes_at", "tutup", ("jam_tutup",)),
        *_POINT,
    ),
}

NEEDED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.RT: (("code", "village"), ("rw",), ("rt",)),
    Kind.SCHOOL: (("code", "village"), ("name",), ("level",)),
    Kind.COMMUNITY: (("code", "village"), ("name",), ("kind",)),
    Kind.VENUE: (("code", "village"), ("name",), ("kind",)),
}
"""Of each group at least one has to be there."""

WORDS: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.SCHOOL: {
        "preschool": ("paud", "tk", "ra", "kb", "tk_ra"),
        "primary": ("sd", "mi", "sd_mi"),
        "junior": ("smp", "mts", "smp_mts"),
        "senior": ("sma", "smk", "ma", "sma_smk_ma", "mak"),
        "special": ("slb", "sdlb", "smplb", "smalb"),
        "boarding": ("pesantren", "pondok_pesantren", "ponpes"),
    },
    Kind.COMMUNITY: {
        "pkk": ("pkk",),
        "youth": ("karang_taruna", "remaja", "pemuda"),
        "faith": ("majelis_taklim", "pengajian", "keagamaan", "jemaat"),
        "work": ("tempat_kerja", "perusahaan", "pasar"),
        "disability": ("organisasi_difabel", "difabel", "disabilitas"),
        "students": ("mahasiswa",),
        "other": ("lainnya", "lain"),
    },
    Kind.VENUE: {
        "hall": ("balai", "balai_warga", "aula"),
        "school": ("sekolah",),
        "health_post": ("posyandu", "puskesmas", "pustu"),
        "worship": ("rumah_ibadah", "masjid", "musala", "mushola", "gereja"),
        "office": ("kantor_kelurahan", "kelurahan", "kantor"),
        "other": ("lainnya", "lain"),
    },
}
"""What offices write for each code of a closed list; the first is what we write ourselves."""


def plain(words: str) -> str:
    """Return words as they are compared: small letters and digits, joined by one line."""
    return re.sub(r"[^a-z0-9]+", "_", words.casefold().replace(">=", "").strip()).strip("_")


def known(kind: Kind, cells: Sequence[str]) -> dict[str, int]:
    """Return which of our columns stand where in a line that may be the head of a list."""
    found: dict[str, int] = {}
    heads = [plain(cell) for cell in cells]
    for column in COLUMNS[kind]:
        for word in (column.word, *column.others):
            if word in heads:
                found[column.name] = heads.index(word)
                break
    return found


def code_of(kind: Kind, words: str) -> str:
    """Return the code that an office's word stands for; empty if it stands for none."""
    said = plain(words)
    return next((code for code, all_ in WORDS[kind].items() if said in (code, *all_)), "")


def word_of(kind: Kind, code: str) -> str:
    """Return the word that we write for a code."""
    return WORDS[kind][code][0]
