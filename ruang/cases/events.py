"""What happens to a case."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """A case was opened."""

    name: ClassVar[str] = "cases.case_opened"
    case: UUID
    desk: UUID
    manager: UUID
    deputy: UUID


@dataclass(frozen=True, slots=True)
class CaseMoved(Event):
    """A case was rated, identified, closed or reopened, or what she wrote needs no answer."""

    name: ClassVar[str] = "cases.case_moved"
    case: UUID
    desk: UUID
    step: str
    code: str


@dataclass(frozen=True, slots=True)
class ToldAgain(Event):
    """Another report of the same came in; what it tells stands in the case now."""

    name: ClassVar[str] = "cases.told_again"
    case: UUID
    desk: UUID


@dataclass(frozen=True, slots=True)
class AgeCorrected(Event):
    """What was written of its people said whether a case is about a child."""

    name: ClassVar[str] = "cases.age_corrected"
    case: UUID
    desk: UUID
    code: str


@dataclass(frozen=True, slots=True)
class EntryWritten(Event):
    """A member wrote in a compartment."""

    name: ClassVar[str] = "cases.entry_written"
    case: UUID
    entry: UUID
    compartment: str
    kind: str


@dataclass(frozen=True, slots=True)
class ThreadWritten(Event):
    """Reporter or team wrote a message in the case's thread."""

    name: ClassVar[str] = "cases.thread_written"
    case: UUID
    desk: UUID
    message: UUID
    side: str
    kind: str


@dataclass(frozen=True, slots=True)
class TeamChanged(Event):
    """Somebody joined, left, was barred, or may read more or less than before."""

    name: ClassVar[str] = "cases.team_changed"
    case: UUID
    user: UUID
    change: str
    part: str = ""
    compartments: str = ""
    code: str = ""
