"""What happens to cases when somebody's account ends."""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.cases.commands import renew_keys
from ruang.cases.models import Member
from ruang.cases.states import LEADS


def renew_after_leaving(fact: Happened, at: datetime) -> None:
    """Manager or deputy was suspended or removed: what comes in their cases has new keys."""
    user_id = UUID(fact.ids["user"])
    led = Member.objects.filter(user=user_id, ended_at=None, part__in=LEADS).order_by("case")
    for case_id in led.values_list("case", flat=True):
        renew_keys(actor=SYSTEM, case_id=case_id, user_id=user_id, at=at)
