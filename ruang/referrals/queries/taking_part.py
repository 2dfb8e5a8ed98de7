"""Whether a partner takes part in a case, for the page of the reporter."""

from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.referrals.models import Referral
from ruang.referrals.states import TAKES_PART


def takes_part(*, case_id: UUID) -> bool:
    """Say whether a request of this case runs or was accepted."""
    rows = Referral.objects.visible_to(SYSTEM).filter(case=case_id, state__in=TAKES_PART)
    return rows.exists()
