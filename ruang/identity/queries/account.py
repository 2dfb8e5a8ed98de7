"""A person's own pages: the account, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.roles import Role
from ruang.identity.directory import working
from ruang.identity.models import Session, User
from ruang.identity.sessions import IDLE
from ruang.identity.states import State
from ruang.vault.models import Kind
from ruang.vault.pairs import fingerprint, pair_in_force


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What the account page shows."""

    login: str
    name: str
    role: Role
    organisation: str
    language: str
    fingerprint: tuple[str, ...]
    is_waiting: bool
    colleagues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One device on which one is signed in."""

    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """What the page of sessions shows."""

    at: datetime
    sessions: tuple[SessionRow, ...]


def account_page(*, actor: Actor) -> AccountPage:
    """Return the own account; for who waits, the colleagues who could confirm."""
    rows = User.objects.visible_to(actor).select_related("organisation")
    user = sight.one(rows, actor.user_id)
    pair = pair_in_force(user.pk, Kind.USER)
    waiting = user.state == State.WAITING
    return AccountPage(
        login=user.login,
        name=user.name,
        role=Role(user.role),
        organisation=user.organisation.name,
        language=user.language,
        fingerprint=tuple(fingerprint(pair).split()) if pair else (),
        is_waiting=waiting,
        colleagues=_who_confirms(actor) if waiting else (),
    )


def sessions_page(*, actor: Actor, session_id: UUID, at: datetime) -> SessionsPage:
    """Return where the actor is signed in, this device first."""
    rows = Session.objects.visible_to(actor).filter(ends_at__gt=at, seen_at__gt=at - IDLE)
    found = [
        SessionRow(row.pk, row.device, row.started_at, row.seen_at, row.pk == session_id)
        for row in rows.order_by("-seen_at", "-pk")
    ]
    return SessionsPage(at, tuple(sorted(found, key=lambda row: not row.is_this)))


def _who_confirms(actor: Actor) -> tuple[str, ...]:
    found = working(actor.organisation_id, Permission.MEMBER_CONFIRM)
    return tuple(person.name for person in found)
