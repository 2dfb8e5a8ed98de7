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
from ruang.kernel.told import Sealed
from ruang.triage.models import HandOver
from ruang.triage.states import MINUTES, Ground
from ruang.vault.keyring import new_keys
from ruang.vault.models import Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import seal_text

LONGEST = 5_000
"""Characters of the minutes."""
LONGEST_NAME = 200
"""Characters of what names an institution, or who took the matter over."""


@dataclass(frozen=True, slots=True, repr=False)
class Elsewhere(Sealed):
    """An institution that has no desk here, in words.

    :ivar person: who took the matter over there
    :ivar how: how that was told: by telephone, by letter, in person
    """

    name: str = ""
    place: str = ""
    person: str = ""
    how: str = ""

    @property
    def where(self) -> str:
        """Return what the reporter is told: the institution, and where it is."""
        return ", ".join(part for part in (tidy(self.name), tidy(self.place)) if part)

    def checked(self) -> "Elsewhere":
        """Return it as it is stored.

        :raises Refused: if one of the four is missing or too long
        """
        said = Elsewhere(*(" ".join(tidy(one).split()) for one in self._texts()))
        if not all(said._texts()) or max(map(len, said._texts())) > LONGEST_NAME:
            raise Refused(
                _("Write which institution it is, where, who took it over and how you told it.")
            )
        return said

    def _texts(self) -> tuple[str, ...]:
        return self.name, self.place, self.person, self.how


@dataclass(frozen=True, slots=True, repr=False)
class Over:
    """To whom a report is handed over, on what ground, and what the minutes say.

    :ivar desk: None where the institution has no desk here; then ``elsewhere`` names it
    """

    desk: UUID | None
    ground: Ground
    minutes: str
    elsewhere: Elsewhere | None = None


def write_minutes(
    report: Report, over: Over, *, from_desk: UUID, actor: Actor, at: datetime
) -> HandOver:
    """Keep the minutes of a hand-over.

    :raises Refused: if nothing is written, or a desk has no key
    """
    plain = tidy(over.minutes)
    if not plain or len(plain) > LONGEST:
        raise Refused(_("Write the minutes: why, and what has been done so far."))
    desks = (from_desk, over.desk)
    pairs = [pair_in_force(desk, Kind.DESK) for desk in desks if desk is not None]
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
    if over.elsewhere is not None:
        text = over.elsewhere.to_text()
        row.elsewhere = seal_text(key, HandOver, "elsewhere", row.pk, text)
    row.save(force_insert=True)
    return row
