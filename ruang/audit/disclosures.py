"""Putting on record what was opened and what was refused, before the answer leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ruang.access.actor import Actor
from ruang.audit.events import Opened, WasRefused
from ruang.audit.record import record, record_all
from ruang.vault.ledger import Opening


def disclose(
    openings: Iterable[Opening], *, actor: Actor, at: datetime, automatic: bool = False
) -> None:
    """Write one fact for each compartment that was opened. Writes nothing for none."""
    listed = tuple(openings)
    if not listed:
        return
    facts = [
        Opened(opening.whose, compartment=opening.name, automatic=automatic)
        for opening in listed
    ]
    with transaction.atomic():
        record_all(facts, actor=actor, at=at)


def refuse(*, actor: Actor, rule: str, page: str, at: datetime) -> None:
    """Write one fact for an attempt that was refused.

    :param page: the name of the page's URL, never its address
    """
    with transaction.atomic():
        record(WasRefused(actor.user_id, rule=rule[:60], page=page[:60]), actor=actor, at=at)
