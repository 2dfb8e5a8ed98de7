"""Two plans side by side, and a whole plan on paper or as a sheet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.planner.models import Plan
from ruang.planner.settings import DISTRICT
from ruang.planner.shares import ShareLine, city_of, fairest, shares
from ruang.planner.showing import VisitLine, lines_of
from ruang.planner.states import State
from ruang.territory import queries as territory

MOST = 60
"""So many differences are listed; how many there are is always said."""

Unit = tuple[UUID, UUID, int]
"""A programme, the RW, school or community it goes to, and which of its visits there it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two plans."""

    id: UUID
    begins_on: date
    ends_on: date
    state: State
    visits: int
    city: ShareLine
    fairness: int | None
    people: int


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two plans side by side."""

    one: Side
    other: Side
    lines: tuple[tuple[ShareLine, ShareLine], ...]
    only_one: tuple[VisitLine, ...]
    only_other: tuple[VisitLine, ...]
    count_one: int
    count_other: int
    same: int
    at_another_time: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A whole plan, in the order of time."""

    plan_id: UUID
    begins_on: date
    ends_on: date
    state: State
    lines: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    side: Side
    lines: tuple[ShareLine, ...]
    visits: dict[Unit, VisitLine]


def compare_page(*, actor: Actor, plan_id: UUID, other_id: UUID, at: datetime) -> ComparePage:
    """Return two plans side by side."""
    one, other = _read(actor, plan_id, at), _read(actor, other_id, at)
    both = one.visits.keys() & other.visits.keys()
    only_one = [one.visits[unit] for unit in one.visits if unit not in both]
    only_other = [other.visits[unit] for unit in other.visits if unit not in both]
    moved = sum(1 for unit in both if one.visits[unit].starts != other.visits[unit].starts)
    return ComparePage(
        one=one.side,
        other=other.side,
        lines=tuple(zip(one.lines, other.lines, strict=True)),
        only_one=tuple(only_one[:MOST]),
        only_other=tuple(only_other[:MOST]),
        count_one=len(only_one),
        count_other=len(only_other),
        same=len(both) - moved,
        at_another_time=moved,
    )


def paper_page(*, actor: Actor, plan_id: UUID, at: datetime) -> PaperPage:
    """Return a whole plan, for paper or for a sheet."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    return PaperPage(
        plan_id=plan.pk,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        state=State(plan.state),
        lines=tuple(line for line, _staff in lines_of(plan, at=at)),
    )


def _read(actor: Actor, plan_id: UUID, at: datetime) -> _Read:
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    rows = list(plan.visits.order_by("starts_at", "id").values(
        "id", "programme_id", "rw_id", "school_id", "community_id", "village_id"
    ))  # fmt: skip
    by_id = {line.id: (line, staff) for line, staff in lines_of(plan, at=at)}
    counts = Counter(row["village_id"][:DISTRICT] for row in rows)
    lines = shares(plan.ends_on, (row["rw_id"] for row in rows if row["rw_id"]), counts, at=at)
    return _Read(
        side=Side(
            id=plan.pk,
            begins_on=plan.begins_on,
            ends_on=plan.ends_on,
            state=State(plan.state),
            visits=len(rows),
            city=city_of(lines, territory.city().name),
            fairness=fairest(lines),
            people=len({who for _line, staff in by_id.values() for who in staff}),
        ),
        lines=lines,
        visits=_by_unit((row, by_id[row["id"]][0]) for row in rows),
    )


def _by_unit(rows: Iterable[tuple[Any, VisitLine]]) -> dict[Unit, VisitLine]:
    """Return visits by where they go: the first to a place, the second, and so on."""
    found: dict[Unit, VisitLine] = {}
    turns: Counter[tuple[UUID, UUID]] = Counter()
    for row, line in rows:
        to = (row["programme_id"], row["rw_id"] or row["school_id"] or row["community_id"])
        found[*to, turns[to]] = line
        turns[to] += 1
    return found
