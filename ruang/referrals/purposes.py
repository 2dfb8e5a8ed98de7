"""For what a partner reads parts of a case: a consent names one purpose, carries no other."""

from uuid import UUID

from ruang.consents.states import Purpose
from ruang.referrals.models import Referral
from ruang.referrals.states import Need, State


def purpose_of(need: Need) -> Purpose:
    """Return for what a request shares."""
    return Purpose(need.value)


def purposes_of(case_id: UUID, user_id: UUID) -> frozenset[Purpose]:
    """Return for what somebody reads a case: her requests under way, and working together.

    Whoever has no request under way there reads it for nothing.
    """
    rows = Referral.objects.filter(case=case_id, taken_by=user_id, state=State.ACCEPTED)
    asked = {purpose_of(Need(need)) for need in rows.values_list("need", flat=True)}
    return frozenset({*asked, Purpose.COORDINATION}) if asked else frozenset()
