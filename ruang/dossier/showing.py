"""Answers in words: labels, days, names, kelurahan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from ruang.dossier.schema import YES, Field, Names, Schema, Shape, Value, Words, words_of
from ruang.dossier.values import day
from ruang.territory import queries as territory

UNREADABLE = _("A person you cannot read")


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One answer in words: a text, a list of labels, or a day."""

    field: Field
    text: Words
    labels: tuple[Words, ...] = ()
    on: date | None = None

    @property
    def is_long(self) -> bool:
        """Say whether it keeps its line breaks."""
        return self.field.shape is Shape.LONG


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """Answers under a heading."""

    title: Words
    answers: tuple[Answer, ...]


def sections(schema: Schema, said: Mapping[str, Value], names: Names) -> tuple[Section, ...]:
    """Return what was answered, under its headings."""
    found = (
        Section(
            group.title,
            tuple(
                answer(field, said[field.name], names)
                for field in group.fields
                if said.get(field.name)
            ),
        )
        for group in schema.groups
    )
    return tuple(section for section in found if section.answers)


def answer(field: Field, value: Value, names: Names) -> Answer:
    """Return one answer in words."""
    text = value if isinstance(value, str) else ""
    match field.shape:
        case Shape.CHOICE | Shape.CHOICES:
            return Answer(field, "", tuple(words_of(value, field.choices)))
        case Shape.YES_NO if text:
            return Answer(field, _("Yes") if text == YES else _("No"))
        case Shape.DATE:
            return Answer(field, text, on=day(text))
        case Shape.PERSON if text:
            return Answer(field, names.get(text) or UNREADABLE)
        case Shape.VILLAGE if text:
            return Answer(field, dict(villages()).get(text, text))
        case _:
            return Answer(field, text)


def villages() -> tuple[tuple[str, str], ...]:
    """Return the kelurahan of the city; "Sukawana" occurs twice, so each with its kecamatan."""
    city = territory.city()
    return tuple(
        (place.code, f"{place.name} ({city.district_name(place.code[:8])})")
        for place in territory.villages(city_code=city.code)
    )
