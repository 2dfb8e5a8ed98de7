"""New words for whoever reported, when the report has become a case: by manager or deputy."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.audit.record import record
from ruang.cases.models import Case
from ruang.cases.policy import may_manage
from ruang.cases.seats import locked, materials
from ruang.cases.states import Compartment, EntryKind
from ruang.intake.models import ReceiptCopy, Report
from ruang.intake.states import Checked
from ruang.triage.events import CaseCodeIssued
from ruang.triage.models import Decision
from ruang.vault import receipts
from ruang.vault.keyring import give, new_keys
from ruang.vault.models import DataKey, KeyPair
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import open_text, seal_text, version_of


@transaction.atomic
def issue_case_code(*, actor: Actor, case_id: UUID, checked: Checked, at: datetime) -> str:
    """Give who reported seven new words; the old ones open nothing more. Return the words.

    Under them she finds the whole thread, and the contact that is in force in the case.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the actor does not hold every key of the thread
    """
    case = locked(actor, case_id)
    require(may_manage, actor, case)
    report = _report_of(actor, case)
    thread = materials(actor, case.pk, [Compartment.THREAD.value])
    pair, words = receipts.renew(
        owner=report.pk, materials=thread, given_by=actor.user_id, at=at
    )
    _renew_contact(report, case, pair, actor, at)
    case.reporter_pair = pair.pk
    case.save(update_fields=["reporter_pair"])
    ReceiptCopy.objects.filter(report=report).delete()
    record(CaseCodeIssued(case.pk, report.pk, checked.value), actor=actor, at=at)
    return words


def _report_of(actor: Actor, case: Case) -> Report:
    """Return the report a case came from: whoever sees the case may know of the decision."""
    decisions = Decision.objects.visible_to(actor).select_related("report")
    found = decisions.filter(case=case).first()
    if found is None:
        raise NotInSight("report")
    return found.report


def _renew_contact(
    report: Report, case: Case, pair: KeyPair, actor: Actor, at: datetime
) -> None:
    """Seal for her how she is reached now; the report's older keys died with her words."""
    row = case.entries.filter(kind=EntryKind.CONTACT).order_by("-at", "-pk").first()
    text = open_text(actor.keys, row, "text") if row is not None else ""
    newest = DataKey.objects.filter(whose=report.pk, name="contact").latest("epoch")
    key = new_keys(
        whose=report.pk,
        names=["contact"],
        holders=[pair],
        given_by=actor.user_id,
        at=at,
        epoch=newest.epoch + 1,
    )["contact"]
    if (officials := quorum_pair()) is not None:
        give([key], to=[officials], given_by=actor.user_id, at=at)
    version = version_of(report.contact) + 1 if report.contact else 1
    report.contact = seal_text(key, Report, "contact", report.pk, text, version)
    report.save(update_fields=["contact"])
