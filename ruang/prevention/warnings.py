"""What may be wrong with a time although nothing forbids it: said once, a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.prevention.booking import local_day, moment
from ruang.prevention.hours import ASR, DHUHR, FRIDAY_PRAYER, LESSONS, MAGHRIB
from ruang.prevention.models import Facilitator, Part, Programme, Session
from ruang.prevention.naming import host_name, programme_name
from ruang.prevention.states import Anyway, Audience, Language, State, Unit
from ruang.prevention.ways import minutes_on_the_way, spot_of
from ruang.register.models import Community, Rw, School, Venue
from ruang.territory import queries as territory
from ruang.territory.hours import is_holiday

Words = str | Promise
Reason = Anyway | Literal[""]
"""Why something is done all the same; empty if nobody said."""
FRIDAY = 5
LATE, EARLY = time(21), time(6)
PUPILS = frozenset({Audience.CHILDREN, Audience.TEENS, Audience.TEACHERS})
PRAYERS = (
    (DHUHR, _("It lies in the time of zuhur.")),
    (ASR, _("It lies in the time of asar.")),
    (MAGHRIB, _("It lies in the time of maghrib.")),
)
MONTHS, DAYS_OF_A_MONTH = 3, 30.44
"""How near a session of the same programme for the same place is odd, at most."""


@dataclass(frozen=True, slots=True)
class Try:
    """A session as it would be.

    :ivar host: what it is for; None if that does not matter yet
    :ivar but: the session that is moved, which does not stand in its own way
    """

    programme: Programme
    unit: Unit
    audience: Audience
    language: Language
    starts_at: datetime
    venue: Venue | None
    facilitators: Sequence[Facilitator]
    host: Rw | School | Community | None = None
    but: UUID | None = None


class Warned(Refused):
    """There is something that a person should look at first; why it is done anyway is asked."""

    def __init__(self, words: Sequence[Words]) -> None:
        super().__init__(" ".join(str(one) for one in words))
        self.words = tuple(words)


def must_be_looked_at(tried: Try, *, anyway: Reason, seen: str) -> Reason:
    """Return why it is done although there is something to look at; nothing if there is not.

    What somebody gives no reason for is refused, and what she did not see.

    :param seen: the mark of the warnings that were before her eyes; empty if nothing says
    :raises Warned: with all of them
    """
    found = warnings(tried)
    if found and not (anyway and seen in {"", mark_of(found)}):
        raise Warned(found)
    return anyway if found else ""


def mark_of(words: Sequence[Words]) -> str:
    """Return what warnings are known again by: others than those are shown again."""
    return sha256("\0".join(str(one) for one in words).encode()).hexdigest()[:16]


def warnings(tried: Try) -> tuple[Words, ...]:
    """Return what a person should look at before planning it so."""
    return (
        *_of_the_hour(tried),
        *_of_the_place(tried),
        *_of_the_people(tried),
        *_on_the_way(tried),
        *_twice(tried),
    )


def _of_the_hour(tried: Try) -> Iterator[Words]:
    begins, ends = _local(tried)
    day = begins.date()
    is_friday = day.isoweekday() == FRIDAY and _meets(begins, ends, FRIDAY_PRAYER)
    if is_friday:
        yield _("It lies in the Friday prayer.")
    for span, words in PRAYERS:
        if _meets(begins, ends, span) and not (is_friday and span is DHUHR):
            yield words
    if begins.time() < EARLY or ends.time() > LATE or ends.date() != day:
        yield _("It begins before six in the morning or ends after nine in the evening.")
    if is_holiday(day):
        yield _("It is a public holiday.")
    fasting = [one for one in territory.city().fasting if one.begins <= day <= one.ends]
    if any(_meets(begins, ends, hours) for one in fasting for hours in one.hours):
        yield _("It lies in the hours without sessions of the fasting month.")
    yield from _of_lessons(tried, begins, ends)


def _of_lessons(tried: Try, begins: datetime, ends: datetime) -> Iterator[Words]:
    day = begins.date()
    is_off = any(one.begins <= day <= one.ends for one in territory.city().school_holidays)
    in_school = day.isoweekday() <= FRIDAY and not is_holiday(day) and not is_off
    if tried.unit is not Unit.SCHOOL:
        if tried.audience in PUPILS and in_school and _meets(begins, ends, LESSONS):
            yield _("These people are at school at that hour.")
    elif is_off:
        yield _("It lies in the school holidays.")
    elif not (in_school and LESSONS[0] <= begins.time() and ends.time() <= LESSONS[1]):
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
    on_day, in_week = _held(tried, begins.date())
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


def _on_the_way(tried: Try) -> Iterator[Words]:
    """Say who cannot be in time, before or after another session of the same day."""
    begins = tried.starts_at
    ends = begins + timedelta(minutes=tried.programme.minutes)
    day = local_day(begins)
    parts = (
        Part.objects.filter(
            facilitator__in=tried.facilitators,
            session__starts_at__gte=_midnight(day),
            session__starts_at__lt=_midnight(day + timedelta(days=1)),
        )
        .exclude(Q(session__state=State.CANCELLED) | Q(session=tried.but))
        .select_related(
            "facilitator__user", "session__programme", "session__rw", "session__school",
            "session__community", "session__venue",
        )
        .order_by("session__starts_at", "pk")
    )  # fmt: skip
    for part in parts:
        other = part.session
        gap = max(begins - other.ends_at, other.starts_at - ends)
        here = tried.venue or tried.host
        village = here.village_id if here else other.village_id
        there = other.venue or other.rw or other.school or other.community
        way = minutes_on_the_way(spot_of(here, village), spot_of(there, other.village_id))
        if timedelta() <= gap < timedelta(minutes=way):
            yield gettext(
                "%(who)s holds %(what)s for %(host)s on that day: about %(way)d minutes on the "
                "way, and %(gap)d between the two."
            ) % {
                "who": part.facilitator.user.name, "what": programme_name(other.programme),
                "host": host_name(other), "way": way, "gap": gap.total_seconds() // 60,
            }  # fmt: skip


def _twice(tried: Try) -> Iterator[Words]:
    """Say that the place has the same programme at about the same time already."""
    if tried.host is None:
        return
    months = min(tried.programme.every_months or MONTHS, MONTHS)
    near = timedelta(days=months * DAYS_OF_A_MONTH)
    same = Session.objects.filter(
        **{tried.unit.value: tried.host.pk}, programme=tried.programme,
        starts_at__gt=tried.starts_at - near, starts_at__lt=tried.starts_at + near,
    ).exclude(Q(state=State.CANCELLED) | Q(pk=tried.but))  # fmt: skip
    for other in same.order_by("starts_at", "pk")[:3]:
        yield gettext("%(host)s has %(what)s on %(when)s already.") % {
            "host": tried.host, "what": programme_name(tried.programme),
            "when": moment(other.starts_at),
        }  # fmt: skip


def _held(tried: Try, day: date) -> tuple[dict[object, int], ...]:
    """Return how many sessions each has on that day, and in that week."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    spans = ((day, day + timedelta(days=1)), (monday, monday + timedelta(days=7)))
    found: list[dict[object, int]] = []
    for first, last in spans:
        parts = Part.objects.filter(
            facilitator__in=tried.facilitators,
            session__starts_at__gte=_midnight(first),
            session__starts_at__lt=_midnight(last),
        ).exclude(Q(session__state=State.CANCELLED) | Q(session=tried.but))
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
