"""Signing in and out.

Signing in has a beginning (something one knows is checked) and an end (the key is opened, the
session starts). Between the two travels a short-lived sealed token: a second factor is asked
there, and the key stays closed until all of it is done.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import NOBODY, Actor, NoKeys
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.access.roles import Role
from ruang.audit.record import record
from ruang.identity import passwords, sessions, throttle
from ruang.identity.credentials import new_access
from ruang.identity.events import PersonSignedIn, SessionsEnded, SignInFailed
from ruang.identity.models import Session, User
from ruang.identity.states import SIGNS_IN
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.vault import carry, pairs
from ruang.vault.models import KeyPair, Kind, Way
from ruang.vault.suites import Tampered

PURPOSE = "sign-in"
TIME_FOR_IT = timedelta(minutes=15)
WRONG = {
    Way.PASSWORD: _("User name and password do not match. Look at both; capitals count."),
    Way.RECOVERY: _("User name and code do not match. Look at both."),
}


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A session that has begun. The cookie's value is nowhere else.

    :ivar code: the new printed code, when the old one was used
    """

    cookie: str
    user_id: UUID
    ends_at: datetime
    code: str = ""


def begin_sign_in(
    *, actor: Actor, login: str, password: str, network: str, at: datetime
) -> str:
    """Check a password; return the token with which :func:`finish_sign_in` opens the key.

    :raises Refused: if it does not match, or after too many attempts from this network
    """
    require_permission(Permission.SYSTEM, actor)
    typed = passwords.tidy(password[: passwords.LONGEST])
    return _begin(login, typed, Way.PASSWORD, network, at)


def begin_with_code(*, actor: Actor, login: str, code: str, network: str, at: datetime) -> str:
    """Check a printed code; return the token for :func:`finish_with_code`.

    :raises Refused: if it does not match, or after too many attempts from this network
    """
    require_permission(Permission.SYSTEM, actor)
    return _begin(login, code[:200], Way.RECOVERY, network, at)


@transaction.atomic
def finish_sign_in(*, actor: Actor, token: str, device: str, at: datetime) -> Opened:
    """Open the person's key and begin a session.

    :raises Refused: if the sign-in took too long, or the account has changed meanwhile
    """
    require_permission(Permission.SYSTEM, actor)
    user, pair, private = _finish(token, Way.PASSWORD, at)
    return _start(user, pair, private, Way.PASSWORD, device=device, at=at)


@transaction.atomic
def finish_with_code(
    *, actor: Actor, token: str, password: str, device: str, at: datetime
) -> Opened:
    """Open the key with the printed code, set a new password, print a new code, let in.

    :raises Refused: if the password is weak, or the sign-in took too long
    """
    require_permission(Permission.SYSTEM, actor)
    user, pair, private = _finish(token, Way.RECOVERY, at)
    code = new_access(user, pair, private, passwords.tidy(password), at)
    sessions.end(user_id=user.pk, at=at)
    opened = _start(user, pair, private, Way.RECOVERY, device=device, at=at)
    return Opened(opened.cookie, opened.user_id, opened.ends_at, code)


@transaction.atomic
def sign_out(*, actor: Actor, session_id: UUID, at: datetime) -> None:
    """End the session one is in, or one on another device.

    :raises NotInSight: if it is not one's own
    """
    row = sight.one(Session.objects.visible_to(actor), session_id)
    count = sessions.end(user_id=actor.user_id, at=at, only=row.pk)
    record(SessionsEnded(actor.user_id, which="one", count=count), actor=actor, at=at)


@transaction.atomic
def sign_out_others(*, actor: Actor, session_id: UUID, at: datetime) -> int:
    """End all of one's sessions but the one one is in; return how many."""
    row = sight.one(Session.objects.visible_to(actor), session_id)
    count = sessions.end(user_id=actor.user_id, at=at, but=row.pk)
    record(SessionsEnded(actor.user_id, which="others", count=count), actor=actor, at=at)
    return count


def _begin(login: str, secret: str, way: Way, network: str, at: datetime) -> str:
    name = tidy(login).lower()[:60]
    tag = throttle.admit(login=name, network=network, at=at)
    user = _by_login(name)
    pair = pairs.pair_in_force(user.pk, Kind.USER) if user else None
    try:
        key = _checked(pair, secret, way)
    except pairs.WrongSecret:
        failed = SignInFailed(user.pk if user else NOBODY, way=way.value)
        with transaction.atomic():
            record(failed, actor=_as_person(user) if user else _NOBODY, at=at)
        raise Refused(WRONG[way]) from None
    throttle.forget(tag)
    token = {
        "user": str(user.pk) if user else "",
        "way": way.value,
        "at": at.isoformat(),
        "key": b64encode(key).decode(),
    }
    return carry.pack(PURPOSE, json.dumps(token).encode())


def _checked(pair: KeyPair | None, secret: str, way: Way) -> bytes:
    """Return what the secret gives; take as long when there is nobody of that name."""
    if way is Way.RECOVERY:
        key = pairs.code_key(secret)
        if pair is None:
            raise pairs.WrongSecret
        pairs.open_with_key(pair, way, key)
        return key
    with passwords.one_of_few():
        if pair is None:
            pairs.burn_password_time(secret)
            raise pairs.WrongSecret
        return pairs.check_password(pair, secret)


def _finish(token: str, way: Way, at: datetime) -> tuple[User, KeyPair, bytes]:
    again = Refused(_("Signing in took too long. Please begin again."))
    try:
        row = json.loads(carry.unpack(PURPOSE, token))
    except Tampered:
        raise again from None
    if row["way"] != way.value or at - datetime.fromisoformat(row["at"]) > TIME_FOR_IT:
        raise again
    user = (
        User.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=row["user"], state__in=SIGNS_IN, organisation__is_active=True)
        .first()
    )
    pair = pairs.pair_in_force(user.pk, Kind.USER) if user else None
    if user is None or pair is None:
        raise again
    try:
        return user, pair, pairs.open_with_key(pair, way, b64decode(row["key"]))
    except pairs.WrongSecret:
        raise again from None


def _start(
    user: User, pair: KeyPair, private: bytes, way: Way, *, device: str, at: datetime
) -> Opened:
    cookie, row = sessions.start(user=user, pair=pair.pk, private=private, device=device, at=at)
    user.signed_in_at = at
    user.save(update_fields=["signed_in_at"])
    record(PersonSignedIn(user.pk, row.pk, way=way.value), actor=_as_person(user), at=at)
    return Opened(cookie, user.pk, row.ends_at)


def _by_login(login: str) -> User | None:
    rows = User.objects.filter(
        login=login, state__in=SIGNS_IN
    )  # they are kept in small letters
    return rows.filter(organisation__is_active=True).first()


def _as_person(user: User) -> Actor:
    return Actor(user.pk, user.organisation_id, Role(user.role), NoKeys())


_NOBODY = Actor(NOBODY, NOBODY, Role.SYSTEM, NoKeys())
