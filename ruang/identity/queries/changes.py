"""Who changed a setting last, and when: from the facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.trail import histories
from ruang.identity import directory
from ruang.identity.policy import may_found

MOST = 500
"""Facts that are looked through; a city changes its settings a few times a year."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of one setting.

    :ivar by: empty when it was the set-up program
    """

    at: datetime
    by: str


def last_changes(
    *, actor: Actor, subjects: tuple[UUID, ...], names: tuple[str, ...], code: str
) -> Mapping[str, Change]:
    """Return the last change of each setting, by what these facts carry under ``code``.

    :raises PermissionDenied: unless the actor manages the city
    """
    require(may_found, actor, None)
    facts = histories(subjects, names, limit=MOST)
    people = directory.names(fact.by for fact in facts)
    found: dict[str, Change] = {}
    for fact in facts:  # the latest first
        by = people.get(fact.by, "") if fact.by else ""
        found.setdefault(str(fact.codes.get(code, "")), Change(fact.at, by))
    return found
