"""The next epoch of a compartment: a new key for what comes, when somebody lost the old one.

It needs no key. Whoever holds the newest key when it is made, and every open request that
offers it, gets the next one; whose wraps were taken away before does not (vault.md §1).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ruang.vault.keyring import Material, give, new_keys
from ruang.vault.models import DataKey, KeyPair, Kind, Wrap
from ruang.vault.pairs import pair_in_force
from ruang.vault.release import offer_next


def next_epoch(
    *, whose: UUID, names: Iterable[str], given_by: UUID, at: datetime
) -> dict[str, Material]:
    """Make the next key of each compartment, wrap it, and return them in the open, by name.

    :raises DataKey.DoesNotExist: if there is no such compartment
    """
    made: dict[str, Material] = {}
    for name in sorted(set(names)):
        newest = DataKey.objects.filter(whose=whose, name=name).latest("epoch")
        fresh = new_keys(
            whose=whose,
            names=[name],
            holders=[],
            given_by=given_by,
            at=at,
            epoch=newest.epoch + 1,
        )[name]
        for holder, until in _holders(newest, at):
            give([fresh], to=[holder], given_by=given_by, at=at, until=until)
        offer_next(fresh)
        made[name] = fresh
    return made


def _holders(key: DataKey, at: datetime) -> Iterable[tuple[KeyPair, datetime | None]]:
    """Return whoever holds a key now: for a pair that was retired its owner's present one."""
    in_force = Q(until=None) | Q(until__gt=at)
    for row in Wrap.objects.select_related("holder").filter(in_force, key=key):
        holder: KeyPair | None = row.holder
        if row.holder.retired_at is not None:
            holder = pair_in_force(row.holder.owner, Kind(row.holder.kind))
        if holder is not None:
            yield holder, row.until
