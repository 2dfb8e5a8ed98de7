"""People counted: sums over RT, by sex and band."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise

from ruang.register.models import COUNTS
from ruang.register.states import CHILDREN, Band, Sex

COLUMNS = ("households", "people", *COUNTS)


@dataclass(frozen=True, slots=True)
class BandLine:
    """How many women and men are in a band of age."""

    label: str | Promise
    female: int
    male: int


@dataclass(frozen=True, slots=True)
class People:
    """How many live somewhere."""

    households: int
    total: int
    female: int
    male: int
    children: int
    bands: tuple[BandLine, ...]

    @classmethod
    def of(cls, counted: Mapping[str, Any]) -> Self:
        """Return the people of a row or a sum, by the columns of an RT."""
        count = {name: int(counted.get(name) or 0) for name in COLUMNS}
        by_sex = {s: sum(count[f"{s.value}_{b.value}"] for b in Band) for s in Sex}
        return cls(
            households=count["households"],
            total=count["people"],
            female=by_sex[Sex.FEMALE],
            male=by_sex[Sex.MALE],
            children=sum(count[f"{s.value}_{b.value}"] for s in Sex for b in CHILDREN),
            bands=tuple(
                BandLine(band.label, count[f"female_{band.value}"], count[f"male_{band.value}"])
                for band in Band
            ),
        )


def summed(rows: "QuerySet[Any]") -> tuple[int, People]:
    """Return how many RT there are, and the people of all of them."""
    found = rows.aggregate(**_named(), rts=Count("pk"))
    return found["rts"], People.of(_plain(found))


def summed_by(rows: "QuerySet[Any]", by: str) -> dict[Any, tuple[int, People]]:
    """Return the same for each value of a column."""
    found = rows.order_by().values(by).annotate(**_named(), rts=Count("pk"))
    return {row[by]: (row["rts"], People.of(_plain(row))) for row in found}


def added(rows: Iterable[Any]) -> People:
    """Return the people of RT that are here already."""
    sums = dict.fromkeys(COLUMNS, 0)
    for row in rows:
        for name in COLUMNS:
            sums[name] += getattr(row, name)
    return People.of(sums)


def _named() -> dict[str, Sum]:
    return {f"sum_{name}": Sum(name) for name in COLUMNS}


def _plain(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[f"sum_{name}"] for name in COLUMNS}
