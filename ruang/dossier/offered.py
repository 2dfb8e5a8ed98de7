"""What the pages of a case offer this actor: drawn from the same rules the commands ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from ruang.cases.queries import CaseHead
from ruang.cases.states import Part, Step
from ruang.dossier.kinds import SCHEMAS
from ruang.dossier.schema import Words
from ruang.dossier.states import Kind


@dataclass(frozen=True, slots=True)
class Begin:
    """A kind of which this actor may write a new record."""

    kind: Kind
    words: Words


def may_begin(head: CaseHead, kinds: Iterable[Kind]) -> tuple[Begin, ...]:
    """Return the kinds of which this actor may write one here, now."""
    if Step.WRITE not in head.steps:
        return ()
    return tuple(
        Begin(kind, SCHEMAS[kind].add)
        for kind in kinds
        if head.reads(SCHEMAS[kind].compartment)
    )


def leads(head: CaseHead) -> bool:
    """Say whether this actor is manager or deputy of an open case."""
    return head.is_open and head.my_part in {Part.MANAGER, Part.DEPUTY}
