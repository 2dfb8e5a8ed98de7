"""Whoever tries to change the city."""

from uuid import UUID

from ruang.access.actor import NOBODY, Actor, NoKeys
from ruang.access.roles import Role


def someone(role: Role) -> Actor:
    """Somebody in this role, without keys: none is needed here."""
    return Actor(user_id=UUID(int=7), organisation_id=NOBODY, role=role, keys=NoKeys())


ADMIN = someone(Role.ADMIN)
