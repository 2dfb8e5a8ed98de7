"""Opening records: the answers of some, what people are called, an earlier version."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.dossier.kinds.person import ENTRY, PERSON, REGISTERED, called
from ruang.dossier.models import Record, RecordQuerySet, Version
from ruang.dossier.schema import YES, Names, Value, one
from ruang.dossier.states import Kind
from ruang.dossier.values import day, from_text
from ruang.vault.texts import open_text, open_texts

PEOPLE = (Kind.PERSON, Kind.SUSPECT)
"""Kinds that are somebody."""
LINK = "links"
"""Beside the answers of a person: the records of the same person in other cases."""


def answers(record: Record | Version, actor: Actor) -> dict[str, Value]:
    """Return the answers of one record or version.

    :raises CannotOpen: if the actor does not hold its compartment
    """
    return from_text(open_text(actor.keys, record, "text"))


def answers_of(
    records: Iterable[Record], actor: Actor
) -> list[tuple[Record, dict[str, Value] | None]]:
    """Return the answers of many, with one query; None where the actor holds no key."""
    rows = list(records)
    texts = open_texts(actor.keys, rows, "text")
    return [
        (row, from_text(text) if text is not None else None)
        for row, text in zip(rows, texts, strict=True)
    ]


def people_of(case_id: UUID, actor: Actor) -> list[tuple[Record, dict[str, Value]]]:
    """Return the people of a case that this actor can read, in the order they were added."""
    rows = Record.objects.visible_to(actor).filter(case=case_id, kind__in=PEOPLE)
    opened = answers_of(rows.order_by("pk"), actor)
    return [(row, said) for row, said in opened if said is not None]


def names_of(case_id: UUID, actor: Actor) -> Names:
    """Return what the people of a case are called, by the id of their record."""
    return {row.pk.hex: called(said) for row, said in people_of(case_id, actor)}


def live_people(case_id: UUID, actor: Actor) -> RecordQuerySet:
    """Return the people of a case that count, without who is reported."""
    rows = Record.objects.visible_to(actor)
    return rows.filter(case=case_id, kind=Kind.PERSON, retired_at=None)


def registered_of(case_id: UUID, actor: Actor) -> dict[UUID, str]:
    """Return whose entry the register takes, as far as one can read, and their names."""
    return {pk: str(PERSON.title(said, {})) for pk, said in _registered(case_id, actor)}


def are_registered(case_id: UUID, actor: Actor) -> bool:
    """Say whether everybody of a case whose entry is made is entered in SIMFONI."""
    people = [said for _pk, said in _registered(case_id, actor)]
    return bool(people) and all(one(said, ENTRY[0]) == YES for said in people)


def _registered(case_id: UUID, actor: Actor) -> list[tuple[UUID, dict[str, Value]]]:
    opened = answers_of(live_people(case_id, actor).order_by("pk"), actor)
    return [
        (row.pk, said)
        for row, said in opened
        if said is not None and one(said, "role") in REGISTERED
    ]


def next_legal_date(case_id: UUID, actor: Actor, *, since: date) -> date | None:
    """Return the nearest date of the legal track from a day on, as far as it can be read."""
    rows = Record.objects.visible_to(actor).filter(
        case=case_id, kind=Kind.LEGAL_STEP, retired_at=None
    )
    steps = (said for _row, said in answers_of(rows, actor) if said is not None)
    days = (day(said.get("next_on")) for said in steps)
    return min((found for found in days if found and found >= since), default=None)


def has_incident_since(case_id: UUID, since: datetime) -> bool:
    """Say whether an incident was written down or changed after that."""
    rows = Record.objects.filter(case=case_id, kind=Kind.INCIDENT, changed_at__gt=since)
    return rows.exists()


def said_since(record: Record, names: Iterable[str], actor: Actor) -> datetime:
    """Return when these answers of a record were first saved as they stand."""
    asked, now, at = tuple(names), answers(record, actor), record.changed_at
    for old in record.versions.order_by("-version"):
        then = answers(old, actor)
        if any(then.get(name) != now.get(name) for name in asked):
            break
        at = old.at
    return at


def at_version(record: Record, version: int, actor: Actor) -> dict[str, Value]:
    """Return the answers as they were at a version: each kept one stands until the next."""
    kept = record.versions.filter(version__gte=version).order_by("version").first()
    return answers(kept or record, actor)
