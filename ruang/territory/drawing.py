"""Boundaries made small enough to send with a page: one grid for all, so neighbours still fit.

Points are moved to a grid of a thousand steps; a point that falls on the one before, or between
two that lie in line, goes. Two kelurahan that share an edge share the same grid points, so no
sliver opens between them, as it does where each is simplified alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians

from ruang.territory.geojson import Point, Ring

STEPS = (1000, 500, 250, 120)
"""Steps of the grid along the longer side, finest first."""
LARGEST = 250_000
"""Letters of all paths together; beyond it the next coarser grid is taken."""

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths by code in a frame of so many steps, and the middle of each."""

    width: int
    height: int
    paths: Mapping[str, str]
    middles: Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    narrow: float
    scale: float

    def cell(self, point: Point) -> Cell:
        longitude, latitude = point
        return (
            round((longitude - self.west) * self.narrow * self.scale),
            round((self.north - latitude) * self.scale),
        )


def draw(areas: Mapping[str, Iterable[Ring]]) -> Drawing:
    """Return what to draw for each code. There is at least one area."""
    rings = {code: tuple(found) for code, found in areas.items()}
    middles = {code: _middle(max(found, key=_size)) for code, found in rings.items()}
    for steps in STEPS:
        frame, width, height = _frame(
            [p for r in rings.values() for one in r for p in one], steps
        )
        paths = {code: "".join(_path(one, frame) for one in r) for code, r in rings.items()}
        if sum(map(len, paths.values())) <= LARGEST:
            break
    return Drawing(width, height, {code: path for code, path in paths.items() if path}, middles)


def _frame(points: list[Point], steps: int) -> tuple[_Frame, int, int]:
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = max(cos(radians((south + north) / 2)), 0.01)
    wide, high = (east - west) * narrow, north - south
    scale = steps / max(wide, high, 1e-6)
    frame = _Frame(west, north, narrow, scale)
    return frame, max(1, round(wide * scale)), max(1, round(high * scale))


def _path(ring: Ring, frame: _Frame) -> str:
    cells: list[Cell] = []
    for cell in map(frame.cell, ring):
        if cells and cell == cells[-1]:
            continue
        while len(cells) > 1 and _in_line(cells[-2], cells[-1], cell):
            cells.pop()
        cells.append(cell)
    if cells and cells[0] == cells[-1]:
        cells.pop()
    if len(cells) < 3:
        return ""
    return "M" + "L".join(f"{x},{y}" for x, y in cells) + "Z"


def _in_line(a: Cell, b: Cell, c: Cell) -> bool:
    across = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return across == 0


def _size(ring: Ring) -> float:
    return abs(_doubled(ring))


def _doubled(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs)


def _middle(ring: Ring) -> Point:
    """Return the centre of mass of a ring; of a ring without area, the mean of its corners."""
    first = ring[0]
    moved = tuple((x - first[0], y - first[1]) for x, y in ring)
    doubled = _doubled(moved)
    if abs(doubled) < 1e-12:
        return (
            sum(p[0] for p in ring) / len(ring),
            sum(p[1] for p in ring) / len(ring),
        )
    pairs = list(zip(moved, (*moved[1:], moved[0]), strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * doubled)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * doubled)
    return first[0] + x, first[1] + y
