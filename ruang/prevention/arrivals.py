"""The code on the wall of a hall: which it is, when it is open, and how much comes through it.

A code follows from its session, so that nothing is stored that could be listed; it is looked
for among the sessions that are open just now, and no other answers.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest
from threading import Lock
from uuid import UUID

from django.db.models import Q

from ruang.kernel.text import tidy
from ruang.prevention.codes import LETTERS, letters_of
from ruang.prevention.models import Arrivals, Session
from ruang.prevention.states import State
from ruang.vault import carry, root

LENGTH = 13
"""64 bits: whoever guesses a thousand codes a second needs longer than any session lasts."""
BEFORE, AFTER = timedelta(hours=1), timedelta(hours=2)
MOST = 500
"""Arrivals by code at one session, whatever the hall holds."""
A_MINUTE = 60
"""Arrivals by one code in a minute, in each process that answers pages."""


def arrival_code(session_id: UUID) -> str:
    """Return the code of a session: the same whenever it is moved, and stored nowhere."""
    made = carry.tag(root.key("carry"), f"session arrivals|{session_id}")
    return letters_of(made, LENGTH)


def spaced(code: str) -> str:
    """Return a code as it is read out and typed."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def plain(typed: str) -> str:
    """Return a code that was typed; spaces, hyphens and small letters do not matter."""
    return "".join(sign for sign in tidy(typed).upper() if sign in LETTERS)[: LENGTH + 1]


def opens_and_closes(session: Session) -> tuple[datetime, datetime]:
    """Return from when until when people are counted by code."""
    return session.starts_at - BEFORE, session.ends_at + AFTER


def is_open(session: Session, at: datetime) -> bool:
    """Say whether people are counted by code: around its hours, until it is logged."""
    opens, closes = opens_and_closes(session)
    return session.state == State.PLANNED and opens <= at <= closes


def behind(code: str, sessions: Iterable[Session]) -> Session | None:
    """Return the session a code belongs to, of those given."""
    typed = plain(code).encode()
    found = [one for one in sessions if compare_digest(arrival_code(one.pk).encode(), typed)]
    return found[0] if found else None


def most(session: Session) -> int:
    """Return how many are counted by code: twice what the hall holds, as some stand outside."""
    capacity = session.venue.capacity if session.venue else None
    return min(MOST, 2 * capacity) if capacity else MOST


def came_by_code(session_id: UUID) -> bool:
    """Say whether anybody was counted by code, and not yet with a log."""
    found = Q(unsaid__gt=0) | Q(cells__people__gt=0)
    return Arrivals.objects.filter(found, session=session_id).exists()


class Pace:
    """How many came by one code in the running minute. Of whom, and when, nothing is kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._came: dict[UUID, int] = {}

    def admits(self, session_id: UUID, at: datetime) -> bool:
        """Count one more, if there is room in this minute."""
        minute = int(at.timestamp()) // 60
        with self._lock:
            if minute != self._minute:
                self._minute, self._came = minute, {}
            came = self._came.get(session_id, 0)
            if came >= A_MINUTE:
                return False
            self._came[session_id] = came + 1
        return True


pace = Pace()
"""Of this process; memory alone, so that no row says when somebody came."""
