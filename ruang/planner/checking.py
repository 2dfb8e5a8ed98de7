"""The check of a whole plan as it stands: at once after a change, and before publishing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.planner.models import Plan, Visit
from ruang.planner.reading import booked, fixed, ground, spots
from ruang.planner.rules import check
from ruang.planner.states import Broken


@dataclass(frozen=True, slots=True)
class Look:
    """What was found about one visit.

    :ivar rules: the rules it breaks, or that others break because of it
    :ivar others: the visits that break a rule because of it
    """

    rules: tuple[Broken, ...]
    others: tuple[UUID, ...]


def broken_of(
    plan: Plan, visits: Iterable[Visit], *, at: datetime
) -> dict[UUID, tuple[Broken, ...]]:
    """Return what each visit of a plan breaks, beside the sessions that exist already."""
    where = spots()
    own = [booked(visit, where) for visit in visits]
    return check([*fixed(plan, where, at=at), *own], ground(plan, where, at=at))


def look_at(plan: Plan, visits: Iterable[Visit], *, about: UUID, at: datetime) -> Look:
    """Return what one visit breaks: itself, or by making another one break a rule.

    What others broke already without it is not held against it.
    """
    where = spots()
    own = [booked(visit, where) for visit in visits]
    around, rules = fixed(plan, where, at=at), ground(plan, where, at=at)
    found = check([*around, *own], rules)
    before = check([*around, *(one for one in own if one.id != about)], rules)
    others = {
        which: set(broken) - set(before.get(which, ()))
        for which, broken in found.items()
        if which != about
    }
    broken = set(found.get(about, ())).union(*others.values())
    return Look(
        rules=tuple(rule for rule in Broken if rule in broken),
        others=tuple(which for which, new in others.items() if new),
    )
