"""What may be wrong with a time although nothing forbids it: said once, a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ruang.prevention.hours import FRIDAY_PRAYER, LESSONS, MAGHRIB
from ruang.prevention.models import Facilitator, Part, Programme
from ruang.prevention.states import Audience, Language, State, Unit
from ruang.register.models import Venue
from ruang.territory.hours import is_holiday

Words = str | Promise
FRIDAY = 5
LATE, EARLY = time(21), time(6)
PUPILS = frozenset({Audience.CHILDREN, Audience.TEENS, Audience.TEACHERS})


@dataclass(frozen=True, slots=True)
class Try:
    """A session as it would be."""

    programme: Programme
    unit: Unit
    audience: Audience
    language: Language
    starts_at: datetime
    venue: Venue | None
    facilitators: Sequence[Facilitator]


def warnings(tried: Try) -> tuple[Words, ...]:
    """Return what a person should look at before planning it so."""
    return (*_of_the_hour(tried), *_of_the_place(tried), *_of_the_people(tried))


def _of_the_hour(tried: Try) -> Iterator[Words]:
    begins, ends = _local(tried)
    day = begins.date()
    if day.isoweekday() == FRIDAY and _meets(begins, ends, FRIDAY_PRAYER):
        yield _("It lies in the Friday prayer.")
    if _meets(begins, ends, MAGHRIB):
        yield _("It lies in the time of maghrib.")
    if begins.time() < EARLY or ends.time() > LATE or ends.date() != day:
        yield _("It begins before six in the morning or ends after nine in the evening.")
    if is_holiday(day):
        yield _("It is a public holiday.")
    in_school = day.isoweekday() <= FRIDAY and not is_holiday(day)
    if tried.unit is not Unit.SCHOOL and tried.audience in PUPILS and in_school:
        if _meets(begins, ends, LESSONS):
            yield _("These people are at school at that hour.")
    elif tried.unit is Unit.SCHOOL and not (in_school and _meets(begins, ends, LESSONS)):
        yield _("The school is closed at that hour.")


def _of_the_place(tried: Try) -> Iterator[Words]:
    venue = tried.venue
    if venue is None or venue.opens_at is None or venue.closes_at is None:
        return
    begins, ends = _local(tried)
    if begins.time() < venue.opens_at or ends.time() > venue.closes_at:
        yield gettext("%(place)s is open from %(opens)s to %(closes)s.") % {
            "place": venue, "opens": f"{venue.opens_at:%H.%M}",
            "closes": f"{venue.closes_at:%H.%M}",
        }  # fmt: skip


def _of_the_people(tried: Try) -> Iterator[Words]:
    wanted = tried.programme.facilitators
    if len(tried.facilitators) < wanted:
        yield gettext("This programme is usually held by %(n)d people.") % {"n": wanted}
    if not any(tried.language.value in one.languages for one in tried.facilitators):
        yield gettext("Nobody you chose speaks %(language)s.") % {
            "language": tried.language.label
        }
    begins, ends = _local(tried)
    on_day, in_week = _held(tried.facilitators, begins.date())
    for one in tried.facilitators:
        who = {"who": one.user.name}
        if not _works(one, begins, ends):
            yield gettext("It lies outside the hours of %(who)s.") % who
        if on_day.get(one.pk, 0) >= one.sessions_a_day:
            yield gettext("%(who)s has reached the limit of that day.") % who
        elif in_week.get(one.pk, 0) >= one.sessions_a_week:
            yield gettext("%(who)s has reached the limit of that week.") % who


def _works(one: Facilitator, begins: datetime, ends: datetime) -> bool:
    """Say whether it lies in somebody's hours; who has given none can come at any."""
    hours = list(one.working.all())
    return not hours or any(
        span.weekday == begins.isoweekday()
        and span.begins <= begins.time()
        and ends.time() <= span.ends
        for span in hours
    )


def _held(people: Sequence[Facilitator], day: date) -> tuple[dict[object, int], ...]:
    """Return how many sessions each has on that day, and in that week."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    spans = ((day, day + timedelta(days=1)), (monday, monday + timedelta(days=7)))
    found: list[dict[object, int]] = []
    for first, last in spans:
        parts = Part.objects.filter(
            facilitator__in=people,
            session__starts_at__gte=_midnight(first),
            session__starts_at__lt=_midnight(last),
        ).exclude(session__state=State.CANCELLED)
        counted = parts.values("facilitator").annotate(n=Count("pk"))
        found.append({row["facilitator"]: row["n"] for row in counted})
    return tuple(found)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _local(tried: Try) -> tuple[datetime, datetime]:
    begins = timezone.localtime(tried.starts_at)
    return begins, begins + timedelta(minutes=tried.programme.minutes)


def _meets(begins: datetime, ends: datetime, span: tuple[time, time]) -> bool:
    return begins.time() < span[1] and (ends.time() > span[0] or ends.date() > begins.date())
