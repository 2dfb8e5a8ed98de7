"""How she can be reached: what is in force, and what she sent that nobody took over yet."""

from dataclasses import dataclass
from datetime import datetime

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.queries.threads import Written, with_files, written
from ruang.cases.states import EntryKind
from ruang.identity import directory
from ruang.kernel.codes import MessageKind
from ruang.kernel.told import Contact
from ruang.vault.texts import open_text


@dataclass(frozen=True, slots=True, repr=False)
class Reach:
    """How she can be reached, since when, and a change she sent that nobody took over yet."""

    contact: Contact | None
    since: datetime | None
    by: str
    wish: Written | None


def reach_of(*, case: Case, actor: Actor, with_thread: bool) -> Reach:
    """Return how she can be reached, for an actor who holds that part; it is opened.

    :param with_thread: whether the actor holds the thread too, where her own change stands
    """
    row = case.entries.filter(kind=EntryKind.CONTACT).order_by("-at", "-pk").first()
    text = open_text(actor.keys, row, "text") if row is not None else ""
    contact = Contact.from_text(text) if text else None
    wish = None
    if with_thread:
        last = with_files(rows=case.thread.filter(kind=MessageKind.CONTACT)).order_by("-pk")[:1]
        asked = written(rows=last, actor=actor)
        wish = asked[0] if asked and asked[0].contact != contact else None
    names = directory.names([row.author]) if row is not None else {}
    return Reach(
        contact=contact,
        since=row.at if row is not None else None,
        by="".join(names.values()),
        wish=wish,
    )
