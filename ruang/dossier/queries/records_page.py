"""The records of one or two kinds of a case: a list, page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, case_head
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.models import Record
from ruang.dossier.offered import Begin, may_begin
from ruang.dossier.reading import answers_of, names_of
from ruang.dossier.schema import Names, Value, Words
from ruang.dossier.states import Kind, State
from ruang.identity import directory

PAGE = 50
"""Records on a page."""


@dataclass(frozen=True, slots=True, repr=False)
class RecordRow:
    """One record in the list; of a locked one it is only said that it exists."""

    id: UUID
    kind: Kind
    title: Words
    locked: bool
    state: State
    version: int
    changed_at: datetime
    by: str


@dataclass(frozen=True, slots=True, repr=False)
class RecordsPage:
    """A list; ``older`` is where the next page begins, ``shut`` where every kind is locked."""

    head: CaseHead
    rows: tuple[RecordRow, ...]
    older: UUID | None
    begin: tuple[Begin, ...]
    shut: bool


def records_page(
    *,
    actor: Actor,
    case_id: UUID,
    kinds: Iterable[Kind],
    at: datetime,
    before: UUID | None = None,
) -> RecordsPage:
    """Return the records of these kinds, the newest first.

    :raises NotInSight: if the actor is no member
    """
    chosen = tuple(kinds)
    head = case_head(actor=actor, case_id=case_id, at=at)
    found = Record.objects.visible_to(actor).filter(case=case_id, kind__in=chosen)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    names = names_of(case_id, actor) if any(SCHEMAS[k].names_people for k in chosen) else {}
    people = directory.names(row.changed_by for row in rows)
    return RecordsPage(
        head=head,
        rows=tuple(_row(row, said, names, people) for row, said in answers_of(rows, actor)),
        older=rows[-1].pk if more else None,
        begin=may_begin(head, chosen),
        shut=not any(head.reads(SCHEMAS[kind].compartment) for kind in chosen),
    )


def _row(
    row: Record,
    said: Mapping[str, Value] | None,
    names: Names,
    people: Mapping[UUID, str],
) -> RecordRow:
    kind = Kind(row.kind)
    return RecordRow(
        id=row.pk,
        kind=kind,
        title=kind.label if said is None else SCHEMAS[kind].title(said, names),
        locked=said is None,
        state=row.state,
        version=row.version,
        changed_at=row.changed_at,
        by=people.get(row.changed_by, ""),
    )
