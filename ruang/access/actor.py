"""Whoever acts: a person at a desk, the reporter with her seven words, or the system."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable
from uuid import UUID

from ruang.access.permissions import Permission
from ruang.access.roles import GRANTS, Role


@runtime_checkable
class Keys(Protocol):
    """What somebody can open while one request lasts. Opaque: no repr, no pickle."""

    def prefetch(self, key_ids: Iterable[UUID]) -> None:
        """Fetch the wraps of these keys in one query."""

    def holds(self, key_id: UUID) -> bool:
        """Say whether this key can be opened, without opening it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts. Never None: the system is an actor with its own grants.

    :ivar user_id: the person's id; for a reporter the report's id
    :ivar organisation_id: the desk the person sits at; zero UUID for reporter and system
    """

    user_id: UUID
    organisation_id: UUID
    role: Role
    keys: Keys

    def may(self, permission: Permission) -> bool:
        """Say whether this actor's role has been granted the permission."""
        return permission in GRANTS[self.role]

    @property
    def is_staff(self) -> bool:
        """Say whether a signed-in person is acting."""
        return self.role not in {Role.REPORTER, Role.SYSTEM}


NOBODY = UUID(int=0)
"""The organisation of reporters and of the system."""


class NoKeys:
    """The keys of whoever holds none: the system, and sweeps."""

    def prefetch(self, key_ids: Iterable[UUID]) -> None:
        """Do nothing: there is nothing to fetch for."""

    def holds(self, key_id: UUID) -> bool:
        """Say no."""
        return False


SYSTEM = Actor(user_id=NOBODY, organisation_id=NOBODY, role=Role.SYSTEM, keys=NoKeys())
"""The system itself: clocks, sweeps, set-up. It holds no key."""

ANYBODY = Actor(user_id=NOBODY, organisation_id=NOBODY, role=Role.REPORTER, keys=NoKeys())
"""Somebody without an account who reports: may tell, and opens nothing."""
