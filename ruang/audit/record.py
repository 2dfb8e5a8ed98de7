"""Writing a fact: in the transaction of the change, in commit order, as a leaf of the tree."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from ruang.access.actor import Actor
from ruang.audit.models import Fact, Head
from ruang.audit.tree import grow, leaf_hash, root_of
from ruang.kernel.events import Event
from ruang.kernel.rows import insert


def record(event: Event, *, actor: Actor, at: datetime) -> Fact:
    """Write one fact. The first id of the event is what the fact is about.

    The one row of :class:`Head` is locked until the transaction ends, so numbers are given in
    the order in which transactions commit. Record last: everybody else waits from here on.

    :raises transaction.TransactionManagementError: outside a transaction
    """
    return record_all([event], actor=actor, at=at)[0]


def record_all(events: Iterable[Event], *, actor: Actor, at: datetime) -> list[Fact]:
    """Write several facts at once, in order.

    :raises transaction.TransactionManagementError: outside a transaction
    """
    return _append([_fact(event, actor, at) for event in events])


def canonical(fact: Fact) -> dict[str, Any]:
    """Return what the leaf of a fact is made of."""
    return {
        "number": fact.number,
        "at": fact.at.astimezone(UTC).isoformat(),
        "name": fact.name,
        "role": fact.role,
        "by": str(fact.by),
        "organisation": str(fact.organisation),
        "about": str(fact.about),
        "ids": fact.ids,
        "codes": fact.codes,
    }


def _fact(event: Event, actor: Actor, at: datetime) -> Fact:
    ids = event.ids()
    return Fact(
        name=event.name,
        role=actor.role.value,
        by=actor.user_id,
        organisation=actor.organisation_id,
        about=UUID(next(iter(ids.values()))),
        ids=ids,
        codes=event.codes(),
        at=at,
    )


def _append(facts: list[Fact]) -> list[Fact]:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a fact is written with its change")
    size, edge = _locked_head()
    for fact in facts:
        fact.number = size + 1
        fact.leaf = leaf_hash(canonical(fact))
        edge = grow(edge, size, fact.leaf)
        fact.root = root_of(edge)
        size += 1
    insert(*facts)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [size, edge])
    return facts


_HEAD = "SELECT size, edge FROM audit_head WHERE id = 1"
_MOVE_HEAD = "UPDATE audit_head SET size = %s, edge = %s WHERE id = 1"


def _locked_head() -> tuple[int, bytes]:
    """Return the number of facts and the edge of their tree, locked until the end.

    In plain SQL, because while it is locked every other command waits.
    """
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD + lock)
        found = cursor.fetchone()
    if found is None:
        Head.objects.create(pk=1)
        return 0, b""
    return int(found[0]), bytes(found[1])
