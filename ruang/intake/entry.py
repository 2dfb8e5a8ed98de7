"""How the seven words open a thread, and what keeps it open in a page for half an hour.

The entry form carries a nonce that opens once, so that reloading the page later opens nothing.
What opens carries the reporter's key, sealed by the server; the server keeps neither.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ruang.access.actor import NOBODY, Actor
from ruang.access.roles import Role
from ruang.vault import carry, receipts
from ruang.vault.keyring import Keyring
from ruang.vault.ledger import Ledger
from ruang.vault.suites import Tampered, new_secret

OPEN_FOR = timedelta(minutes=30)
"""How long a page that was opened with the words works without them."""
GRACE = timedelta(seconds=60)
"""How long the same entry form opens again: a lost answer, a second tap."""
NONCE_FOR = timedelta(hours=24)
"""How long an entry form can be used; its use is remembered for longer than that."""
_ENTRY, _PAGE = "entry", "follow"


class WrongWords(Exception):  # noqa: N818 - what she is told
    """These words open nothing."""


class UsedUp(Exception):  # noqa: N818 - what she is told
    """This entry form was used before, or is too old: the words are to be typed anew."""


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """Her thread is open: who acts, and what keeps it open for half an hour."""

    actor: Actor
    key: str


def entry_form(at: datetime) -> str:
    """Return the hidden field of a fresh entry form: it opens once."""
    said = {"n": new_secret().hex(), "t": int(at.timestamp())}
    return carry.pack(_ENTRY, json.dumps(said).encode())


def nonce_of(entry: str, at: datetime) -> bytes:
    """Return by what the use of an entry form is remembered.

    :raises UsedUp: if it is too old, or did not come from here
    """
    try:
        said = json.loads(carry.unpack(_ENTRY, entry))
    except Tampered:
        raise UsedUp from None
    if not _is_fresh(said["t"], NONCE_FOR, at):
        raise UsedUp
    return carry.tag(bytes.fromhex(said["n"]), "entry")


def opened(
    report_id: UUID, pair_id: UUID, private: bytes, *, ledger: Ledger, at: datetime
) -> Opened:
    """Return who acts with a reporter's key, and the page's hold on it."""
    keys = Keyring({pair_id: private}, at=at, ledger=ledger)
    actor = Actor(user_id=report_id, organisation_id=NOBODY, role=Role.REPORTER, keys=keys)
    said = {
        "r": report_id.hex,
        "p": pair_id.hex,
        "k": private.hex(),
        "t": int(at.timestamp()),
    }
    return Opened(actor, carry.pack(_PAGE, json.dumps(said).encode()))


def still_open(key: str, *, ledger: Ledger, at: datetime) -> Opened | None:
    """Return the thread a page holds open, and hold it on.

    None after half an hour, and once the words have been replaced.
    """
    try:
        said = json.loads(carry.unpack(_PAGE, key))
    except Tampered:
        return None
    is_fresh = _is_fresh(said["t"], OPEN_FOR, at)
    if not (is_fresh and receipts.is_in_force(UUID(said["p"]))):
        return None
    private = bytes.fromhex(said["k"])
    return opened(UUID(said["r"]), UUID(said["p"]), private, ledger=ledger, at=at)


def _is_fresh(since: int, for_: timedelta, at: datetime) -> bool:
    return datetime.fromtimestamp(since, UTC) + for_ >= at
