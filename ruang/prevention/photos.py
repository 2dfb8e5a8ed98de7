"""A photo on its way in: looked at, made anew in the sandbox, sealed on the disk.

What the phone sent is a picture in which somebody covered faces; its pixels are gone there
already. We keep nothing but our own copy of it, without place, device or thumbnail.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.filecard import FileCard
from ruang.prevention.events import PhotoMoved
from ruang.prevention.log_key import seal_card
from ruang.prevention.models import Photo, Session
from ruang.prevention.states import FieldStep
from ruang.previews.kinds import Kind
from ruang.previews.previewer import Busy, Preview, Previewer
from ruang.previews.sniff import sniff
from ruang.vault.files import remove_file, write_file
from ruang.vault.phones import Entry

LARGEST = 4 * 1024 * 1024
MOST = 12
MANY = _("A session has at most 12 photos.")
WAIT = 8.0
"""Seconds; a phone waits for nothing else meanwhile."""
NO_PHOTO = _("This is no photo that can be shown. Choose it again.")
LATER = _("Photos cannot be taken in right now. It stays on the phone and is sent again later.")


class TryLater(Refused):
    """Not now: the phone keeps it and tries again."""


def keep_photo(data: bytes, file_id: UUID, previewer: Previewer) -> FileCard:
    """Seal our own copy of a photo, durably, and return what opens it.

    :raises TryLater: if none can be made or stored just now
    :raises Refused: if it is no photo
    """
    if not data or len(data) > LARGEST or sniff(data) is not Kind.JPEG:
        raise Refused(NO_PHOTO)
    made = previewer.preview(data, Kind.JPEG, wait_s=WAIT)
    if isinstance(made, Busy):
        raise TryLater(LATER)
    if not isinstance(made, Preview):
        raise Refused(NO_PHOTO)
    try:
        key = write_file(file_id, made.body)
    except OSError:
        raise TryLater(LATER) from None
    return FileCard(key=key, name="foto.jpg", kind=made.kind.name, size=len(made.body))


def keep_for(
    session: Session, entry: Entry, previewer: Previewer, *,
    by: UUID, sent_at: datetime, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Keep a photo with its session, for a second person to look at; one there already stays.

    :param by: who sent it, and when that was
    :param actor: who takes it in
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
            moved = PhotoMoved(row.pk, session.pk, FieldStep.ADD.value)
            record(moved, actor=actor, at=at)
    except IntegrityError:
        remove_file(file_id)


def files_of_photos() -> Iterable[UUID]:
    """Return the files that belong to photos."""
    return Photo.objects.values_list("file", flat=True).iterator()
