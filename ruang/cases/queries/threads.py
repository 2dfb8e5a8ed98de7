"""The messages with the reporter, as manager and deputy see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ruang.access.actor import Actor
from ruang.cases.models import CaseFile, ThreadMessage
from ruang.cases.queries.head import CaseHead
from ruang.identity import directory
from ruang.kernel.codes import MessageKind, Side
from ruang.kernel.told import Contact, Feedback
from ruang.vault.texts import open_texts

PAGE = 30


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """One message.

    :ivar contact: the contact a change of contact carries
    :ivar feedback: what she said of the help
    """

    id: UUID
    at: datetime
    mine: bool
    from_reporter: bool
    by: str
    kind: MessageKind
    text: str
    contact: Contact | None
    feedback: Feedback | None
    files: int


@dataclass(frozen=True, slots=True, repr=False)
class Thread:
    """One page of messages, oldest first; ``older`` is where the page before begins."""

    messages: tuple[Written, ...]
    older: UUID | None


def thread_of(
    *, head: CaseHead, actor: Actor, before: UUID | None = None, limit: int = PAGE
) -> Thread:
    """Return one page of the thread of a case in sight, the newest page first.

    Ids order by time, so a page is cut by them.

    :raises CannotOpen: if the actor holds no key of it
    """
    rows = with_files(rows=ThreadMessage.objects.filter(case=head.id)).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    page = found[:limit][::-1]
    older = page[0].pk if len(found) > limit else None
    return Thread(tuple(written(rows=page, actor=actor, known=head.names)), older)


def with_files(*, rows: QuerySet[ThreadMessage]) -> QuerySet[ThreadMessage]:
    """Return messages that know how many files came with them."""
    files = CaseFile.objects.filter(message=OuterRef("pk")).order_by().values("message")
    counted = Subquery(files.annotate(count=Count("pk")).values("count"))
    return rows.annotate(file_count=Coalesce(counted, 0))


def written(
    *,
    rows: Iterable[ThreadMessage],
    actor: Actor,
    known: Mapping[UUID, str] | None = None,
) -> list[Written]:
    """Return messages as they are shown.

    :param rows: of :func:`with_files`
    :param known: names that need not be looked up
    """
    listed = list(rows)
    names = directory.names((row.author for row in listed), known=known)
    texts = open_texts(actor.keys, listed, "text")
    return [
        _one(row, text or "", names, actor) for row, text in zip(listed, texts, strict=True)
    ]


def _one(row: ThreadMessage, text: str, names: dict[UUID, str], actor: Actor) -> Written:
    is_contact = row.kind == MessageKind.CONTACT
    is_feedback = row.kind == MessageKind.FEEDBACK
    return Written(
        id=row.pk,
        at=row.at,
        mine=row.author == actor.user_id,
        from_reporter=row.side == Side.REPORTER,
        by=names.get(row.author, "") if row.author else "",
        kind=MessageKind(row.kind),
        text="" if is_contact or is_feedback else text,
        contact=Contact.from_text(text) if is_contact else None,
        feedback=Feedback.from_text(text) if is_feedback else None,
        files=row.file_count,  # type: ignore[attr-defined]  # of with_files
    )
