"""Public instances as they are published, read from the folder ``DATA``; nothing is kept here.

p-median (OR-Library): ``pmedN.txt`` and ``pmedopt.txt``. Edges are read in turn, the last of
two counts, then all shortest paths. (T)OPTW: rows of Solomon's or of Cordeau's layout, and
``published.csv`` with the best published value for a number of vehicles; distances are cut off
after one decimal.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ruang.solvers.orienteering import Routing, Shift, Visit, Window


class Network(NamedTuple):
    name: str
    costs: np.ndarray
    p: int
    best: float


class Outing(NamedTuple):
    name: str
    vehicles: int
    routing: Routing
    best: float


def numbers_in(text: str) -> list[float]:
    return [float(token) for token in re.findall(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text)]


def files(data: Path, pattern: str) -> list[Path]:
    """Files anywhere below the folder whose names fit, in the order of the numbers in them."""
    found = [path for path in data.rglob("*") if re.fullmatch(pattern, path.name.lower())]
    return sorted(found, key=lambda p: (re.sub(r"\d", "", p.stem), numbers_in(p.stem)))


def networks(data: Path) -> Iterator[Network]:
    best = {}
    for path in files(data, r"pmed_?opt.*\.txt"):
        for name, value in re.findall(r"(?i)pmed(\d+)\D+?(\d+)", path.read_text()):
            best[int(name)] = float(value)
    for path in files(data, r"pmed\d+(\.txt)?"):
        number = int(re.sub(r"\D", "", path.stem))
        if number in best:
            costs, p = network(path.read_text())
            yield Network(f"pmed{number}", costs, p, best[number])


def network(text: str) -> tuple[np.ndarray, int]:
    tokens = [int(number) for number in numbers_in(text)]
    n, edges, p = tokens[:3]
    costs = np.full((n, n), np.inf)
    for k in range(3, 3 + 3 * edges, 3):
        a, b, length = tokens[k : k + 3]
        costs[a - 1, b - 1] = costs[b - 1, a - 1] = length
    np.fill_diagonal(costs, 0.0)
    for k in range(n):
        np.minimum(costs, costs[:, k : k + 1] + costs[k : k + 1, :], out=costs)
    return costs, p


def outings(data: Path) -> Iterator[Outing]:
    paths = {path.stem.lower(): path for path in files(data, r"(c|r|rc|pr)\d+\.\w+")}
    for path in files(data, r"published.*\.csv"):
        text = path.read_text()
        dialect = ";" if text.count(";") > text.count(",") else ","
        for row in csv.DictReader(text.splitlines(), delimiter=dialect):
            given = {str(key).strip().lower(): value for key, value in row.items()}
            name = given["instance"].strip().lower()
            vehicles = int(given.get("vehicles") or given["m"])
            if name in paths and given.get("best"):
                routing = outing(paths[name].read_text(), vehicles)
                yield Outing(name, vehicles, routing, float(given["best"]))


def rows_of(text: str) -> list[tuple[float, ...]]:
    """x, y, service, prize, opens, closes of the start and of each visit."""
    rows = []
    for line in text.splitlines():
        tokens = line.split()
        if len(tokens) < 7 or not all(re.fullmatch(r"-?[\d.]+", token) for token in tokens):
            continue
        row = [float(token) for token in tokens]
        if len(row) == 7:  # Solomon: demand, ready, due, service
            rows.append((row[1], row[2], row[6], row[3], row[4], row[5]))
        else:  # Cordeau: service, prize, then how often and when, and last the window
            rows.append((row[1], row[2], row[3], row[4], row[-2], row[-1]))
    return rows


def outing(text: str, vehicles: int) -> Routing:
    rows = rows_of(text)
    at = np.array([row[:2] for row in rows])
    apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2))
    travel = np.floor(apart * 10 + 1e-9) / 10
    earliest, latest = rows[0][4], rows[0][5]
    shifts = tuple(
        Shift(members=(str(m),), begin=0, finish=0, earliest=earliest, latest=latest)
        for m in range(vehicles)
    )
    visits = tuple(
        Visit(place=n, service=row[2], prize=row[3], windows=(Window(row[4], row[5]),))
        for n, row in enumerate(rows)
        if n
    )
    return Routing(travel=travel, shifts=shifts, visits=visits)
