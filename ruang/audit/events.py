"""What the trail itself records: openings, refusals, checkpoints."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """Somebody opened a compartment of somebody's record."""

    name: ClassVar[str] = "audit.opened"
    about: UUID
    compartment: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class WasRefused(Event):
    """Somebody tried what the rules do not allow."""

    name: ClassVar[str] = "audit.refused"
    user: UUID
    rule: str
    page: str


@dataclass(frozen=True, slots=True)
class Verified(Event):
    """Somebody had the trail proven. ``first_bad`` is 0 when every row is what was recorded."""

    name: ClassVar[str] = "audit.verified"
    by: UUID
    facts: int
    first_bad: int
