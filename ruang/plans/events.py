"""What happens in a plan: ids and codes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PlanMoved(Event):
    """Something of a plan was written or went a step on; ``thing`` says what."""

    name: ClassVar[str] = "plans.plan_moved"
    case: UUID
    desk: UUID
    item: UUID
    thing: str
    step: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class TaskMoved(Event):
    """A task was set, done or cancelled."""

    name: ClassVar[str] = "plans.task_moved"
    case: UUID
    desk: UUID
    task: UUID
    user: UUID
    step: str
    code: str = ""
