"""Sessions as an iCalendar, which every phone reads (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC

from django.http import HttpResponse
from django.utils.translation import gettext
from icalendar import Calendar
from icalendar import Event as Entry

from ruang.prevention.queries import Event
from ruang.prevention.states import State
from ruang.web.request import Request

TYPE = "text/calendar; charset=utf-8"


def calendar_of(events: Iterable[Event], request: Request, *, name: str) -> HttpResponse:
    """Return a calendar with these sessions; a session keeps its id when it moves.

    Its number in the sequence grows with each move, by which a phone knows which of two is the
    later one (RFC 5545, 3.8.7.4).
    """
    made = Calendar()
    made.add("prodid", "-//Ruang Kolaborasi//Jadwal//ID")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", gettext("Prevention sessions"))
    made.add("x-published-ttl", "PT6H")
    for one in events:
        made.add_component(_entry(one, request.get_host()))
    answer = HttpResponse(made.to_ical(), content_type=TYPE)
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer


def _entry(one: Event, host: str) -> Entry:
    entry = Entry()
    entry.add("uid", f"{one.id}@{host}")
    entry.add("dtstamp", one.changed_at.astimezone(UTC))
    entry.add("last-modified", one.changed_at.astimezone(UTC))
    entry.add("sequence", one.moves)
    entry.add("dtstart", one.starts_at.astimezone(UTC))
    entry.add("dtend", one.ends_at.astimezone(UTC))
    entry.add("summary", f"{one.programme}: {one.host}")
    entry.add("location", ", ".join(words for words in (one.place, one.area) if words))
    entry.add("description", f"{one.audience.label}. {one.language.label}.")
    entry.add("status", "CANCELLED" if one.state is State.CANCELLED else "CONFIRMED")
    return entry
