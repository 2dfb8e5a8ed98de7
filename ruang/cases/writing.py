"""Sealing a text into a case: checked first, under the newest key of its compartment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.models import Case, CaseFile, Entry, ThreadMessage
from ruang.cases.states import Compartment, EntryKind, Step
from ruang.kernel.codes import FileKind, MessageKind, Side
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.vault.keyring import CannotOpen, Material, current_keys, ring
from ruang.vault.texts import seal_text

LONGEST = 20_000
"""Characters of one note or message of ours."""
NOT_HELD = _("You hold no key of this part. Ask the case manager, or choose another part.")


@dataclass(frozen=True, slots=True, repr=False)
class Brought:
    """A sealed file that comes into a case; it stays where it lies, under the id it has."""

    id: UUID
    at: datetime
    kind: FileKind
    bucket: int
    card: str
    message: UUID | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A text that was told before there was a case, and the compartment it goes into."""

    compartment: Compartment
    kind: EntryKind
    text: str


def checked(text: str) -> str:
    """Return what staff wrote as it is stored, or refuse it."""
    plain = tidy(text)
    if not plain:
        raise Refused(_("Nothing was written yet. Write a few words first."))
    if len(plain) > LONGEST:
        raise Refused(_("This is too long for one piece. Divide it into several."))
    return plain


def put_entry(
    case: Case,
    *,
    compartment: Compartment,
    kind: EntryKind,
    text: str,
    actor: Actor,
    at: datetime,
    form_tag: bytes | None = None,
    step: Step = Step.WRITE,
) -> Entry:
    """Seal a text into a compartment.

    :param step: what it is written for; most of it is written in an open case alone
    :raises Refused: if the case is not open to that, or the actor holds no key of the part
    """
    case.take(step)
    row = Entry(
        pk=uuid7(), case=case, compartment=compartment, kind=kind, at=at,
        author=actor.user_id, form_tag=form_tag,
    )  # fmt: skip
    row.text = seal_text(material(case, compartment, actor), Entry, "text", row.pk, text)
    row.save(force_insert=True)
    return row


def put_told(
    case: Case, keys: Mapping[str, Material], told: Iterable[Told], at: datetime
) -> None:
    """Seal what was told into its compartments, each text as an entry; empty ones are none."""
    texts = [one for one in told if one.text]
    ids = sorted(uuid7() for _one in texts)
    rows = []
    for pk, one in zip(ids, texts, strict=True):
        row = Entry(pk=pk, case=case, compartment=one.compartment, kind=one.kind, at=at)
        row.text = seal_text(keys[one.compartment.value], Entry, "text", pk, one.text)
        rows.append(row)
    case.entries.bulk_create(rows)


def put_files(
    case: Case, compartment: Compartment, files: Iterable[Brought], key: Material
) -> None:
    """Seal what opens each file under the key of a compartment."""
    rows = []
    for file in files:
        row = CaseFile(
            pk=file.id, case=case, compartment=compartment, message_id=file.message,
            at=file.at, kind=file.kind, bucket=file.bucket,
        )  # fmt: skip
        row.meta = seal_text(key, CaseFile, "meta", file.id, file.card)
        rows.append(row)
    case.files.bulk_create(rows)


def put_message(
    case: Case,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    kind: MessageKind = MessageKind.TEXT,
    form_tag: bytes | None = None,
) -> ThreadMessage:
    """Seal a message into the thread.

    :raises Refused: if the actor holds no key of it
    """
    message = ThreadMessage(
        pk=uuid7(), case=case, at=at, kind=kind, form_tag=form_tag,
        side=Side.STAFF if actor.is_staff else Side.REPORTER,
        author=actor.user_id if actor.is_staff else None,
    )  # fmt: skip
    key = material(case, Compartment.THREAD, actor)
    message.text = seal_text(key, ThreadMessage, "text", message.pk, text)
    message.save(force_insert=True)
    return message


def material(case: Case, compartment: Compartment, actor: Actor) -> Material:
    """Return the newest key of a compartment.

    :raises Refused: if the actor does not hold it
    """
    try:
        return ring(actor.keys).material(current_keys(case.pk)[compartment.value])
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def ask_again_on(case: Case, on: date | None) -> None:
    """Set the day on which somebody asks again how she is; none ends the reminder."""
    case.next_on = on
    case.save(update_fields=["next_on"])
