"""What is sent about a breach: shapes only, and no words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.breaches.states import Data, Kind, People, Said, Told
from ruang.web.consents.ground import CHOOSE
from ruang.web.days import Day
from ruang.web.once import Once

_READ = {"invalid": _("Write the time like 14:20.")}


def _hour(label: Any, hint: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages=_READ,
    )


class Record(Once):
    """What happened, since when it is known, what data, roughly how many people."""

    kind = forms.ChoiceField(
        label=_("What happened?"), choices=Kind.choices, widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )  # fmt: skip
    known_on = Day(label=_("Since which day is it known?"))
    known_time = _hour(_("At what time?"), _("Empty: the day counts from its beginning."))
    kinds_of_data = forms.MultipleChoiceField(
        label=_("What kinds of data?"), choices=Data.choices,
        widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE,
    )  # fmt: skip
    people = forms.ChoiceField(
        label=_("Roughly how many people does it concern?"), choices=People.choices,
        widget=forms.RadioSelect, error_messages=CHOOSE,
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """Return the answers as the command takes them."""
        said = self.cleaned_data
        return {
            "kind": Kind(said["kind"]), "known_on": said["known_on"],
            "known_time": said["known_time"],
            "data": [Data(one) for one in said["kinds_of_data"]],
            "people": People(said["people"]),
        }  # fmt: skip


class Notice(forms.Form):
    """When notice was given, to whom, and that it says what the law asks for."""

    on = Day(label=_("Notice was given on"))
    on_time = _hour(_("At what time?"), _("Empty: the day counts to its end."))
    told = forms.MultipleChoiceField(
        label=_("To whom?"),
        help_text=_("To the public only where it disturbs a public service, or is serious."),
        choices=Told.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    contents = forms.MultipleChoiceField(
        label=_("The notice says"),
        help_text=_("UU 27/2022 ps 46: all three."),
        choices=Said.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )

    def said(self) -> dict[str, Any]:
        """Return the answers as the command takes them."""
        said = self.cleaned_data
        return {
            "on": said["on"], "on_time": said["on_time"],
            "told": [Told(one) for one in said["told"]],
            "said": [Said(one) for one in said["contents"]],
        }  # fmt: skip
