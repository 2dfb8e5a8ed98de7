"""The demo's passwords: four words that follow from the login, so that none has to be kept."""

from hashlib import sha256

from ruang.vault import receipts

WORDS = 4


def password_of(login: str) -> str:
    """Return the password of one of the demo's people: the same on every machine."""
    digest = sha256(f"ruang demo|{login}".encode()).digest()
    listed = receipts.words()
    picks = (int.from_bytes(digest[2 * n : 2 * n + 2]) for n in range(WORDS))
    return "-".join(listed[pick % len(listed)] for pick in picks)
