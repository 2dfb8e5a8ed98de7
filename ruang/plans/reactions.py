"""What happens in plans by itself: a case turns out to be one that is never settled."""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.plans.commands import bar_mediation


def end_mediation(fact: Happened, at: datetime) -> None:
    """A code of a case was set: if it says sexual violence, a mediation that runs ends."""
    bar_mediation(actor=SYSTEM, case_id=UUID(fact.ids["case"]), at=at)
