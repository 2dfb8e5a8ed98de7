"""Sealed files on disk: a random key each, authenticated chunks, a size that says little.

A file lies under its id in ``RUANG_DATA/files``. Its key, name, type and true size are a sealed
text in the row that owns it. Writing is durable before it is acknowledged: temporary file,
fsync, rename, fsync of the folder (security.md B1).
"""

import os
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from ruang.vault.suites import SUITE, Tampered, new_secret

CHUNK = 64 * 1024
_TAG = 16
_PREFIX = 7


def folder() -> Path:
    """Return the folder of sealed files."""
    return Path(settings.FILES_FOLDER)


def write_file(file_id: UUID, data: bytes, *, is_last: bool = True) -> bytes:
    """Seal the bytes under a new key, durably, and return the key.

    :param is_last: False if the caller writes another file or calls :func:`sync_folder` before
        it acknowledges anything: the name of this one becomes durable with it

    :raises OSError: if it could not be stored; then nothing is there
    """
    key = new_secret()
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = place / f".{file_id}.new"
    try:
        with temporary.open("wb") as out:
            for part in _sealed(file_id, key, data):
                out.write(part)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(place / str(file_id))
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if is_last:
        sync_folder()
    return key


def sync_folder() -> None:
    """Make the names of all files in the folder durable.

    :raises OSError: if that could not be done
    """
    handle = os.open(folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_file(file_id: UUID, key: bytes, size: int) -> Iterator[bytes]:
    """Yield the opened chunks of a file, cut to its true size.

    :raises Tampered: if any chunk is not what was written there
    :raises FileNotFoundError: if the file is gone
    """
    left = size
    with (folder() / str(file_id)).open("rb") as source:
        head = source.read(1 + _PREFIX)
        if head[:1] != SUITE:
            raise Tampered("file")
        cipher, prefix = AESGCM(key), head[1:]
        number, part = 0, source.read(CHUNK + _TAG)
        while part:
            following = source.read(CHUNK + _TAG)
            try:
                nonce = _nonce(prefix, number, last=not following)
                plain = cipher.decrypt(nonce, part, str(file_id).encode())
            except InvalidTag:
                raise Tampered("file") from None
            yield plain[:left]
            left -= min(left, len(plain))
            number, part = number + 1, following
    if left or not number:
        raise Tampered("file")


def remove_file(file_id: UUID) -> None:
    """Delete a file; that it is gone already is no fault."""
    (folder() / str(file_id)).unlink(missing_ok=True)


def padded_size(size: int) -> int:
    """Return the size a file of this many bytes is filled up to: at most an eighth more."""
    if size <= CHUNK:
        return next(step for step in (4_096, 16_384, 32_768, CHUNK) if size <= step)
    step = 1 << (size.bit_length() - 4)
    return -(-size // step) * step


def _sealed(file_id: UUID, key: bytes, data: bytes) -> Iterator[bytes]:
    cipher, prefix = AESGCM(key), os.urandom(_PREFIX)
    yield SUITE + prefix
    total = padded_size(len(data))
    for number, start in enumerate(range(0, total, CHUNK)):
        width = min(CHUNK, total - start)
        part = data[start : start + width].ljust(width, b"\x00")
        nonce = _nonce(prefix, number, last=start + width >= total)
        yield cipher.encrypt(nonce, part, str(file_id).encode())


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">I?", number, last)


Ids = Callable[[], Iterable[UUID]]
_owners: list[Ids] = []


def owned_by(ids: Ids) -> None:
    """Let these files be somebody's, so that no sweep takes them. ``wiring`` calls it."""
    if ids not in _owners:
        _owners.append(ids)


def owned_elsewhere() -> Iterator[UUID]:
    """Yield the ids of files that contexts own of which the sweep knows nothing."""
    for ids in _owners:
        yield from ids()
