"""Who sees and plans the duty list. Numbers of staff stay inside their organisation."""

from typing import TYPE_CHECKING

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission

if TYPE_CHECKING:
    from ruang.notify.models import Reach, Shift

WORK = (
    Permission.DESK_SEE,
    Permission.REFERRAL_ANSWER,
    Permission.CASE_SEE,
    Permission.MEMBER_MANAGE,
)
"""Whoever has one of these works at a desk that others wait for."""


def sees_duty(actor: Actor) -> Q:
    """Whoever works at the desk sees its list, with the numbers to ring."""
    if any(actor.may(permission) for permission in WORK):
        return Q(desk=actor.organisation_id)
    return Q(pk__in=[])


def may_see(actor: Actor, desk: object) -> bool:
    """Whoever works at a desk opens the page."""
    return any(actor.may(permission) for permission in WORK)


def may_plan(actor: Actor, shift: "Shift | None") -> bool:
    """Whoever manages the members plans their duty."""
    here = shift is None or shift.desk == actor.organisation_id
    return here and actor.may(Permission.MEMBER_MANAGE)


def may_reach(actor: Actor, reach: "Reach") -> bool:
    """Everybody says how she is reached; whoever manages the members says it for them."""
    if reach.user == actor.user_id:
        return may_see(actor, None)
    return reach.desk == actor.organisation_id and actor.may(Permission.MEMBER_MANAGE)


def may_deliver(actor: Actor, notice: object) -> bool:
    """The system alone."""
    return actor.may(Permission.SYSTEM)
