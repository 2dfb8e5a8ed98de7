"""Writing down what happened at a session: which RT came, how many, what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.prevention.booking import local_day, local_month, locked
from ruang.prevention.events import SessionMoved
from ruang.prevention.hosts import reached_rts
from ruang.prevention.models import (
    Answer,
    Arrivals,
    Attendance,
    Invited,
    Question,
    Session,
    Sheet,
)
from ruang.prevention.policy import RULES
from ruang.prevention.states import Phase, Step
from ruang.register.states import Band, Sex

MOST = 2_000
"""People of one sex and age at one session; more is a slip."""
SHEETS = 1_000
PAIR = 32
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


@transaction.atomic
def log_session(*, actor: Actor, session_id: UUID, log: Log, at: datetime) -> None:
    """Write down that a session was held, and what came of it.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor neither holds nor plans it
    :raises Refused: if it is over, lies ahead, or something does not add up
    """
    session = locked(actor, session_id)
    require(RULES[Step.HOLD], actor, session)
    session.take(Step.HOLD, at=at)
    if local_day(session.starts_at) > local_day(at):
        raise Refused(_("This session lies ahead. Log it once it was held."))
    session.over_by = actor.user_id
    rows = _counted(session, log.counted, is_whole=log.is_whole)
    rts = _reached(session, log.rts)
    sheets, answers = _sheets(session, log.sheets, local_month(at))
    session.save(update_fields=["state", "over_at", "over_by", "unsaid"])
    Arrivals.objects.filter(session=session).delete()
    session.invited.all().delete()
    Invited.objects.bulk_create(Invited(session=session, rt_id=rt) for rt in rts)
    Attendance.objects.bulk_create(rows)
    Sheet.objects.bulk_create(sheets)
    Answer.objects.bulk_create(answers)
    record(SessionMoved(session.pk, session.programme_id, Step.HOLD.value), actor=actor, at=at)


def _reached(session: Session, rts: Sequence[UUID]) -> tuple[UUID, ...]:
    if session.rw_id is not None:
        return reached_rts(session, rts)
    if rts:
        raise Refused(_("Only a session for an RW has RT. Leave them out."))
    return ()


def _counted(
    session: Session, counted: tuple[Counted, ...], *, is_whole: bool
) -> list[Attendance]:
    """Return the rows of everybody who came, heads and those by code.

    :raises Refused: if nobody did, one group is there twice, or a part is larger than its whole
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
    rows = {
        (one.sex.value, one.band.value): Attendance(
            session=session, sex=one.sex, band=one.band, people=one.people,
            first_time=one.first_time, with_disability=one.with_disability,
        )
        for one in counted if one.people
    }  # fmt: skip
    if not is_whole:
        _add_arrived(session, rows)
    if not rows and not session.unsaid:
        raise Refused(NOBODY)
    return list(rows.values())


def _add_arrived(session: Session, rows: dict[tuple[str, str], Attendance]) -> None:
    """Add those who came by code, once: with the log they are gone as a number of their own."""
    arrivals = Arrivals.objects.filter(session=session).first()
    if arrivals is None:
        return
    session.unsaid = arrivals.unsaid
    for cell in arrivals.cells.filter(people__gt=0):
        nobody = Attendance(session=session, sex=cell.sex, band=cell.band, people=0)
        row = rows.setdefault((cell.sex, cell.band), nobody)
        row.people += cell.people
        row.first_time += cell.first_time
        row.with_disability += cell.with_disability
        row.by_code = cell.people


def _sheets(
    session: Session, told: tuple[SheetTold, ...], came: date
) -> tuple[list[Sheet], list[Answer]]:
    """Return the sheets and their answers.

    :raises Refused: if a code is there twice, or a question is of another programme
    """
    if len(told) > SHEETS:
        raise Refused(_("A session has at most 1000 sheets."))
    asked = {}
    if told:
        asked = {one.pk: one for one in Question.objects.filter(programme=session.programme_id)}
    sheets, answers, seen = [], [], set()
    for one in told:
        pair = " ".join(tidy(one.pair).split())
        if not 1 <= len(pair) <= PAIR or (pair, one.phase) in seen:
            raise Refused(_("Each sheet has a code of its own, at most 32 letters."))
        seen.add((pair, one.phase))
        sheet = Sheet(pk=uuid7(), session=session, pair=pair, phase=one.phase, month=came)
        sheets.append(sheet)
        answers += [
            _answer(sheet, asked.get(question), choice) for question, choice in one.answers
        ]
    if len({(one.sheet_id, one.question_id) for one in answers}) != len(answers):
        raise Refused(_("A question is answered once on a sheet."))
    return sheets, answers


def _answer(sheet: Sheet, question: Question | None, choice: int | None) -> Answer:
    if question is None:
        raise Refused(_("A question on a sheet is not of this programme."))
    if choice is not None and not 0 <= choice < len(question.choices):
        raise Refused(_("An answer on a sheet is none of those offered."))
    is_right = choice is not None and choice == question.right
    return Answer(sheet=sheet, question=question, choice=choice, is_right=is_right)
