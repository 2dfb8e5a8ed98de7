"""The invented register: so many RW and RT as the city has, with people nobody has counted so.

The totals are the city's own; how they spread over kelurahan, RW and RT is made by a formula,
the same each time. Places on the map are rough and drawn by another formula: the kecamatan
where they lie in the city, kelurahan around it, RW around those.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from zlib import crc32

from ruang.demo.content.places import CIPOCOK, CURUG, KASEMEN, SERANG, TAKTAKAN, WALANTAKA
from ruang.register.sharing import shared
from ruang.territory.facts import Place

RWS, RTS, PEOPLE, WOMEN, HOUSEHOLDS = 618, 2_382, 768_377, 377_124, 230_100
"""Totals of the city, early in 2025."""

GREW = ("Unyur", 2)
"""An RW that had become too large: the last RW of its kelurahan came out of it last year. So
the list that the office took over first has one RW less, and all the totals hold today."""

Point = tuple[float, float]
_MIDDLE: dict[str, tuple[Point, int]] = {
    SERANG: ((-6.115, 106.152), 150),
    KASEMEN: ((-6.055, 106.165), 95),
    WALANTAKA: ((-6.125, 106.235), 85),
    CURUG: ((-6.190, 106.135), 70),
    CIPOCOK: ((-6.148, 106.180), 110),
    TAKTAKAN: ((-6.120, 106.095), 80),
}
"""About where each kecamatan lies, and how many live there beside the others."""
_TURN = pi * (3 - sqrt(5))
"""The angle by which seeds lie in a sunflower: no two are close."""
_AGES = (
    (88, 118, 86, 128, 468, 112),
    (104, 130, 94, 122, 448, 102),
    (96, 124, 90, 126, 456, 108),
)
_FIRST = ("Ahmad", "Asep", "Cecep", "Dadang", "Euis", "Hasan", "Iis", "Jajang", "Maman",
          "Nining", "Rohaeti", "Sarip", "Titin", "Ujang", "Yayah")  # fmt: skip
_LAST = ("Contoh", "Misalan", "Andaian", "Percobaan", "Umpama")
_ALSO = ("Kampung Contoh", "Perumahan Misal Indah", "Komplek Andai", "Kampung Umpama")


@dataclass(frozen=True, slots=True)
class Village:
    """One kelurahan of the demo: how much of the city is in it."""

    code: str
    name: str
    rws: int
    rts: int
    people: int
    point: Point

    def rw_point(self, number: int) -> Point:
        """Return about where an RW lies."""
        return _around(self.point, number, 0.0016)


def villages(places: Sequence[Place]) -> tuple[Village, ...]:
    """Return the kelurahan with their shares of the city."""
    weights = [_MIDDLE[one.code[:8]][1] * (70 + _seed(one.code) % 60) for one in places]
    rts = shared(RTS, weights)
    rws = shared(RWS, rts)
    people = shared(PEOPLE, weights)
    return tuple(
        Village(one.code, one.name, rws[n], rts[n], people[n], _point(one.code, places))
        for n, one in enumerate(places)
    )


def rt_lines(city: Sequence[Village]) -> Iterator[list[str]]:
    """Return the list of RT as an office writes it, its head first."""
    letters = ("p", "l")
    ages = ("0_5", "6_12", "13_17", "18_24", "25_59", "60_ke_atas")
    bands = [f"{letter}_{age}" for letter in letters for age in ages]
    yield ["kode_kelurahan", "rw", "rt", "nama_setempat", "kk", *bands, "ketua_rt", "telepon",
           "lintang", "bujur"]  # fmt: skip
    homes = [home for one in city for home in _homes(one)]
    people = [number for one in city for number in _people(one)]
    women, households = shared(WOMEN, people), shared(HOUSEHOLDS, people)
    for n, (village, final_rw, final_rt) in enumerate(homes):
        rw, rt = _at_first(village, final_rw, final_rt)
        seed = _seed(f"{village.code}-{final_rw}-{final_rt}")
        usual = _AGES[seed % len(_AGES)]
        counts = shared(women[n], usual) + shared(people[n] - women[n], usual)
        point = village.rw_point(rw)
        yield [village.code, f"{rw:03}", f"{rt:03}", _ALSO[seed % 4] if seed % 41 == 0 else "",
               str(households[n]), *map(str, counts), *_head(seed),
               f"{point[0]:.5f}", f"{point[1]:.5f}"]  # fmt: skip


def school_lines(city: Sequence[Village]) -> Iterator[list[str]]:
    """Return the list of schools: invented names, numbers that no school has."""
    yield ["kode_kelurahan", "npsn", "nama_sekolah", "jenjang", "siswa_perempuan",
           "siswa_laki_laki", "lintang", "bujur"]  # fmt: skip
    total = 0
    for place, village in enumerate(city):
        for level, name, pupils in _schools(place):
            total += 1
            seed = _seed(f"{village.code}{name}{total}")
            girls = pupils // 2 + seed % 23
            lat, lon = _around(village.point, total, 0.0021)
            yield [village.code, f"X{total:07}", f"{name} Contoh {total}", level, str(girls),
                   str(pupils - pupils // 2), f"{lat:.5f}", f"{lon:.5f}"]  # fmt: skip


def community_lines(city: Sequence[Village]) -> Iterator[list[str]]:
    """Return the list of communities."""
    yield ["kode_kelurahan", "nama_komunitas", "jenis", "anggota"]
    others = (("Majelis Taklim Contoh", "majelis taklim"), ("Paguyuban Pasar Contoh", "pasar"),
              ("Himpunan Difabel Contoh", "difabel"),
              ("BEM Universitas Bentang", "mahasiswa"))  # fmt: skip
    for place, village in enumerate(city):
        yield [village.code, f"PKK {village.name}", "pkk", str(24 + place % 30)]
        yield [
            village.code,
            f"Karang Taruna {village.name}",
            "karang taruna",
            str(18 + place % 25),
        ]
        if place % 5 == 0:
            name, kind = others[place // 5 % len(others)]
            yield [village.code, f"{name} {village.name}", kind, str(30 + place % 40)]


def venue_lines(city: Sequence[Village]) -> Iterator[list[str]]:
    """Return the list of venues."""
    yield ["kode_kelurahan", "rw", "nama_tempat", "jenis", "daya_tampung", "jalan_landai",
           "buka", "tutup", "lintang", "bujur"]  # fmt: skip
    for village in city:
        yield _venue(
            village, 0, f"Aula Kelurahan {village.name}", "kantor", 90, "ya", "08:00", "16:00"
        )
        for rw in range(1, village.rws + 1, 3):
            step_free = "ya" if _seed(f"{village.code}{rw}") % 3 else "tidak"
            yield _venue(village, rw, f"Balai Warga RW {rw:02}", "balai", 40 + rw % 4 * 10,
                         step_free, "08:00", "21:00")  # fmt: skip
        yield _venue(
            village,
            1,
            f"Posyandu Contoh {village.name}",
            "posyandu",
            25,
            "ya",
            "08:00",
            "14:00",
        )


def _venue(village: Village, rw: int, *said: object) -> list[str]:
    lat, lon = village.rw_point(rw)
    where = str(rw) if rw else ""
    return [village.code, where, *map(str, said), f"{lat:.5f}", f"{lon:.5f}"]


def _homes(village: Village) -> Iterator[tuple[Village, int, int]]:
    """Return each RT of a kelurahan by RW and number."""
    weights = [90 + _seed(f"{village.code}{rw}") % 40 for rw in range(village.rws)]
    each = shared(village.rts - village.rws, weights)
    for rw, more in enumerate(each, start=1):
        for rt in range(1, more + 2):
            yield village, rw, rt


def rts_that_stay(village: Village) -> int:
    """Return how many RT the RW kept from which another came; the others have numbers above."""
    return sum(rw == GREW[1] for _one, rw, _rt in _homes(village))


def _at_first(village: Village, rw: int, rt: int) -> tuple[int, int]:
    """Return where an RT was before the RW was split."""
    if (village.name, rw) != (GREW[0], village.rws):
        return rw, rt
    return GREW[1], rts_that_stay(village) + rt


def _people(village: Village) -> list[int]:
    weights = [75 + _seed(f"{village.code}{rw}/{rt}") % 55 for _one, rw, rt in _homes(village)]
    return shared(village.people, weights)


def _schools(place: int) -> Iterable[tuple[str, str, int]]:
    """Return level, kind of name and pupils of the schools of one kelurahan."""
    yield "SD", "SD Negeri", 260 + 7 * (place % 20)
    yield ("MI", "MI", 160) if place % 4 == 0 else ("SD", "SD Negeri", 220)
    if place % 2 == 0:
        yield ("MTs", "MTs", 210) if place % 6 == 0 else ("SMP", "SMP Negeri", 420)
    if place % 4 == 1:
        yield ("SMK", "SMK", 510) if place % 8 == 1 else ("SMA", "SMA Negeri", 480)
    if place % 3 == 0:
        yield "PAUD", "PAUD", 34
    if place % 22 == 7:
        yield "SLB", "SLB", 60
    if place % 16 == 3:
        yield "pesantren", "Pesantren", 180


def _head(seed: int) -> tuple[str, str]:
    """Return who to ring: of some RT, an invented name and a number that cannot be dialled."""
    if seed % 4:
        return "", ""
    name = f"{_FIRST[seed % len(_FIRST)]} {_LAST[seed // 7 % len(_LAST)]}"
    return name, f"0800-1-{seed // 1000 % 1000:03}-{seed % 1000:03}"


def _point(code: str, places: Sequence[Place]) -> Point:
    inside = [one.code for one in places if one.code[:8] == code[:8]]
    return _around(_MIDDLE[code[:8]][0], inside.index(code), 0.0085)


def _around(middle: Point, place: int, apart: float) -> Point:
    """Return the next seed of a sunflower."""
    far = apart * sqrt(place)
    return middle[0] + far * sin(place * _TURN), middle[1] + far * cos(place * _TURN)


def _seed(text: str) -> int:
    return crc32(text.encode())
