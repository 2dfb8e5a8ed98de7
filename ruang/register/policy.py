"""Who sees the register of places and people counted, and who keeps it."""

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P


def sees_register(actor: Actor) -> Q:
    """Whoever works in prevention sees every place of the city: numbers, not people."""
    seen = actor.may(P.PREVENTION_SEE) or actor.may(P.CADRE) or actor.may(P.SYSTEM)
    return Q() if seen else Q(pk__in=[])


def sees_contact(actor: Actor) -> Q:
    """Who to ring at an RT or a school is seen by those who have to ring: never a cadre."""
    seen = actor.may(P.REGISTER_CONTACT) or actor.may(P.SYSTEM)
    return Q() if seen else Q(pk__in=[])


def sees_list(actor: Actor) -> Q:
    """A list that waits to be taken over is seen by whoever brought it, and by nobody else."""
    return Q(by=actor.user_id)


def may_see(actor: Actor, thing: object) -> bool:
    """The pages of the register are for prevention; a cadre has pages of the own RW."""
    return actor.may(P.PREVENTION_SEE)


def may_keep(actor: Actor, thing: object) -> bool:
    """The office's prevention officers correct the register and take over lists."""
    return actor.may(P.REGISTER_KEEP) or actor.may(P.SYSTEM)


def may_see_contact(actor: Actor, thing: object) -> bool:
    """Those who have to ring."""
    return actor.may(P.REGISTER_CONTACT)
