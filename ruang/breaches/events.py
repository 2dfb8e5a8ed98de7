"""What happens to a breach of personal data."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class BreachRecorded(Event):
    """A breach was put on record."""

    name: ClassVar[str] = "breaches.breach_recorded"
    breach: UUID
    desk: UUID
    kind: str
    people: str


@dataclass(frozen=True, slots=True)
class BreachMoved(Event):
    """Notice was given, its clock was kept, or it was said why no notice is due."""

    name: ClassVar[str] = "breaches.breach_moved"
    breach: UUID
    desk: UUID
    step: str
    code: str = ""
