"""The minutes (*berita acara*) of a case that another institution takes over.

Kabupaten and Kota share a border and a name, so this is frequent (domain.md §5). The minutes
say on what ground, who took it over and when, and how she agreed; they are written when the
closing is asked for, and count once a second person has approved it (ADR 0052).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment
from ruang.cases.writing import material
from ruang.consents.models import Consent
from ruang.consents.states import Basis
from ruang.identity import directory
from ruang.kernel.codes import Ground
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.kernel.told import Sealed
from ruang.plans.models import Termination
from ruang.referrals.models import CaseHandOver
from ruang.vault.texts import seal_text

LONGEST, LONGEST_NAME = 5_000, 200
"""Characters of what was done, and of a name."""


@dataclass(frozen=True, slots=True)
class MinutesText(Sealed):
    """What is sealed of the minutes.

    :ivar institution: who takes it over, in words; empty where it is a desk here
    :ivar person: who there took it over, by name and function
    :ivar agreed: how she agreed, or why another basis holds
    :ivar done: what has been done, and what goes over
    """

    institution: str = ""
    person: str = ""
    agreed: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CaseOver:
    """Who takes a case over, on what ground, and how she agreed.

    :ivar desk: an organisation here; else ``said`` names the institution
    :ivar consent: where she agreed to a desk here, her consent in force
    """

    ground: Ground
    on: date
    basis: Basis
    said: MinutesText
    desk: UUID | None = None
    consent: UUID | None = None


def must_say_who(closing: Closing, over: CaseOver | None) -> None:
    """Refuse to close as taken over without minutes, and minutes of any other end.

    :raises Refused: if one is there without the other
    """
    if closing is Closing.MOVED and over is None:
        raise Refused(_("Say who takes the case over: the minutes (berita acara) need it."))
    if closing is not Closing.MOVED and over is not None:
        raise Refused(_("Minutes are written where somebody else takes the case over."))


def write_minutes(
    case: Case, asked: Termination, over: CaseOver, *, actor: Actor, at: datetime
) -> CaseHandOver:
    """Keep the minutes of a case that is handed over.

    :raises Refused: if something is missing, the day lies ahead, nobody or two are named, or
        she is said to have agreed to a desk here and no consent to it is in force
    """
    said = _checked(over.said)
    _must_name_one(case, over, said)
    if over.on > localdate(at):
        raise Refused(_("This day lies ahead. Write down when it was taken over."))
    row = CaseHandOver(
        pk=uuid7(), case=case, termination=asked, ground=over.ground, to_desk=over.desk,
        on=over.on, basis=over.basis, consent=_consent(case, over, actor, at), at=at,
        by=actor.user_id,
    )  # fmt: skip
    key = material(case, Compartment.IDENTITY, actor)
    row.text = seal_text(key, CaseHandOver, "text", row.pk, said.to_text())
    row.save(force_insert=True)
    return row


def _checked(said: MinutesText) -> MinutesText:
    tidied = MinutesText(
        institution=" ".join(tidy(said.institution).split()),
        person=" ".join(tidy(said.person).split()),
        agreed=tidy(said.agreed),
        done=tidy(said.done),
    )
    if not (tidied.person and tidied.agreed and tidied.done):
        raise Refused(
            _(
                "For the minutes, write who took it over, how she agreed, and what has been "
                "done so far."
            )
        )
    names = max(len(tidied.institution), len(tidied.person))
    if names > LONGEST_NAME or max(len(tidied.agreed), len(tidied.done)) > LONGEST:
        raise Refused(_("This is too long for one piece. Divide it into several."))
    return tidied


def _must_name_one(case: Case, over: CaseOver, said: MinutesText) -> None:
    if (over.desk is None) == (not said.institution):
        raise Refused(_("Name one institution that takes it over: from the list, or in words."))
    known = {desk.id for desk in directory.organisations()} - {case.desk}
    if over.desk is not None and over.desk not in known:
        raise Refused(_("Choose an organisation from the list."))


def _consent(case: Case, over: CaseOver, actor: Actor, at: datetime) -> UUID | None:
    """Return the consent the hand-over rests on; elsewhere the minutes say how she agreed."""
    if over.basis is not Basis.CONSENT or over.desk is None:
        return None
    rows = Consent.objects.visible_to(actor).filter(case=case, organisation=over.desk)
    held = set(rows.in_force(at).values_list("pk", flat=True))
    if over.consent not in held:
        raise Refused(
            _(
                "Choose her consent to this organisation. If none is in force, write it down "
                "under Consent first, or say on what other basis it is handed over."
            )
        )
    return over.consent
