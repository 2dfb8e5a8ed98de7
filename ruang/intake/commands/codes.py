"""New words for whoever lost theirs, or had none: after a call back in the safe way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.intake.events import CodeIssued
from ruang.intake.models import ReceiptCopy, Report
from ruang.intake.policy import RULES
from ruang.intake.states import COMPARTMENTS, Checked, Step
from ruang.intake.writing import key_of_part
from ruang.vault import receipts
from ruang.vault.keyring import all_keys, ring


@transaction.atomic
def issue_new_code(*, actor: Actor, report_id: UUID, checked: Checked, at: datetime) -> str:
    """Give the reporter seven new words; the old ones open nothing more. Return the words.

    She finds everything under them that she found before, by the keys that the desk holds.

    :raises PermissionDenied: if somebody else holds the report
    :raises Refused: if nobody has taken it, or it is closed to this desk
    """
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    report = sight.one(in_sight, report_id)
    require(RULES[Step.NEW_CODE], actor, report)
    report.take(Step.NEW_CODE)
    for part in COMPARTMENTS:
        key_of_part(report, part, actor)
    held = [key for key in all_keys(report.pk) if actor.keys.holds(key)]
    materials = [ring(actor.keys).material(key) for key in held]
    _pair, words = receipts.renew(
        owner=report.pk, materials=materials, given_by=actor.user_id, at=at
    )
    ReceiptCopy.objects.filter(report=report).delete()
    record(CodeIssued(report.pk, report.desk, checked.value), actor=actor, at=at)
    return words
