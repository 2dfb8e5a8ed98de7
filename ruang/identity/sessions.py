"""Sessions: one sign-in on one device, and who a request's cookie says is acting.

The session's key is in the cookie alone. The row keeps a tag by which the cookie is known
again, and the person's private key under the session's key: a stolen row opens nothing.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.identity.models import Session, User
from ruang.identity.states import SIGNS_IN, State
from ruang.vault.keyring import Keyring
from ruang.vault.ledger import Ledger
from ruang.vault.pairs import for_session, from_session
from ruang.vault.suites import SECRET_BYTES, Tampered, derive

COOKIE = "__Host-ruang"
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
NOTICE = timedelta(minutes=1)
"""That somebody is still there is written down once in this time.

Who was there later than this from now was there before the system clock was moved back: such a
session is over. Otherwise one that had ended would be good again for as long as the clock lost.
"""
KEPT = timedelta(days=1)
"""An ended session's row stays this long, without the key: it says whose the cookie was."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, for one request.

    :ivar is_confirmed: False while the account waits for a colleague: then it sees nothing
        but its own pages
    :ivar unnoticed: whether :func:`notice` is to be called after this request
    """

    actor: Actor
    session_id: UUID
    user_name: str
    organisation_name: str
    role: Role
    language: str
    is_confirmed: bool
    ends_at: datetime
    unnoticed: bool


def signed_in(
    *, cookie: str | None, at: datetime, automatic: bool = False, ledger: Ledger | None = None
) -> SignedIn | None:
    """Return who this cookie says is acting, with one query; None if nobody.

    :param automatic: the page asked by itself: that does not keep a session alive
    :param ledger: where openings are noted; without one nothing opens
    """
    key = _key(cookie)
    if key is None:
        return None
    row = _in_force(at).filter(tag=_tag(key)).first()
    if row is None:
        return None
    try:
        private = from_session(row.pair, bytes(row.private), key)
    except Tampered:
        return None
    user = row.user
    keys = Keyring({row.pair: private}, at=at, ledger=ledger)
    role = Role(user.role)
    return SignedIn(
        actor=Actor(user.pk, user.organisation_id, role, keys),
        session_id=row.pk,
        user_name=user.name,
        organisation_name=user.organisation.name,
        role=role,
        language=user.language,
        is_confirmed=user.state == State.ACTIVE,
        ends_at=row.ends_at,
        unnoticed=not automatic and at - row.seen_at >= NOTICE,
    )


def _in_force(at: datetime) -> QuerySet[Session]:
    """Return the sessions that are good now; not one last seen in a time still to come."""
    return Session.objects.select_related("user", "user__organisation").filter(
        ends_at__gt=at,
        seen_at__gt=at - IDLE,
        seen_at__lte=at + NOTICE,
        user__state__in=SIGNS_IN,
        user__organisation__is_active=True,
    )


def notice(*, session_id: UUID, at: datetime) -> None:
    """Write down that the person was there; never earlier than was written before."""
    Session.objects.filter(pk=session_id, seen_at__lt=at, ends_at__gt=at).update(seen_at=at)


def owner_of(cookie: str | None) -> UUID | None:
    """Return whose cookie this was, even when the session has ended; None if unknown."""
    key = _key(cookie)
    if key is None:
        return None
    return Session.objects.filter(tag=_tag(key)).values_list("user", flat=True).first()


def start(
    *, user: User, pair: UUID, private: bytes, device: str, at: datetime
) -> tuple[str, Session]:
    """Begin a session; return the cookie's value, which is kept nowhere, and the row."""
    key = secrets.token_bytes(SECRET_BYTES)
    row = Session.objects.create(
        user=user,
        tag=_tag(key),
        pair=pair,
        private=for_session(pair, private, key),
        device=device[:60],
        started_at=at,
        seen_at=at,
        ends_at=at + LONGEST,
    )
    return urlsafe_b64encode(key).decode().rstrip("="), row


def end(
    *, user_id: UUID, at: datetime, only: UUID | None = None, but: UUID | None = None
) -> int:
    """End a person's sessions: all, only one, or all but one. The key goes at once."""
    rows = Session.objects.filter(user=user_id, ends_at__gt=at)
    if only is not None:
        rows = rows.filter(pk=only)
    if but is not None:
        rows = rows.exclude(pk=but)
    return rows.update(ends_at=at, private=b"")


def sweep(*, at: datetime) -> int:
    """Take the key out of sessions that are over, and forget those that ended a day ago."""
    gone, _ = Session.objects.filter(ends_at__lte=at - KEPT).delete()
    over = Session.objects.exclude(private=b"")
    late = over.filter(ends_at__lte=at).update(private=b"")
    unseen = Q(seen_at__lte=at - IDLE) | Q(seen_at__gt=at + NOTICE)
    idle = over.filter(unseen, ends_at__gt=at).update(ends_at=at, private=b"")
    return gone + late + idle


def _tag(key: bytes) -> bytes:
    return derive(key, "session tag")


def _key(cookie: str | None) -> bytes | None:
    if not cookie or len(cookie) > 60:
        return None
    try:
        key = urlsafe_b64decode(cookie.encode("ascii") + b"=" * (-len(cookie) % 4))
    except (NotBase64, ValueError):
        return None
    return key if len(key) == SECRET_BYTES else None
