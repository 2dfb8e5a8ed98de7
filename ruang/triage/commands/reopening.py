"""A report that was decided without a case is opened again: she wrote, or it was a slip."""

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
from ruang.intake.states import Reopened, Step
from ruang.intake.writing import key_of_part
from ruang.kernel.errors import Refused
from ruang.triage.models import Decision


@transaction.atomic
def reopen_report(*, actor: Actor, report_id: UUID, why: Reopened, at: datetime) -> Report:
    """Take a decision back and the report into one's hands; what was decided stays on record.

    :raises PermissionDenied: if the actor works no reports at this desk
    :raises Refused: if it is not decided, or it became a case, or it is closed to this desk
    """
    in_sight = Report.objects.visible_to(actor).select_for_update(of=("self",))
    report = sight.one(in_sight, report_id)
    require(RULES[Step.REOPEN], actor, report)
    report.take(Step.REOPEN)
    decision = Decision.objects.visible_to(actor).filter(report=report).first()
    if decision is None or decision.case_id is not None:
        raise Refused(_("This report became a case. Whoever manages the case goes on there."))
    key_of_part(report, "story", actor)
    former = report.holder if report.holder != actor.user_id else None
    report.hold(actor.user_id)
    report.reopened_at = at
    clocks.reopened(report, decided_at=decision.at, actor=actor, at=at)
    decision.delete()
    report.save(
        update_fields=["state", "holder", "taken_from", "taken_at", "reopened_at", "due_at"]
    )
    moved = ReportMoved(
        report.pk, report.desk, Step.REOPEN.value, report.holder, why.value, former
    )
    record(moved, actor=actor, at=at)
    return report
