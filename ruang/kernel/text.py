"""What people type, made storable without changing what they said."""

import unicodedata

LONGEST = 2_000_000
"""Characters. Nothing a person types is longer; a longer text comes as a file."""


def tidy(typed: str) -> str:
    """Return the text in NFC, with one kind of line end, without NUL and lone surrogates."""
    safe = typed.encode("utf-8", "replace").decode("utf-8")
    plain = unicodedata.normalize("NFC", safe).replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\x00", "").strip()
