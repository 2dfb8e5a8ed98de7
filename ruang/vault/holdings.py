"""What pairs hold between them: whether anything, which epochs are in use, and moving it on."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ruang.access.actor import Keys
from ruang.vault.keyring import PRIVATE, CannotOpen, give, ring
from ruang.vault.models import DataKey, KeyPair, Kind, Package, Wrap


def holds_anything(owner: UUID, kind: Kind = Kind.DESK) -> bool:
    """Say whether anything is wrapped to this owner's pairs, or offered to them."""
    return (
        Wrap.objects.filter(holder__owner=owner, holder__kind=kind).exists()
        or Package.objects.filter(holder__owner=owner, holder__kind=kind).exists()
    )


def last_epoch(owner: UUID, kind: Kind) -> int:
    """Return the newest epoch an owner's pairs ever had; 0 before the first."""
    epochs = KeyPair.objects.filter(owner=owner, kind=kind).order_by("-epoch")
    return epochs.values_list("epoch", flat=True).first() or 0


def epochs_in_use(owner: UUID) -> list[UUID]:
    """Return the private keys of an owner's pairs that are in force or still hold something."""
    pairs = KeyPair.objects.filter(owner=owner).filter(
        Q(retired_at=None)
        | Exists(Wrap.objects.filter(holder=OuterRef("pk")))
        | Exists(Package.objects.filter(holder=OuterRef("pk")))
    )
    keys = DataKey.objects.filter(whose=owner, name=PRIVATE, pk__in=pairs.values("pk"))
    return list(keys.order_by("epoch").values_list("pk", flat=True))


def move_wraps(
    *, keys: Keys, old: KeyPair, to: KeyPair, given_by: UUID, at: datetime
) -> tuple[int, int]:
    """Wrap to another pair what an old one holds, each with its end; then it holds nothing.

    :param keys: opens the same keys by wraps of its own (the quorum's)
    :return: how many were moved, and how many those keys do not open
    """
    opener = ring(keys)
    in_force = Q(until=None) | Q(until__gt=at)
    rows = list(Wrap.objects.filter(in_force, holder=old).order_by("pk"))
    opener.prefetch(row.key_id for row in rows)
    moved = 0
    for row in rows:
        try:
            material = opener.material(row.key_id)
        except CannotOpen:
            continue
        give([material], to=[to], given_by=given_by, at=at, until=row.until)
        moved += 1
    Wrap.objects.filter(holder=old).delete()
    return moved, len(rows) - moved
