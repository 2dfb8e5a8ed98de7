"""What happens by itself to what waits for a second person: its report or case has changed."""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.approvals import asking
from ruang.audit.feed import Happened
from ruang.cases.states import Change
from ruang.dossier.sexual import SPEAKING
from ruang.intake.commands import let_go
from ruang.intake.models import Report
from ruang.intake.states import Step
from ruang.kernel.codes import Side
from ruang.triage.barred import REPORTS_BARRED
from ruang.triage.commands import end_overtaken


def end_what_cannot_be_granted(fact: Happened, at: datetime) -> None:
    """A report or case changed, or a clock of the law began: look at what waits."""
    ids = fact.ids
    subject = UUID(ids.get("case") or ids.get("report") or ids["subject"])
    end_overtaken(actor=SYSTEM, subject=subject, at=at)


def end_what_waits_for(fact: Happened, at: datetime) -> None:
    """Somebody was suspended or removed: what waited for her word is asked anew."""
    for subject in asking.waiting_for(UUID(fact.ids["user"])):
        end_overtaken(actor=SYSTEM, subject=subject, at=at)


def free_what_is_barred(fact: Happened, at: datetime) -> None:
    """Somebody was barred from a case: its report and what repeats it leave her hands.

    She sees them no more from the moment she was barred; this is for her colleagues.
    """
    user = UUID(fact.ids["user"])
    held = Report.objects.visible_to(SYSTEM).filter(holder=user)
    for hidden in REPORTS_BARRED:
        for report_id in held.filter(pk__in=hidden(user)).values_list("pk", flat=True):
            let_go(actor=SYSTEM, report_id=report_id, holder=user, at=at)


def is_of_her(fact: Happened) -> bool:
    """Say whether the reporter wrote: whoever was asked did not know of it."""
    return bool(fact.codes["side"] == Side.REPORTER)


def is_telling(fact: Happened) -> bool:
    """Say whether a record was written that can change what a second person was asked."""
    return fact.codes["kind"] in SPEAKING


def is_of_keys(fact: Happened) -> bool:
    """Say whether it was rated, identified, or its clock kept: that changes what waits."""
    return fact.codes["step"] in {Step.RATE, Step.IDENTIFY, Step.LEGAL}


def is_of_barring(fact: Happened) -> bool:
    """Say whether somebody was barred, who may have been asked as the second person."""
    return bool(fact.codes["change"] == Change.BARRED)
