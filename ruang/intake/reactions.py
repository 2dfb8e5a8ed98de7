"""What happens to reports by itself: an account ends. Each may come late or twice."""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.clocks.official import ANSWER
from ruang.intake.commands import free_report, run_on
from ruang.intake.models import Report
from ruang.intake.states import State, TakenWhy


def free_after_leaving(fact: Happened, at: datetime) -> None:
    """Whoever held reports was suspended or removed: they are free for the whole desk again."""
    user = UUID(fact.ids["user"])
    held = Report.objects.visible_to(SYSTEM).filter(holder=user, state=State.CLAIMED)
    for report_id in held.order_by("pk").values_list("pk", flat=True):
        free_report(actor=SYSTEM, report_id=report_id, holder=user, why=TakenWhy.LEFT, at=at)


def run_after_pause(fact: Happened, at: datetime) -> None:
    """The pause of a clock ended by itself: its report is due when the clock says so."""
    if fact.codes["kind"] == ANSWER:
        run_on(actor=SYSTEM, report_id=UUID(fact.ids["subject"]), at=at)
