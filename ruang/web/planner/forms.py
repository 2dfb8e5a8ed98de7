"""What is sent about plans: shapes only."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ruang.planner.commands import Draft, Slot
from ruang.planner.queries import (
    AddPage,
    NewPage,
    PersonLine,
    ProgrammeChoice,
    VisitPage,
    WeightsPage,
)
from ruang.planner.settings import Settings, Share
from ruang.planner.states import Broken, Level
from ruang.prevention.hours import ASR, DHUHR, FRIDAY_PRAYER, LESSONS, MAGHRIB
from ruang.prevention.states import Language
from ruang.web.answers import Words
from ruang.web.days import Day
from ruang.web.once import Once

_NUMBER = {
    "required": _("Write a number."),
    "invalid": _("Write a number."),
    "min_value": _("This number is too small."),
    "max_value": _("This number is too large."),
}
_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
_TIME = {
    "required": _("Write a time, such as 08:00."),
    "invalid": _("Write a time, such as 08:00."),
}
QUARTERS = 4
HOUR = "%H:%M"
ABOUT_PEOPLE = frozenset(
    {
        Broken.NOT_ENOUGH,
        Broken.SKILL,
        Broken.LANGUAGE,
        Broken.NOT_WORKING,
        Broken.AWAY,
        Broken.DOUBLE,
        Broken.TRAVEL,
        Broken.DAY_FULL,
        Broken.WEEK_FULL,
    }
)
"""Rules that are mended by choosing other people."""
FLOORS = (0, 50, 60, 70, 80, 90)
LOOKS = (
    (20, _("20 seconds")),
    (60, _("1 minute")),
    (180, _("3 minutes")),
    (600, _("10 minutes")),
)
_HOURS = (
    ("friday", _("Friday prayer"), FRIDAY_PRAYER),
    ("dhuhr", _("Dhuhr"), DHUHR),
    ("asr", _("Asr"), ASR),
    ("maghrib", _("Maghrib"), MAGHRIB),
    ("lessons", _("Lessons"), LESSONS),
)
"""Hours in which there are no sessions; during lessons there are none for pupils."""


def _number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=_NUMBER, **more
    )


def _hour(label: Any, initial: time) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        initial=initial.strftime(HOUR),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages=_TIME,
    )


def quarters(today: date) -> list[tuple[str, str]]:
    """Return this quarter and the next ones: code and words."""
    year, number = today.year, (today.month - 1) // 3
    found = []
    for _step in range(QUARTERS):
        words = gettext("Quarter %(number)d of %(year)d") % {"number": number + 1, "year": year}
        found.append((f"{year}-{number + 1}", words))
        year, number = (year, number + 1) if number < 3 else (year + 1, 0)
    return found


def days_of(quarter: str, today: date) -> tuple[date, date]:
    """Return first and last day of a quarter; of this one, what is left from tomorrow."""
    year, number = (int(part) for part in quarter.split("-"))
    begins = date(year, 3 * number - 2, 1)
    after = date(year + (number == 4), 1 if number == 4 else 3 * number + 1, 1)
    ends = after - timedelta(days=1)
    return min(max(begins, today + timedelta(days=1)), ends), ends


class New(Once):
    """What somebody wants a plan for."""

    quarter = forms.ChoiceField(label=_("Quarter"), error_messages=_CHOOSE)
    people = forms.MultipleChoiceField(
        label=_("Facilitators"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one facilitator."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    floor = forms.TypedChoiceField(
        label=_("Least share of each kecamatan"),
        help_text=_("Of what the city gets on average. 0: no floor."),
        choices=[(one, f"{one}%") for one in FLOORS],
        coerce=int,
        initial=80,
        error_messages=_CHOOSE,
    )
    places = _number(
        _("Places to meet, at most"), 0, 2000, initial=0,
        help_text=_("0: each RW and community meets where it is nearest."),
    )  # fmt: skip
    seats = _number(
        _("Seats a place has at least"), 0, 1000, initial=30,
        help_text=_("Or one for everybody who lives there, if they are fewer. 0: any place."),
    )  # fmt: skip
    answer_days = _number(
        _("Requests older than so many days are answered in any case"), 0, 365, initial=30
    )
    seconds = forms.TypedChoiceField(
        label=_("How long to look for a better plan"), choices=LOOKS, coerce=int, initial=60,
        error_messages=_CHOOSE,
    )  # fmt: skip
    detour = _number(
        _("Roads are longer than the straight line by, in percent"), 0, 300, initial=40
    )
    km_per_hour = _number(_("How fast one gets on, km an hour"), 3, 80, initial=20)
    seed = _number(
        _("Starting number"), 1, 999_999, initial=1,
        help_text=_("Another number tries another order when not everything fits."),
    )  # fmt: skip

    def __init__(self, *args: Any, page: NewPage, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._page, self._today = page, today
        before = page.before
        shares = {one.programme: one.sessions for one in before.shares} if before else {}
        self.fields["quarter"].choices = quarters(today)  # type: ignore[attr-defined]
        people = [(str(one.id), one.name) for one in page.people]
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        self.initial.setdefault("people", [code for code, _name in people])
        for one in page.programmes:
            self.fields[f"p-{one.id}"] = _number(
                one.name, 0, 600, required=False, initial=shares.get(one.id, 0),
                help_text=_who_can(one),
            )  # fmt: skip
        for code, name in page.districts:
            self.fields[f"b-{code}"] = forms.ChoiceField(
                label=name, choices=Language.choices, required=False,
                initial=before.languages.get(code) if before else None,
                error_messages=_CHOOSE,
            )  # fmt: skip
        for name, words, (begins, ends) in _HOURS:
            self.fields[f"{name}_begins"] = _hour(_from(words), begins)
            self.fields[f"{name}_ends"] = _hour(_until(words), ends)
        if before:
            self.initial.update(_as_before(before, {code for code, _name in people}))

    @property
    def shares(self) -> list[forms.BoundField]:
        """Return the questions how many sessions each programme gets."""
        return [self[f"p-{one.id}"] for one in self._page.programmes]

    @property
    def languages(self) -> list[forms.BoundField]:
        """Return the questions which language is spoken where."""
        return [self[f"b-{code}"] for code, _name in self._page.districts]

    @property
    def hours(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Return the questions from when until when there are no sessions."""
        return [
            (words, self[f"{name}_begins"], self[f"{name}_ends"]) for name, words, _at in _HOURS
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin, and a plan of nothing."""
        said = super().clean() or self.cleaned_data
        for name, _words, _at in _HOURS:
            begins, ends = said.get(f"{name}_begins"), said.get(f"{name}_ends")
            if begins and ends and begins >= ends:
                self.add_error(f"{name}_ends", _("This ends before it begins."))
        if not self.errors and not self._shares():
            first = self._page.programmes[0].id if self._page.programmes else None
            where = f"p-{first}" if first else None
            self.add_error(where, _("Say how many sessions at least one programme gets."))
        return said

    def draft(self) -> Draft:
        """Return what is wanted."""
        said = self.cleaned_data
        begins_on, ends_on = days_of(said["quarter"], self._today)
        hours = {
            name: (said[f"{name}_begins"], said[f"{name}_ends"]) for name, *_rest in _HOURS
        }
        settings = Settings(
            shares=self._shares(),
            facilitators=tuple(UUID(who) for who in said["people"]),
            floor=said["floor"],
            places=said["places"],
            seats=said["seats"],
            answer_days=said["answer_days"],
            detour=100 + said["detour"],
            km_per_hour=said["km_per_hour"],
            friday=hours["friday"],
            prayers=(hours["dhuhr"], hours["asr"], hours["maghrib"]),
            lessons=hours["lessons"],
            languages=self._languages(),
            seconds=said["seconds"],
            seed=said["seed"],
        )
        return Draft(begins_on, ends_on, settings)

    def _languages(self) -> dict[str, str]:
        """Return the languages that are not what is spoken everywhere."""
        said = {code: self.cleaned_data[f"b-{code}"] for code, _name in self._page.districts}
        usual = {"", Language.INDONESIAN.value}
        return {code: language for code, language in said.items() if language not in usual}

    def _shares(self) -> tuple[Share, ...]:
        wanted = [
            (one.id, self.cleaned_data.get(f"p-{one.id}")) for one in self._page.programmes
        ]
        return tuple(Share(programme, count) for programme, count in wanted if count)


class Change(forms.Form):
    """For whom, when and where a visit is, and who holds it."""

    audience = forms.ChoiceField(
        label=_("Group"), required=False, error_messages={"invalid_choice": _("Choose one.")}
    )
    day = Day(label=_("Day"))
    starts = _hour(_("Begins at"), time(9))
    venue = forms.TypedChoiceField(
        label=_("Place"), required=False, coerce=UUID, empty_value=None,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    people = forms.TypedMultipleChoiceField(
        label=_("Facilitators"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one facilitator."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, page: VisitPage | AddPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(one.value, one.label) for one in page.audiences]
        if isinstance(page, AddPage):
            groups = [("", _("The group least reached there")), *groups]
        self.fields["audience"].choices = groups  # type: ignore[attr-defined]
        none = [("", _("At the school, or where they meet: no place of the register"))]
        venues = [(str(one), name) for one, name in page.venues]
        self.fields["venue"].choices = none + venues  # type: ignore[attr-defined]
        people = [(str(one.id), one.name) for one in page.people]
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        hints = {str(one.id): _what_can(one, page.language) for one in page.people}
        self.fields["people"].hints = hints  # type: ignore[attr-defined]

    def slot(self) -> Slot:
        """Return when, where and by whom."""
        said = self.cleaned_data
        return Slot(
            said["day"],
            said["starts"],
            said["venue"],
            tuple(said["people"]),
            said["audience"],
        )


class Add(Change):
    """A visit that is added: for which of the places of the kelurahan."""

    unit = forms.TypedChoiceField(
        label=_("RW, school or community"), coerce=UUID, error_messages=_CHOOSE
    )
    field_order = ("unit", "audience", "day", "starts", "venue", "people")

    def __init__(self, *args: Any, page: AddPage, **kwargs: Any) -> None:
        super().__init__(*args, page=page, **kwargs)
        units = [(str(one), name) for one, name in page.units]
        self.fields["unit"].choices = [("", _("Choose")), *units]  # type: ignore[attr-defined]


class Weigh(forms.Form):
    """How much each kecamatan counts in a year."""

    source = Words(
        label=_("By which published figures"),
        help_text=_("For example: yearly report of the office, 2026, table 4."),
    )

    def __init__(self, *args: Any, page: WeightsPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._page = page
        for one in page.levels:
            self.fields[f"k-{one.code}"] = forms.ChoiceField(
                label=one.name, choices=Level.choices, initial=one.level, error_messages=_CHOOSE
            )

    @property
    def levels(self) -> list[tuple[int, forms.BoundField]]:
        """Return the question for each kecamatan, with how many live there."""
        return [(one.people, self[f"k-{one.code}"]) for one in self._page.levels]

    def said(self) -> dict[str, Level]:
        """Return the answers by kecamatan."""
        return {
            one.code: Level(self.cleaned_data[f"k-{one.code}"]) for one in self._page.levels
        }


def _who_can(one: ProgrammeChoice) -> str:
    """Say where a programme goes, and how many could hold it."""
    words = ngettext(
        "%(unit)s. %(able)d person can hold it, %(needed)d at a time.",
        "%(unit)s. %(able)d people can hold it, %(needed)d at a time.",
        one.able,
    )
    return words % {"unit": one.unit.label, "able": one.able, "needed": one.facilitators}


def _what_can(one: PersonLine, language: Language) -> str:
    """Say what speaks for somebody: the programme, and a language not everybody speaks."""
    speaks = one.speaks and language != Language.INDONESIAN
    if one.can and speaks:
        words = gettext("Can hold this programme, speaks %(language)s")
    elif speaks:
        words = gettext("Speaks %(language)s")
    else:
        words = gettext("Can hold this programme") if one.can else ""
    return words % {"language": language.label}


def of_visit(page: VisitPage) -> dict[str, Any]:
    """Return what a visit is now, as the form shows it."""
    return {
        "audience": page.line.audience.value,
        "day": page.line.starts.date().isoformat(),
        "starts": page.line.starts.strftime(HOUR),
        "venue": str(page.venue or ""),
        "people": [str(who) for who in page.staff],
    }


def _from(words: Any) -> str:
    return gettext("%(what)s from") % {"what": words}


def _until(words: Any) -> str:
    return gettext("%(what)s until") % {"what": words}


def _as_before(before: Settings, people: Iterable[str]) -> dict[str, Any]:
    hours = {
        "friday": before.friday,
        "lessons": before.lessons,
        **dict(zip(("dhuhr", "asr", "maghrib"), before.prayers, strict=True)),
    }
    return {
        "people": [str(who) for who in before.facilitators if str(who) in people],
        "floor": before.floor,
        "places": before.places,
        "seats": before.seats,
        "answer_days": before.answer_days,
        "seconds": before.seconds,
        "detour": before.detour - 100,
        "km_per_hour": before.km_per_hour,
        "seed": before.seed,
        **{f"{name}_begins": begins.strftime(HOUR) for name, (begins, _ends) in hours.items()},
        **{f"{name}_ends": ends.strftime(HOUR) for name, (_begins, ends) in hours.items()},
    }
