"""What happens to a report."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ReportReceived(Event):
    """A report came in and is stored."""

    name: ClassVar[str] = "intake.report_received"
    report: UUID
    desk: UUID
    door: str
    danger: bool


@dataclass(frozen=True, slots=True)
class ReportMoved(Event):
    """A report was taken, handed on, put back, taken over, freed, rated or decided.

    :ivar former: out of whose hands it was taken
    """

    name: ClassVar[str] = "intake.report_moved"
    report: UUID
    desk: UUID
    step: str
    holder: UUID | None = None
    code: str = ""
    former: UUID | None = None


@dataclass(frozen=True, slots=True)
class MessageWritten(Event):
    """Reporter or desk wrote a message."""

    name: ClassVar[str] = "intake.message_written"
    report: UUID
    desk: UUID
    message: UUID
    side: str
    kind: str


@dataclass(frozen=True, slots=True)
class ReportFollowed(Event):
    """The reporter opened her thread with the seven words."""

    name: ClassVar[str] = "intake.report_followed"
    report: UUID


@dataclass(frozen=True, slots=True)
class RiskChecked(Event):
    """Danger signs were asked for; what was answered is sealed."""

    name: ClassVar[str] = "intake.risk_checked"
    report: UUID
    desk: UUID
    check: UUID
    suggested: str


@dataclass(frozen=True, slots=True)
class DraftMoved(Event):
    """A draft was begun, shows danger, was taken over, finished or discarded."""

    name: ClassVar[str] = "intake.draft_moved"
    draft: UUID
    desk: UUID
    move: str
    report: UUID | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class CodeIssued(Event):
    """Who reported was given seven new words; the old ones open nothing more."""

    name: ClassVar[str] = "intake.code_issued"
    report: UUID
    desk: UUID
    checked: str
