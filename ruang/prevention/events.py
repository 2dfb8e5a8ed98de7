"""What happens in prevention: ids and codes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class SessionMoved(Event):
    """A session was planned, moved, logged as held, or cancelled."""

    name: ClassVar[str] = "prevention.session_moved"
    session: UUID
    programme: UUID
    step: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class RequestMoved(Event):
    """Somebody asked for a session, or was answered."""

    name: ClassVar[str] = "prevention.request_moved"
    request: UUID
    step: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PileMoved(Event):
    """Requests that came too fast were put into the queue or refused; the latest is named."""

    name: ClassVar[str] = "prevention.pile_moved"
    request: UUID
    step: str
    count: int


@dataclass(frozen=True, slots=True)
class ProgrammeChanged(Event):
    """A programme, a question or a material of it was written; ``thing`` says what."""

    name: ClassVar[str] = "prevention.programme_changed"
    programme: UUID
    item: UUID
    thing: str
    step: str


@dataclass(frozen=True, slots=True)
class FacilitatorChanged(Event):
    """What a facilitator can, or when she is free, was written; ``thing`` says what."""

    name: ClassVar[str] = "prevention.facilitator_changed"
    facilitator: UUID
    user: UUID
    thing: str


@dataclass(frozen=True, slots=True)
class CadreAreaChanged(Event):
    """A cadre was given RW to look after."""

    name: ClassVar[str] = "prevention.cadre_area_changed"
    user: UUID
    count: int


@dataclass(frozen=True, slots=True)
class LogSent(Event):
    """A log came from a phone, was taken over, waits, or was set aside."""

    name: ClassVar[str] = "prevention.log_sent"
    entry: UUID
    session: UUID
    move: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class LotMoved(Event):
    """Sheets or photos from a phone wait, or were decided on; which they are stands nowhere."""

    name: ClassVar[str] = "prevention.lot_moved"
    session: UUID
    kind: str
    move: str
    count: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class SheetTaken(Event):
    """An anonymous sheet came in; which one stands nowhere."""

    name: ClassVar[str] = "prevention.sheet_taken"
    session: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class PhotoMoved(Event):
    """A photo was sent, confirmed, or rejected and deleted."""

    name: ClassVar[str] = "prevention.photo_moved"
    photo: UUID
    session: UUID
    move: str
