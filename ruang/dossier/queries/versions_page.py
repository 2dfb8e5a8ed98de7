"""What was changed in a record: each version beside the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, case_head
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.models import Record
from ruang.dossier.reading import names_of
from ruang.dossier.schema import Names, Schema, Value, Words
from ruang.dossier.showing import Answer, answer
from ruang.dossier.states import Kind
from ruang.dossier.values import differing, from_text
from ruang.identity import directory
from ruang.vault.texts import open_texts

MOST = 50
"""Versions on the page; older ones are kept, and shown from the address ``?sampai=``."""


@dataclass(frozen=True, slots=True, repr=False)
class Changed:
    """One answer before and after."""

    label: Words
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True, repr=False)
class VersionLine:
    """One version: who saved it, when, and what it changed."""

    number: int
    at: datetime
    by: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, repr=False)
class VersionsPage:
    """The newest versions first. ``lines`` is None where the record is locked."""

    head: CaseHead
    id: UUID
    title: Words
    lines: tuple[VersionLine, ...] | None
    older: int | None


@dataclass(frozen=True, slots=True, repr=False)
class _Kept:
    number: int
    at: datetime
    by: UUID
    said: Mapping[str, Value]


def versions_page(
    *, actor: Actor, case_id: UUID, record_id: UUID, at: datetime, until: int | None = None
) -> VersionsPage:
    """Return what was changed in a record.

    :raises NotInSight: if the actor is no member, or it is of another case
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    row = sight.one(Record.objects.visible_to(actor).filter(case=case_id), record_id)
    schema = SCHEMAS[Kind(row.kind)]
    if not head.reads(schema.compartment):
        return VersionsPage(head, row.pk, schema.kind.label, None, None)
    kept = _kept(row, actor, until)
    names = names_of(case_id, actor) if schema.names_people else {}
    people = directory.names(one.by for one in kept)
    more, shown = len(kept) > MOST, kept[:MOST]
    lines = []
    for number, one in enumerate(shown):
        earlier = kept[number + 1].said if number + 1 < len(kept) else {}
        changes = _changes(schema, earlier, one.said, names)
        lines.append(VersionLine(one.number, one.at, people.get(one.by, ""), changes))
    title = schema.title(kept[0].said, names) if kept else schema.kind.label
    return VersionsPage(head, row.pk, title, tuple(lines), shown[-1].number if more else None)


def _kept(row: Record, actor: Actor, until: int | None) -> list[_Kept]:
    """Return the newest versions, one more than the page shows, and open them."""
    rows = row.versions.order_by("-version")
    if until is not None:
        rows = rows.filter(version__lt=until)
    listed = list(rows[: MOST + 1])
    found = [
        _Kept(old.version, old.at, old.by, from_text(text))
        for old, text in zip(listed, open_texts(actor.keys, listed, "text"), strict=True)
        if text is not None
    ]
    if until is None:
        (text,) = open_texts(actor.keys, [row], "text")
        now = from_text(text) if text is not None else {}
        found.insert(0, _Kept(row.version, row.changed_at, row.changed_by, now))
    return found


def _changes(
    schema: Schema, before: Mapping[str, Value], after: Mapping[str, Value], names: Names
) -> tuple[Changed, ...]:
    changed = set(differing(before, after))
    return tuple(
        Changed(
            field.label,
            answer(field, before.get(field.name, ""), names),
            answer(field, after.get(field.name, ""), names),
        )
        for field in schema.fields
        if field.name in changed
    )
