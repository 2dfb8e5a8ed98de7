"""What happens to the register of places. No fact names anybody who lives there."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PlaceChanged(Event):
    """A place was added, corrected, split, merged or ended."""

    name: ClassVar[str] = "register.place_changed"
    place: UUID
    kind: str
    step: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class ContactChanged(Event):
    """Somebody else is rung about a place, or nobody any more."""

    name: ClassVar[str] = "register.contact_changed"
    place: UUID
    kind: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ListMoved(Event):
    """A list was read, taken over or dropped."""

    name: ClassVar[str] = "register.list_moved"
    staged: UUID
    kind: str
    move: str
    added: int = 0
    changed: int = 0
    ended: int = 0
    left_out: int = 0
