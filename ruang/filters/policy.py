"""Who sees and keeps filters: everybody her own, and no other's."""

from typing import TYPE_CHECKING

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission

if TYPE_CHECKING:
    from ruang.filters.models import Kept


def sees_filter(actor: Actor) -> Q:
    """Her own."""
    return Q(user=actor.user_id)


def may_keep(actor: Actor, kept: "Kept | None") -> bool:
    """Whoever sees the queue keeps filters of it."""
    own = kept is None or kept.user == actor.user_id
    return own and actor.may(Permission.DESK_SEE)
