"""The ciphers, and nothing else: every blob starts with the id of the suite that made it.

Suite 1: HPKE (RFC 9180) with ML-KEM-768 + X25519, HKDF-SHA-256 and AES-256-GCM for wraps;
AES-256-GCM for everything sealed under a symmetric key; HKDF-SHA-256 and Argon2id (RFC 9106).
"""

import os
import struct
from functools import lru_cache

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = b"\x01"
SECRET_BYTES = 32
_NONCE = 12
_SEED, _CURVE, _KEM_PUBLIC = 64, 32, 1184
_HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

BUCKETS = (128, 512, 2_048, 8_192, 32_768, 131_072, 524_288, 8_388_608)
"""Bytes: the eight lengths a sealed text can have (security.md T16)."""


class Tampered(Exception):  # noqa: N818 - what was found
    """A sealed thing is not what was sealed here: changed, moved, or under another key."""


def new_secret() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(SECRET_BYTES)


def derive(secret: bytes, label: str) -> bytes:
    """Return the 32-byte key that HKDF-SHA-256 gives for this label."""
    return HKDF(SHA256(), SECRET_BYTES, salt=None, info=b"ruang|" + label.encode()).derive(
        secret
    )


def stretch(password: str, salt: bytes, *, rounds: int, kib: int) -> bytes:
    """Return 32 bytes of Argon2id with one lane."""
    return hash_secret_raw(password.encode(), salt, rounds, kib, 1, SECRET_BYTES, Type.ID)


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """Seal bytes under a symmetric key; they open only where ``bound_to`` is the same."""
    nonce = os.urandom(_NONCE)
    return SUITE + nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, blob: bytes, bound_to: str) -> bytes:
    """Open what :func:`seal` made.

    :raises Tampered: if the blob, the key or what it is bound to is not the same
    """
    if blob[:1] != SUITE:
        raise Tampered("unknown suite")
    try:
        nonce, body = blob[1 : 1 + _NONCE], blob[1 + _NONCE :]
        return AESGCM(key).decrypt(nonce, body, bound_to.encode())
    except (InvalidTag, ValueError):
        raise Tampered(bound_to.partition("|")[0]) from None


def pad(plain: bytes) -> bytes:
    """Return the bytes with their length in front, filled up to one of eight lengths.

    :raises ValueError: if it is longer than the largest bucket
    """
    framed = struct.pack(">I", len(plain)) + plain
    bucket = next((b for b in BUCKETS if len(framed) <= b), None)
    if bucket is None:
        raise ValueError("too long to seal as text")
    return framed.ljust(bucket, b"\x00")


def unpad(framed: bytes) -> bytes:
    """Return what :func:`pad` was given."""
    (length,) = struct.unpack_from(">I", framed)
    return framed[4 : 4 + length]


def new_pair() -> tuple[bytes, bytes]:
    """Return a fresh hybrid key pair as (private, public) bytes."""
    kem, curve = mlkem.MLKEM768PrivateKey.generate(), x25519.X25519PrivateKey.generate()
    private = kem.private_bytes_raw() + curve.private_bytes_raw()
    public = kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return private, public


def pair_from(seed: bytes) -> tuple[bytes, bytes]:
    """Return the key pair that belongs to a secret seed, always the same."""
    private = b"".join(derive(seed, f"pair|{part}") for part in ("kem|0", "kem|1", "curve"))
    kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:_SEED])
    curve = x25519.X25519PrivateKey.from_private_bytes(private[_SEED : _SEED + _CURVE])
    public = kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return private, public


def wrap(public: bytes, secret: bytes, context: str) -> bytes:
    """Seal a secret to a public key; it opens only with the same context."""
    return SUITE + _HPKE.encrypt(secret, _reader(public), context.encode())


@lru_cache(maxsize=256)
def _reader(public: bytes) -> MLKEM768X25519PublicKey:
    """Return a public key made ready: every report is sealed to the same two or three."""
    kem = mlkem.MLKEM768PublicKey.from_public_bytes(public[:_KEM_PUBLIC])
    curve = x25519.X25519PublicKey.from_public_bytes(public[_KEM_PUBLIC:])
    return MLKEM768X25519PublicKey(kem, curve)


def unwrap(private: bytes, blob: bytes, context: str) -> bytes:
    """Open what :func:`wrap` made.

    :raises Tampered: if the blob, the key or the context is not the same
    """
    kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:_SEED])
    curve = x25519.X25519PrivateKey.from_private_bytes(private[_SEED : _SEED + _CURVE])
    if blob[:1] != SUITE:
        raise Tampered("unknown suite")
    try:
        opener = MLKEM768X25519PrivateKey(kem, curve)
        return _HPKE.decrypt(blob[1:], opener, context.encode())
    except (InvalidTag, ValueError):
        raise Tampered(context.partition("|")[0]) from None
