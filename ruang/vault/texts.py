"""Sealed columns: a text under a compartment's key, bound to its field, row, epoch and version.

The blob says which key seals it, so a row needs no second column; what it is bound to is not
in the blob, so a blob moved to another field, row or key does not open (S-28).
"""

from collections.abc import Iterable
from struct import pack, unpack_from
from typing import Any
from uuid import UUID

from django.db import models

from ruang.access.actor import Keys
from ruang.vault.keyring import CannotOpen, Material, ring
from ruang.vault.suites import Tampered, derive, pad, seal, unpad, unseal

_HEAD = 1 + 16 + 4


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # Django is not generic at run time
    """A column that holds a sealed text. ``label`` is its permanent id: never change it."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        self.label = label
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """Return what a migration writes down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.label, *args], kwargs


class SealedAhead(models.BinaryField):  # type: ignore[type-arg]  # as above
    """A text sealed as the column of a row that is not there yet: it opens only there."""


def seal_text(
    material: Material,
    model: type[models.Model],
    field: str,
    row: UUID,
    text: str,
    version: int = 1,
) -> bytes:
    """Return the text sealed for one column of one row.

    :raises ValueError: if the text is longer than the largest bucket (8 MiB)
    """
    head = b"\x01" + material.key_id.bytes + pack(">I", version)
    bound = _bound(model, field, row, material, version)
    return head + seal(derive(material.secret, "field"), pad(text.encode()), bound)


def key_of(blob: bytes | memoryview | None) -> UUID | None:
    """Return the id of the key that seals this blob; None if there is nothing sealed."""
    return UUID(bytes=bytes(blob[1:17])) if blob else None


def version_of(blob: bytes | memoryview) -> int:
    """Return the version of the value in this blob."""
    return int(unpack_from(">I", bytes(blob), 17)[0])


def open_text(keys: Keys, row: models.Model, field: str) -> str:
    """Open one sealed column of a row; an empty column is an empty text.

    :raises CannotOpen: if these keys do not open it
    :raises Tampered: if it is not what was sealed there
    :raises NoLedger: where the opening would not be written down
    """
    blob = getattr(row, field)
    if not blob:
        return ""
    key_id = key_of(blob)
    assert key_id is not None  # noqa: S101 - there is a blob
    holder = ring(keys)
    material = holder.material(key_id)
    version = version_of(blob)
    bound = _bound(type(row), field, row.pk, material, version)
    plain = unseal(derive(material.secret, "field"), bytes(blob)[_HEAD:], bound)
    holder.note(material)
    return unpad(plain).decode()


def open_texts(keys: Keys, rows: Iterable[models.Model], field: str) -> list[str | None]:
    """Open one column of many rows with one query; None where these keys do not open it."""
    listed = list(rows)
    keys.prefetch(key for row in listed if (key := key_of(getattr(row, field))))
    opened: list[str | None] = []
    for row in listed:
        try:
            opened.append(open_text(keys, row, field))
        except CannotOpen:
            opened.append(None)
    return opened


def _bound(
    model: type[models.Model], field: str, row: UUID, material: Material, version: int
) -> str:
    column = model._meta.get_field(field)  # noqa: SLF001 - Django's public API in all but name
    if not isinstance(column, SealedField):
        raise Tampered(f"{field} is not a sealed column")
    return f"text|{column.label}|{row}|{material.whose}|{material.epoch}|{version}"
