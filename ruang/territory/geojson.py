"""Reading a GeoJSON file (RFC 7946) that a stranger may have made, into plain polygons.

Whatever is not an area with longitudes and latitudes is refused in words; nothing in the file
is believed, and it is never kept.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy

LARGEST = 10_000_000
"""Octets. A city's boundaries with every bend are about half of that."""
MOST_FEATURES, MOST_POINTS = 5_000, 400_000
LONGEST_NAME = 80

Point = tuple[float, float]
"""Longitude and latitude, in this order."""
Ring = tuple[Point, ...]

NOT_GEOJSON = _("This is not a GeoJSON file with a list of areas (FeatureCollection).")


@dataclass(frozen=True, slots=True)
class Area:
    """One feature that is an area: its short properties, and its rings."""

    properties: Mapping[str, str]
    rings: tuple[Ring, ...]


def read(content: bytes) -> tuple[Area, ...]:
    """Return the areas of a file; what is a point, a line or nothing is left out.

    :raises Refused: if it is too large, no GeoJSON, or not in longitude and latitude
    """
    if len(content) > LARGEST:
        raise Refused(_("This file is larger than 10 MB. Simplify the boundaries first."))
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused(NOT_GEOJSON) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise Refused(NOT_GEOJSON)
    if len(features) > MOST_FEATURES:
        raise Refused(
            _("There are more than 5,000 areas in this file. Keep those of the city.")
        )
    areas = tuple(area for one in features if (area := _area(one)) is not None)
    if sum(len(ring) for area in areas for ring in area.rings) > MOST_POINTS:
        raise Refused(_("These boundaries have too many points. Simplify them first."))
    return areas


def _no_number(_word: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no numbers of JSON")


def _area(feature: Any) -> Area | None:
    if not isinstance(feature, dict):
        raise Refused(NOT_GEOJSON)
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return None
    coordinates = geometry.get("coordinates")
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(
        str(geometry.get("type"))
    )
    if polygons is None:
        return None
    rings = tuple(_ring(ring) for polygon in _list(polygons) for ring in _list(polygon))
    return Area(dict(_properties(feature.get("properties"))), rings) if rings else None


def _properties(found: Any) -> Iterator[tuple[str, str]]:
    for name, value in found.items() if isinstance(found, dict) else ():
        if isinstance(value, str | int) and len(text := str(value)) <= LONGEST_NAME:
            yield tidy(str(name))[:LONGEST_NAME].casefold(), tidy(text)


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise Refused(NOT_GEOJSON)
    return found


def _ring(found: Any) -> Ring:
    points = tuple(_point(one) for one in _list(found))
    if len(points) < 4:
        raise Refused(_("An area in this file has fewer than three corners."))
    return points


def _point(found: Any) -> Point:
    numbers = _list(found)[:2]
    if len(numbers) < 2 or not all(type(one) in {int, float} for one in numbers):
        raise Refused(NOT_GEOJSON)
    longitude, latitude = numbers
    if not (abs(longitude) <= 180 and abs(latitude) <= 90 and isfinite(longitude)):
        raise Refused(
            _("These are no longitudes and latitudes. Save the file in WGS 84 (EPSG:4326).")
        )
    return float(longitude), float(latitude)
