"""What is asked for a kind of record. Forms, pages and counts are drawn from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import models
from django.utils.functional import Promise

from ruang.cases.states import Compartment
from ruang.dossier.states import Kind

Words = str | Promise
Value = str | tuple[str, ...]
Values = Mapping[str, Value]
"""Field → answer. What was not answered is not there."""
Names = Mapping[str, str]
"""Id of a person's record → how that person is called."""

YES, NO = "yes", "no"


class Shape(Enum):
    """How a field is answered."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Its name is permanent: it is what the sealed text calls the answer.

    :ivar printed: the label on a paper that must be safe to be found
    :ivar simfoni: the register (SIMFONI-PPA) asks for it
    :ivar asked_with: (field, code) without which the register does not ask for it
    :ivar or_else: the field that answers it as well, where this one cannot be answered
    """

    name: str
    label: Words
    shape: Shape = Shape.TEXT
    choices: type[models.TextChoices] | None = None
    hint: Words = ""
    printed: Words = ""
    simfoni: bool = False
    asked_with: tuple[str, str] | None = None
    or_else: str = ""

    def is_open(self, said: Values) -> bool:
        """Say whether the register asks for it and these answers leave it open."""
        if self.asked_with is not None:
            other, code = self.asked_with
            if code not in many(said, other):
                return False
        return self.simfoni and not (said.get(self.name) or said.get(self.or_else))


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under a heading."""

    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that looks wrong in what was written; it is kept all the same."""

    field: str
    words: Words


def _no_codes(values: Values, on: date) -> dict[str, str]:
    return {}


def _no_warnings(values: Values) -> tuple[Warned, ...]:
    return ()


def _nothing_kept(values: Values) -> dict[str, Value]:
    return {}


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of record.

    :ivar add: the words on the button that begins one
    :ivar title: what a row of it is called, from its answers and the names of people
    :ivar note: what stands above it
    :ivar codes: coded answers that follow from others, for the statistics
    :ivar warnings: what looks wrong, or must not be overlooked
    :ivar kept: what is sealed beside the answers, made of them at each save
    """

    kind: Kind
    compartment: Compartment
    add: Words
    groups: tuple[Group, ...]
    title: Callable[[Values, Names], Words]
    note: Words = ""
    codes: Callable[[Values, date], Mapping[str, str]] = _no_codes
    warnings: Callable[[Values], tuple[Warned, ...]] = _no_warnings
    kept: Callable[[Values], Mapping[str, Value]] = _nothing_kept

    @property
    def fields(self) -> Iterator[Field]:
        """Return every field in order."""
        return (field for group in self.groups for field in group.fields)

    @property
    def names_people(self) -> bool:
        """Say whether a field of it names a person of the case."""
        return any(field.shape is Shape.PERSON for field in self.fields)


def words_of(value: Value | None, choices: type[models.TextChoices] | None) -> list[Words]:
    """Return the labels of chosen codes, in the order of the list; unknown ones as they are."""
    chosen = (value,) if value and isinstance(value, str) else tuple(value or ())
    labels: dict[str, Words] = dict(choices.choices) if choices else {}
    known: list[Words] = [label for code, label in labels.items() if code in chosen]
    return known + [code for code in chosen if code not in labels]


def one(values: Values, name: str) -> str:
    """Return one single answer; empty if there is none."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ", ".join(value)


def many(values: Values, name: str) -> tuple[str, ...]:
    """Return the codes chosen from a list."""
    value = values.get(name, ())
    return (value,) if isinstance(value, str) else value
