"""Why somebody cannot leave just now. Contexts above say so without identity knowing them."""

from collections.abc import Callable
from uuid import UUID

from django.utils.functional import Promise

Objection = Callable[[UUID], str | Promise | None]
"""Given a member's id: a sentence that says what has to be done first; None if nothing."""

_asked: list[Objection] = []


def ask_before_leaving(objection: Objection) -> None:
    """Ask this, too, before a member is suspended or removed. ``wiring`` calls it."""
    if objection not in _asked:
        _asked.append(objection)


def objection_to_leaving(user_id: UUID) -> str | Promise | None:
    """Return the first objection; None if the member may go."""
    return next((words for ask in _asked if (words := ask(user_id)) is not None), None)
