"""A sealed file as it is shown in a list, and as it is sent, chunk by opened chunk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.sight import NotInSight
from ruang.kernel.codes import FileKind
from ruang.kernel.filecard import FileCard, preview_id
from ruang.vault.files import read_file


@dataclass(frozen=True, slots=True, repr=False)
class FileShown:
    """A file in a list; ``name`` is None if it is locked for who looks.

    :ivar has_preview: a preview was made, or can be made now because it could not before
    """

    id: UUID
    at: datetime
    family: FileKind
    name: str | None
    size: int
    has_preview: bool


@dataclass(frozen=True, slots=True, repr=False)
class OpenedFile:
    """A file with its opened chunks.

    :ivar kind: the name of a ``ruang.previews.kinds.Kind``
    :ivar preview_later: no preview was made when it came: the process was busy
    """

    name: str
    kind: str
    size: int
    preview_later: bool
    chunks: Iterator[bytes]


def shown(file_id: UUID, *, at: datetime, family: str, meta: str | None) -> FileShown:
    """Return a file as a list shows it; ``meta`` is its opened card."""
    card = FileCard.from_text(meta) if meta else None
    return FileShown(
        id=file_id,
        at=at,
        family=FileKind(family),
        name=card.name if card else None,
        size=card.size if card else 0,
        has_preview=card is not None and (card.preview is not None or card.preview_later),
    )


def opened_file(file_id: UUID, meta: str, *, preview: bool) -> OpenedFile:
    """Return the chunks of a sealed file, or of its preview; ``meta`` is its opened card.

    :raises NotInSight: if there is no preview
    """
    card = FileCard.from_text(meta)
    later = card.preview_later
    if not preview:
        chunks = read_file(file_id, card.key, card.size)
        return OpenedFile(card.name, card.kind, card.size, later, chunks)
    made = card.preview
    if made is None:
        raise NotInSight("preview")
    chunks = read_file(preview_id(file_id), made.key, made.size)
    return OpenedFile(card.name, made.kind, made.size, later, chunks)
