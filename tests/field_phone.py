"""What a phone does with an entry, written anew from the description of the suites."""

import json
import os
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ruang.vault.phones import Locks, locks

SIZES = (8_192, 32_768, 131_072, 524_288, 1_048_576)
POINT = (Encoding.X962, PublicFormat.UncompressedPoint)


def sealed(
    said: object,
    data: bytes = b"",
    *,
    entry: UUID | None = None,
    suite: int = 2,
    to: Locks | None = None,
) -> bytes:
    """An entry as a phone sends it."""
    lock = to or locks()
    head = bytes([suite]) + lock.version.to_bytes(2, "big") + (entry or uuid4()).bytes
    if suite == 2:
        own, office = x25519.X25519PrivateKey.generate(), lock.x25519
        shared = own.exchange(x25519.X25519PublicKey.from_public_bytes(office))
        public = own.public_key().public_bytes_raw()
    else:
        point, office = ec.generate_private_key(ec.SECP256R1()), lock.p256
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), office)
        shared = point.exchange(ec.ECDH(), theirs)
        public = point.public_key().public_bytes(*POINT)
    info = b"ruang|phone|" + head
    key = HKDF(SHA256(), 32, salt=public + office, info=info).derive(shared)
    told = json.dumps(said).encode()
    plain = len(told).to_bytes(4, "big") + told + len(data).to_bytes(4, "big") + data
    plain = plain.ljust(next(size for size in SIZES if size >= len(plain)), b"\0")
    nonce = os.urandom(12)
    return head + public + nonce + AESGCM(key).encrypt(nonce, plain, head)
