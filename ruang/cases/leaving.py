"""Whether somebody can be suspended or removed without a case being left that nobody opens."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.cases.models import Member
from ruang.cases.states import LEADS
from ruang.vault.keyring import readers

_EVER = datetime.max.replace(tzinfo=UTC)
"""Manager and deputy hold without an end."""


def objection(user_id: UUID) -> str | Promise | None:
    """Return why this member cannot leave yet; None if the other of the two holds each case.

    An account can be closed at once although it manages cases: the other one holds them too
    and names somebody. Only where there is no other one, somebody has to be named first.
    """
    mine = Member.objects.filter(user=user_id, ended_at=None, part__in=LEADS)
    for case_id in mine.values_list("case", flat=True):
        others = Member.objects.filter(case=case_id, ended_at=None, part__in=LEADS)
        held = readers(case_id, _EVER)
        if not any(
            other in held
            for other in others.exclude(user=user_id).values_list("user", flat=True)
        ):
            return _(
                "This person alone opens a case as manager or deputy. Let another one be named "
                "in that case first."
            )
    return None
