"""One record: as it is read, and as it is changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, case_head
from ruang.cases.states import Step
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.kinds.person import REGISTER
from ruang.dossier.models import Record
from ruang.dossier.offered import leads, may_begin
from ruang.dossier.reading import answers, names_of
from ruang.dossier.schema import (
    Schema,
    Shape,
    Value,
    Warned,
    Words,
)
from ruang.dossier.showing import UNREADABLE, Answer, Section, answer, sections, villages
from ruang.dossier.states import Kind, Reason, State
from ruang.dossier.values import Clash
from ruang.identity import directory
from ruang.vault.keyring import CannotOpen


@dataclass(frozen=True, slots=True, repr=False)
class RecordPage:
    """A record as it is read. ``sections`` is None where it is locked for this actor."""

    head: CaseHead
    id: UUID
    kind: Kind
    title: Words
    note: Words
    state: State
    retired_why: Words
    version: int
    changed_at: datetime
    by: str
    sections: tuple[Section, ...] | None
    warnings: tuple[Warned, ...]
    may_save: bool
    may_retire: bool


@dataclass(frozen=True, slots=True, repr=False)
class EditPage:
    """A record to be changed, or (version 0) a new one; what its choices are."""

    head: CaseHead
    id: UUID | None
    schema: Schema
    title: Words
    version: int
    values: Mapping[str, Value]
    people: tuple[tuple[str, Words], ...]
    villages: tuple[tuple[str, str], ...]

    @property
    def field_words(self) -> Mapping[str, Words]:
        """Return what each field is called."""
        return {field.name: field.label for field in self.schema.fields}


@dataclass(frozen=True, slots=True, repr=False)
class ClashShown:
    """One clash in words, side by side."""

    name: str
    label: Words
    before: Answer
    theirs: Answer
    mine: Answer
    by: str
    at: datetime


def record_page(*, actor: Actor, case_id: UUID, record_id: UUID, at: datetime) -> RecordPage:
    """Return one record.

    :raises NotInSight: if the actor is no member, or it is of another case
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    row = _row(actor, case_id, record_id)
    schema = SCHEMAS[Kind(row.kind)]
    names = names_of(case_id, actor) if schema.names_people else {}
    try:
        said: dict[str, Value] | None = answers(row, actor)
    except CannotOpen:
        said = None
    by = directory.names([row.changed_by])
    writes = said is not None and bool(may_begin(head, [schema.kind]))
    return RecordPage(
        head=head,
        id=row.pk,
        kind=schema.kind,
        title=schema.title(said, names) if said is not None else schema.kind.label,
        note=schema.note,
        state=row.state,
        retired_why=Reason(row.retired_why).label if row.retired_why else "",
        version=row.version,
        changed_at=row.changed_at,
        by=by.get(row.changed_by, ""),
        sections=sections(schema, said, names) if said is not None else None,
        warnings=schema.warnings(said) if said is not None else (),
        may_save=writes and row.state is State.LIVE,
        may_retire=said is not None and leads(head),
    )


def edit_page(*, actor: Actor, case_id: UUID, record_id: UUID, at: datetime) -> EditPage:
    """Return a record to be changed.

    :raises NotInSight: if the actor is no member, it is of another case, or not to be changed
    """
    page = record_page(actor=actor, case_id=case_id, record_id=record_id, at=at)
    if not page.may_save:
        raise sight.NotInSight("record")
    row = _row(actor, case_id, record_id)
    return _edit(page.head, SCHEMAS[page.kind], row, answers(row, actor), page.title, actor)


def entry_page(*, actor: Actor, case_id: UUID, record_id: UUID, at: datetime) -> EditPage:
    """Return the entry of a person in the register, to be written down; nothing else of her.

    :raises NotInSight: if the actor is no member, may not write it down, or cannot open it
    """
    page = record_page(actor=actor, case_id=case_id, record_id=record_id, at=at)
    mine = Step.ENTER in page.head.steps and page.sections is not None
    if not mine or page.kind is not Kind.PERSON or page.state is not State.LIVE:
        raise sight.NotInSight("record")
    row = _row(actor, case_id, record_id)
    schema = replace(SCHEMAS[page.kind], groups=(REGISTER,))
    return _edit(page.head, schema, row, answers(row, actor), page.title, actor)


def new_page(*, actor: Actor, case_id: UUID, kind: Kind, at: datetime) -> EditPage:
    """Return an empty record of a kind.

    :raises NotInSight: if the actor is no member, or may not write one
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    if not may_begin(head, [kind]):
        raise sight.NotInSight("record")
    schema = SCHEMAS[kind]
    return _edit(head, schema, None, {}, schema.add, actor)


def clashes_shown(
    *, actor: Actor, page: EditPage, clashes: Iterable[Clash]
) -> tuple[ClashShown, ...]:
    """Return clashes in words, with the names of who saved the other answer."""
    listed = list(clashes)
    fields = {field.name: field for field in page.schema.fields}
    names = names_of(page.head.id, actor) if page.schema.names_people else {}
    people = directory.names(one.by for one in listed)
    return tuple(
        ClashShown(
            name=one.name,
            label=fields[one.name].label,
            before=answer(fields[one.name], one.before, names),
            theirs=answer(fields[one.name], one.theirs, names),
            mine=answer(fields[one.name], one.mine, names),
            by=people.get(one.by, ""),
            at=one.at,
        )
        for one in listed
    )


def _row(actor: Actor, case_id: UUID, record_id: UUID) -> Record:
    return sight.one(Record.objects.visible_to(actor).filter(case=case_id), record_id)


def _edit(
    head: CaseHead,
    schema: Schema,
    row: Record | None,
    values: Mapping[str, Value],
    title: Words,
    actor: Actor,
) -> EditPage:
    types = {field.shape for field in schema.fields}
    people = names_of(head.id, actor) if schema.names_people else {}
    named = {key: name or _("Name not known") for key, name in people.items()}
    for field in schema.fields:
        value = values.get(field.name)
        if field.shape is Shape.PERSON and isinstance(value, str):
            named.setdefault(value, UNREADABLE)
    return EditPage(
        head=head,
        id=row.pk if row is not None else None,
        schema=schema,
        title=title,
        version=row.version if row is not None else 0,
        values=values,
        people=tuple(named.items()),
        villages=villages() if Shape.VILLAGE in types else (),
    )
