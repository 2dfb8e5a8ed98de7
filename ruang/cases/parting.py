"""The texts of a closing: sealed when it is asked for, as the rows they become when granted.

Who grants it may hold no key of the case, so nothing can be sealed at that moment any more.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.cases.models import Case, Entry, ThreadMessage
from ruang.cases.states import Compartment, EntryKind
from ruang.cases.writing import checked, material
from ruang.kernel.codes import MessageKind, Side
from ruang.vault.texts import open_texts, seal_text


@dataclass(frozen=True, slots=True, repr=False)
class Parting:
    """A closing note and, where there is a reporter, a message to her.

    :ivar id: of the entry and of the message; both texts are sealed for it
    :ivar by: who wrote them
    """

    id: UUID
    by: UUID
    note: bytes
    message: bytes | None


def seal_parting(
    case: Case, parting_id: UUID, *, note: str, message: str, actor: Actor
) -> Parting:
    """Seal both texts for the rows they become.

    :raises Refused: if one of them is empty or too long, or the actor holds no key
    """
    plan = material(case, Compartment.PLAN, actor)
    sealed = seal_text(plan, Entry, "text", parting_id, checked(note))
    told = None
    if case.reporter_pair is not None:
        thread = material(case, Compartment.THREAD, actor)
        told = seal_text(thread, ThreadMessage, "text", parting_id, checked(message))
    return Parting(parting_id, actor.user_id, sealed, told)


def open_parting(parting: Parting, *, actor: Actor) -> tuple[str, str]:
    """Return note and message while the second person thinks; empty for who holds no key."""
    note = Entry(pk=parting.id, text=parting.note)
    message = ThreadMessage(pk=parting.id, text=parting.message)
    said = open_texts(actor.keys, [note], "text")[0]
    told = open_texts(actor.keys, [message], "text")[0]
    return said or "", told or ""


def put_parting(case: Case, parting: Parting, at: datetime) -> None:
    """Put both texts where they belong. The same ones cannot be put twice."""
    note = Entry(
        pk=parting.id, case=case, compartment=Compartment.PLAN, kind=EntryKind.CLOSING,
        at=at, author=parting.by, text=parting.note,
    )  # fmt: skip
    note.save(force_insert=True)
    if parting.message is not None:
        message = ThreadMessage(
            pk=parting.id, case=case, at=at, side=Side.STAFF, kind=MessageKind.TEXT,
            author=parting.by, text=parting.message,
        )  # fmt: skip
        message.save(force_insert=True)
