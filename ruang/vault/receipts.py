"""Seven Indonesian words: with them, and nothing else of hers, the reporter opens her thread.

Seven of at least 2,048 words are 77 random bits; joined with the pepper they need no slow hash
and no throttle (vault.md §1).
"""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from ruang.kernel.rows import insert
from ruang.vault import root
from ruang.vault.holdings import last_epoch
from ruang.vault.keyring import Material, give
from ruang.vault.models import KeyPair, Kind, PrivateBlob, Way, Wrap
from ruang.vault.pairs import create_pair, forget_ways, retire_pair
from ruang.vault.suites import derive, seal, unseal

COUNT = 7


@cache
def words() -> tuple[str, ...]:
    """Return the list of words."""
    return tuple((Path(__file__).parent / "words.txt").read_text().split())


@cache
def _by_start() -> dict[str, str]:
    return {word[:4]: word for word in words()}


def new_words() -> str:
    """Return seven random words with spaces between."""
    return " ".join(secrets.choice(words()) for _ in range(COUNT))


def tidy(typed: str) -> str:
    """Return typed words as they were given; each is known by its first four letters.

    Case, spaces, hyphens, commas, line ends and numbering do not matter.
    """
    found = re.findall(r"[a-z]+", typed.lower())
    return " ".join(_by_start().get(word[:4], word) for word in found)


def keep(pair: KeyPair, private: bytes, seven: str, at: datetime) -> None:
    """Let these words open the reporter's private key."""
    version = root.version()
    insert(
        PrivateBlob(
            pair=pair,
            way=Way.RECEIPT,
            lookup=_derive(seven, "lookup", version),
            root_version=version,
            created_at=at,
            blob=seal(_derive(seven, "key", version), private, f"receipt|{pair.pk}"),
        )
    )


def renew(
    *, owner: UUID, materials: Iterable[Material], given_by: UUID, at: datetime
) -> tuple[KeyPair, str]:
    """Make a reporter a new pair that holds these keys; return it with its words.

    Whatever words there were before open nothing more, and pages they opened close.
    """
    for old in KeyPair.objects.filter(owner=owner, kind=Kind.REPORTER, retired_at=None):
        forget_ways(old)
        retire_pair(old, at)
        Wrap.objects.filter(holder=old).delete()
    epoch = last_epoch(owner, Kind.REPORTER) + 1
    pair, private = create_pair(owner=owner, kind=Kind.REPORTER, at=at, epoch=epoch)
    seven = new_words()
    keep(pair, private, seven, at)
    give(materials, to=[pair], given_by=given_by, at=at)
    return pair, seven


def is_in_force(pair_id: UUID) -> bool:
    """Say whether the words of this pair still count."""
    return KeyPair.objects.filter(pk=pair_id, retired_at=None).exists()


def open_words(typed: str) -> tuple[UUID, UUID, bytes] | None:
    """Return (owner, pair, private key) for typed words; None if they open nothing.

    :raises Tampered: if the blob that answers to them is not what was kept
    """
    seven = tidy(typed)
    for version in root.versions():
        row = (
            PrivateBlob.objects.select_related("pair")
            .filter(way=Way.RECEIPT, lookup=_derive(seven, "lookup", version))
            .first()
        )
        if row is not None:
            private = unseal(
                _derive(seven, "key", version), bytes(row.blob), f"receipt|{row.pair_id}"
            )
            return row.pair.owner, row.pair_id, private
    return None


def _derive(seven: str, label: str, version: int) -> bytes:
    return derive(seven.encode() + root.key("pepper", version), f"receipt|{label}")
