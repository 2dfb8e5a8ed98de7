"""Sessions: the list, the calendar, one session."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ruang.prevention import queries
from ruang.prevention.queries import Sieve
from ruang.prevention.queries.sessions import SessionPage
from ruang.prevention.states import Show
from ruang.register.states import Band, Sex
from ruang.web.request import Request
from ruang.web.sessions import forms
from ruang.web.sessions.query_string import with_query


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Show the sessions ahead, past, or not logged yet."""
    form = forms.Filter(request.GET)
    page = queries.sessions_page(actor=request.actor, sieve=form.sieve(), at=request.at)
    form.offer(page)
    asked = {name for name, value in request.GET.items() if value and name in form.fields}
    following = page.following
    context = {
        "page": page,
        "form": form,
        "at": request.at,
        "shows": [
            (
                f"{show.label} ({page.unlogged})" if show is Show.UNLOGGED else show.label,
                with_query(request, tampil=show.value, sesudah=""),
                show is page.sieve.show,
            )
            for show in Show
        ],
        "is_narrowed": bool(asked - {"tampil"}),
        "following_url": with_query(request, sesudah=str(following)) if following else "",
        "first_url": with_query(request, sesudah="") if page.sieve.after else "",
    }
    return render(request, "sessions/sessions.html", context)


@require_safe
def calendar(request: Request) -> HttpResponse:
    """Show a month, or a week, as it can be hung on a wall."""
    today = timezone.localtime(request.at).date()
    is_week = "pekan" in request.GET
    asked = parse_day(request.GET.get("pekan" if is_week else "bulan", "")) or today
    first, last = _week(asked) if is_week else _month(asked)
    form = forms.Filter(request.GET)
    sieve = form.sieve()
    narrowed = Sieve(district=sieve.district, facilitator=sieve.facilitator)
    rows = queries.sessions_between(
        actor=request.actor, since=first, until=last, sieve=narrowed, at=request.at
    )
    by_day: dict[date, list[object]] = {}
    for row in rows:
        by_day.setdefault(timezone.localtime(row.starts_at).date(), []).append(row)
    monday = _week(first)[0]
    days = [monday + timedelta(days=n) for n in range((last - monday).days // 7 * 7 + 7)]
    weeks = [
        [(one, by_day.get(one, []), first <= one <= last) for one in days[n : n + 7]]
        for n in range(0, len(days), 7)
    ]
    name = "pekan" if is_week else "bulan"
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    context = {
        "weeks": weeks,
        "first": first,
        "last": last,
        "today": today,
        "is_week": is_week,
        "count": len(rows),
        "before_url": with_query(request, **{name: before.isoformat()}),
        "after_url": with_query(request, **{name: after.isoformat()}),
        "other_url": "?bulan=" + first.isoformat()
        if is_week
        else "?pekan=" + _in(today, first),
    }
    return render(request, "sessions/calendar.html", context)


@require_safe
def session(request: Request, session_id: UUID) -> HttpResponse:
    """Show one session with what may be done with it."""
    page = queries.session_page(actor=request.actor, session_id=session_id, at=request.at)
    context = {"page": page, "at": request.at, "table": came(page), "sexes": Sex}
    return render(request, "sessions/session.html", context)


def came(page: SessionPage) -> list[tuple[object, list[int]]]:
    """Return how many came, a line an age band and a column a sex."""
    found = {(one.band, one.sex): one.people for one in page.counts}
    lines = [
        (band.label, [found.get((band, sex), 0) for sex in Sex])
        for band in Band
        if any((band, sex) in found for sex in Sex)
    ]
    return [
        *lines,
        (_("All"), [sum(line[n] for _band, line in lines) for n in range(len(Sex))]),
    ]


def parse_day(text: str) -> date | None:
    """Return the day an address names; None for anything else, and for years long gone."""
    try:
        found = parse_date(text) or parse_date(f"{text}-01")
    except ValueError:
        return None
    return found if found and 2000 <= found.year < 2999 else None


def _week(of: date) -> tuple[date, date]:
    monday = of - timedelta(days=of.isoweekday() - 1)
    return monday, monday + timedelta(days=6)


def _month(of: date) -> tuple[date, date]:
    first = of.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _in(today: date, first: date) -> str:
    """Return today if it lies in the month shown, otherwise the month's first day."""
    return (today if _month(today)[0] == first else first).isoformat()
