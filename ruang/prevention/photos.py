"""A photo on its way in: looked at, made anew in the sandbox, sealed on the disk.

What the phone sent is a picture in which somebody covered faces; its pixels are gone there
already. We keep nothing but our own copy of it, without place, device or thumbnail.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.kernel.filecard import FileCard
from ruang.prevention.models import Photo
from ruang.previews.kinds import Kind
from ruang.previews.previewer import Busy, Preview, Previewer
from ruang.previews.sniff import sniff
from ruang.vault.files import write_file

LARGEST = 4 * 1024 * 1024
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


def files_of_photos() -> Iterable[UUID]:
    """Return the files that belong to photos."""
    return Photo.objects.values_list("file", flat=True).iterator()
