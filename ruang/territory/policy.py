"""Who may change what the city is. Reading is for everybody: all of it is public."""

from typing import TYPE_CHECKING

from ruang.access.actor import Actor
from ruang.access.permissions import Permission

if TYPE_CHECKING:
    from ruang.territory.models import City


def may_set_up(actor: Actor, city: "City | None") -> bool:
    """The administrator, and the set-up program before there is one, set up the city."""
    return actor.may(Permission.CITY_MANAGE) or actor.may(Permission.SYSTEM)


def may_change(actor: Actor, city: "City") -> bool:
    """The administrator changes it; the set-up program too."""
    return may_set_up(actor, city)


def may_draw(actor: Actor, thing: object) -> bool:
    """Whoever keeps the register takes over boundaries: they only draw, they decide nothing."""
    return actor.may(Permission.REGISTER_KEEP) or actor.may(Permission.SYSTEM)
