"""Who did something last, by the facts of it: what a page says beside another answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.audit import trail
from ruang.identity import directory

LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Doer:
    """Who it was, and when."""

    name: str
    at: datetime


def last_doer(subject: UUID, fact: str, step: str) -> Doer | None:
    """Return who took this step with a thing last; None if nobody has lately."""
    latest = trail.happenings(subject, [fact], limit=LOOKED_AT)
    for one in latest:
        if one.codes.get("step") == step:
            return Doer(directory.names([one.by]).get(one.by, ""), one.at)
    return None
