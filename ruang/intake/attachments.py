"""Files on their way in: looked at, previewed, sealed and on the disk before anybody says so.

Nothing here writes to the database: until the report (or the message) is sent, a file belongs
to nobody. What opens it travels with the page; what is never claimed is swept away.
"""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ruang.intake.states import FileKind
from ruang.kernel.errors import Refused
from ruang.kernel.filecard import FileCard, PreviewCard, preview_id
from ruang.previews.kinds import Kind
from ruang.previews.names import safe_name
from ruang.previews.previewer import Busy, Preview, Previewer
from ruang.previews.sniff import sniff
from ruang.vault.files import folder, padded_size, sync_folder, write_file

ROOM = 0.1
"""Below this share of free space files are put off, so that text can always be stored."""
LONG = 64 * 1024
"""Bytes: a longer text is stored as a file."""
SHOWN = 1_000
"""Characters of a long text that stay where the text belongs."""
WAIT = 1.0
_AHEAD = ThreadPoolExecutor(4, "preview")
"""Waits for previews while the page's own thread writes."""

TOO_LARGE = _("This file is too large (25 MB at most). Your report is still safe.")
NOT_KNOWN = _(
    "This kind of file cannot be sent here. A photo, a sound or video recording, a PDF or a "
    "Word document can. Your report is still safe."
)
EMPTY = _("This file is empty. Choose it again, or go on without it.")
PUT_OFF = _("We cannot store files right now. Send your report without it, and the file later.")
CONTINUED = _("… the whole text is in the file “%(name)s”")


class Upload(Protocol):
    """A file as the browser sent it."""

    @property
    def name(self) -> str | None:
        """Return the name it has on the phone."""

    @property
    def size(self) -> int | None:
        """Return the true size, even if the content was dropped for being too large."""

    def read(self) -> bytes:
        """Return the content."""


@dataclass(frozen=True, slots=True, repr=False)
class StoredFile:
    """A file that lies sealed on the disk, with what opens it."""

    id: UUID
    family: FileKind
    card: FileCard

    @property
    def bucket(self) -> int:
        """Return the size it was filled up to."""
        return padded_size(self.card.size)

    def to_text(self) -> str:
        """Return the form that travels with the page, sealed."""
        return json.dumps([self.id.hex, self.family.value, self.card.to_text()])

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what :meth:`to_text` wrote."""
        file_id, family, card = json.loads(text)
        return cls(UUID(file_id), FileKind(family), FileCard.from_text(card))


def store(upload: Upload, previewer: Previewer) -> StoredFile:
    """Seal a file and its preview, durably.

    :raises Refused: with the reason, in words for her; then nothing was stored
    """
    if (upload.size or 0) > settings.FILE_LIMIT:
        raise Refused(TOO_LARGE)
    data = upload.read()
    if not data:
        raise Refused(EMPTY if not upload.size else TOO_LARGE)
    kind = sniff(data)
    if kind is None:
        raise Refused(NOT_KNOWN)
    if not has_room():
        raise Refused(PUT_OFF)
    return _sealed(data, kind, safe_name(upload.name or "", kind), previewer)


def store_text(name: str, text: str) -> StoredFile:
    """Seal a text that is too long for a column, as a file.

    :raises OSError: if it could not be stored
    """
    file_id, data = uuid4(), text.encode()
    key = write_file(file_id, data)
    card = FileCard(key=key, name=f"{name}.txt", kind=Kind.TEXT.name, size=len(data))
    return StoredFile(file_id, FileKind.DOCUMENT, card)


def shorten(name: str, text: str) -> tuple[str, StoredFile | None]:
    """Return a text that fits into a column, and the file that holds all of a long one."""
    if len(text.encode()) <= LONG:
        return text, None
    kept = store_text(name, text)
    return f"{text[:SHOWN]}\n\n{CONTINUED % {'name': kept.card.name}}", kept


def has_room() -> bool:
    """Say whether the disk of the sealed files has more than a tenth free."""
    place = folder()
    try:
        usage = shutil.disk_usage(place if place.exists() else place.parent)
    except OSError:
        return False
    return usage.free >= ROOM * usage.total


def _sealed(data: bytes, kind: Kind, name: str, previewer: Previewer) -> StoredFile:
    """Seal a file while its preview is being made in another process."""
    file_id = uuid4()
    making = _AHEAD.submit(previewer.preview, data, kind, wait_s=WAIT)
    try:
        key = write_file(file_id, data, is_last=False)
        answer = making.result()
        preview = _keep_preview(file_id, answer) if isinstance(answer, Preview) else None
        sync_folder()
    except OSError:
        making.result()
        raise Refused(PUT_OFF) from None
    card = FileCard(
        key=key,
        name=name,
        kind=kind.name,
        size=len(data),
        preview=preview,
        preview_later=isinstance(answer, Busy),
    )
    return StoredFile(file_id, FileKind(kind.family.value), card)


def _keep_preview(file_id: UUID, made: Preview) -> PreviewCard:
    key = write_file(preview_id(file_id), made.body, is_last=False)
    return PreviewCard(key=key, size=len(made.body), kind=made.kind.name)
