"""Identifiers that order themselves by time, so that lists paginate by key."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a time-ordered UUID (RFC 9562, version 7)."""
    millis = time.time_ns() // 1_000_000
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return UUID(bytes=bytes(raw))


def uuid_of(text: str) -> UUID | None:
    """Return the id a text names; None if it names none."""
    try:
        return UUID(text)
    except ValueError:
        return None
