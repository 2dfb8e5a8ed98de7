"""What the desk does with a report that is decided, when she writes again (ADR 0045)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.intake import clocks
from ruang.intake.events import ReportMoved
from ruang.intake.models import Report
from ruang.intake.policy import RULES
from ruang.intake.states import Step
from ruang.intake.writing import key_of_part
from ruang.kernel.codes import Answered
from ruang.kernel.errors import Refused


@transaction.atomic
def answer_otherwise(*, actor: Actor, report_id: UUID, why: Answered, at: datetime) -> Report:
    """Say why a message after the decision is not answered in writing; its clock is met by it.

    :raises PermissionDenied: if the actor works no reports at this desk
    :raises Refused: if no message of hers waits here, or the report is closed to this desk
    """
    report = _locked(actor, report_id)
    require(RULES[Step.ANSWERED], actor, report)
    report.take(Step.ANSWERED)
    key_of_part(report, "story", actor)
    if not report.waiting:
        raise Refused(_("No message of hers waits for an answer any more. Reload the page."))
    report.waiting = False
    clocks.answered_after(report, actor=actor, at=at)
    report.save(update_fields=["waiting"])
    moved = ReportMoved(report.pk, report.desk, Step.ANSWERED.value, report.holder, why.value)
    record(moved, actor=actor, at=at)
    return report


def _locked(actor: Actor, report_id: UUID) -> Report:
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, report_id)
