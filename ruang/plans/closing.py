"""What happens once a second person has approved that a case is closed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import SYSTEM, Actor
from ruang.approvals.models import Approval
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.cases.parting import Parting
from ruang.cases.states import Closing, State
from ruang.clocks import keep
from ruang.clocks.queries import was_missed_since
from ruang.clocks.states import Ended
from ruang.dossier.reading import has_incident_since
from ruang.kernel.codes import Risk, Side
from ruang.kernel.errors import Refused
from ruang.plans.commands.tasks import drop_tasks
from ruang.plans.models import Termination
from ruang.plans.readiness import blockers, must_be_ready
from ruang.risk.suggesting import raises


def can_be_carried_out(approval: Approval) -> bool:
    """Say whether a closing that was asked for could be granted now."""
    row = Termination.objects.filter(approval=approval.pk).select_related("case").first()
    if row is None or row.case.state != State.OPEN:
        return False
    return not blockers(row.case) and not something_came_up(row.case, approval)


def something_came_up(case: Case, approval: Approval) -> bool:
    """Say whether the case is another one than the second person was asked to close.

    The risk rose, a time limit was missed, she wrote, or an incident was written down since.
    """
    since = approval.asked_at
    return (
        raises(Risk(case.risk), Risk(approval.risk))
        or case.thread.filter(side=Side.REPORTER, at__gt=since).exists()
        or was_missed_since(subject=case.pk, since=since)
        or has_incident_since(case.pk, since)
    )


def carry_out(approval: Approval, actor: Actor, at: datetime) -> Case:
    """Close the case as it was approved, in the transaction that approved it.

    What came up meanwhile stands in the way again: then nothing is approved either.

    :raises Refused: if something stands in the way now, or nothing was granted
    """
    row = Termination.objects.filter(approval=approval.pk).select_related("case").first()
    if row is None:
        raise Refused(_("What was asked for is not there any more."))
    must_be_ready(row.case)
    if something_came_up(row.case, approval):
        raise Refused(
            _(
                "Something came up since you were asked: the risk rose, a time limit was "
                "missed, she wrote, or an incident was added. Somebody has to ask anew."
            )
        )
    parting = Parting(
        row.pk, row.author, bytes(row.note), bytes(row.message) if row.message else None
    )
    case = cases.close_case(
        actor=actor,
        case_id=row.case_id,
        closing=Closing(row.closing),
        parting=parting,
        approval_id=approval.pk,
        at=at,
    )
    drop_tasks(actor=SYSTEM, case_id=case.pk, at=at)
    keep.end_all(case.pk, why=Ended.CLOSED, actor=SYSTEM, at=at)
    return case
