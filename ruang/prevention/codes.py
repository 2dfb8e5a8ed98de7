"""The short code of a request for a session: read out on the telephone, typed with thumbs.

It follows from the form's own word, so that a form sent twice shows one code; the table keeps
only its hash.
"""

from hashlib import sha256

from ruang.vault import carry, root

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other."""
LENGTH = 8


def code_of(once: str) -> str:
    """Return the code that belongs to a form's word."""
    signs = letters_of(carry.tag(root.key("carry"), f"session request|{once}"), LENGTH)
    return f"{signs[:4]}-{signs[4:]}"


def letters_of(secret: bytes, length: int) -> str:
    """Return so many letters that follow from a secret."""
    number = int.from_bytes(secret)
    signs = []
    for _place in range(length):
        number, letter = divmod(number, len(LETTERS))
        signs.append(LETTERS[letter])
    return "".join(signs)


def tag_of(typed: str) -> bytes:
    """Return what a code is kept as; spaces, hyphens and small letters do not matter."""
    plain = "".join(sign for sign in typed.upper() if sign in LETTERS)
    return sha256(f"session request|{plain}".encode()).digest()


def calendar_tag(secret: str) -> bytes:
    """Return what the secret part of a calendar's address is kept as."""
    return sha256(f"own calendar|{secret}".encode()).digest()
