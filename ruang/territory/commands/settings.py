"""What the city says of itself: names, hours, numbers, desks, times to answer in."""

from collections.abc import Iterable
from datetime import datetime, time
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.territory.changing import city_to_change, put
from ruang.territory.checks import checked_name
from ruang.territory.events import CityChanged
from ruang.territory.facts import Number

LONGEST_WAIT = 720
"""Hours. A first answer that may take longer than thirty days is none."""

DIALLED = frozenset("0123456789+-() ")
MOST_NUMBERS = 8


@transaction.atomic
def set_names(
    *, actor: Actor, unit_name: str, service_title: str, at: datetime, base: str | None = None
) -> None:
    """Change the unit's name and the title of every public page.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if a name is empty or too long
    """
    city = city_to_change(actor)
    city.unit_name = checked_name(unit_name, 120)
    city.service_title = checked_name(service_title, 80)
    put(city, "names", base)
    record(CityChanged(city.pk, "names"), actor=actor, at=at)


@transaction.atomic
def set_opening_hours(
    *,
    actor: Actor,
    opens_at: time,
    closes_at: time,
    workdays: Iterable[int],
    at: datetime,
    is_closed_on_holidays: bool = True,
    base: str | None = None,
) -> None:
    """Change when somebody is at the desk. Twice the same time means round the clock.

    :param workdays: 1 for Monday … 7 for Sunday
    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if the desk would close before it opens, or work on no day
    """
    city = city_to_change(actor)
    days = sorted(set(workdays))
    if opens_at > closes_at:
        raise Refused(_("The desk closes before it opens. Change one of the two times."))
    if not days or not set(days) <= set(range(1, 8)):
        raise Refused(_("Choose at least one day of the week."))
    city.opens_at, city.closes_at, city.workdays = opens_at, closes_at, days
    city.is_closed_on_holidays = is_closed_on_holidays
    put(city, "hours", base)
    record(CityChanged(city.pk, "hours"), actor=actor, at=at)


@transaction.atomic
def set_numbers(
    *,
    actor: Actor,
    emergency: Iterable[Number],
    hotlines: Iterable[Number],
    at: datetime,
    base: str | None = None,
) -> None:
    """Change the telephone numbers that stand on the public pages.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if there is no emergency number, too many, or one cannot be dialled
    """
    city = city_to_change(actor)
    city.emergency = [_line(number) for number in emergency]
    city.hotlines = [_line(number) for number in hotlines]
    if not city.emergency:
        raise Refused(_("Give at least one emergency number, such as 112."))
    if len(city.emergency) + len(city.hotlines) > MOST_NUMBERS:
        raise Refused(_("These are too many numbers to choose from. Keep at most eight."))
    put(city, "numbers", base)
    record(CityChanged(city.pk, "numbers"), actor=actor, at=at)


@transaction.atomic
def set_exit(*, actor: Actor, url: str, at: datetime, base: str | None = None) -> None:
    """Change the neutral site the quick exit leads to.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if it is not the address of a site
    """
    city = city_to_change(actor)
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname or len(url) > 200:
        raise Refused(_("Give the whole address of a site, beginning with https://"))
    city.exit_url = parts.geturl()
    put(city, "exit", base)
    record(CityChanged(city.pk, "exit"), actor=actor, at=at)


@transaction.atomic
def set_desks(
    *,
    actor: Actor,
    intake_desk: UUID,
    alternate_desk: UUID,
    at: datetime,
    base: str | None = None,
) -> None:
    """Say which organisation's desk takes reports, and which takes those about that desk.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if both are the same
    """
    city = city_to_change(actor)
    if intake_desk == alternate_desk:
        raise Refused(_("Reports about the desk must go to another organisation's desk."))
    city.intake_desk, city.alternate_desk = intake_desk, alternate_desk
    put(city, "desks", base)
    record(CityChanged(city.pk, "desks"), actor=actor, at=at)


@transaction.atomic
def set_answer_hours(
    *,
    actor: Actor,
    high: int,
    medium: int,
    unrated: int,
    low: int,
    at: datetime,
    base: str | None = None,
) -> None:
    """Change within how many hours a report of each risk gets its first answer.

    High is at once and medium about six hours by the national standard (domain.md §1.2).

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if a danger would wait longer than what is less urgent
    """
    city = city_to_change(actor)
    if not 0 <= high <= min(medium, unrated) <= max(medium, unrated) <= low <= LONGEST_WAIT:
        raise Refused(_("What is more urgent must be answered sooner, all within 30 days."))
    city.hours_high, city.hours_medium = high, medium
    city.hours_unrated, city.hours_low = unrated, low
    put(city, "answer_hours", base)
    record(CityChanged(city.pk, "answer_hours"), actor=actor, at=at)


def _line(number: Number) -> dict[str, str]:
    label, dialled = checked_name(number.label, 40), number.number.strip()
    label_en = checked_name(number.label_en, 40) if number.label_en.strip() else ""
    note, note_en = (" ".join(tidy(text).split()) for text in (number.note, number.note_en))
    if not set(dialled) <= DIALLED or not 3 <= sum(c.isdigit() for c in dialled) <= 15:
        raise Refused(_("A telephone number has 3 to 15 digits."))
    if max(len(note), len(note_en)) > 60:
        raise Refused(_("This note is too long. Use at most 60 letters."))
    return {
        "label": label, "number": dialled, "note": note, "label_en": label_en,
        "note_en": note_en,
    }  # fmt: skip
