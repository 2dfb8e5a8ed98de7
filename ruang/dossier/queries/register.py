"""What is missing for the entry in SIMFONI-PPA, for each person whose entry is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, case_head
from ruang.cases.states import Compartment
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.kinds.person import ENTRY, REGISTERED
from ruang.dossier.models import Record
from ruang.dossier.reading import answers_of
from ruang.dossier.schema import YES, Schema, Value, Values, Words, one
from ruang.dossier.states import Kind
from ruang.dossier.values import day

NEEDED = (Compartment.IDENTITY, Compartment.NARRATIVE, Compartment.SUSPECT)
"""What one must hold to say what is missing."""
_Opened = Sequence[tuple[UUID, Values]]


@dataclass(frozen=True, slots=True, repr=False)
class RegisterRow:
    """One person: what is missing, and whether the entry was made."""

    id: UUID
    title: Words
    missing: tuple[Words, ...]
    entered: bool
    number: str
    on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class RegisterPage:
    """``missing`` is what every entry of the case lacks; ``locked`` what one does not hold."""

    head: CaseHead
    rows: tuple[RegisterRow, ...]
    missing: tuple[Words, ...]
    locked: tuple[Compartment, ...]


def register_page(*, actor: Actor, case_id: UUID, at: datetime) -> RegisterPage:
    """Return what the register still lacks.

    :raises NotInSight: if the actor is no member
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    locked = tuple(part for part in NEEDED if not head.reads(part))
    if Compartment.IDENTITY in locked:
        return RegisterPage(head, (), (), locked)
    kinds = (Kind.PERSON, Kind.SUSPECT, Kind.INCIDENT, Kind.RELATION)
    rows = Record.objects.visible_to(actor).filter(
        case=case_id, kind__in=kinds, retired_at=None
    )
    found: dict[Kind, list[tuple[UUID, Values]]] = {kind: [] for kind in kinds}
    for row, said in answers_of(rows.order_by("pk"), actor):
        if said is not None:
            found[Kind(row.kind)].append((row.pk, said))
    of_case = () if Compartment.NARRATIVE in locked else _of_case(found[Kind.INCIDENT])
    suspects = [] if Compartment.SUSPECT in locked else found[Kind.SUSPECT]
    people = tuple(
        _row(pk, said, suspects, found[Kind.RELATION])
        for pk, said in found[Kind.PERSON]
        if one(said, "role") in REGISTERED
    )
    return RegisterPage(head, people, of_case, locked)


def _row(pk: UUID, said: Values, suspects: _Opened, relations: _Opened) -> RegisterRow:
    schema = SCHEMAS[Kind.PERSON]
    paired = {
        one(pair, "reported")
        for _pk, pair in relations
        if one(pair, "person") == pk.hex and one(pair, "relation")
    }
    missing = list(_unanswered(schema, [said]))
    if one(said, "about_age"):  # the register takes an age where the birth date is not known
        born = next(f.label for f in schema.fields if f.name == "born_on")
        missing = [label for label in missing if label is not born]
    if any(suspect.hex not in paired for suspect, _said in suspects):
        missing.append(_("Relation to the reported person"))
    return RegisterRow(
        id=pk,
        title=schema.title(said, {}),
        missing=tuple(missing),
        entered=one(said, ENTRY[0]) == YES,
        number=one(said, ENTRY[1]),
        on=day(said.get(ENTRY[2])),
    )


def _of_case(incidents: _Opened) -> tuple[Words, ...]:
    said = [values for _pk, values in incidents] or [dict[str, Value]()]
    return tuple(_unanswered(SCHEMAS[Kind.INCIDENT], said))


def _unanswered(schema: Schema, many: Sequence[Mapping[str, Value]]) -> Iterable[Words]:
    """Return the labels the register asks for that at least one of these leaves open."""
    for field in schema.fields:
        if field.simfoni and not all(said.get(field.name) for said in many):
            yield field.label
