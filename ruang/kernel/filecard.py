"""What is known of a sealed file: the text that is sealed in the row that owns it.

The row itself shows the family of the file and the bucket of its size, nothing else. A preview
is a sealed file too; its id follows from the file's, so that who looks for files that belong
to nobody need not open anything.
"""

import json
from dataclasses import dataclass
from typing import Self
from uuid import UUID, uuid5


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """The preview of a file: under :func:`preview_id`, with a key of its own."""

    key: bytes
    size: int
    kind: str

    @classmethod
    def read(cls, said: dict[str, str | int] | None) -> Self | None:
        """Return the card, if there is one."""
        if not said:
            return None
        return cls(bytes.fromhex(str(said["key"])), int(said["size"]), str(said["kind"]))


@dataclass(frozen=True, slots=True, repr=False)
class FileCard:
    """A file's key, name, kind and true size.

    :ivar kind: the name of a ``ruang.previews.kinds.Kind``
    :ivar preview_later: no preview was made because the process was busy: try again
    """

    key: bytes
    name: str
    kind: str
    size: int
    preview: PreviewCard | None = None
    preview_later: bool = False

    def to_text(self) -> str:
        """Return the text to seal."""
        made = self.preview
        preview = (
            {"key": made.key.hex(), "size": made.size, "kind": made.kind} if made else None
        )
        said = {
            "key": self.key.hex(),
            "name": self.name,
            "kind": self.kind,
            "size": self.size,
            "preview": preview,
            "later": self.preview_later,
        }
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what :meth:`to_text` wrote."""
        said = json.loads(text)
        return cls(
            key=bytes.fromhex(said["key"]),
            name=said["name"],
            kind=said["kind"],
            size=said["size"],
            preview=PreviewCard.read(said["preview"]),
            preview_later=said["later"],
        )


def preview_id(file_id: UUID) -> UUID:
    """Return the id under which the preview of a file lies."""
    return uuid5(file_id, "preview")
