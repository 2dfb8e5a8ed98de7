"""A report comes in: one durable transaction, or none.

The form's secret makes sending it twice the same as once. Report, key pair, wraps, files, the
copy of the receipt and the fact are stored together; then, and not before, she sees her words.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.intake import clocks
from ruang.intake.arrival import (
    CLOSED,
    Form,
    Receipt,
    holders_at,
    keep_copy,
    report_row,
    shown_again,
)
from ruang.intake.attachments import StoredFile
from ruang.intake.claims import claim_files
from ruang.intake.events import ReportReceived
from ruang.intake.models import Report
from ruang.intake.policy import may_tell
from ruang.intake.states import COMPARTMENTS, Safety
from ruang.intake.told import Told
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.rows import insert
from ruang.territory import queries as territory
from ruang.vault import receipts
from ruang.vault.keyring import new_keys
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import create_pair


def receive_report(
    *, actor: Actor, form: Form, told: Told, files: Sequence[StoredFile] = (), at: datetime
) -> Receipt:
    """Store a report and return its receipt; the same form again changes nothing.

    :raises PermissionDenied: if the actor is staff: their door is another one
    :raises Refused: while the form is closed
    """
    require(may_tell, actor, told)
    try:
        with transaction.atomic():
            return _store(actor, form, told, files, at)
    except (IntegrityError, Refused):
        stored = Report.objects.filter(form_tag=form.tag).first()
        if stored is None:
            raise
    return shown_again(stored, form, at)


def _store(
    actor: Actor, form: Form, told: Told, files: Sequence[StoredFile], at: datetime
) -> Receipt:
    report_id = uuid7()
    desk, holders = _holders(told)
    pair, private = create_pair(owner=report_id, kind=Kind.REPORTER, at=at)
    seven = receipts.new_words()
    receipts.keep(pair, private, seven, at)
    keys = new_keys(
        whose=report_id, names=COMPARTMENTS, holders=[*holders, pair], given_by=report_id, at=at
    )
    report = report_row(report_id, desk, form, told, keys, at)
    report.file_count = len(files)
    insert(report)
    clocks.begin(report)
    claim_files(report, files, keys["story"], at)
    keep_copy(form, report, seven, at)
    danger = told.safety is Safety.DANGER
    received = ReportReceived(report_id, desk, door=told.door.value, danger=danger)
    record(received, actor=replace(actor, user_id=report_id), at=at)
    return Receipt(report.number, seven, at, report.due_at)


def _holders(told: Told) -> tuple[UUID, list[KeyPair]]:
    """Return the desk it goes to, and that desk's and the quorum's pair.

    :raises Refused: while there is nobody it could be sealed to
    """
    city = territory.city()
    desk = city.alternate_desk if told.office_named else city.intake_desk
    if not city.is_form_open or desk is None:
        raise Refused(CLOSED)
    return desk, holders_at(desk)
