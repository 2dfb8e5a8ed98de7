"""Of which records somebody may know nothing: contexts above say so."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

Hidden = Callable[[UUID], "QuerySet[Any, Any]"]
"""Given a member's id: the ids of the records, as a query that goes into another one."""

_hidden: list[Hidden] = []


def hide_records(hidden: Hidden) -> None:
    """Show nobody what is about a record of which she may know nothing. ``wiring`` calls it."""
    if hidden not in _hidden:
        _hidden.append(hidden)


def of_no_hidden_record(user_id: UUID, column: str = "subject") -> Q:
    """Keep what is about a record of which this member may know.

    :param column: where the id of the record stands
    """
    kept = Q()
    for hidden in _hidden:
        kept &= ~Q(**{f"{column}__in": hidden(user_id)})
    return kept
