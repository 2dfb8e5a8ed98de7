"""What comes first when days and people are short: promises, the least share, then weight.

Where to go was chosen with a floor for each kecamatan. A floor is broken again where small
visits find no time: so here shares are counted from what has a time already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from ruang.planner.rules import Booked

NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Item:
    """A session to find a time and people for.

    :ivar visit: what is known of it; its time and people say nothing yet
    :ivar prize: what it counts
    :ivar district: the kecamatan whose share it adds to
    :ivar must: it is held in any case, before anything else; who asked first comes first
    """

    visit: Booked
    minutes: int
    prize: int
    district: str = ""
    must: bool = False
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """One programme's floor: what is due in each kecamatan, and what is taken up already.

    :ivar floor: part of the mean share that each kecamatan gets at least
    """

    floor: float
    whole: Mapping[str, float]
    base: Mapping[str, float]

    def to_json(self) -> list[Any]:
        """Return it as the best so far is kept."""
        return [self.floor, dict(self.whole), dict(self.base)]

    @classmethod
    def from_json(cls, kept: list[Any]) -> Self:
        """Read what was kept."""
        return cls(*kept)


Scales = Mapping[UUID, Scale]
Score = tuple[int, float, int]
"""How many promises are kept, how far below its floor the lowest is (negative), what counts."""


class Balance:
    """What each kecamatan has so far, programme by programme."""

    def __init__(self, scales: Scales, made: Iterable[Item] = ()) -> None:
        self._scales = scales
        self._has: dict[UUID, Counter[str]] = defaultdict(Counter)
        for one in made:
            self.add(one)

    def add(self, item: Item) -> None:
        """Count a session that has found its time."""
        self._has[item.visit.programme][item.district] += item.prize

    def short(self, programme: UUID, also: Item | None = None) -> float:
        """Return by how much of the mean the lowest kecamatan is below its floor; 0 if none is.

        :param also: as if this were held too
        """
        scale = self._scales.get(programme)
        if scale is None or scale.floor <= 0:
            return 0.0
        shares, mean = self._shares(programme, scale, also)
        if mean <= 0 or not shares:
            return 0.0
        return max(0.0, scale.floor - min(shares.values()) / mean - NOTHING)

    def share(self, programme: UUID, district: str) -> float:
        """Return which share of what is due in a kecamatan is taken up."""
        scale = self._scales.get(programme)
        return self._shares(programme, scale, None)[0].get(district, 0.0) if scale else 0.0

    def below(self, programme: UUID) -> frozenset[str]:
        """Return the kecamatan below their floor."""
        scale = self._scales.get(programme)
        if scale is None:
            return frozenset()
        shares, mean = self._shares(programme, scale, None)
        least = scale.floor * mean - NOTHING
        return frozenset(code for code, share in shares.items() if share < least)

    def _shares(
        self, programme: UUID, scale: Scale, also: Item | None
    ) -> tuple[dict[str, float], float]:
        has = self._has[programme]
        got = {
            code: scale.base.get(code, 0.0)
            + has[code]
            + (also.prize if also and also.district == code else 0)
            for code, weight in scale.whole.items()
            if weight > 0
        }
        whole = sum(scale.whole.values())
        mean = sum(got.values()) / whole if whole else 0.0
        return {code: part / scale.whole[code] for code, part in got.items()}, mean


def next_of(left: Sequence[Item], balance: Balance) -> Item:
    """Return what is looked for next: a promise; what keeps the floors; what mends them.

    :param left: what counts most first
    """
    musts = [one for one in left if one.must]
    if musts:
        return min(musts, key=lambda one: (one.asked_on or date.max, str(one.visit.id)))
    now: dict[UUID, float] = {}
    for one in left:
        programme = one.visit.programme
        if programme not in now:
            now[programme] = max(0.0, balance.short(programme) - NOTHING)
        if balance.short(programme, also=one) <= now[programme]:
            return one
    return min(left, key=lambda one: balance.share(one.visit.programme, one.district))


def score(made: Iterable[Booked], items: Sequence[Item], scales: Scales) -> Score:
    """Return how good a plan is: more is better."""
    held = {one.id for one in made}
    there = [item for item in items if item.visit.id in held]
    balance = Balance(scales, there)
    short = sum(balance.short(programme) for programme in scales)
    return (
        sum(1 for one in there if one.must),
        -round(short, 6),
        sum(one.prize for one in there),
    )


def raised(items: Sequence[Item], scales: Scales) -> list[float]:
    """Return prizes in tiers, for a search that knows nothing but prizes.

    A promise counts for more than everything else together; what a kecamatan needs for its
    floor, beginning with what counts most, for more than anything that is not needed.
    """
    whole = float(sum(one.prize for one in items)) or 1.0
    largest = float(max((one.prize for one in items), default=1))
    needed = _needed(items, scales)
    return [
        one.prize + (whole if one.must else largest if one.visit.id in needed else 0.0)
        for one in items
    ]


def _needed(items: Sequence[Item], scales: Scales) -> set[UUID]:
    found: set[UUID] = set()
    for programme, scale in scales.items():
        own = sorted(
            (one for one in items if one.visit.programme == programme),
            key=lambda one: (-one.prize, str(one.visit.id)),
        )
        whole = sum(scale.whole.values())
        mean = (sum(scale.base.values()) + sum(one.prize for one in own)) / (whole or 1.0)
        has = Counter({code: float(part) for code, part in scale.base.items()})
        for one in own:
            if has[one.district] < scale.floor * mean * scale.whole.get(one.district, 0.0):
                found.add(one.visit.id)
                has[one.district] += one.prize
    return found
