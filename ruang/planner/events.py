"""What happens to plans: ids and codes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PlanDrafted(Event):
    """Somebody began a plan."""

    name: ClassVar[str] = "planner.plan_drafted"
    plan: UUID
    begins_on: str
    sessions: int


@dataclass(frozen=True, slots=True)
class PlanMoved(Event):
    """A plan went one step on."""

    name: ClassVar[str] = "planner.plan_moved"
    plan: UUID
    step: str
    visits: int = 0


@dataclass(frozen=True, slots=True)
class VisitChanged(Event):
    """A person changed a visit of a plan: moved, dropped, added, kept."""

    name: ClassVar[str] = "planner.visit_changed"
    plan: UUID
    visit: UUID
    change: str


@dataclass(frozen=True, slots=True)
class PrioritiesSet(Event):
    """Somebody said how much each kecamatan counts in a year's plans."""

    name: ClassVar[str] = "planner.priorities_set"
    decision: UUID
    year: int
    districts: int
