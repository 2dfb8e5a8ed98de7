"""What is sent about clocks and duty: shapes only."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.clocks.states import Missed
from ruang.notify.commands import Turn
from ruang.notify.queries import ReachLine
from ruang.notify.states import Weekday
from ruang.web.answers import Words
from ruang.web.days import Day

_MISSING = {"required": _("Fill this in."), "invalid": _("Write a time, such as 08:00.")}
_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class Why(forms.Form):
    """Why a clock was missed."""

    why = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose")), *Missed.choices], error_messages=_CHOOSE
    )


def _time(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages=_MISSING,
        **more,
    )


class Shift(forms.Form):
    """One person's duty."""

    user = forms.UUIDField(label=_("Who"), error_messages=_CHOOSE)
    weekday = forms.TypedChoiceField(
        label=_("Every week on"),
        choices=[("", _("– one date –")), *Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    on = Day(label=_("or on one date"), required=False)
    begins_at = _time(_("From"))
    ends_at = _time(_("Until"), help_text=_("An earlier time means: on the next day."))
    place = forms.IntegerField(
        label=_("Whom one rings first"), min_value=1, max_value=9, initial=1,
        help_text=_("1 is rung first."),
        error_messages={"required": _("Write a number from 1 to 9.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[ReachLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((str(one.user), one.name) for one in people)]
        self.fields["user"].widget = forms.Select(choices=choices)
        self.fields["user"].choices = choices  # type: ignore[attr-defined]

    def turn(self) -> Turn:
        """Return when that is."""
        said = self.cleaned_data
        return Turn(
            begins_at=said["begins_at"], ends_at=said["ends_at"], weekday=said["weekday"],
            on=said["on"], place=said["place"],
        )  # fmt: skip


class Reach(forms.Form):
    """How somebody is reached on duty."""

    phone = Words(label=_("Telephone"), help_text=_("Colleagues at this desk see it."))
    email = Words(
        label=_("E-mail"),
        help_text=_("Only gets a sentence that something waits: no number, no name."),
    )
