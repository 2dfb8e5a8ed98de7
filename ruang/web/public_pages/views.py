"""Public pages that only tell. Nothing is asked, so nothing can be given away."""

from itertools import groupby

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from ruang.audit import feed
from ruang.identity import directory
from ruang.identity.queries.readiness import readiness
from ruang.territory import queries as territory
from ruang.web.public_pages.hours import week
from ruang.web.request import Request


@require_safe
def services(request: Request) -> HttpResponse:
    """Show where one can go or call."""
    city = territory.city()
    found = directory.public_services()
    kinds = [
        (kind.label, list(listed)) for kind, listed in groupby(found, key=lambda one: one.kind)
    ]
    context = {"facts": city, "week": week(city.hours), "kinds": kinds}
    context["language"] = translation.get_language()
    return render(request, "public_pages/services.html", context)


@require_safe
def privacy(request: Request) -> HttpResponse:
    """Say how what is told is kept, and what cannot be promised."""
    context = {"facts": territory.city(), "language": translation.get_language()}
    return render(request, "public_pages/privacy.html", context)


@require_safe
def traces(request: Request) -> HttpResponse:
    """Say what stays on a phone, and how to clear it."""
    return render(request, "public_pages/traces.html")


@require_safe
def health(request: Request) -> HttpResponse:
    """Say whether pages and database answer: 200, or 503."""
    try:
        feed.last_number()
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    words = "ok\n" if readiness().is_open else "ok, the form is closed\n"
    return HttpResponse(words, content_type="text/plain")
