"""What somebody sends who asks for a session: shapes only."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.kernel.ids import uuid_of
from ruang.prevention.commands import Asked
from ruang.prevention.queries.requests import AskChoices
from ruang.prevention.states import Audience, Unit
from ruang.web.answers import Words
from ruang.web.once import word

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
_COUNT = {
    "invalid": _("Write whole numbers only."),
    "min_value": _("Write a number from 1."),
    "max_value": _("This number is too large."),
}
UNITS: dict[str, str | Promise] = {
    Unit.RW.value: _("An RT or RW"),
    Unit.SCHOOL.value: _("A school"),
    Unit.COMMUNITY.value: _("A community or workplace"),
}


class Where(forms.Form):
    """The first page: who asks, and from where."""

    untuk = forms.ChoiceField(
        label=_("Who would like a session?"), choices=list(UNITS.items()),
        widget=forms.RadioSelect, error_messages=CHOOSE,
    )  # fmt: skip
    kelurahan = forms.ChoiceField(label=_("In which kelurahan?"), error_messages=CHOOSE)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = [("", _("Choose")), *villages]  # type: ignore[attr-defined]


class Ask(forms.Form):
    """The second page: for whom, when, and who is rung."""

    once = forms.CharField(
        max_length=64, required=False, initial=word, widget=forms.HiddenInput
    )
    rw = forms.ChoiceField(
        label=_("Which RW?"), error_messages={**CHOOSE, "required": _("Choose your RW.")}
    )
    rt = forms.IntegerField(
        label=_("Which RT?"), required=False, min_value=1, max_value=999,
        help_text=_("Empty means the whole RW."), error_messages=_COUNT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    school = forms.ChoiceField(label=_("Which school?"), required=False, error_messages=CHOOSE)
    host = Words(label=_("Its name"))
    audience = forms.ChoiceField(
        label=_("For whom?"), choices=[("", _("Choose")), *Audience.choices],
        error_messages={**CHOOSE, "required": _("Choose for whom it is.")},
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("About how many people?"), required=False, min_value=1, max_value=2000,
        error_messages=_COUNT, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    wished = Words(
        label=_("Which days and hours suit you?"),
        help_text=_("For example: Saturday afternoon, or after the arisan on the 10th."),
    )
    name = Words(
        label=_("Your name"), required=True,
        error_messages={"required": _("Write your name.")},
    )  # fmt: skip
    phone = Words(
        label=_("Your telephone number"), required=True,
        help_text=_("We ring you before the day is fixed. Nobody else sees it."),
        error_messages={"required": _("Write your telephone number.")},
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, choices: AskChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.choices = unit, choices
        self.fields["phone"].widget.input_type = "tel"
        nothing = ("", _("Choose"))
        if unit is Unit.RW and not choices.rws:
            del self.fields["rw"]
            self.fields["host"].label = _("Which RW?")
            self.fields["host"].help_text = _("In your words, such as RW 04 Kampung Baru.")
            self.fields["host"].required = True
            self.fields["host"].error_messages["required"] = _("Write which RW it is.")
        elif unit is Unit.RW:
            rws = [(str(pk), name) for pk, name in choices.rws]
            self.fields["rw"].choices = [nothing, *rws]  # type: ignore[attr-defined]
        else:
            del self.fields["rw"], self.fields["rt"]
        if unit is Unit.SCHOOL and choices.schools:
            schools = [(str(pk), name) for pk, name in choices.schools]
            other = ("", _("– another school –"))
            self.fields["school"].choices = [other, *schools]  # type: ignore[attr-defined]
            self.fields["host"].label = _("Its name, if it is not in the list")
        else:
            del self.fields["school"]
        if "rw" in self.fields:
            del self.fields["host"]

    def asked(self) -> Asked:
        """Return what is asked for, as the command takes it."""
        said = self.cleaned_data
        return Asked(
            unit=self.unit,
            village=self.choices.village.code,
            audience=Audience(said["audience"]),
            name=said["name"],
            phone=said["phone"],
            rw=uuid_of(said.get("rw", "")),
            rt_number=said.get("rt"),
            school=uuid_of(said.get("school", "")),
            host=said.get("host", ""),
            people=said["people"],
            wished=said["wished"],
        )


class Code(forms.Form):
    """The code of a request."""

    kode = Words(
        label=_("The code of your request"), required=True,
        help_text=_("Eight letters and numbers, such as K7M2-P9XA."),
        error_messages={"required": _("Type the code.")},
    )  # fmt: skip
