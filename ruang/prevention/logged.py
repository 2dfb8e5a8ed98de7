"""What is written down of a session, and what of it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.prevention.hosts import reached_rts
from ruang.prevention.models import Attendance, Session
from ruang.prevention.states import Phase
from ruang.register.states import Band, Sex

MOST = 2_000
"""People of one sex and age at one session; more is a slip."""
NOBODY = _(
    "Nobody is counted, neither by head nor by QR code. If nobody came, cancel the session "
    "instead."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many came, of one sex and age band."""

    sex: Sex
    band: Band
    people: int
    first_time: int = 0
    with_disability: int = 0


@dataclass(frozen=True, slots=True)
class SheetTold:
    """One anonymous sheet: the code that pairs it, and each question with its choice."""

    pair: str
    phase: Phase
    answers: tuple[tuple[UUID, int | None], ...]


@dataclass(frozen=True, slots=True)
class Log:
    """What came of a session.

    :ivar counted: heads; those who came by code are added
    :ivar is_whole: everybody is among the heads, also who came by code: nothing is added
    """

    rts: Sequence[UUID]
    counted: tuple[Counted, ...]
    sheets: tuple[SheetTold, ...] = field(default=())
    is_whole: bool = False


def reached_of(session: Session, rts: Sequence[UUID]) -> tuple[UUID, ...]:
    """Return the RT that came; none for a school or a community.

    :raises Refused: if one is of another RW, or there are none for an RW
    """
    if session.rw_id is not None:
        return reached_rts(session, rts)
    if rts:
        raise Refused(_("Only a session for an RW has RT. Leave them out."))
    return ()


Rows = dict[tuple[str, str], Attendance]
"""What was counted, by sex and age band."""


def counted_heads(session: Session, counted: tuple[Counted, ...]) -> Rows:
    """Return the rows of what was counted, by sex and age band.

    :raises Refused: if one group is there twice, or a part is larger than its whole
    """
    if len({(one.sex, one.band) for one in counted}) != len(counted):
        raise Refused(_("Each sex and age group is counted once."))
    for one in counted:
        if not 0 <= one.people <= MOST:
            raise Refused(_("Count people from 0 to 2000."))
        if not (0 <= one.first_time <= one.people and 0 <= one.with_disability <= one.people):
            raise Refused(
                _("Those who came for the first time, and those with a disability, are part of "
                  "those who came: not more than all of them.")
            )  # fmt: skip
    return {
        (one.sex.value, one.band.value): Attendance(
            session=session, sex=one.sex, band=one.band, people=one.people,
            first_time=one.first_time, with_disability=one.with_disability,
        )
        for one in counted if one.people
    }  # fmt: skip


def must_be_somebody(session: Session, rows: Rows) -> None:
    """Refuse a log of nobody.

    :raises Refused: if nobody is counted, neither in a row nor by code without one
    """
    if not rows and not session.unsaid:
        raise Refused(NOBODY)
