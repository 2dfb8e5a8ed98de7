"""Answers: as they are sealed, made sound, compared, merged when two people wrote at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ruang.dossier.schema import NO, YES, Field, Schema, Shape, Value, Values, one
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy

LONGEST = {Shape.TEXT: 500, Shape.LONG: 20_000}
"""Characters of one answer in words."""
LARGEST = 1_000_000_000

Code = str | int | bool | list[str]


def to_text(values: Values) -> str:
    """Return answers as they are sealed."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> dict[str, Value]:
    """Return what was sealed."""
    said = json.loads(text)
    return {
        name: value if isinstance(value, str) else tuple(value) for name, value in said.items()
    }


def cleaned(schema: Schema, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return what was given for fields of this kind, made storable; empty where taken back.

    :raises Refused: if an answer is too long, or is none of those to choose from
    """
    fields = {field.name: field for field in schema.fields}
    return {
        name: _sound(fields[name], value) for name, value in given.items() if name in fields
    }


def _sound(field: Field, value: Value) -> Value:
    if field.shape is Shape.CHOICES:
        codes = {value} if isinstance(value, str) else set(value)
        ordered = tuple(code for code in _codes(field) if code in codes)
        if len(ordered) != len(codes - {""}):
            raise Refused(_("Choose from the list."))
        return ordered
    text = tidy(value if isinstance(value, str) else " ".join(value))
    if text and not _fits(field, text):
        raise Refused(
            _("“%(field)s” cannot be saved like this. Look at it again.")
            % {"field": field.label}
        )
    return text


def _fits(field: Field, text: str) -> bool:
    match field.shape:
        case Shape.TEXT | Shape.LONG:
            return len(text) <= LONGEST[field.shape]
        case Shape.DATE:
            return day(text) is not None
        case Shape.NUMBER:
            return text.isascii() and text.isdigit() and int(text) <= LARGEST
        case Shape.PERSON:
            return _is_id(text)
        case Shape.VILLAGE:
            return len(text) <= 13 and text.isascii()
        case _:
            return text in _codes(field)


def _codes(field: Field) -> list[str]:
    if field.shape is Shape.YES_NO:
        return [YES, NO]
    return list(field.choices.values) if field.choices else []


def _is_id(text: str) -> bool:
    try:
        return UUID(text).hex == text
    except ValueError:
        return False


def day(text: Value | None) -> date | None:
    """Read a date; None if it is none."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def day_in_words(values: Values, name: str) -> str:
    """Return one day as people write it; empty if there is none."""
    found = day(values.get(name))
    return date_format(found, "j M Y") if found else one(values, name)


def with_changes(old: Values, changes: Values) -> dict[str, Value]:
    """Return the answers after some were changed; an emptied one is not there any more."""
    return {name: value for name, value in {**old, **changes}.items() if value}


def differing(old: Values, new: Values) -> tuple[str, ...]:
    """Return the fields that were answered differently."""
    names = [*old, *(name for name in new if name not in old)]
    return tuple(name for name in names if old.get(name, "") != new.get(name, ""))


@dataclass(frozen=True, slots=True, repr=False)
class Clash:
    """One field that two people changed at once to different answers.

    :ivar theirs: the answer that is saved; ``by`` and ``at`` say who saved it and when
    :ivar mine: the answer that was to be saved now
    """

    name: str
    before: Value
    theirs: Value
    mine: Value
    by: UUID
    at: datetime


class Conflict(Refused):
    """Somebody saved another answer to the same field meanwhile. Nothing was saved.

    :ivar version: what is in force now; the next save begins from there
    :ivar values: everything saved, with what was to be saved now in its place
    """

    def __init__(self, version: int, values: Values, clashes: tuple[Clash, ...]) -> None:
        super().__init__(_("Somebody else changed the same answer meanwhile. Choose."))
        self.version, self.values, self.clashes = version, values, clashes


def mine_to_save(*, base: Values, theirs: Values, mine: Values) -> tuple[Values, list[str]]:
    """Return what of mine is to be saved onto theirs, and the fields that clash.

    A field I left as it was is theirs; one they left as it was is mine; one that both changed
    to the same is no clash.
    """
    save: dict[str, Value] = {}
    clashes = []
    for name, value in mine.items():
        was, now = base.get(name) or "", theirs.get(name) or ""
        if (value or "") == was:
            continue
        if now not in {was, value or ""}:
            clashes.append(name)
        save[name] = value
    return save, clashes


def codes_of(schema: Schema, values: Values, on: date) -> dict[str, Code]:
    """Return the coded answers: what may be counted. Words, dates and people are none.

    :param on: the day for which an age is counted
    """
    found: dict[str, Code] = {}
    for field in schema.fields:
        value = values.get(field.name)
        if not value:
            continue
        match field.shape:
            case Shape.CHOICES:
                found[field.name] = list(value)
            case Shape.CHOICE | Shape.VILLAGE:
                found[field.name] = str(value)
            case Shape.YES_NO:
                found[field.name] = value == YES
            case Shape.NUMBER:
                found[field.name] = int(str(value))
            case _:
                pass
    return found | dict(schema.codes(values, on))
