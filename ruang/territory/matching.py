"""Which kelurahan an area of a file is: by its official code, or by name and kecamatan."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ruang.territory.geojson import Area, Ring

NAMES = (
    "nama", "name", "kelurahan", "desa", "namobj", "wadmkd", "nm_kel", "nama_kelurahan",
)  # fmt: skip
DISTRICTS = ("kecamatan", "district", "wadmkc", "nm_kec", "nama_kecamatan")
_DOTTED = re.compile(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")
_DIGITS = re.compile(r"^\d{10}$")


@dataclass(frozen=True, slots=True)
class Village:
    """A kelurahan of the city: its code, its names, and those of its kecamatan."""

    code: str
    names: tuple[str, ...]
    district: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """Rings by code, and what no kelurahan was found for, as the file calls it."""

    rings: Mapping[str, tuple[Ring, ...]]
    unmatched: tuple[str, ...]


def match(areas: Iterable[Area], villages: Iterable[Village]) -> Matched:
    """Say which area is which kelurahan. Two areas of one kelurahan are its two parts."""
    known = tuple(villages)
    by_code = {one.code: one for one in known}
    by_name = {
        (_plain(name), _plain(district)): one
        for one in known
        for name in one.names
        for district in one.district
    }
    rings: dict[str, tuple[Ring, ...]] = {}
    unmatched = []
    for area in areas:
        found = _by_code(area, by_code) or by_name.get(_said(area))
        if found is None:
            unmatched.append(_called(area))
        else:
            rings[found.code] = rings.get(found.code, ()) + area.rings
    return Matched(rings, tuple(unmatched))


def _by_code(area: Area, known: Mapping[str, Village]) -> Village | None:
    """A code with dots is Kemendagri's; ten digits may be another's, so the name decides."""
    name = _plain(_first(area, NAMES))
    for value in area.properties.values():
        if _DOTTED.match(value) and (found := known.get(value)):
            return found
        if _DIGITS.match(value):
            dotted = ".".join((value[:2], value[2:4], value[4:6], value[6:]))
            found = known.get(dotted)
            if found and (not name or name in {_plain(one) for one in found.names}):
                return found
    return None


def _said(area: Area) -> tuple[str, str]:
    return _plain(_first(area, NAMES)), _plain(_first(area, DISTRICTS))


def _first(area: Area, keys: Iterable[str]) -> str:
    return next((area.properties[key] for key in keys if area.properties.get(key)), "")


def _called(area: Area) -> str:
    parts = [_first(area, NAMES), _first(area, DISTRICTS)]
    codes = [one for one in area.properties.values() if _DOTTED.match(one)]
    return ", ".join(part for part in (*parts, *codes[:1]) if part)[:120]


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
