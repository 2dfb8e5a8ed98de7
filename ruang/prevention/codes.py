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
    number = int.from_bytes(carry.tag(root.key("carry"), f"session request|{once}"))
    signs = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(LETTERS))
        signs.append(LETTERS[letter])
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"


def tag_of(typed: str) -> bytes:
    """Return what a code is kept as; spaces, hyphens and small letters do not matter."""
    plain = "".join(sign for sign in typed.upper() if sign in LETTERS)
    return sha256(f"session request|{plain}".encode()).digest()
