"""Key pairs: who has one, and the ways in which its owner opens the private part."""

import os
import secrets
import struct
from base64 import b32encode
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from ruang.kernel.rows import insert
from ruang.vault import root
from ruang.vault.models import Cost, KeyPair, Kind, PrivateBlob, Vault, Way
from ruang.vault.suites import Tampered, derive, new_pair, seal, stretch, unseal

_COSTS = {Cost.FULL: (3, 64 * 1024), Cost.DEMO: (1, 1024)}
"""Argon2id rounds and KiB. The demo's are for demo vaults alone."""
_HEAD = 21
"""Bytes before a password's blob: rounds, KiB and salt."""


class WrongSecret(Exception):  # noqa: N818 - what the person is told
    """What was typed does not open this key."""


def create_pair(
    *, owner: UUID, kind: Kind, at: datetime, epoch: int = 1, pk: UUID | None = None
) -> tuple[KeyPair, bytes]:
    """Make a key pair; return its row and the private bytes, which are kept nowhere yet."""
    private, public = new_pair()
    pair = KeyPair(owner=owner, kind=kind, epoch=epoch, public=public, created_at=at)
    pair.pk = pk or pair.pk
    insert(pair)
    return pair, private


def pair_in_force(owner: UUID, kind: Kind) -> KeyPair | None:
    """Return the owner's pair of the present epoch, if there is one."""
    return KeyPair.objects.filter(owner=owner, kind=kind, retired_at=None).first()


def pairs_in_force(owners: list[UUID], kind: Kind) -> dict[UUID, KeyPair]:
    """Return the present pairs of several owners, by owner."""
    found = KeyPair.objects.filter(owner__in=owners, kind=kind, retired_at=None)
    return {pair.owner: pair for pair in found}


_OWNER = UUIDField()
_IN_FORCE = (
    "SELECT id, owner, kind, epoch, public, created_at, retired_at FROM vault_keypair "
    "WHERE retired_at IS NULL AND ((owner = %s AND kind = %s) OR (owner = %s AND kind = %s))"
)


def two_in_force(one: tuple[UUID, Kind], other: tuple[UUID, Kind]) -> list[KeyPair]:
    """Return the present pairs of two owners, in this order, with one cheap query.

    Fewer than two if one of them has none.
    """
    asked: list[Any] = []
    for owner, kind in (one, other):
        asked += [_OWNER.get_db_prep_value(owner, connection), kind.value]
    rows = KeyPair.objects.raw(_IN_FORCE, asked)
    found = {(pair.owner, pair.kind): pair for pair in rows}
    return [found[key] for key in (one, other) if key in found]


def retire_pair(pair: KeyPair, at: datetime) -> None:
    """End a pair: nothing new is wrapped to it; its holders still read what was."""
    pair.retired_at = at
    pair.save(update_fields=["retired_at"])


def fingerprint(pair: KeyPair) -> str:
    """Return twelve groups of digits that two people can read to each other."""
    digest = derive(bytes(pair.public), "fingerprint")
    return " ".join(f"{int.from_bytes(digest[i : i + 2], 'big'):05d}" for i in range(0, 24, 2))


def new_code() -> str:
    """Return a code of 128 random bits to be printed, in groups of four letters and digits."""
    text = b32encode(secrets.token_bytes(16)).decode().rstrip("=")
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def set_password(pair: KeyPair, private: bytes, password: str, at: datetime) -> None:
    """Let this password, joined with the pepper, open the private key; an older one no more."""
    PrivateBlob.objects.filter(pair=pair, way=Way.PASSWORD).delete()
    rounds, kib = _COSTS[Cost(_cost())]
    salt = os.urandom(16)
    head = struct.pack(">BI", rounds, kib) + salt
    key = _password_key(password, head, root.version())
    _keep(pair, Way.PASSWORD, head + seal(key, private, _bound(pair, Way.PASSWORD)), at)


def open_with_password(pair: KeyPair, password: str) -> bytes:
    """Return the private key.

    :raises WrongSecret: if the password is not the one, or is kept at a demo's cost elsewhere
    """
    return open_with_key(pair, Way.PASSWORD, check_password(pair, password))


def check_password(pair: KeyPair, password: str) -> bytes:
    """Return the key that this password gives, once it is known to be the right one.

    The private key is opened with it by :func:`open_with_key`, when all of the sign-in is done.

    :raises WrongSecret: if the password is not the one, or is kept at a demo's cost elsewhere
    """
    row = PrivateBlob.objects.filter(pair=pair, way=Way.PASSWORD).first()
    if row is None or struct.unpack(">BI", bytes(row.blob)[:5]) != _COSTS[Cost(_cost())]:
        raise WrongSecret
    key = _password_key(password, bytes(row.blob)[:_HEAD], row.root_version)
    open_with_key(pair, Way.PASSWORD, key)
    return key


def open_with_key(pair: KeyPair, way: Way, key: bytes) -> bytes:
    """Return the private key, opened with what a password or a printed code gave.

    :raises WrongSecret: if the key is not the one, or the way is closed meanwhile
    """
    row = PrivateBlob.objects.filter(pair=pair, way=way).first()
    if row is None:
        raise WrongSecret
    try:
        return unseal(
            key, bytes(row.blob)[_HEAD if way == Way.PASSWORD else 0 :], _bound(pair, way)
        )
    except Tampered:
        raise WrongSecret from None


def burn_password_time(password: str) -> None:
    """Take as long as a real check, for a login that does not exist."""
    rounds, kib = _COSTS[Cost(_cost())]
    stretch(password, bytes(16), rounds=rounds, kib=kib)


def set_code(pair: KeyPair, private: bytes, code: str, at: datetime) -> None:
    """Let this printed code open the private key. No pepper: it survives a lost ROOT."""
    PrivateBlob.objects.filter(pair=pair, way=Way.RECOVERY).delete()
    key = code_key(code)
    _keep(pair, Way.RECOVERY, seal(key, private, _bound(pair, Way.RECOVERY)), at)


def open_with_code(pair: KeyPair, code: str) -> bytes:
    """Return the private key.

    :raises WrongSecret: if the code is not the one
    """
    return open_with_key(pair, Way.RECOVERY, code_key(code))


def forget_ways(pair: KeyPair) -> None:
    """Let nothing open this pair's private key any more."""
    PrivateBlob.objects.filter(pair=pair).delete()


def code_key(code: str) -> bytes:
    """Return the key that a printed code gives; case, spaces and hyphens do not matter."""
    plain = "".join(ch for ch in code.upper() if ch.isalnum())
    return derive(plain.encode(), "printed code")


def for_session(pair_id: UUID, private: bytes, session_key: bytes) -> bytes:
    """Return the private key sealed under a session's key, for the session's row."""
    return seal(derive(session_key, "session"), private, f"session|{pair_id}")


def from_session(pair_id: UUID, blob: bytes, session_key: bytes) -> bytes:
    """Open what :func:`for_session` made.

    :raises Tampered: if the key is not the session's
    """
    return unseal(derive(session_key, "session"), blob, f"session|{pair_id}")


def set_cost(cost: Cost) -> None:
    """Say, before the first key exists, whether this is a demo vault.

    :raises RuntimeError: if it was said before, or keys exist already
    """
    if KeyPair.objects.exists() or Vault.objects.exists():
        raise RuntimeError("the vault has keys or a cost: it can no longer be chosen")
    Vault.objects.create(pk=1, cost=cost)


def begin_demo() -> None:
    """Make this a demo vault for good, before the first key exists.

    :raises RuntimeError: if it has keys or a cost
    """
    set_cost(Cost.DEMO)


def is_demo() -> bool:
    """Say whether a password guess is cheap here: then nothing real may be kept here."""
    return _cost() == Cost.DEMO


def _cost() -> str:
    return Vault.objects.filter(pk=1).values_list("cost", flat=True).first() or Cost.FULL


def _password_key(password: str, head: bytes, version: int) -> bytes:
    rounds, kib = struct.unpack(">BI", head[:5])
    stretched = stretch(password, head[5:], rounds=rounds, kib=kib)
    return derive(stretched + root.key("pepper", version), "password")


def _bound(pair: KeyPair, way: Way) -> str:
    return f"private|{pair.pk}|{way.value}"


def _keep(pair: KeyPair, way: Way, blob: bytes, at: datetime) -> None:
    PrivateBlob.objects.create(
        pair=pair, way=way, blob=blob, created_at=at, root_version=root.version()
    )
