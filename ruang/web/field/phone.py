"""What a page needs so that the phone can seal and send: public keys, and whose phone it is."""

from typing import Any
from uuid import UUID

from django.views.decorators.http import require_http_methods

from ruang.vault.phones import locks
from ruang.web.request import Request

page = require_http_methods(["GET", "HEAD", "POST"])


def phone(request: Request) -> dict[str, Any]:
    """Return what a page that may be used without a signal is given."""
    return {"locks": public_keys(), "owner": owner_of(request.actor.user_id)}


def owner_of(user_id: UUID) -> str:
    """Return how a phone that several people use tells their entries apart."""
    return user_id.hex


def public_keys() -> dict[str, Any]:
    """Return the public keys as a page carries them."""
    found = locks()
    return {
        "version": found.version,
        "x25519": found.x25519.hex(),
        "p256": found.p256.hex(),
    }
