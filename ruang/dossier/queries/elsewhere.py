"""People of the other cases one is on, to take over what is known of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.sight import NotInSight
from ruang.cases.queries import CaseHead, case_head
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.models import Record
from ruang.dossier.offered import may_begin
from ruang.dossier.reading import LINK, answers_of, people_of
from ruang.dossier.schema import Words, many
from ruang.dossier.states import Kind

MOST = 200
"""The newest so many are listed."""


@dataclass(frozen=True, slots=True, repr=False)
class PersonElsewhere:
    """Somebody of another case of mine. ``is_here``: the same person stands in this one."""

    record: UUID
    case: UUID
    number: str
    title: Words
    is_here: bool


@dataclass(frozen=True, slots=True, repr=False)
class Elsewhere:
    """The people of my other cases whose identity I hold."""

    head: CaseHead
    people: tuple[PersonElsewhere, ...]


def people_elsewhere(*, actor: Actor, case_id: UUID, at: datetime) -> Elsewhere:
    """Return the people of the other cases this actor is on.

    :raises NotInSight: if the actor is no member, or may not write people here
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    if not may_begin(head, [Kind.PERSON]):
        raise NotInSight("people")
    here = people_of(case_id, actor)
    linked = {link for _row, said in here for link in many(said, LINK)}
    mine = {row.pk.hex for row, _said in here}
    rows = Record.objects.visible_to(actor).filter(kind=Kind.PERSON, retired_at=None)
    others = rows.exclude(case=case_id).select_related("case").order_by("-pk")[:MOST]
    title = SCHEMAS[Kind.PERSON].title
    found = tuple(
        PersonElsewhere(
            record=row.pk,
            case=row.case_id,
            number=row.case.number,
            title=title(said, {}),
            is_here=row.pk.hex in linked or bool(mine & set(many(said, LINK))),
        )
        for row, said in answers_of(others, actor)
        if said is not None
    )
    return Elsewhere(head, found)
