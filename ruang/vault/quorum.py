"""Any two of three officials open the quorum's key; one alone opens nothing.

For each of the three pairs of officials the private key is split by XOR with random bytes;
each half is wrapped to its official's own key pair, and also kept under that official's
printed code, which needs no pepper: a lost ROOT does not lock the officials out.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from uuid import UUID

from ruang.vault.models import KeyPair, Kind, Share, Way
from ruang.vault.pairs import WrongSecret, code_key, create_pair, pair_in_force
from ruang.vault.suites import Tampered, seal, unseal, unwrap, wrap

OWNER = UUID(int=0xC)
"""The owner of the quorum's pair: there is one quorum an installation."""
SEATS = 3


def create_quorum(
    officials: Sequence[KeyPair], codes: Mapping[UUID, str], at: datetime
) -> KeyPair:
    """Make the quorum's key pair and split its private part among three officials.

    :param codes: each official's printed code, by the official's (user's) id
    :raises ValueError: unless there are exactly three different officials, each with a code
    """
    owners = [pair.owner for pair in officials]
    if len(set(owners)) != SEATS or set(codes) != set(owners):
        raise ValueError("a quorum has three officials, and each has a code")
    pair, private = create_pair(owner=OWNER, kind=Kind.QUORUM, at=at)
    shares = []
    for one, other in combinations(officials, 2):
        half = os.urandom(len(private))
        shares += _halves(pair, one, other, half, codes)
        rest = bytes(a ^ b for a, b in zip(private, half, strict=True))
        shares += _halves(pair, other, one, rest, codes)
    Share.objects.bulk_create(shares)
    return pair


def quorum_pair() -> KeyPair | None:
    """Return the quorum's pair; None before set-up is finished."""
    return pair_in_force(OWNER, Kind.QUORUM)


def half_by_key(pair: KeyPair, private: bytes, official: KeyPair, partner: UUID) -> bytes:
    """Return an official's half, opened with the official's own key.

    :raises WrongSecret: if there is no such half for this official
    """
    row = _share(pair, official.owner, partner, Way.SESSION)
    return unwrap(private, bytes(row.blob), _bound(row))


def half_by_code(pair: KeyPair, official: UUID, partner: UUID, code: str) -> bytes:
    """Return an official's half, opened with the printed code.

    :raises WrongSecret: if the code is not the one
    """
    row = _share(pair, official, partner, Way.RECOVERY)
    try:
        return unseal(code_key(code), bytes(row.blob), _bound(row))
    except Tampered:
        raise WrongSecret from None


def join_halves(one: bytes, other: bytes) -> bytes:
    """Return the quorum's private key from the two halves of one pair of officials."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def seats(pair: KeyPair) -> frozenset[UUID]:
    """Return the officials who hold a half of this quorum."""
    return frozenset(Share.objects.filter(pair=pair).values_list("official", flat=True))


def reprint(pair: KeyPair, private: bytes, official: KeyPair, code: str) -> None:
    """Keep an official's halves under a new printed code; the old code opens them no more.

    :raises Tampered: if this official's key does not open them
    """
    for row in Share.objects.filter(pair=pair, official=official.owner, way=Way.RECOVERY):
        half = half_by_key(pair, private, official, row.partner)
        row.blob = seal(code_key(code), half, _bound(row))
        row.save(update_fields=["blob"])


def _halves(
    pair: KeyPair, official: KeyPair, partner: KeyPair, half: bytes, codes: Mapping[UUID, str]
) -> list[Share]:
    fields = {"pair": pair, "official": official.owner, "partner": partner.owner}
    by_key, by_code = Share(way=Way.SESSION, **fields), Share(way=Way.RECOVERY, **fields)
    by_key.blob = wrap(bytes(official.public), half, _bound(by_key))
    by_code.blob = seal(code_key(codes[official.owner]), half, _bound(by_code))
    return [by_key, by_code]


def _share(pair: KeyPair, official: UUID, partner: UUID, way: Way) -> Share:
    row = Share.objects.filter(pair=pair, official=official, partner=partner, way=way).first()
    if row is None:
        raise WrongSecret
    return row


def _bound(row: Share) -> str:
    return f"share|{row.pair_id}|{row.official}|{row.partner}|{row.way}"
