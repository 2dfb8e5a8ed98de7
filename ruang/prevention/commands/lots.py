"""Sheets and photos that cannot be taken as they come wait like a log does, and go in lots.

A lot is what one person sent of one kind from one session: nobody decides thirty times over
thirty sheets. Until then each entry lies as the phone sealed it, and nobody opens it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.prevention.commands.field import take_sheet
from ruang.prevention.commands.holding import SHEETS
from ruang.prevention.commands.photos import MANY, MOST, keep_for, take_photo
from ruang.prevention.entered import SentSheet, sheet_of
from ruang.prevention.events import LotMoved, SheetTaken
from ruang.prevention.models import Photo, Sent, Session, Sheet
from ruang.prevention.photos import TryLater
from ruang.prevention.policy import may_log, may_send
from ruang.prevention.sent import before, end, in_sight_then, locked, waiting
from ruang.prevention.sheets import keep_sheet
from ruang.prevention.states import FieldStep, SentKind, SentState, State, Waits
from ruang.previews.previewer import Previewer
from ruang.vault.phones import Entry, open_sent

ROOM = {SentKind.SHEET.value: SHEETS, SentKind.PHOTO.value: MOST}
"""How many of a kind may wait for one session."""
FULL = {SentKind.SHEET.value: _("A session has at most 1000 sheets."),
        SentKind.PHOTO.value: MANY}  # fmt: skip
CANCELLED = _("This session was cancelled. Take them over for another one, or set them aside.")
LATER = _("Photos cannot be taken in right now. What is left waits: try again a little later.")


@dataclass(frozen=True, slots=True)
class _Came:
    """An entry as it came."""

    id: UUID
    session: UUID
    kind: SentKind
    blob: bytes


def take_sent_sheet(*, actor: Actor, sent: SentSheet, blob: bytes, at: datetime) -> SentState:
    """Take a sheet that a phone kept, or let it wait; sent again it gets the same answer.

    :param blob: as it came; kept only while it waits
    :raises NotInSight: if there is no such session for this actor, and never was
    :raises PermissionDenied: if the actor logs no sessions
    :raises Refused: if the code was used, or a question is foreign
    """
    came = _Came(sent.id, sent.session, SentKind.SHEET, blob)
    if (state := _kept(actor, came, at)) is not None:
        return state
    take_sheet(actor=actor, sent=sent, at=at)
    return SentState.DONE


def take_sent_photo(
    *, actor: Actor, session_id: UUID, entry: Entry, blob: bytes, previewer: Previewer,
    at: datetime,
) -> SentState:  # fmt: skip
    """Take a photo that a phone kept, or let it wait; sent again it gets the same answer.

    :param blob: as it came; kept only while it waits
    :raises NotInSight: if there is no such session for this actor, and never was
    :raises PermissionDenied: if the actor logs no sessions
    :raises TryLater: if it cannot be stored just now
    :raises Refused: if it is no photo, or there are many already
    """
    came = _Came(entry.id, session_id, SentKind.PHOTO, blob)
    if (state := _kept(actor, came, at)) is not None:
        return state
    take_photo(actor=actor, session_id=session_id, entry=entry, previewer=previewer, at=at)
    return SentState.DONE


def settle_lot(
    *, actor: Actor, entry_id: UUID, session_id: UUID, previewer: Previewer, at: datetime
) -> int:
    """Take a lot over, for its session or for another one; say how many do not fit and wait on.

    :param entry_id: any entry of the lot
    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it was settled meanwhile, the session was cancelled, or photos cannot
        be taken in just now
    """
    lot = _lot(actor, entry_id)
    taken, left = 0, 0
    try:
        for one in lot:
            fits = _settled(actor, one, session_id, previewer, at)
            taken, left = taken + fits, left + (not fits)
    except TryLater:
        raise Refused(LATER) from None
    finally:
        if taken:
            _note(session_id, lot[0].kind, FieldStep.APPLY, taken, actor, at)
    return left


@transaction.atomic
def drop_lot(*, actor: Actor, entry_id: UUID, at: datetime) -> None:
    """Set a lot aside: what was in it is gone.

    :param entry_id: any entry of the lot
    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it was settled meanwhile
    """
    lot = _lot(actor, entry_id)
    for one in lot:
        end(waiting(actor, one.pk), SentState.DROPPED, actor, at)
    _note(lot[0].session_id, lot[0].kind, FieldStep.DROP, len(lot), actor, at)


def _kept(actor: Actor, came: _Came, at: datetime) -> SentState | None:
    """Keep an entry that waits; None if it can be taken as it is."""
    try:
        with transaction.atomic():
            return _keep(actor, came, at)
    except IntegrityError:
        return before(actor, came.id)


def _keep(actor: Actor, came: _Came, at: datetime) -> SentState | None:
    require(may_send, actor, None)
    if _was_taken(actor, came):
        return SentState.DONE
    if Sent.objects.filter(pk=came.id).exists():
        return before(actor, came.id)
    session, is_gone = in_sight_then(actor, came.session)
    why = Waits.NOT_YOURS if is_gone else _why_it_waits(actor, session)
    if why is None:
        return None
    waits = session.sent.filter(kind=came.kind, state=SentState.WAITING)
    if waits.count() >= ROOM[came.kind]:
        raise Refused(FULL[came.kind])
    Sent(
        pk=came.id, session=session, kind=came.kind, by=actor.user_id, at=at,
        state=SentState.WAITING, waits=why, blob=came.blob,
    ).save(force_insert=True)  # fmt: skip
    _note(session.pk, came.kind, FieldStep.WAIT, 1, actor, at, why)
    return SentState.WAITING


def _was_taken(actor: Actor, came: _Came) -> bool:
    """Say whether it is a row of its own by now, wherever somebody put it.

    Whose a sheet was stands nowhere: its id, which was made on the phone, says so.

    :raises NotInSight: if it is somebody else's photo
    """
    if came.kind is SentKind.SHEET:
        return Sheet.objects.filter(pk=came.id).exists()
    row = Photo.objects.filter(pk=came.id).first()
    if row is not None and row.by != actor.user_id:
        raise NotInSight("Photo")
    return row is not None


def _why_it_waits(actor: Actor, session: Session) -> Waits | None:
    if not may_log(actor, session):
        return Waits.NOT_YOURS
    return Waits.CANCELLED if session.state == State.CANCELLED else None


@transaction.atomic
def _lot(actor: Actor, entry_id: UUID) -> Sequence[Sent]:
    """Return what belongs to a lot, without what is in it."""
    row = waiting(actor, entry_id)
    if row.kind == SentKind.LOG:
        raise NotInSight("Sent")
    rows = Sent.objects.visible_to(actor).defer("blob")
    here = rows.filter(session=row.session_id, by=row.by, kind=row.kind)
    return list(here.filter(state=SentState.WAITING).order_by("at", "id"))


@transaction.atomic
def _settled(
    actor: Actor, one: Sent, session_id: UUID, previewer: Previewer, at: datetime
) -> bool:
    """Take one entry of a lot over; False if it does not fit and waits on."""
    session = locked(actor, session_id)
    if session.state == State.CANCELLED:
        raise Refused(CANCELLED)
    row = waiting(actor, one.pk)
    entry = open_sent(bytes(row.blob or b""))
    try:
        with transaction.atomic():
            if row.kind == SentKind.SHEET:
                sent = sheet_of(entry)
                keep_sheet(session, sent, at)
                record(SheetTaken(session.pk, sent.sheet.phase.value), actor=actor, at=at)
            else:
                keep_for(
                    actor=actor, session=session, entry=entry, previewer=previewer,
                    by=row.by, sent_at=row.at, at=at,
                )  # fmt: skip
    except TryLater:
        raise
    except (Refused, IntegrityError):
        row.waits = Waits.MISFIT
        row.save(update_fields=["waits"])
        return False
    row.delete()
    return True


def _note(
    session_id: UUID, kind: str, step: FieldStep, count: int, actor: Actor, at: datetime,
    why: str = "",
) -> None:  # fmt: skip
    moved = LotMoved(session_id, str(kind), step.value, count, str(why))
    record(moved, actor=actor, at=at)
