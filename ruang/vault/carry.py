"""What travels with a page and comes back: sealed by the server, kept by nobody else.

Also small things under a secret of the page's own, such as the copy of a receipt.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from ruang.vault import root
from ruang.vault.suites import Tampered, derive, seal, unseal


def pack(purpose: str, payload: bytes) -> str:
    """Return the payload sealed under ``carry`` for one purpose, as text for a form field."""
    version = root.version()
    sealed = seal(root.key("carry", version), payload, f"carry|{purpose}")
    return urlsafe_b64encode(bytes([version]) + sealed).decode()


def unpack(purpose: str, text: str) -> bytes:
    """Open what :func:`pack` made.

    :raises Tampered: if it is anything else, or was made for another purpose
    """
    try:
        raw = urlsafe_b64decode(text.encode("ascii"))
        return unseal(root.key("carry", raw[0]), raw[1:], f"carry|{purpose}")
    except (ValueError, IndexError, root.NoRoot):
        raise Tampered("carry") from None


def seal_under(secret: bytes, purpose: str, payload: bytes) -> bytes:
    """Seal bytes under a page's own secret."""
    return seal(derive(secret, f"page|{purpose}"), payload, f"page|{purpose}")


def unseal_under(secret: bytes, purpose: str, blob: bytes) -> bytes:
    """Open what :func:`seal_under` made.

    :raises Tampered: if the secret is another
    """
    return unseal(derive(secret, f"page|{purpose}"), blob, f"page|{purpose}")


def tag(secret: bytes, purpose: str) -> bytes:
    """Return 32 bytes by which a page's secret is known again without being kept."""
    return derive(secret, f"tag|{purpose}")
