"""What the demo knows while it is played: who is who, and what became of each contact."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ruang.demo.stage import Stage


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    do: Callable[[datetime], object]


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A report that came in, and the words that open it."""

    report_id: UUID
    number: str
    words: str


@dataclass(slots=True)
class World:
    """Organisations and people by key and login; contacts by key."""

    stage: Stage = field(default_factory=Stage)
    places: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    requests: dict[tuple[str, int], UUID] = field(default_factory=dict)
    """By the contact's key and the place of the request in its list."""
