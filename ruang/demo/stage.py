"""Who acts, one moment after the other: staff by signing in, reporters by their seven words.

As in the web, whoever acts gets a ledger, and what was opened is put on record before anything
else happens.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.audit.disclosures import disclose
from ruang.demo.passwords import password_of
from ruang.identity import sessions
from ruang.identity.commands import begin_sign_in, finish_sign_in, sign_out
from ruang.intake.commands import open_follow
from ruang.intake.entry import entry_form
from ruang.vault.ledger import Ledger

DEVICES = ("Chrome, Windows", "Firefox, Linux", "Chrome, Android", "Edge, Windows")
NETWORK = "demo"


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """One sign-in that lasts: the cookie, and until when."""

    cookie: str
    session_id: UUID
    ends_at: datetime


class Stage:
    """Lets people act at their moment. Moments come in order."""

    def __init__(self) -> None:
        self._visits: dict[str, Visit] = {}

    @contextmanager
    def staff(self, login: str, at: datetime) -> Iterator[Actor]:
        """Act as one of the staff, who signs in if that has not been done that day."""
        ledger = Ledger()
        actor = self._signed_in(login, at, ledger)
        yield actor
        disclose(ledger.take(), actor=actor, at=at)

    @contextmanager
    def reporter(self, words: str, at: datetime) -> Iterator[Actor]:
        """Act as the reporter, who types her seven words."""
        ledger = Ledger()
        entry = entry_form(at)
        thread = open_follow(actor=ANYBODY, words=words, entry=entry, ledger=ledger, at=at)
        yield thread.actor
        disclose(ledger.take(), actor=thread.actor, at=at)

    def leave(self, at: datetime) -> None:
        """Sign everybody out who is still signed in."""
        for login, visit in self._visits.items():
            if visit.ends_at > at:
                actor = self._signed_in(login, at, Ledger())
                sign_out(actor=actor, session_id=visit.session_id, at=at)
        self._visits.clear()

    def _signed_in(self, login: str, at: datetime, ledger: Ledger) -> Actor:
        visit = self._visits.get(login)
        if visit is None or visit.ends_at <= at:
            return self._sign_in(login, at, ledger)
        sessions.notice(session_id=visit.session_id, at=at)
        found = sessions.signed_in(cookie=visit.cookie, at=at, ledger=ledger)
        return found.actor if found else self._sign_in(login, at, ledger)

    def _sign_in(self, login: str, at: datetime, ledger: Ledger) -> Actor:
        token = begin_sign_in(
            actor=SYSTEM, login=login, password=password_of(login), network=NETWORK, at=at
        )
        device = DEVICES[len(login) % len(DEVICES)]
        opened = finish_sign_in(actor=SYSTEM, token=token, device=device, at=at)
        found = sessions.signed_in(cookie=opened.cookie, at=at, ledger=ledger)
        if found is None:
            raise RuntimeError(f"{login} cannot sign in")
        self._visits[login] = Visit(opened.cookie, found.session_id, opened.ends_at)
        return found.actor
