"""What happens to a consent."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    """A ground for sharing was written down."""

    name: ClassVar[str] = "consents.consent_given"
    consent: UUID
    case: UUID
    organisation: UUID
    purpose: str
    basis: str


@dataclass(frozen=True, slots=True)
class ConsentMoved(Event):
    """A consent was taken back, or its time is over: nothing more is shared on it."""

    name: ClassVar[str] = "consents.consent_moved"
    consent: UUID
    case: UUID
    organisation: UUID
    step: str
