"""The one field for a day: what makes no sense breaks clocks before any rule is asked."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

UNREAD = _("This date could not be read. Write it like 23-11-2026.")
_THINKABLE = (
    MinValueValidator(date(1900, 1, 1), UNREAD),
    MaxValueValidator(date(2999, 12, 30), UNREAD),
)
_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


class Day(forms.DateField):
    """A day from 1900 to 2999, as phones and keyboards send it."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(
            attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"
        )
        widget.input_type = "date"
        said = {"required": _("Choose a date."), "invalid": UNREAD}
        super().__init__(
            widget=widget,
            input_formats=_FORMATS,
            validators=_THINKABLE,
            error_messages=said | more.pop("error_messages", {}),
            **more,
        )
