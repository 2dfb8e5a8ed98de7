"""A desk's key: who holds it, and a new epoch when somebody leaves.

Making an epoch needs public keys only, so whoever may send somebody away can do it without
holding, or ever seeing, what the desk can open.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Keys
from ruang.access.permissions import Permission
from ruang.identity.directory import roles_with
from ruang.identity.models import User
from ruang.identity.states import State
from ruang.kernel.errors import Refused
from ruang.vault.holdings import epochs_in_use, holds_anything, last_epoch
from ruang.vault.keyring import CannotOpen, give, keep_private, ring
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import create_pair, pair_in_force, pairs_in_force, retire_pair
from ruang.vault.quorum import quorum_pair


def key_holders(organisation: UUID, *, but: UUID | None = None) -> list[UUID]:
    """Return the active members of a desk whose role holds its key."""
    rows = User.objects.filter(
        organisation=organisation,
        state=State.ACTIVE,
        role__in=roles_with(Permission.DESK_KEY),
    )
    return [pk for pk in rows.values_list("pk", flat=True) if pk != but]


def needs_founder(organisation: UUID) -> bool:
    """Say whether the next member is the desk's first: nobody holds it; it holds nothing."""
    return not key_holders(organisation) and not holds_anything(organisation)


def new_epoch(*, organisation: UUID, members: list[UUID], given_by: UUID, at: datetime) -> int:
    """Make the desk a new key pair, held by these members and the quorum; return its epoch.

    :raises Refused: before the quorum exists
    """
    officials = quorum_pair()
    if officials is None:
        raise Refused(_("The three officials have to be set up first: run the set-up."))
    old = pair_in_force(organisation, Kind.DESK)
    if old is not None:
        retire_pair(old, at)
    epoch = last_epoch(organisation, Kind.DESK) + 1
    pair, private = create_pair(owner=organisation, kind=Kind.DESK, at=at, epoch=epoch)
    holders = [*pairs_in_force(members, Kind.USER).values(), officials]
    give([keep_private(pair, private, at)], to=holders, given_by=given_by, at=at)
    return epoch


def end_epoch(*, organisation: UUID, at: datetime) -> None:
    """Close a desk that nobody holds any more: the next member founds it anew."""
    pair = pair_in_force(organisation, Kind.DESK)
    if pair is not None:
        retire_pair(pair, at)


def hand_over(
    *, keys: Keys, organisation: UUID, to: KeyPair, given_by: UUID, at: datetime
) -> int:
    """Wrap every epoch of the desk that is still in use to one member; return how many.

    :raises Refused: if whoever gives does not hold them all
    """
    epochs = epochs_in_use(organisation)
    keys.prefetch(epochs)
    try:
        materials = [ring(keys).material(key_id) for key_id in epochs]
    except CannotOpen:
        raise Refused(
            _("You do not hold the desk's key yourself. Ask a colleague who does.")
        ) from None
    give(materials, to=[to], given_by=given_by, at=at)
    return len(materials)
