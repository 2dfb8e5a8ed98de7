"""The paper list of a session, as a form: a line an age band, three numbers for each sex."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.prevention.commands import Counted, Log
from ruang.prevention.states import Corrected
from ruang.register.states import Band, Sex
from ruang.web.sessions.forms import CHOOSE, TICK

PARTS = {
    "people": _("came"),
    "first": _("of them for the first time"),
    "disability": _("of them with a disability"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One age band: for each sex three numbers that are asked."""

    label: str | Promise
    cells: tuple[BoundField, ...]


class Counts(forms.Form):
    """How many came."""

    rts = forms.MultipleChoiceField(
        label=_("Which RT came"), widget=forms.CheckboxSelectMultiple, error_messages=TICK
    )

    is_whole = forms.BooleanField(
        required=False, label=_("Everybody is in this list, also who came by QR code")
    )

    def __init__(
        self,
        *args: Any,
        rts: Iterable[tuple[str, str]],
        parts: tuple[str, ...] = tuple(PARTS),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        offered = list(rts)
        if offered:
            self.fields["rts"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["rts"]
        for band in Band:
            for sex in Sex:
                for part in parts:
                    label = f"{sex.label}, {band.label}: {PARTS[part]}"
                    self.fields[name_of(sex, band, part)] = _number(label)

    def lines(self) -> tuple[Line, ...]:
        """Return the table to fill in."""
        return tuple(
            Line(
                band.label,
                tuple(self[name_of(sex, band, part)] for sex in Sex for part in self.parts),
            )
            for band in Band
        )

    def log(self) -> Log:
        """Return what was counted, as the command takes it."""
        said = self.cleaned_data
        counted = tuple(
            Counted(sex, band, *(said.get(name_of(sex, band, part)) or 0 for part in PARTS))
            for sex in Sex
            for band in Band
        )
        rts = [UUID(one) for one in said.get("rts", ())]
        return Log(rts, counted, is_whole=said["is_whole"])


class Correction(Counts):
    """A log is corrected: everybody who came is counted, by code too."""

    reason = forms.ChoiceField(
        label=_("Why is it corrected?"), choices=Corrected.choices, widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def log(self) -> Log:
        """Return what was counted, as the command takes it."""
        return replace(super().log(), is_whole=True)


def name_of(sex: Sex, band: Band, part: str) -> str:
    """Return what the field for one number is called."""
    return f"{sex.value}_{band.value}_{part}"


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=2000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
        error_messages={
            "invalid": _("Write whole numbers only."),
            "min_value": _("Count people from 0 to 2000."),
            "max_value": _("Count people from 0 to 2000."),
        },
    )  # fmt: skip
