"""What a phone sealed for the office while it had no signal, with the ciphers browsers have.

Suite 2: ECDH over X25519, suite 3: ECDH over P-256; both HKDF-SHA-256 and AES-256-GCM. The
pairs are derived from the sub-key ``log``, so that nothing of them is stored, and only a
process that applies what phones send can open it. The phone keeps no key: what it has sealed
it cannot read again.

    suite (1) · version of ROOT (2) · id of the entry (16)    the head: it is authenticated
    public key of this entry alone (32 or 65) · nonce (12) · sealed
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct
from struct import error as too_short
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ruang.vault import root
from ruang.vault.suites import SECRET_BYTES, Tampered, derive

PROCESS = "log"
X25519, P256 = 2, 3
_HEAD = Struct(">BH16s")
_LENGTH = Struct(">I")
_NONCE = 12
_PUBLIC = {X25519: 32, P256: 65}
_NOT_OURS = (InvalidTag, ValueError, KeyError, TypeError, RecursionError, too_short)
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Locks:
    """What a phone seals to. No secret.

    :ivar version: the version of ROOT they belong to
    """

    version: int
    x25519: bytes
    p256: bytes


def locks() -> Locks:
    """Return the public keys of the version in force.

    :raises NoRoot: in a process that does not apply what phones send
    """
    version = root.version()
    seed = root.key(PROCESS, version)
    p256 = _p256(seed).public_key()
    return Locks(
        version,
        _x25519(seed).public_key().public_bytes_raw(),
        p256.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
    )


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One thing that was written on a phone.

    :ivar id: made on the phone; the same entry sent twice has the same one
    :ivar said: what was answered; whoever reads it trusts nothing of it
    :ivar data: a photo, if there is one
    """

    id: UUID
    said: Mapping[str, Any]
    data: bytes


def open_sent(blob: bytes) -> Entry:
    """Return what a phone sealed.

    :raises NoRoot: in a process that does not apply what phones send
    :raises Tampered: if it is not what a phone sealed for us
    """
    try:
        suite, version, entry = _HEAD.unpack_from(blob)
        width = _PUBLIC[suite]
        seed = root.key(PROCESS, version)
        head, rest = blob[: _HEAD.size], blob[_HEAD.size :]
        public, nonce, body = rest[:width], rest[width:][:_NONCE], rest[width + _NONCE :]
        shared, own = _agreed(suite, seed, public)
        key = HKDF(SHA256(), SECRET_BYTES, salt=public + own, info=b"ruang|phone|" + head)
        plain = AESGCM(key.derive(shared)).decrypt(nonce, body, head)
        return _unpacked(UUID(bytes=entry), plain)
    except (*_NOT_OURS, root.NoRoot):
        locks()  # a process without the sub-key says so
        raise Tampered("phone") from None


def _unpacked(entry: UUID, plain: bytes) -> Entry:
    """Take apart what was filled up to one of a few lengths."""
    text, rest = _part(plain)
    data, _filling = _part(rest)
    said = json.loads(text)
    if not isinstance(said, dict):
        raise TypeError("not what a phone of ours writes")
    return Entry(entry, said, data)


def _part(framed: bytes) -> tuple[bytes, bytes]:
    (length,) = _LENGTH.unpack_from(framed)
    return framed[4 : 4 + length], framed[4 + length :]


def _agreed(suite: int, seed: bytes, public: bytes) -> tuple[bytes, bytes]:
    """Return the shared secret, and our own public key."""
    if suite == X25519:
        mine = _x25519(seed)
        other = x25519.X25519PublicKey.from_public_bytes(public)
        return mine.exchange(other), mine.public_key().public_bytes_raw()
    own = _p256(seed)
    point = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    return own.exchange(ec.ECDH(), point), own.public_key().public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )


def _x25519(seed: bytes) -> x25519.X25519PrivateKey:
    return x25519.X25519PrivateKey.from_private_bytes(derive(seed, "phone|x25519"))


def _p256(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key: 64 bytes reduced, so that no number is likelier than another."""
    wide = derive(seed, "phone|p256|0") + derive(seed, "phone|p256|1")
    return ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, _CURVE)
