"""What happens to cases when somebody's account ends."""

from datetime import datetime
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.audit.feed import Happened
from ruang.cases.commands import remove_member, renew_keys
from ruang.cases.models import Member
from ruang.cases.states import LEADS, Part


def renew_after_leaving(fact: Happened, at: datetime) -> None:
    """Somebody was suspended or removed: what comes in her cases has new keys.

    A colleague leaves the teams she was on; a partner's request is ended by ``referrals``.
    """
    user_id = UUID(fact.ids["user"])
    helped = Member.objects.filter(user=user_id, ended_at=None, part=Part.TEAM).order_by("case")
    for case_id in helped.values_list("case", flat=True):
        remove_member(actor=SYSTEM, case_id=case_id, user_id=user_id, at=at)
    led = Member.objects.filter(user=user_id, ended_at=None, part__in=LEADS).order_by("case")
    for case_id in led.values_list("case", flat=True):
        renew_keys(actor=SYSTEM, case_id=case_id, user_id=user_id, at=at)
