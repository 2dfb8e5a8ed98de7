"""Who keeps breaches of personal data: those who answer for an office.

A breach is coded facts alone, and names nobody; it is seen where it happened, and by whoever
manages the city, which answers for all of them.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.breaches.states import Step

if TYPE_CHECKING:
    from ruang.breaches.models import Breach


def sees_breach(actor: Actor) -> Q:
    """Who keeps those of an office sees them; the administrator and the system see all."""
    if actor.may(Permission.SYSTEM) or actor.may(Permission.CITY_MANAGE):
        return Q()
    if actor.may(Permission.BREACH_KEEP):
        return Q(desk=actor.organisation_id)
    return Q(pk__in=())


def may_record(actor: Actor, breach: "Breach | None") -> bool:
    """Head and administrator put one on record."""
    return actor.may(Permission.BREACH_KEEP)


def may_keep(actor: Actor, breach: "Breach") -> bool:
    """They keep those of their own office; the administrator keeps those of all."""
    is_own = breach.desk == actor.organisation_id
    return actor.may(Permission.BREACH_KEEP) and (is_own or actor.may(Permission.CITY_MANAGE))


RULES = dict.fromkeys(Step, may_keep)
