"""Days that are not like others, as they are typed: one stretch of days a line."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.territory.facts import CityFacts
from ruang.territory.spans import Span
from ruang.web.answers import Words

DAY, HOUR = "%d-%m-%Y", "%H.%M"
_DAYS = (DAY, "%Y-%m-%d")


class Days(forms.Form):
    """Days without lessons, and the fasting month with its closed hours."""

    school_holidays = Words(
        label=_("School holidays"),
        help_text=_(
            "One a line: first day | last day | name. Example: dd-mm-yyyy | dd-mm-yyyy | "
            "Semester holidays"
        ),
        rows=6,
    )
    fasting = Words(
        label=_("Fasting month"),
        help_text=_(
            "One a line: first day | last day | hours without sessions. They come on top of "
            "the usual hours of prayer. Several hours are parted by a comma. Example: "
            "dd-mm-yyyy | dd-mm-yyyy | 16.30–21.00"
        ),
        rows=3,
    )

    @classmethod
    def of(cls, city: CityFacts) -> dict[str, Any]:
        """Return what stands there now."""
        return {
            "school_holidays": "\n".join(
                " | ".join(filter(None, (*_typed_days(one), one.words)))
                for one in city.school_holidays
            ),
            "fasting": "\n".join(
                " | ".join((*_typed_days(one), ", ".join(map(_typed_hours, one.hours))))
                for one in city.fasting
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be read, at the field where it stands."""
        said = super().clean() or self.cleaned_data
        for name, read in (("school_holidays", school_holidays), ("fasting", fasting)):
            try:
                read(said.get(name, ""))
            except Refused as refusal:
                self.add_error(name, str(refusal))
        return said


def school_holidays(typed: str) -> list[Span]:
    """Return the stretches of days without lessons that were typed.

    :raises Refused: if a line cannot be read
    """
    return [Span(begins, ends, words) for begins, ends, words in _lines(typed)]


def fasting(typed: str) -> list[Span]:
    """Return the stretches of days of fasting that were typed, with their hours.

    :raises Refused: if a line cannot be read
    """
    return [
        Span(begins, ends, "", tuple(_hours(part) for part in words.split(",")))
        for begins, ends, words in _lines(typed)
    ]


def _lines(typed: str) -> list[tuple[date, date, str]]:
    found = []
    for line in filter(str.strip, typed.splitlines()):
        first, last, words = [*(part.strip() for part in line.split("|", 2)), "", ""][:3]
        found.append((_day(first, line), _day(last, line), words))
    return found


def _day(typed: str, line: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refused(_("This line could not be read: %s") % line.strip())


def _hours(typed: str) -> tuple[time, time]:
    parts = typed.replace("–", "-").replace(".", ":").split("-")
    try:
        begins, ends = (time.fromisoformat(part.strip().zfill(5)) for part in parts)
    except ValueError:
        raise Refused(_("These hours could not be read: %s") % typed.strip()) from None
    return begins, ends


def _typed_days(one: Span) -> tuple[str, str]:
    return one.begins.strftime(DAY), one.ends.strftime(DAY)


def _typed_hours(hours: tuple[time, time]) -> str:
    return "–".join(one.strftime(HOUR) for one in hours)
