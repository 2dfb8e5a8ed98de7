"""What is missing for the entry in SIMFONI-PPA, for each person whose entry is made.

Its parts are those of the register (domain.md §2.2): the case with when, where and what; each
survivor; each reported person, with the relation per pair. Services are of ``plans``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.queries import CaseHead, case_head
from ruang.cases.states import Compartment, Step
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.kinds.person import ENTRY, REGISTERED, UNKNOWN
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
class SuspectRow:
    """One reported person, and what the register asks about her or him that is not said."""

    id: UUID
    title: Words
    missing: tuple[Words, ...]


@dataclass(frozen=True, slots=True, repr=False)
class RegisterPage:
    """What the register still lacks of a case.

    :ivar missing: what every entry of the case lacks
    :ivar suspects: who is reported; None where that is locked for this actor
    :ivar locked: what one does not hold
    """

    head: CaseHead
    rows: tuple[RegisterRow, ...]
    missing: tuple[Words, ...]
    suspects: tuple[SuspectRow, ...] | None
    locked: tuple[Compartment, ...]

    @property
    def may_enter(self) -> bool:
        """Say whether this actor writes down the entries; of a closed case too."""
        return Step.ENTER in self.head.steps


def register_page(*, actor: Actor, case_id: UUID, at: datetime) -> RegisterPage:
    """Return what the register still lacks.

    :raises NotInSight: if the actor is no member
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    locked = tuple(part for part in NEEDED if not head.reads(part))
    kinds = (Kind.PERSON, Kind.SUSPECT, Kind.INCIDENT, Kind.RELATION)
    rows = Record.objects.visible_to(actor).filter(
        case=case_id, kind__in=kinds, retired_at=None
    )
    found: dict[Kind, list[tuple[UUID, Values]]] = {kind: [] for kind in kinds}
    for row, said in answers_of(rows.order_by("pk"), actor):
        if said is not None:
            found[Kind(row.kind)].append((row.pk, said))
    registered = [
        (pk, said) for pk, said in found[Kind.PERSON] if one(said, "role") in REGISTERED
    ]
    several = len(registered) > 1
    suspects = None if Compartment.SUSPECT in locked else _suspects(found[Kind.SUSPECT])
    known = [pk for pk, said in found[Kind.SUSPECT] if one(said, UNKNOWN) != YES]
    return RegisterPage(
        head=head,
        rows=tuple(_row(pk, said, known, found[Kind.RELATION]) for pk, said in registered),
        missing=(
            ()
            if Compartment.NARRATIVE in locked
            else _of_case(found[Kind.INCIDENT], several=several)
        ),
        suspects=suspects,
        locked=locked,
    )


def _row(pk: UUID, said: Values, suspects: Sequence[UUID], relations: _Opened) -> RegisterRow:
    schema = SCHEMAS[Kind.PERSON]
    paired = {
        one(pair, "reported")
        for _pk, pair in relations
        if one(pair, "person") == pk.hex and one(pair, "relation")
    }
    missing = list(_unanswered(schema, [said]))
    if any(suspect.hex not in paired for suspect in suspects):
        missing.append(_("Relation to the reported person"))
    return RegisterRow(
        id=pk,
        title=schema.title(said, {}),
        missing=tuple(missing),
        entered=one(said, ENTRY[0]) == YES,
        number=one(said, ENTRY[1]),
        on=day(said.get(ENTRY[2])),
    )


def _suspects(found: _Opened) -> tuple[SuspectRow, ...]:
    """Return what is asked about each reported person: the same as about a survivor (§2.2)."""
    schema = SCHEMAS[Kind.SUSPECT]
    return tuple(
        SuspectRow(
            id=pk,
            title=schema.title(said, {}),
            missing=() if one(said, UNKNOWN) == YES else tuple(_unanswered(schema, [said])),
        )
        for pk, said in found
    )


def _of_case(incidents: _Opened, *, several: bool) -> tuple[Words, ...]:
    """Return what the incidents lack.

    :param several: more than one person is entered, and forms are counted per survivor
    """
    schema = SCHEMAS[Kind.INCIDENT]
    said = [values for _pk, values in incidents] or [dict[str, Value]()]
    missing = list(_unanswered(schema, said))
    if several and not all(one(values, "person") for values in said):
        missing.append(next(field.label for field in schema.fields if field.name == "person"))
    return tuple(missing)


def _unanswered(schema: Schema, many: Sequence[Values]) -> Iterable[Words]:
    """Return the labels the register asks for that at least one of these leaves open."""
    for field in schema.fields:
        if any(field.is_open(said) for said in many):
            yield field.label
