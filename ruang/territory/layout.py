"""About where a city's kecamatan lie, so that tiles can stand as on a map. Data, by code.

North is up. A city that is not here gets its places from imported boundaries, and without them
a plain grid in the order of codes. A line here is all that another city needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COLUMNS = 3

ROUGH: Mapping[str, tuple[tuple[str, ...], ...]] = {
    # Kota Serang: Kasemen north, Serang in the middle, Taktakan west, Walantaka east,
    # Cipocok Jaya below the middle, Curug south
    "36.73": (
        ("", "36.73.02", ""),
        ("36.73.06", "36.73.01", "36.73.03"),
        ("", "36.73.05", "36.73.04"),
    ),
}
"""City → rows from north to south, each from west to east; empty where nothing stands."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of a kecamatan."""

    latitude: float
    longitude: float


def places(
    city: str, districts: Iterable[str], middles: Mapping[str, Middle]
) -> tuple[str, ...]:
    """Return the kecamatan row by row; an empty text is a place where none stands.

    A kecamatan that the table does not know comes in a row of its own below.
    """
    codes = tuple(districts)
    if city in ROUGH:
        rows = [code if code in codes else "" for row in ROUGH[city] for code in row]
        return (*rows, *(code for code in codes if code not in rows))
    if codes and set(codes) <= set(middles):
        return _by_middles({code: middles[code] for code in codes})
    return codes


def _by_middles(middles: Mapping[str, Middle]) -> tuple[str, ...]:
    """From north to south in rows of three, each row from west to east."""
    southward = sorted(middles, key=lambda code: (-middles[code].latitude, code))
    rows = [southward[at : at + COLUMNS] for at in range(0, len(southward), COLUMNS)]
    return tuple(
        code for row in rows for code in sorted(row, key=lambda c: (middles[c].longitude, c))
    )
