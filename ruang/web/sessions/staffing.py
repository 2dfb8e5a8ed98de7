"""What is sent about facilitators: shapes only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.notify.states import Weekday
from ruang.prevention.commands import Hours
from ruang.prevention.commands import Profile as Said
from ruang.prevention.queries.cadres import CadrePage
from ruang.prevention.queries.people import PersonPage, ProfileChoices
from ruang.prevention.states import Language, Sex
from ruang.web.days import Day
from ruang.web.sessions.forms import CHOOSE, TICK, clock
from ruang.web.sessions.teaching import _NUMBER


class Profile(forms.Form):
    """What somebody can, and how much."""

    sex = forms.ChoiceField(
        label=_("Woman or man"),
        choices=Sex.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=TICK,
    )
    programmes = forms.MultipleChoiceField(
        label=_("Programmes that this person holds"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=TICK,
    )
    home = forms.ChoiceField(label=_("Kelurahan where the day begins"), error_messages=CHOOSE)
    sessions_a_day = forms.IntegerField(
        label=_("At most a day"), min_value=1, max_value=6, initial=2, error_messages=_NUMBER
    )
    sessions_a_week = forms.IntegerField(
        label=_("At most a week"), min_value=1, max_value=20, initial=4, error_messages=_NUMBER
    )
    is_active = forms.BooleanField(label=_("Holds sessions now"), required=False, initial=True)

    def __init__(self, *args: Any, chosen: ProfileChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in chosen.villages]
        self.fields["home"].choices = [("", _("Choose")), *listed]  # type: ignore[attr-defined]
        taught = [(str(pk), name) for pk, name in chosen.programmes]
        self.fields["programmes"].choices = taught  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Return the profile as the command takes it."""
        said = self.cleaned_data
        return Said(
            sex=Sex(said["sex"]), languages=[Language(code) for code in said["languages"]],
            home=said["home"], programmes=[UUID(one) for one in said["programmes"]],
            sessions_a_day=said["sessions_a_day"], sessions_a_week=said["sessions_a_week"],
            is_active=said["is_active"],
        )  # fmt: skip


class Days(forms.Form):
    """Days on which somebody cannot come. Why is not asked."""

    begins_on = Day(label=_("From"))
    ends_on = Day(label=_("Until and with"))


class Village(forms.Form):
    """The kelurahan in which a cadre lives."""

    kelurahan = forms.ChoiceField(label=_("Kelurahan"), required=False)

    def __init__(self, *args: Any, page: CadrePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in page.villages]
        self.fields["kelurahan"].choices = [("", _("Choose")), *listed]  # type: ignore[attr-defined]


class Area(forms.Form):
    """The RW that a cadre looks after; none takes all away."""

    rws = forms.MultipleChoiceField(
        label=_("Looks after"), widget=forms.CheckboxSelectMultiple, required=False,
        error_messages=TICK,
    )  # fmt: skip

    def __init__(self, *args: Any, page: CadrePage, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"rws": [str(pk) for pk in page.own]})
        super().__init__(*args, **kwargs)
        self.fields["rws"].choices = [(str(pk), name) for pk, name in page.rws]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the week to fill in."""

    label: str | Promise
    begins: BoundField
    ends: BoundField


class Week(forms.Form):
    """The hours of a week."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in Weekday:
            self.fields[f"b{one.value}"] = clock(
                _("%(day)s from") % {"day": one.label}, required=False
            )
            self.fields[f"e{one.value}"] = clock(
                _("%(day)s until") % {"day": one.label}, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of a day, or none."""
        said = super().clean() or self.cleaned_data
        for one in Weekday:
            begins, ends = f"b{one.value}", f"e{one.value}"
            if begins in said and ends in said and bool(said[begins]) != bool(said[ends]):
                missing = ends if said[begins] else begins
                self.add_error(missing, _("Give both times of this day, or none."))
        return said

    def days(self) -> tuple[DayLine, ...]:
        """Return the days to fill in."""
        return tuple(
            DayLine(one.label, self[f"b{one.value}"], self[f"e{one.value}"]) for one in Weekday
        )

    def hours(self) -> list[Hours]:
        """Return the hours as the command takes them."""
        said = self.cleaned_data
        return [
            Hours(one.value, said[f"b{one.value}"], said[f"e{one.value}"])
            for one in Weekday
            if said[f"b{one.value}"]
        ]


def first_hours(page: PersonPage) -> dict[str, object]:
    """Return the hours as they are."""
    found: dict[str, object] = {}
    for weekday, begins, ends in page.hours:
        found.setdefault(f"b{weekday}", f"{begins:%H:%M}")
        found[f"e{weekday}"] = f"{ends:%H:%M}"
    return found


def first_profile(page: PersonPage) -> dict[str, object]:
    """Return the profile as it is."""
    return {
        "sex": page.sex.value, "languages": [one.value for one in page.languages],
        "programmes": [str(pk) for pk, _name in page.programmes], "home": page.home_code,
        "sessions_a_day": page.sessions_a_day, "sessions_a_week": page.sessions_a_week,
        "is_active": page.is_active,
    }  # fmt: skip


def week_words(page: PersonPage) -> list[tuple[str | Promise, str]]:
    """Return the hours in words, a line a day."""
    return [
        (Weekday(weekday).label, f"{begins:%H.%M}–{ends:%H.%M}")
        for weekday, begins, ends in page.hours
    ]
