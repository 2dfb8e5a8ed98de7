"""What phones send from sessions: logs, anonymous sheets. Each entry once, and none is lost.

A log that cannot be taken over (the session was cancelled, moved, logged by somebody else)
waits, sealed as it came, until a person decides.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.prevention.arrivals import came_by_code
from ruang.prevention.commands.holding import log_session
from ruang.prevention.entered import SentLog, SentSheet, log_of
from ruang.prevention.events import LogSent, SheetTaken
from ruang.prevention.log_key import seal_note
from ruang.prevention.models import Note, Sent, Session, Sheet
from ruang.prevention.policy import may_log, may_send
from ruang.prevention.sent import before, end, in_sight_then, locked, own_of, waiting
from ruang.prevention.sheets import keep_sheet
from ruang.prevention.states import FieldStep, SentKind, SentState, State, Waits
from ruang.vault.phones import open_sent

TWICE = _("This code was used already. Let the next person make up another one.")
CANCELLED = _("This session was cancelled. Take the log over for another one, or set it aside.")
NEAR = timedelta(hours=36)
"""A page without a signal knew no time: then the phone's clock says which day it was."""
_WAITS = {State.CANCELLED.value: Waits.CANCELLED, State.HELD.value: Waits.LOGGED}


def take_log(*, actor: Actor, sent: SentLog, blob: bytes, at: datetime) -> SentState:
    """Take over a log that a phone sent, or let it wait; sent again it gets the same answer.

    :param blob: as it came; kept only while it waits
    :raises NotInSight: if there is no such session for this actor
    :raises PermissionDenied: if the actor logs no sessions
    """
    try:
        with transaction.atomic():
            return _take(actor, sent, blob, at)
    except IntegrityError:
        return before(actor, sent.id)


@transaction.atomic
def log_now(*, actor: Actor, sent: SentLog, at: datetime) -> None:
    """Log a session from a page that has a signal, with its note.

    :raises Refused: if it is over, lies ahead, or something does not add up
    """
    session = locked(actor, sent.session)
    log = sent.log(_invited(session))
    log_session(actor=actor, session_id=session.pk, log=log, at=at)
    _note(session, actor.user_id, sent.note, at)


@transaction.atomic
def settle_log(*, actor: Actor, entry_id: UUID, session_id: UUID, at: datetime) -> None:
    """Take a log that waits over, for its session or for another one.

    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it was settled meanwhile, or still does not fit
    """
    row = _log(actor, entry_id)
    sent = log_of(open_sent(bytes(row.blob or b"")))
    session = locked(actor, session_id)
    if session.state == State.CANCELLED:
        raise Refused(CANCELLED)
    is_own = session.pk == row.session_id
    log = sent.log(_invited(session))
    if not is_own:
        other = SentLog(sent.id, session.pk, sent.counted, is_whole=sent.is_whole)
        log = other.log(_invited(session))
    log_session(actor=actor, session_id=session.pk, log=log, at=at)
    _note(session, row.by, sent.note, at)
    end(row, SentState.DONE, actor, at)
    record(LogSent(row.pk, session.pk, FieldStep.APPLY.value), actor=actor, at=at)


@transaction.atomic
def drop_log(*, actor: Actor, entry_id: UUID, at: datetime) -> None:
    """Set a log that waits aside: what was counted in it is gone.

    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it was settled meanwhile
    """
    row = _log(actor, entry_id)
    end(row, SentState.DROPPED, actor, at)
    record(LogSent(row.pk, row.session_id, FieldStep.DROP.value), actor=actor, at=at)


def take_sheet(*, actor: Actor, sent: SentSheet, at: datetime) -> None:
    """Take one anonymous sheet; sent again it changes nothing.

    :raises NotInSight: if there is no such session for this actor
    :raises PermissionDenied: if the actor does not hold it
    :raises Refused: if the session was cancelled, the code was used, or a question is foreign
    """
    try:
        with transaction.atomic():
            _take_sheet(actor, sent, at)
    except IntegrityError:
        if not Sheet.objects.filter(pk=sent.id, session=sent.session).exists():
            raise Refused(TWICE) from None


@transaction.atomic
def write_note(*, actor: Actor, session_id: UUID, text: str, at: datetime) -> None:
    """Write a note about a session, for those who hold the next one.

    :raises Refused: if nothing was written
    """
    session = locked(actor, session_id)
    require(may_log, actor, session)
    if not tidy(text):
        raise Refused(_("Nothing was written yet. Write a few words first."))
    row = _note(session, actor.user_id, tidy(text), at)
    record(LogSent(row, session.pk, FieldStep.NOTE.value), actor=actor, at=at)


def _take(actor: Actor, sent: SentLog, blob: bytes, at: datetime) -> SentState:
    if (own := own_of(actor, sent.id)) is not None:
        return SentState(own.state)
    session, is_gone = in_sight_then(actor, sent.session)
    require(may_send, actor, session)
    if Sent.objects.filter(pk=sent.id).exists():
        return before(actor, sent.id)
    why = Waits.NOT_YOURS if is_gone else _why_it_waits(actor, session, sent)
    why = why or _logged(actor, session, sent, at)
    row = Sent(pk=sent.id, session=session, by=actor.user_id, at=at, state=SentState.DONE)
    if why:
        row.state, row.waits, row.blob = SentState.WAITING, why, blob
    else:
        row.over_at, row.over_by = at, actor.user_id
        _note(session, actor.user_id, sent.note, at)
    row.save(force_insert=True)
    step = FieldStep.WAIT if why else FieldStep.TAKE
    record(LogSent(row.pk, session.pk, step.value, why.value if why else ""),
           actor=actor, at=at)  # fmt: skip
    return SentState(row.state)


def _logged(actor: Actor, session: Session, sent: SentLog, at: datetime) -> Waits | None:
    """Log the session; say so if something in it does not fit."""
    try:
        with transaction.atomic():
            log = sent.log(_invited(session))
            log_session(actor=actor, session_id=session.pk, log=log, at=at)
    except Refused:
        return Waits.MISFIT
    return None


def _why_it_waits(actor: Actor, session: Session, sent: SentLog) -> Waits | None:
    if not may_log(actor, session):
        return Waits.NOT_YOURS
    if session.state != State.PLANNED:
        return _WAITS[session.state]
    seen = sent.starts_at
    if seen is not None and seen != session.starts_at:
        return Waits.MOVED
    written = sent.written_at
    if seen is None and written and abs(written - session.starts_at) > NEAR:
        return Waits.UNSURE
    if not sent.heads and (sent.is_whole or not came_by_code(session.pk)):
        return Waits.NOBODY
    return None


def _take_sheet(actor: Actor, sent: SentSheet, at: datetime) -> None:
    require(may_send, actor, None)
    if Sheet.objects.filter(pk=sent.id, session=sent.session).exists():
        return
    session = locked(actor, sent.session)
    require(may_log, actor, session)
    if session.state == State.CANCELLED:
        raise Refused(_("This session was cancelled."))
    keep_sheet(session, sent, at)
    record(SheetTaken(session.pk, sent.sheet.phase.value), actor=actor, at=at)


def _note(session: Session, by: UUID, text: str, at: datetime) -> UUID:
    """Keep a note, if anything was written."""
    row = Note(session=session, by=by, at=at)
    if text:
        row.root_version, row.text = seal_note(row.pk, text)
        row.save(force_insert=True)
    return row.pk


def _log(actor: Actor, entry_id: UUID) -> Sent:
    row = waiting(actor, entry_id)
    if row.kind != SentKind.LOG:
        raise NotInSight("Sent")
    return row


def _invited(session: Session) -> list[UUID]:
    return list(session.invited.values_list("rt", flat=True))
