"""Facts as a feed: what happened after a number, for whoever reacts to it or shows it live."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ruang.audit.models import Cursor, Fact, Head


@dataclass(frozen=True, slots=True)
class Happened:
    """One fact, as those above may see it."""

    number: int
    name: str
    at: datetime
    role: str
    by: UUID
    organisation: UUID
    ids: dict[str, str]
    codes: dict[str, Any]

    @property
    def topics(self) -> tuple[str, ...]:
        """Return what has changed, as pages name it: ``desk:<id>`` for a field ``desk_id``."""
        return tuple(f"{key.removesuffix('_id')}:{value}" for key, value in self.ids.items())


def last_number() -> int:
    """Return the number of the newest fact; 0 before the first."""
    return Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def number_at(at: datetime) -> int:
    """Return the number of the newest fact before a moment, looking at the last few only."""
    newest = Fact.objects.order_by("-number").values_list("number", "at")[:200]
    return next((number for number, then in newest if then < at), max(last_number() - 200, 0))


def after(number: int, *, limit: int) -> list[Happened]:
    """Return the facts that follow, oldest first."""
    rows = Fact.objects.filter(number__gt=number).order_by("number")[:limit]
    return [_happened(row) for row in rows]


def one(number: int) -> Happened:
    """Return one fact."""
    return _happened(Fact.objects.get(number=number))


def earlier(fact: Happened) -> int:
    """Return how often the same was on record of the same thing before this fact."""
    this = Fact.objects.filter(number=fact.number)
    rows = Fact.objects.filter(
        about__in=this.values("about"), name=fact.name, number__lt=fact.number
    )
    return sum(codes == fact.codes for codes in rows.values_list("codes", flat=True))


def read_on(reader: str, take: Callable[[Happened], None], *, limit: int) -> int:
    """Give a reader the facts past its cursor and move the cursor, in one transaction.

    :param reader: the name of the cursor; a new one begins with the first fact
    :returns: how many there were
    """
    seen = Cursor.objects.filter(name=reader).values_list("number", flat=True).first() or 0
    if seen >= last_number():
        return 0
    with transaction.atomic():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(name=reader)
        facts = after(cursor.number, limit=limit)
        for fact in facts:
            take(fact)
        if facts:
            cursor.number = facts[-1].number
            cursor.save(update_fields=["number"])
        return len(facts)


def _happened(row: Fact) -> Happened:
    return Happened(
        row.number, row.name, row.at, row.role, row.by, row.organisation, row.ids, row.codes
    )
