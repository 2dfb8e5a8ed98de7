"""Which days are not like others: without lessons, or in the fasting month."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.territory.changing import city_to_change, put
from ruang.territory.events import CityChanged
from ruang.territory.spans import Span

MOST_SPANS, MOST_HOURS = 40, 4
LONGEST = timedelta(days=100)
LONGEST_NAME = 80


@transaction.atomic
def set_days(
    *,
    actor: Actor,
    school_holidays: Iterable[Span],
    fasting: Iterable[Span],
    at: datetime,
    base: str | None = None,
) -> None:
    """Say on which days there are no lessons, and when and at which hours there is fasting.

    :param base: the edition that the form began with
    :raises PermissionDenied: if the actor may not change the city
    :raises ChangedMeanwhile: if somebody changed this part since then
    :raises Refused: if days end before they begin, are too many, or fasting names no hours
    """
    city = city_to_change(actor)
    lessons, fasts = list(school_holidays), list(fasting)
    if len(lessons) + len(fasts) > MOST_SPANS:
        raise Refused(_("These are too many lines. Take out those that are over."))
    for one in fasts:
        if not 1 <= len(one.hours) <= MOST_HOURS:
            raise Refused(_("Give the hours without sessions in the fasting month."))
    city.school_holidays = [_line(one) for one in lessons]
    city.fasting = [_line(one) for one in fasts]
    put(city, "days", base)
    record(CityChanged(city.pk, "days"), actor=actor, at=at)


def _line(one: Span) -> dict[str, object]:
    words = " ".join(tidy(one.words).split())
    if one.ends < one.begins:
        raise Refused(_("The last day lies before the first."))
    if one.ends - one.begins > LONGEST:
        raise Refused(_("These are more than 100 days. Check the two dates."))
    if len(words) > LONGEST_NAME:
        raise Refused(_("This name is too long. Use at most %d letters.") % LONGEST_NAME)
    if any(begins >= ends for begins, ends in one.hours):
        raise Refused(_("This ends before it begins."))
    return Span(one.begins, one.ends, words, one.hours).to_json()
