"""Writing in a compartment: notes, files, the names of those involved, how to reach her."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.events import EntryWritten
from ruang.cases.models import Case, Entry
from ruang.cases.policy import RULES, may_manage
from ruang.cases.states import Compartment, EntryKind, Step
from ruang.cases.writing import NOT_HELD, Brought, checked, material, put_entry, put_files
from ruang.kernel.codes import MessageKind
from ruang.kernel.errors import Refused
from ruang.kernel.filecard import FileCard
from ruang.vault.keyring import CannotOpen
from ruang.vault.texts import open_text


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    case_id: UUID,
    compartment: Compartment,
    text: str,
    at: datetime,
    kind: EntryKind = EntryKind.NOTE,
    form_tag: bytes | None = None,
    step: Step = Step.WRITE,
) -> Entry:
    """Write a note in a compartment the author holds. The same form sent twice is one note.

    :param step: what it is written for, where that is more than the note
    :raises Refused: if the case is closed to that, the text is empty or too long, or the author
        does not hold this compartment
    """
    case = _locked(actor, case_id)
    require(RULES[step], actor, case)
    if (before := _same(case, form_tag)) is not None:
        return before
    if compartment is Compartment.THREAD:
        raise Refused(_("Messages with the reporter are written in the thread, not as notes."))
    row = put_entry(
        case,
        compartment=compartment,
        kind=kind,
        text=checked(text),
        actor=actor,
        at=at,
        form_tag=form_tag,
        step=step,
    )
    return _written(case, row, actor, at)


@transaction.atomic
def add_files(
    *,
    actor: Actor,
    case_id: UUID,
    compartment: Compartment,
    text: str,
    files: Sequence[Brought],
    at: datetime,
    form_tag: bytes | None = None,
) -> Entry:
    """Keep files in a compartment the author holds, and a note on what they are.

    The same form sent twice keeps them once.

    :raises Refused: if the case is closed, there is no file or no word on it, or the author
        does not hold this compartment
    """
    case = _locked(actor, case_id)
    require(RULES[Step.WRITE], actor, case)
    if (before := _same(case, form_tag)) is not None:
        return before
    if compartment is Compartment.THREAD:
        raise Refused(_("Files for the reporter are not kept here. Choose another part."))
    if not files:
        raise Refused(_("Choose a file first."))
    names = "\n".join(f"– {FileCard.from_text(file.card).name}" for file in files)
    row = put_entry(
        case,
        compartment=compartment,
        kind=EntryKind.NOTE,
        text=f"{checked(text)}\n\n{names}",
        actor=actor,
        at=at,
        form_tag=form_tag,
    )
    put_files(case, compartment, files, material(case, compartment, actor))
    return _written(case, row, actor, at)


@transaction.atomic
def write_names(
    *, actor: Actor, case_id: UUID, names: str, at: datetime, form_tag: bytes | None = None
) -> Entry:
    """Write down the names of those involved: a partner is asked first whether she knows any.

    The newest list is the one in force; earlier ones stay readable.

    :raises PermissionDenied: if neither manager nor deputy
    """
    case = _locked(actor, case_id)
    require(may_manage, actor, case)
    if (before := _same(case, form_tag)) is not None:
        return before
    lines = [line.strip() for line in checked(names).split("\n")]
    row = put_entry(
        case,
        compartment=Compartment.IDENTITY,
        kind=EntryKind.NAMES,
        text="\n".join(line for line in lines if line),
        actor=actor,
        at=at,
        form_tag=form_tag,
    )
    return _written(case, row, actor, at)


@transaction.atomic
def take_over_contact(*, actor: Actor, case_id: UUID, message_id: UUID, at: datetime) -> Entry:
    """Make the contact that the reporter sent in her thread the one in force.

    In a closed case too: whoever asks her later how she is must not dial the old number.

    :raises Refused: if there is no such message
    """
    case = _locked(actor, case_id)
    require(RULES[Step.CONTACT], actor, case)
    message = case.thread.filter(pk=message_id, kind=MessageKind.CONTACT).first()
    if message is None:
        raise Refused(_("There is no such change of contact any more. Reload the page."))
    try:
        said = open_text(actor.keys, message, "text")
    except CannotOpen:
        raise Refused(NOT_HELD) from None
    row = put_entry(
        case,
        compartment=Compartment.IDENTITY,
        kind=EntryKind.CONTACT,
        text=said,
        actor=actor,
        at=at,
        step=Step.CONTACT,
    )
    return _written(case, row, actor, at)


def _locked(actor: Actor, case_id: UUID) -> Case:
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, case_id)


def _same(case: Case, form_tag: bytes | None) -> Entry | None:
    return case.entries.filter(form_tag=form_tag).first() if form_tag else None


def _written(case: Case, row: Entry, actor: Actor, at: datetime) -> Entry:
    case.changed_at = at
    case.save(update_fields=["changed_at"])
    record(EntryWritten(case.pk, row.pk, row.compartment, row.kind), actor=actor, at=at)
    return row
