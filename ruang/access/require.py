"""The two questions every command asks: is it in sight, and may this actor do that."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied

from ruang.access.actor import Actor
from ruang.access.permissions import Permission

Thing = TypeVar("Thing")


def require(rule: Callable[[Actor, Thing], bool], actor: Actor, thing: Thing) -> None:
    """Refuse unless the rule allows this actor to do this to this thing.

    :raises PermissionDenied: naming the rule
    """
    if not rule(actor, thing):
        raise PermissionDenied(rule.__name__)


def require_permission(permission: Permission, actor: Actor) -> None:
    """Refuse unless the actor's role has the permission.

    :raises PermissionDenied: naming the permission
    """
    if not actor.may(permission):
        raise PermissionDenied(permission.value)
