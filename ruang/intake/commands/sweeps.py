"""What goes by itself when its time is over: copies of receipts, and used entry forms."""

from datetime import datetime, timedelta

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.intake.models import ReceiptCopy, UsedNonce

NONCES_KEPT = timedelta(days=2)
"""Longer than an entry form can be used."""


def sweep_receipt_copies(*, actor: Actor, at: datetime) -> int:
    """Delete the copies of receipts whose two hours are over; return how many."""
    require_permission(Permission.SYSTEM, actor)
    return ReceiptCopy.objects.filter(until__lte=at).delete()[0]


def sweep_used_nonces(*, actor: Actor, at: datetime) -> int:
    """Forget the entry forms that are too old to be used anyway; return how many."""
    require_permission(Permission.SYSTEM, actor)
    return UsedNonce.objects.filter(used_at__lte=at - NONCES_KEPT).delete()[0]
