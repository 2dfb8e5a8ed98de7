"""What triage decides."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ReportDecided(Event):
    """A report was decided."""

    name: ClassVar[str] = "triage.report_decided"
    report: UUID
    desk: UUID
    outcome: str
    case: UUID | None = None
    to_desk: UUID | None = None
    same_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class CaseCodeIssued(Event):
    """Who reported was given seven new words by the team of the case."""

    name: ClassVar[str] = "triage.case_code_issued"
    case: UUID
    report: UUID
    checked: str
