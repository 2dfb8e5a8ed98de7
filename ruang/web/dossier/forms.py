"""Forms made from what is asked for a kind of record. Every answer is optional."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ruang.dossier.queries import EditPage
from ruang.dossier.schema import NO, YES, Field, Shape, Value
from ruang.dossier.states import Reason
from ruang.dossier.values import LARGEST
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.once import Once
from ruang.web.words import Words as Label

NOT_SAID = ("", _("Not known yet"))
THEIRS = "theirs"
PICK = "ambil-"
"""What chooses, in a conflict, the answer that is saved: ``ambil-<field>=theirs``."""


@dataclass(frozen=True, slots=True)
class Fieldset:
    """Questions under a heading."""

    title: Label
    fields: tuple[BoundField, ...]


class Sheet(Once):
    """A record on a form. ``base`` is the version it was read at."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, page: EditPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for field in page.schema.fields:
            made = _control(field, page)
            made.label, made.help_text = field.label, field.hint  # type: ignore[assignment]
            self.fields[field.name] = made

    @property
    def fieldsets(self) -> list[Fieldset]:
        """Return the questions by their headings."""
        return [
            Fieldset(group.title, tuple(self[field.name] for field in group.fields))
            for group in self.page.schema.groups
        ]

    def said(self) -> dict[str, Value]:
        """Return what was answered; in a conflict, not where the other answer was chosen."""
        names = (field.name for field in self.page.schema.fields)
        return {
            name: _value(self.cleaned_data[name])
            for name in names
            if self.data.get(f"{PICK}{name}") != THEIRS
        }


def sheet(page: EditPage, posted: QueryDict | None) -> Sheet:
    """Return the form of a record, filled with what is saved or with what was sent."""
    begin: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in page.values.items()
    }
    return Sheet(posted, page=page, initial={**begin, "base": page.version})


class Retire(forms.Form):
    """Why a record is set aside."""

    why = forms.ChoiceField(
        label=_("Why is it set aside?"),
        widget=forms.RadioSelect,
        choices=Reason.choices,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class TakeOver(forms.Form):
    """The person to take over."""

    record = forms.UUIDField(widget=forms.HiddenInput)


def _control(field: Field, page: EditPage) -> forms.Field:
    match field.shape:
        case Shape.TEXT:
            return Words()
        case Shape.LONG:
            return Words(rows=4)
        case Shape.DATE:
            return Day(required=False)
        case Shape.NUMBER:
            return forms.IntegerField(
                required=False,
                min_value=0,
                max_value=LARGEST,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), _("Write a number in digits.")
                ),
            )
        case _:
            return _choosing(field, page)


def _choosing(field: Field, page: EditPage) -> forms.Field:
    wrong = {"invalid_choice": _("Choose from the list.")}
    if field.shape is Shape.CHOICES:
        return forms.MultipleChoiceField(
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=_of(field),
            error_messages=wrong,
        )
    offered: Iterable[tuple[str, Label]] = _of(field)
    widget: type[forms.Widget] = forms.Select
    if field.shape is Shape.YES_NO:
        offered, widget = [(YES, _("Yes")), (NO, _("No"))], forms.RadioSelect
    elif field.shape is Shape.PERSON:
        offered = page.people
    elif field.shape is Shape.VILLAGE:
        offered = page.villages
    return forms.ChoiceField(
        required=False, widget=widget, choices=[NOT_SAID, *offered], error_messages=wrong
    )


def _of(field: Field) -> list[tuple[str, Label]]:
    return list(field.choices.choices) if field.choices else []


def _value(sent: Any) -> Value:
    if isinstance(sent, list | tuple):
        return tuple(str(one) for one in sent)
    if isinstance(sent, date):
        return sent.isoformat()
    return "" if sent is None else str(sent)
