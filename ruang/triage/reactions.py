"""What happens by itself to what waits for a second person: its case has changed."""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.triage.commands import end_overtaken


def end_what_cannot_be_granted(fact: Happened, at: datetime) -> None:
    """Something of a case changed, or a clock of the law began: look at what waits."""
    case_id = UUID(fact.ids.get("case") or fact.ids["subject"])
    end_overtaken(actor=SYSTEM, case_id=case_id, at=at)
