"""What a phone says about a session, read without trusting anything of it.

Pages without JavaScript come to the same values another way (``web/field/forms``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import pbkdf2_hmac
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.prevention.logged import Counted, Log, SheetTold
from ruang.prevention.states import Phase
from ruang.register.states import Band, Sex
from ruang.vault.phones import Entry

UNREADABLE = _("The office cannot read this entry. Write it down again, and remove it here.")
LONGEST = 4_000
"""Characters of a note."""
MOST = 9_999
ROUNDS = 50_000
"""Of PBKDF2, on the phone and here: a code is short, and nobody shall try all at once."""


@dataclass(frozen=True, slots=True)
class SentLog:
    """A log, as it was written in the hall.

    :ivar starts_at: when the page said that the session begins; None if the page did not know
    :ivar rts: the RT that were there; None if the page knew none, then all that were invited
    :ivar is_whole: whoever came by code is among those counted, too
    :ivar is_by_code: no head is counted, since everybody scanned the code; how many did, a
        phone without a signal cannot know
    :ivar written_at: when it was written, by the clock of the phone
    """

    id: UUID
    session: UUID
    counted: tuple[Counted, ...]
    rts: tuple[UUID, ...] | None = None
    note: str = field(default="", repr=False)
    starts_at: datetime | None = None
    written_at: datetime | None = None
    is_whole: bool = False
    is_by_code: bool = False

    @property
    def heads(self) -> int:
        """Return how many were counted by somebody."""
        return sum(one.people for one in self.counted)

    def log(self, invited: Sequence[UUID]) -> Log:
        """Return it as the command takes it."""
        rts = self.rts if self.rts is not None else invited
        return Log(rts=rts, counted=self.counted, is_whole=self.is_whole)


@dataclass(frozen=True, slots=True)
class SentSheet:
    """One anonymous sheet."""

    id: UUID
    session: UUID
    sheet: SheetTold


def log_of(entry: Entry) -> SentLog:
    """Return the log in an entry.

    :raises Refused: if it is none
    """
    said = entry.said
    try:
        rts = said.get("rts")
        return SentLog(
            id=entry.id,
            session=UUID(said["session"]),
            counted=tuple(map(_counted, said["counted"])),
            rts=None if rts is None else tuple(map(UUID, rts)),
            note=note_of(said.get("note", "")),
            starts_at=_moment(said.get("starts_at")),
            written_at=_moment(said.get("at")),
            is_whole=said.get("whole") is True,
            is_by_code=said.get("by_code") is True,
        )
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        raise Refused(UNREADABLE) from None


def sheet_of(entry: Entry) -> SentSheet:
    """Return the sheet in an entry.

    :raises Refused: if it is none
    """
    said = entry.said
    try:
        pair = said["pair"]
        if len(bytes.fromhex(pair)) != 16:
            raise Refused(UNREADABLE)
        answers = tuple((UUID(one), _choice(choice)) for one, choice in said["answers"])
        sheet = SheetTold(pair=pair, phase=Phase(said["phase"]), answers=answers)
        return SentSheet(entry.id, UUID(said["session"]), sheet)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Refused(UNREADABLE) from None


def session_of(said: Mapping[str, Any]) -> UUID:
    """Return the session an entry is about.

    :raises Refused: if it names none
    """
    try:
        return UUID(said["session"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Refused(UNREADABLE) from None


def pair_of(session: UUID, code: str) -> str:
    """Return what is stored of a made-up code: the same in one session, another in the next.

    The phone does the same before anything leaves it.
    """
    plain = "".join(one for one in tidy(code).lower() if one.isalnum())
    return pbkdf2_hmac("sha256", plain.encode(), session.bytes, ROUNDS, 16).hex()


def note_of(text: object) -> str:
    """Return a note in storable form.

    :raises Refused: if it is too long
    """
    plain = tidy(text) if isinstance(text, str) else ""
    if len(plain) > LONGEST:
        raise Refused(_("This is too long for one piece. Divide it into several."))
    return plain


def _counted(row: Sequence[Any]) -> Counted:
    sex, band, *numbers = row
    people, first_time, with_disability = map(_count, numbers)
    return Counted(Sex(sex), Band(band), people, first_time, with_disability)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise ValueError("not a count")
    return value


def _choice(value: object) -> int | None:
    return None if value is None else _count(value)


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment has a zone")
    return found
