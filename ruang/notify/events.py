"""What happens to the duty list."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class DutyChanged(Event):
    """Somebody was put on the duty list or taken off it."""

    name: ClassVar[str] = "notify.duty_changed"
    desk: UUID
    user: UUID
    is_active: bool


@dataclass(frozen=True, slots=True)
class ReachChanged(Event):
    """How a member of staff is reached was changed."""

    name: ClassVar[str] = "notify.reach_changed"
    desk: UUID
    user: UUID
