"""What happens to a record."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class RecordMoved(Event):
    """A record was added, saved, set aside or brought back."""

    name: ClassVar[str] = "dossier.record_moved"
    case: UUID
    record: UUID
    kind: str
    step: str
    version: int
    code: str = ""
