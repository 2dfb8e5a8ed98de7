"""When sessions are held near you, asking for one, and what became of a request.

No cookie, no JavaScript: each page is a GET, or a POST answered with the page.
"""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ruang.access.actor import ANYBODY
from ruang.kernel.errors import Refused
from ruang.prevention import queries
from ruang.prevention.arrivals import Pace
from ruang.prevention.commands import ask_again, request_session
from ruang.prevention.states import Unit
from ruang.territory import queries as territory
from ruang.web.answers import posted, text, tidied
from ruang.web.ics import calendar_of
from ruang.web.once import word
from ruang.web.public import public_form
from ruang.web.request import Request
from ruang.web.schedule import forms
from ruang.web.sessions.views import parse_day
from ruang.web.words import in_language

calls = Pace()
"""How often phones asked for one calendar in the running minute."""
SHORTEST = 16
"""Letters of a form's own word; a shorter one is none of ours."""


@require_safe
def schedule(request: Request) -> HttpResponse:
    """Show the public sessions of a month, of the city or of a kecamatan."""
    today = timezone.localtime(request.at).date()
    first = (parse_day(request.GET.get("bulan", "")) or today).replace(day=1)
    city = territory.city()
    asked = request.GET.get("kecamatan", "")
    district = asked if city.district_name(asked) else ""
    events = queries.public_month(actor=ANYBODY, first=first, district=district)
    if first == today.replace(day=1):
        events = tuple(one for one in events if one.ends_at > request.at)
    context = {
        "days": [(day, list(rows)) for day, rows in groupby(events, key=_day)],
        "feed_url": _feed(district),
        "first": first,
        "districts": city.districts,
        "district": district,
        "district_name": city.district_name(district),
        "before": _link(first - timedelta(days=1), district),
        "after": _link(first + timedelta(days=32), district),
        "unit": city.unit_name,
    }
    return render(request, "schedule/schedule.html", context)


@public_form
def ask(request: Request) -> HttpResponse:
    """Ask for a session: first from where, then for whom and when."""
    sent = posted(request) if request.method == "POST" else None
    data = tidied(sent[0]) if sent else request.GET
    city = territory.city()
    villages = [
        (one.code, f"{one.name} ({city.district_name(one.code[:8])})")
        for one in sorted(
            territory.villages(city_code=city.code), key=lambda one: (one.name, one.code)
        )
    ]
    unit, choices = _where(data)
    if unit is None or choices is None:
        is_asked = "untuk" in data or "kelurahan" in data
        where = forms.Where(data if is_asked else None, villages=villages)
        return render(request, "schedule/where.html", {"form": where})
    blank = forms.Ask(unit=unit, choices=choices)
    if sent is None:
        return _form(request, blank)
    if "bahasa" in data:
        return _form(request, forms.Ask(unit=unit, choices=choices, initial=_typed(data)))
    form = forms.Ask(data, unit=unit, choices=choices)
    if form.is_valid():
        once = form.cleaned_data["once"]
        try:
            code = request_session(
                actor=ANYBODY, asked=form.asked(), at=request.at,
                once=once if len(once) >= SHORTEST else word(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"code": code, "phone": form.cleaned_data["phone"]}
            return render(request, "schedule/receipt.html", context)
    return _form(request, form)


@public_form
def answer(request: Request) -> HttpResponse:
    """Say what became of a request, by its code."""
    sent = posted(request) if request.method == "POST" else None
    data = tidied(sent[0]) if sent else QueryDict()
    form = forms.Code(data if sent and "bahasa" not in data else None, initial=_typed(data))
    shown = None
    if form.is_valid():
        code = form.cleaned_data["kode"]
        shown = queries.request_shown(typed=code)
        if shown is not None and shown.may_ask_again and "masih" in data:
            try:
                ask_again(actor=ANYBODY, code=code, at=request.at)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            shown = queries.request_shown(typed=code)
        if shown is None:
            form.add_error("kode", _("This code does not match yet. Check each letter."))
    context = {"form": form, "shown": shown, "language": translation.get_language()}
    return render(request, "schedule/answer.html", context)


@require_safe
def feed(request: Request, district: str = "") -> HttpResponseBase:
    """Send the public sessions for the calendar of a phone."""
    code = district.replace("-", ".")
    if district and not territory.city().district_name(code):
        raise Http404
    events = queries.public_events(actor=ANYBODY, at=request.at, district=code)
    return calendar_of(events, request, name=f"jadwal-{district}" if district else "jadwal")


@require_safe
def own(request: Request, secret: str) -> HttpResponseBase:
    """Send what a facilitator holds to the phone that knows her secret address."""
    whose = queries.calendar_behind(secret=secret)
    if not calls.admits(whose, request.at):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    events = queries.own_events(facilitator_id=whose, at=request.at)
    answer = calendar_of(events, request, name="sesi-saya")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _where(data: QueryDict) -> tuple[Unit | None, Any]:
    unit, village = text(data, "untuk"), text(data, "kelurahan")
    choices = queries.ask_choices(village=village) if village else None
    return (Unit(unit) if unit in Unit.values else None), choices


def _form(request: Request, form: forms.Ask) -> HttpResponse:
    context = {
        "form": form,
        "unit": form.unit,
        "village": form.choices.village,
        "language": translation.get_language(),
    }
    return render(request, "schedule/ask.html", context)


def _typed(data: QueryDict) -> dict[str, str]:
    return {name: text(data, name) for name in data}


def _day(event: Any) -> date:
    return timezone.localtime(event.starts_at).date()


def _feed(district: str) -> str:
    slug = district.replace(".", "-")
    return (
        reverse("schedule:feed_of_district", args=[slug]) if slug else reverse("schedule:feed")
    )


def _link(of: date, district: str) -> tuple[date, str]:
    first = of.replace(day=1)
    more = f"&kecamatan={district}" if district else ""
    return first, in_language(f"/jadwal/?bulan={first:%Y-%m}{more}")
