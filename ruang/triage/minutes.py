"""The minutes of a hand-over: sealed under a key of their own, to both desks and the quorum.

The desk that hands over keeps them, although what was told is closed to it from then on.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.intake.models import Report
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.triage.models import HandOver
from ruang.triage.states import MINUTES, Ground
from ruang.vault.keyring import new_keys
from ruang.vault.models import Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import seal_text

LONGEST = 5_000
"""Characters of the minutes."""


@dataclass(frozen=True, slots=True, repr=False)
class Over:
    """To whom a report is handed over, on what ground, and what the minutes say."""

    desk: UUID
    ground: Ground
    minutes: str


def write_minutes(
    report: Report, over: Over, *, from_desk: UUID, actor: Actor, at: datetime
) -> HandOver:
    """Keep the minutes of a hand-over.

    :raises Refused: if nothing is written, or a desk has no key
    """
    plain = tidy(over.minutes)
    if not plain or len(plain) > LONGEST:
        raise Refused(_("Write the minutes: why, and what has been done so far."))
    pairs = (pair_in_force(from_desk, Kind.DESK), pair_in_force(over.desk, Kind.DESK))
    holders = [pair for pair in (*pairs, quorum_pair()) if pair is not None]
    row = HandOver(
        pk=uuid7(), report=report, ground=over.ground, from_desk=from_desk, to_desk=over.desk,
        by=actor.user_id, at=at, files=report.attachments.count(),
        messages=report.messages.count(),
    )  # fmt: skip
    key = new_keys(
        whose=row.pk, names=[MINUTES], holders=holders, given_by=actor.user_id, at=at
    )[MINUTES]
    row.minutes = seal_text(key, HandOver, "minutes", row.pk, plain)
    row.save(force_insert=True)
    return row
