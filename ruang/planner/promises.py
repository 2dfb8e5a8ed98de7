"""What a plan as it stands has promised and keeps: old requests, and the least share.

Counted from its visits, not from what a solver says of its choice: where no day and hour was
found for a visit, or a person took one out, the share and the request are gone with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ruang.planner import standing
from ruang.planner.asking import Waiting, serves, waited_long
from ruang.planner.models import Plan
from ruang.planner.needs import Need, needs
from ruang.planner.reading import spots
from ruang.planner.states import Left
from ruang.prevention.models import Programme
from ruang.prevention.states import Unit

Visited = Mapping[UUID, Counter[UUID]]
"""Programme → how many visits each RW, school and community has."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one programme's visits take up.

    :ivar shares: kecamatan → part of what is due there that is taken up
    :ivar least: the lowest of them as percent of the mean; None where nothing is taken up
    """

    shares: dict[str, float]
    least: float | None


def held(need: Need, visited: Mapping[UUID, int]) -> Held:
    """Return what so many visits to each place take up of what is due."""
    whole: Counter[str] = Counter()
    got: Counter[str] = Counter()
    weights = {}
    for one in need.demands:
        whole[one.district] += one.weight
        weights[one.id] = (one.district, one.weight)
    reached = {
        which
        for one in need.candidates
        if one.turn < visited.get(one.unit, 0)
        for which in one.reaches
    }
    for which in reached:
        district, weight = weights[which]
        got[district] += weight
    shares = {code: got[code] / weight for code, weight in whole.items() if weight}
    mean = sum(got.values()) / (sum(whole.values()) or 1)
    least = 100 * min(shares.values()) / mean if mean and shares else None
    return Held(shares, least)


def tell(plan: Plan, *, at: datetime, by_hand: bool = False) -> None:
    """Write into a plan's certificate what its visits keep; the caller saves it.

    :param by_hand: a person changed what the worker had found
    """
    rows = list(plan.visits.all())
    visited: dict[UUID, Counter[UUID]] = {}
    for row in rows:
        unit = row.rw_id or row.school_id or row.community_id
        if unit is not None:
            visited.setdefault(row.programme_id, Counter())[unit] += 1
    found = needs(plan, spots(), at=at)
    answered = {row.request_id for row in rows if row.request_id}
    before = dict(plan.certificate.get("left", []))
    left = []
    for request, why in left_out(plan, found, visited, answered):
        if by_hand and why == Left.NO_TIME:
            why = Left(before.get(str(request), Left.DROPPED))  # noqa: PLW2901 - said better
        left.append([str(request), why.value])
    plan.certificate = {
        **plan.certificate,
        "held": {str(one.programme): _told(one, visited) for one in found},
        "left": left,
    }


def left_out(
    plan: Plan, found: Iterable[Need], visited: Visited, answered: set[UUID]
) -> list[tuple[UUID, Left]]:
    """Return the requests that waited long and have no visit, each with the reason."""
    found = list(found)
    programmes = Programme.objects.in_bulk([one.programme for one in found])
    out = []
    for one in waited_long(plan):
        if one.request.pk not in answered:
            able = [
                need
                for need in found
                if need.unit == one.request.unit
                and serves(programmes[need.programme], one.request.audience)
            ]
            why = _why(one, able, visited)
            if why is not None:
                out.append((one.request.pk, why))
    return out


def _why(one: Waiting, able: list[Need], visited: Visited) -> Left | None:
    if one.unit is None or (one.request.rw and one.request.rw.ended_on):
        return Left.NOT_FOUND
    if not able:
        return Left.NO_PROGRAMME
    there = [(need, c) for need in able for c in need.candidates if c.unit == one.unit]
    for need, candidate in there:
        if candidate.request == one.request.pk:
            if visited.get(need.programme, Counter())[one.unit]:
                return None
            return Left.MANY if _is_over(need, candidate.unit) else Left.NO_TIME
    if one.request.unit == Unit.RW and not standing.rts().filter(rw=one.unit).exists():
        return Left.NO_RT
    return Left.SAME_PLACE if any(c.request for _need, c in there) else Left.ALREADY


def _is_over(need: Need, unit: UUID) -> bool:
    """Say whether there are as many older requests as sessions."""
    musts = [one for one in need.candidates if one.must]
    musts.sort(key=lambda one: (one.asked_on or date.max, str(one.unit)))
    return unit in {one.unit for one in musts[need.sessions :]}


def _told(need: Need, visited: Visited) -> dict[str, Any]:
    found = held(need, visited.get(need.programme, Counter()))
    least = None if found.least is None else round(found.least, 1)
    return {"shares": found.shares, "least": least}
