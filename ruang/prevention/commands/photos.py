"""Photos of sessions: sent by who held it, confirmed or rejected by a second person."""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.prevention.events import PhotoMoved
from ruang.prevention.log_key import seal_card
from ruang.prevention.models import Photo, Session
from ruang.prevention.photos import keep_photo
from ruang.prevention.policy import may_check, may_log, may_send
from ruang.prevention.states import FieldStep, PhotoState, State
from ruang.previews.previewer import Previewer
from ruang.vault.files import remove_file
from ruang.vault.phones import Entry

MOST = 12
MANY = _("A session has at most 12 photos.")


def take_photo(
    *, actor: Actor, session_id: UUID, entry: Entry, previewer: Previewer, at: datetime
) -> None:
    """Take a photo that a phone sent; sent again it changes nothing.

    :raises NotInSight: if there is no such session for this actor
    :raises PermissionDenied: if the actor does not hold it
    :raises TryLater: if it cannot be stored just now
    :raises Refused: if it is no photo, the session was cancelled, or there are many already
    """
    require(may_send, actor, None)
    if _is_there(actor, entry.id):
        return
    session = sight.one(Session.objects.visible_to(actor), session_id)
    require(may_log, actor, session)
    if session.state == State.CANCELLED:
        raise Refused(_("This session was cancelled."))
    keep_for(
        actor=actor, session=session, entry=entry, previewer=previewer, by=actor.user_id,
        sent_at=at, at=at,
    )  # fmt: skip
    _is_there(actor, entry.id)


def keep_for(
    *, actor: Actor, session: Session, entry: Entry, previewer: Previewer, by: UUID,
    sent_at: datetime, at: datetime,
) -> None:  # fmt: skip
    """Keep a photo with its session, for a second person to look at; one there already stays.

    Whether the actor may is asked before.

    :param by: who sent it, and when that was
    :raises TryLater: if it cannot be stored just now
    :raises Refused: if it is no photo, or there are many already
    """
    if session.photos.count() >= MOST:
        raise Refused(MANY)
    file_id = uuid4()
    card = keep_photo(entry.data, file_id, previewer)
    row = Photo(pk=entry.id, session=session, by=by, at=sent_at, file=file_id)
    row.root_version, row.card = seal_card(row.pk, card)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(_moved(row, FieldStep.ADD), actor=actor, at=at)
    except IntegrityError:
        remove_file(file_id)


@transaction.atomic
def confirm_photo(*, actor: Actor, photo_id: UUID, at: datetime) -> None:
    """Let a photo be shown outside its session; a second time it changes nothing.

    :raises PermissionDenied: if the actor does not plan, or sent it
    """
    row = _locked(actor, photo_id)
    require(may_check, actor, row)
    if row.state == PhotoState.SHOWN:
        return
    row.state, row.checked_at, row.checked_by = PhotoState.SHOWN, at, actor.user_id
    row.save(update_fields=["state", "checked_at", "checked_by"])
    record(_moved(row, FieldStep.CONFIRM), actor=actor, at=at)


@transaction.atomic
def reject_photo(*, actor: Actor, photo_id: UUID, at: datetime) -> None:
    """Delete a photo, and the file with it.

    :raises PermissionDenied: if the actor does not plan, or sent it
    """
    row = _locked(actor, photo_id)
    require(may_check, actor, row)
    moved = _moved(row, FieldStep.REJECT)
    transaction.on_commit(partial(remove_file, row.file))
    row.delete()
    record(moved, actor=actor, at=at)


def _is_there(actor: Actor, photo_id: UUID) -> bool:
    """Say whether this photo came before; somebody else's is not there.

    :raises NotInSight: if it is somebody else's
    """
    row = Photo.objects.filter(pk=photo_id).first()
    if row is not None and row.by != actor.user_id:
        raise NotInSight("Photo")
    return row is not None


def _moved(row: Photo, step: FieldStep) -> PhotoMoved:
    return PhotoMoved(row.pk, row.session_id, step.value)


def _locked(actor: Actor, photo_id: UUID) -> Photo:
    in_sight = Photo.objects.filter(pk__in=Photo.objects.visible_to(actor).values("pk"))
    return sight.one(in_sight.select_for_update(of=("self",)), photo_id)
