"""What happens to a clock."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ClockMoved(Event):
    """A clock was started, paused, resumed, moved, met, ended, acknowledged or explained."""

    name: ClassVar[str] = "clocks.clock_moved"
    subject: UUID
    clock: UUID
    desk: UUID
    kind: str
    step: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PauseEnded(Event):
    """The last day of a pause is over: the clock runs on by itself."""

    name: ClassVar[str] = "clocks.pause_ended"
    subject: UUID
    clock: UUID
    desk: UUID
    kind: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class ClockSoon(Event):
    """A quarter of the time is left."""

    name: ClassVar[str] = "clocks.clock_soon"
    subject: UUID
    clock: UUID
    desk: UUID
    kind: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class ClockMissed(Event):
    """Time ran out. Told again, a level higher, until somebody acts."""

    name: ClassVar[str] = "clocks.clock_missed"
    subject: UUID
    clock: UUID
    desk: UUID
    kind: str
    level: int
    round: int = 0


@dataclass(frozen=True, slots=True)
class RuleChanged(Event):
    """The city corrected a time limit, its source, or whether it is in force."""

    name: ClassVar[str] = "clocks.rule_changed"
    desk: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class RuleAdded(Event):
    """The city added a time limit of its own."""

    name: ClassVar[str] = "clocks.rule_added"
    desk: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class RuleRemoved(Event):
    """The city removed a time limit of its own by which no clock ever ran."""

    name: ClassVar[str] = "clocks.rule_removed"
    desk: UUID
    kind: str
