"""What is sent about places. Shape only: the commands know the rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.register.states import (
    LISTS,
    Band,
    CommunityKind,
    Ending,
    Kind,
    SchoolLevel,
    Sex,
    VenueKind,
)
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.register.slugs import MANY, SLUG_OF

_NEEDED = {"required": _("Fill this in."), "invalid": _("Write a whole number.")}
_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
MOST = 20_000
PARTS = 4
"""How many successors the page of a split asks for."""


def number(label: Any, most: int = MOST, least: int = 0, **more: Any) -> forms.IntegerField:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages=_NEEDED,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        **more,
    )


def text(label: Any, longest: int = 80, **more: Any) -> forms.CharField:
    """Return a field for a short text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={"required": _("Fill this in."), "max_length": _("This is too long.")},
        **more,
    )


class Since(forms.Form):
    """Since when it holds."""

    on = Day(label=_("Since when"))


class Noted(Since):
    """Since when it holds, and why."""

    note = Words(label=_("Why (no names of people)"))


class OnMap(forms.Form):
    """About where it lies."""

    latitude = forms.FloatField(
        label=_("Latitude (may be left out)"),
        required=False,
        min_value=-11.5,
        max_value=6.5,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    longitude = forms.FloatField(
        label=_("Longitude (may be left out)"),
        required=False,
        min_value=94,
        max_value=142,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take both or neither."""
        said: dict[str, Any] = super().clean() or {}
        if (said.get("latitude") is None) != (said.get("longitude") is None):
            self.add_error("latitude", _("Write both, or leave both empty."))
        return said


class Rw(OnMap):
    """What is said of an RW."""

    local_name = text(_("Name on the spot (may be left out)"), required=False)


class NewRw(Rw):
    """An RW that is not there yet."""

    number = number(_("Number of the RW"), 999, 1)
    field_order = ("number", "local_name", "latitude", "longitude", "on", "note")


class Rt(forms.Form):
    """What is said of an RT."""

    local_name = text(_("Name on the spot (may be left out)"), required=False)
    households = number(_("Households"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sex in Sex:
            for band in Band:
                field = number(band.label, initial=0)
                self.fields[f"{sex.value}_{band.value}"] = field

    def columns(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields of the people, by sex."""
        return [(s.label, [self[f"{s.value}_{b.value}"] for b in Band]) for s in Sex]


class NewRt(Rt):
    """An RT that is not there yet."""

    number = number(_("Number of the RT"), 999, 1)
    field_order = ("number", "local_name", "households")


class School(OnMap):
    """What is said of a school."""

    name = text(_("Name of the school"), 120)
    level = forms.ChoiceField(
        label=_("Level"), choices=SchoolLevel.choices, error_messages=_CHOOSE
    )
    npsn = forms.RegexField(
        r"^[A-Za-z0-9]{8}$",
        label=_("NPSN (may be left out)"),
        required=False,
        error_messages={"invalid": _("An NPSN has eight digits or letters.")},
    )
    pupils_female = number(_("Girls"), initial=0)
    pupils_male = number(_("Boys"), initial=0)
    field_order = ("name", "level", "npsn", "pupils_female", "pupils_male")

    def clean_npsn(self) -> str:
        """Return it in capitals, as it is written on the spot."""
        return str(self.cleaned_data["npsn"]).upper()


class Community(forms.Form):
    """What is said of a community."""

    name = text(_("Name of the community"), 120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=CommunityKind.choices, error_messages=_CHOOSE
    )
    members = number(_("Members"), initial=0)


class Venue(OnMap):
    """What is said of a venue."""

    name = text(_("Name of the place"), 120)
    kind = forms.ChoiceField(label=_("Kind"), choices=VenueKind.choices, error_messages=_CHOOSE)
    capacity = number(_("Room for how many people"), 5_000, initial=40)
    has_step_free_entry = forms.BooleanField(label=_("Entry without steps"), required=False)
    opens_at = forms.TimeField(
        label=_("Opens (may be left out)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time, such as 08:00.")},
    )
    closes_at = forms.TimeField(
        label=_("Closes (may be left out)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time, such as 08:00.")},
    )
    field_order = ("name", "kind", "capacity", "has_step_free_entry", "opens_at", "closes_at")

    def clean(self) -> dict[str, Any]:
        """Take hours in order, both or neither."""
        said = super().clean()
        opens, closes = said.get("opens_at"), said.get("closes_at")
        if (opens is None) != (closes is None) or (opens and closes and opens >= closes):
            self.add_error("opens_at", _("Write both hours, the earlier one first."))
        return said


FORMS: dict[Kind, type[forms.Form]] = {
    Kind.RW: Rw,
    Kind.RT: Rt,
    Kind.SCHOOL: School,
    Kind.COMMUNITY: Community,
    Kind.VENUE: Venue,
}


class End(Noted):
    """Why a place is there no more."""

    why = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(one.value, one.label) for one in (Ending.CLOSED, Ending.MISTAKE)],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    field_order = ("why", "on", "note")


class Split(Noted):
    """Which RT come out of one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, PARTS + 1):
            needed = place <= 2
            self.fields[f"number_{place}"] = number(_("RT"), 999, 1, required=needed)
            self.fields[f"households_{place}"] = number(_("Households"), required=False)

    def rows(self) -> list[tuple[Any, Any]]:
        """Return the fields of each successor."""
        return [(self[f"number_{n}"], self[f"households_{n}"]) for n in range(1, PARTS + 1)]


class Merge(Noted):
    """Which RT become one."""

    others = forms.MultipleChoiceField(
        label=_("Merge it with"), widget=forms.CheckboxSelectMultiple, error_messages=_CHOOSE
    )
    number = number(_("Number of the RT afterwards"), 999, 1)
    field_order = ("others", "number", "on", "note")

    def __init__(self, *args: Any, others: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = list(others)  # type: ignore[attr-defined]


class Contact(Since):
    """Who is rung from now on."""

    name = text(_("Name"), 120)
    phone = text(_("Telephone (may be left out)"), 30, required=False)
    field_order = ("name", "phone", "on")


class Upload(forms.Form):
    """A list to be compared with the register."""

    what = forms.ChoiceField(
        label=_("What does the list hold?"),
        choices=[(SLUG_OF[kind], MANY[kind]) for kind in LISTS],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    file = forms.FileField(
        label=_("The list, as XLSX or CSV"),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file."), "invalid": _("Choose the file.")},
    )


class Apply(Since):
    """Yes to what the comparison showed."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    ended = forms.MultipleChoiceField(
        label=_("Tick what is there no more"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE,
    )

    def __init__(self, *args: Any, gone: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended"].choices = list(gone)  # type: ignore[attr-defined]


class Narrow(forms.Form):
    """What narrows a list. Anything unknown narrows nothing."""

    di = forms.ChoiceField(label=_("Kecamatan or kelurahan"), required=False)
    jenis = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(
        self,
        *args: Any,
        regions: Iterable[tuple[str, Any]],
        kinds: Iterable[tuple[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        self.fields["di"].choices = [every, *regions]  # type: ignore[attr-defined]
        self.fields["jenis"].choices = [every, *kinds]  # type: ignore[attr-defined]
