"""What the reporter does with her seven words: open her thread, and write in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.intake import clocks
from ruang.intake.attachments import StoredFile
from ruang.intake.claims import claim_files
from ruang.intake.entry import GRACE, Opened, UsedUp, WrongWords, nonce_of, opened
from ruang.intake.events import MessageWritten, ReportFollowed
from ruang.intake.models import Message, ReceiptCopy, Report, UsedNonce
from ruang.intake.policy import may_follow, may_tell
from ruang.intake.states import MessageKind, Side, State
from ruang.kernel.ids import uuid7
from ruang.vault import receipts
from ruang.vault.keyring import current_keys, ring
from ruang.vault.ledger import Ledger
from ruang.vault.texts import seal_text


def open_follow(
    *, actor: Actor, words: str, entry: str, ledger: Ledger, at: datetime
) -> Opened:
    """Open a thread with the seven words. From now on the receipt is not shown again.

    :raises PermissionDenied: if the actor is staff
    :raises WrongWords: if the words open nothing
    :raises UsedUp: if the entry form was used before, or is too old
    """
    require(may_tell, actor, None)
    nonce = nonce_of(entry, at)
    found = receipts.open_words(words)
    if found is None:
        raise WrongWords
    report_id, pair_id, private = found
    thread = opened(report_id, pair_id, private, ledger=ledger, at=at)
    try:
        with transaction.atomic():
            UsedNonce.objects.create(tag=nonce, used_at=at)
            ReceiptCopy.objects.filter(report=report_id).delete()
            record(ReportFollowed(report_id), actor=thread.actor, at=at)
    except IntegrityError:
        if at - UsedNonce.objects.get(tag=nonce).used_at > GRACE:
            raise UsedUp from None
    return thread


@transaction.atomic
def write_as_reporter(
    *,
    actor: Actor,
    report_id: UUID,
    text: str,
    form_tag: bytes,
    kind: MessageKind = MessageKind.TEXT,
    files: Sequence[StoredFile] = (),
    at: datetime,
) -> UUID:
    """Write a message, a change of contact, files or the wish to stop; twice is once.

    :raises NotInSight: if it is not her report
    :raises CannotOpen: if her keys do not open its thread
    """
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    report = sight.one(in_sight, report_id)
    require(may_follow, actor, report)
    if (before := report.messages.filter(form_tag=form_tag).first()) is not None:
        return before.pk
    key = ring(actor.keys).material(current_keys(report.pk)["story"])
    message = Message(
        id=uuid7(), report=report, at=at, side=Side.REPORTER, kind=kind, form_tag=form_tag
    )
    message.text = seal_text(key, Message, "text", message.pk, text)
    message.save(force_insert=True)
    claim_files(report, files, key, at, message)
    _wait(report, len(files), actor, at)
    written = MessageWritten(
        report.pk, report.desk, message.pk, Side.REPORTER.value, kind.value
    )
    record(written, actor=actor, at=at)
    return message.pk


def _wait(report: Report, files: int, actor: Actor, at: datetime) -> None:
    """She waits for an answer: the first message after ours begins a new clock."""
    if report.state == State.CLAIMED and not report.waiting:
        clocks.asked(report, actor=actor, at=at)
    elif report.state == State.DECIDED:
        clocks.wrote_after(report, actor=actor, at=at)
    report.waiting, report.file_count = True, report.file_count + files
    report.save(update_fields=["due_at", "waiting", "file_count"])
