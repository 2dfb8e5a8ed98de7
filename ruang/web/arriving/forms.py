"""Four taps, or one: who came is counted, never who it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ruang.prevention.commands import Arriver
from ruang.register.states import Band, Sex
from ruang.web.once import word

CHOOSE = _("Choose one, or press “Just count me”.")
ASKED = {"required": CHOOSE, "invalid_choice": CHOOSE}
YES = "ya"


class Arrival(forms.Form):
    """Sex, age, first time, disability."""

    once = forms.CharField(
        max_length=64, required=False, initial=word, widget=forms.HiddenInput
    )
    jk = forms.ChoiceField(
        label=_("I am …"),
        choices=[
            (Sex.FEMALE.value, pgettext_lazy("a person", "Female")),
            (Sex.MALE.value, pgettext_lazy("a person", "Male")),
        ],
        widget=forms.RadioSelect, error_messages=ASKED,
    )  # fmt: skip
    umur = forms.ChoiceField(
        label=_("My age"), choices=Band.choices, widget=forms.RadioSelect, error_messages=ASKED
    )
    baru = forms.ChoiceField(
        label=_("Is this your first session of this kind?"), required=False,
        choices=[(YES, _("Yes")), ("tidak", _("No"))],
        widget=forms.RadioSelect, error_messages=ASKED,
    )  # fmt: skip
    disabilitas = forms.ChoiceField(
        label=_("Do you have a disability?"), required=False,
        choices=[(YES, _("Yes")), ("tidak", _("No")), ("-", _("I prefer not to say"))],
        widget=forms.RadioSelect, error_messages=ASKED,
    )  # fmt: skip

    def __init__(self, *args: Any, is_plain: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_plain:
            for name in ("jk", "umur", "baru", "disabilitas"):
                del self.fields[name]

    def arriver(self) -> Arriver:
        """Return what was said."""
        said = self.cleaned_data
        if not said.get("jk"):
            return Arriver()
        return Arriver(
            sex=Sex(said["jk"]), band=Band(said["umur"]), is_first=said["baru"] == YES,
            has_disability=said["disabilitas"] == YES,
        )  # fmt: skip
