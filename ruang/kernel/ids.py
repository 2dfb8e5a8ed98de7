"""Identifiers that order themselves by time, so that lists paginate by key."""

import os
import threading
import time
from uuid import UUID

A_MILLI = 1_000_000
"""Nanoseconds."""
MOST = 0xFFF
_lock = threading.Lock()
_last = (0, 0)


def uuid7() -> UUID:
    """Return a time-ordered UUID (RFC 9562, version 7; §6.2, methods 1 and 3).

    Of two that one process makes the later one is larger, within a millisecond too: twelve bits
    say which part of it, or count on where the clock stands still.
    """
    millis, part = _now()
    raw = bytearray(millis.to_bytes(6, "big") + part.to_bytes(2, "big") + os.urandom(8))
    raw[6] |= 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return UUID(bytes=bytes(raw))


def _now() -> tuple[int, int]:
    global _last  # noqa: PLW0603 - the last moment an id was made in this process
    millis, rest = divmod(time.time_ns(), A_MILLI)
    part = (rest << 12) // A_MILLI
    with _lock:
        if millis == _last[0] and part <= _last[1]:
            part = min(_last[1] + 1, MOST)
        _last = millis, part
        return _last


def uuid_of(text: str) -> UUID | None:
    """Return the id a text names; None if it names none."""
    try:
        return UUID(text)
    except ValueError:
        return None
