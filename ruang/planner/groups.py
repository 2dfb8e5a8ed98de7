"""For which target group a visit is: the level of a school says it, or who was left out.

The group that fewest sessions of the last year were for in that place; of those that are equal
the one the plan has fewest visits for so far. A session for everybody was one for each group.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.planner import standing
from ruang.planner.models import Plan
from ruang.planner.reading import moment, taken
from ruang.prevention.models import Session
from ruang.prevention.states import Audience, Unit
from ruang.register.states import SchoolLevel

YEAR = timedelta(days=365)
EVERYBODY = Audience.EVERYBODY.value
_ORDER = {one: number for number, one in enumerate(Audience.values)}
TAUGHT: dict[str, tuple[str, ...]] = {
    SchoolLevel.PRESCHOOL: (Audience.PARENTS, Audience.TEACHERS),
    SchoolLevel.PRIMARY: (Audience.CHILDREN,),
    SchoolLevel.JUNIOR: (Audience.TEENS,),
    SchoolLevel.SENIOR: (Audience.TEENS,),
    SchoolLevel.SPECIAL: (Audience.CHILDREN, Audience.TEENS),
    SchoolLevel.BOARDING: (Audience.TEENS, Audience.CHILDREN),
}
"""Whom a session at a school is for, by its level: children are under 13, teenagers from 13."""


class Groups:
    """Which group is next, in each place; what is chosen is remembered."""

    def __init__(self, plan: Plan, at: datetime) -> None:
        self._times = _times(plan, at)
        self._level = dict(standing.schools().values_list("pk", "level"))
        self._chosen: Counter[tuple[UUID, str]] = Counter()

    def note(self, programme: UUID, unit: UUID, audience: str) -> None:
        """Remember a visit."""
        self._chosen[programme, audience] += 1
        self._times[unit, audience] += 1

    def choose(self, programme: UUID, unit: UUID, audiences: Iterable[str]) -> str:
        """Return the group for which the next visit to a place is, and remember it."""
        groups = sorted(set(audiences), key=lambda one: _ORDER.get(one, len(_ORDER)))
        taught = [one for one in TAUGHT.get(self._level.get(unit, ""), ()) if one in groups]
        found = min(
            taught or groups or [EVERYBODY],
            key=lambda one: (self._reached(unit, one), self._chosen[programme, one]),
        )
        self.note(programme, unit, found)
        return str(found)

    def _reached(self, unit: UUID, audience: str) -> int:
        also = self._times[unit, EVERYBODY] if audience != EVERYBODY else 0
        return self._times[unit, audience] + also


def _times(plan: Plan, at: datetime) -> Counter[tuple[UUID, str]]:
    """Return how many sessions of any programme each place had or will have for each group."""
    rows = Session.objects.visible_to(SYSTEM).filter(
        taken(at),
        starts_at__gte=moment(plan.ends_on - YEAR, time.min),
        starts_at__lte=moment(plan.ends_on, time.max),
    )
    hosts = [f"{unit.value}_id" for unit in (Unit.RW, Unit.SCHOOL, Unit.COMMUNITY)]
    found: Counter[tuple[UUID, str]] = Counter()
    for rw, school, community, audience in rows.values_list(*hosts, "audience"):
        unit = rw or school or community
        if unit:
            found[unit, audience] += 1
    return found
