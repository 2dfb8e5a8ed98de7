"""What the city says of itself."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.territory.facts import CityFacts, Number

_MISSING = {"required": _("Fill this in.")}
_LINE = _(
    "One a line, with | between: name, number, when it answers; then name and when it answers "
    "in English. Where the English is left out, English pages show the Indonesian."
)
_DAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]


class Names(forms.Form):
    """The unit, and the title of every public page."""

    unit_name = forms.CharField(
        label=_("Name of the unit"), max_length=120, error_messages=_MISSING
    )
    service_title = forms.CharField(
        label=_("Title of the public pages"),
        max_length=80,
        help_text=_("It stands in the history of the reporter's phone: keep it neutral."),
        error_messages=_MISSING,
    )

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"unit_name": city.unit_name, "service_title": city.service_title}


class Hours(forms.Form):
    """When somebody is at the desk."""

    opens_at = forms.TimeField(
        label=_("Opens at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages=_MISSING,
    )
    closes_at = forms.TimeField(
        label=_("Closes at"),
        help_text=_("The same time twice means round the clock."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages=_MISSING,
    )
    workdays = forms.MultipleChoiceField(
        label=_("Days"),
        choices=_DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    is_closed_on_holidays = forms.BooleanField(
        label=_("Closed on public holidays"), required=False
    )

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        hours = city.hours
        return {
            "opens_at": f"{hours.opens_at:%H:%M}",
            "closes_at": f"{hours.closes_at:%H:%M}",
            "workdays": [str(day) for day in sorted(hours.workdays)],
            "is_closed_on_holidays": hours.is_closed_on_holidays,
        }


class Numbers(forms.Form):
    """The telephone numbers on the public pages, one a line."""

    emergency = forms.CharField(
        label=_("Emergency numbers"),
        help_text=_LINE,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages=_MISSING,
    )
    hotlines = forms.CharField(
        label=_("Other numbers"),
        help_text=_LINE,
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"emergency": _typed(city.emergency), "hotlines": _typed(city.hotlines)}


class Desks(forms.Form):
    """Who takes reports, and who those about the first."""

    intake_desk = forms.ChoiceField(label=_("Desk that takes the reports"))
    alternate_desk = forms.ChoiceField(
        label=_("Desk for reports about that desk"),
        help_text=_("Another organisation. Whoever names the first office is read here only."),
    )

    def __init__(self, *args: Any, places: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose one")), *((str(pk), name) for pk, name in places)]
        self.fields["intake_desk"].choices = choices  # type: ignore[attr-defined]
        self.fields["alternate_desk"].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"intake_desk": city.intake_desk, "alternate_desk": city.alternate_desk}


class AnswerHours(forms.Form):
    """Within how many hours a report gets its first answer."""

    high = forms.IntegerField(label=_("High risk"), min_value=0, max_value=720)
    medium = forms.IntegerField(label=_("Medium risk"), min_value=0, max_value=720)
    unrated = forms.IntegerField(label=_("Not rated yet"), min_value=0, max_value=720)
    low = forms.IntegerField(label=_("Low risk"), min_value=0, max_value=720)

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return dict(city.answer_hours)


class ExitSite(forms.Form):
    """Where the quick exit leads."""

    url = forms.CharField(
        label=_("Address of a neutral site"), max_length=200, error_messages=_MISSING
    )

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {"url": city.exit_url}


def lines(typed: str) -> list[Number]:
    """Return the numbers that were typed, one a line."""
    parts = ([part.strip() for part in line.split("|")] for line in typed.splitlines())
    rows = (part for part in parts if any(part))
    return [_number(*[*row, "", "", "", ""][:5]) for row in rows]


def _typed(numbers: tuple[Number, ...]) -> str:
    rows = ((one.label, one.number, one.note, one.label_en, one.note_en) for one in numbers)
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


def _number(label: str, number: str, when: str, name_en: str, when_en: str) -> Number:
    return Number(label, number, when, label_en=name_en, note_en=when_en)
