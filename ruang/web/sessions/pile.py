"""The pile beside the queue of requests, looked at together.

A prevention officer opens it on the morning after a flood, annoyed and afraid to lose somebody
who really asked: where it came from, what the latest look like, and two acts for all of them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from ruang.kernel import clock
from ruang.kernel.text import tidy
from ruang.prevention import commands, queries
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as get_or_post

RELEASE, REFUSE = "antrekan", "tolak"
_ACTS: dict[str, tuple[Any, str]] = {
    RELEASE: (commands.release_pile, "tumpukan-antrekan"),
    REFUSE: (commands.refuse_pile, "tumpukan-tolak"),
}
"""Word of the address → the command, and what is said afterwards."""


@require_safe
def pile(request: Request) -> HttpResponse:
    """Show what lies beside the queue, of the city or of a kelurahan."""
    shown = queries.pile_page(actor=request.actor, at=request.at, village=_village(request.GET))
    return render(request, "sessions/pile.html", {"page": shown, "at": request.at})


@get_or_post
def sort(request: Request, slug: str) -> HttpResponseBase:
    """Put all of the pile into the queue or refuse it, after a question."""
    if slug not in _ACTS:
        raise Http404
    said = request.POST if request.method == "POST" else request.GET
    until = _moment(said.get("sampai", ""), request.at)
    village = _village(said)
    shown = queries.pile_page(actor=request.actor, at=until, village=village)
    if not shown.count:  # somebody else of the office was here meanwhile
        return render(request, "sessions/pile.html", {"page": shown, "at": request.at})
    if request.method == "POST":
        command, code = _ACTS[slug]
        command(actor=request.actor, until=until, village=village, at=clock.now())
        return done(code, "sessions:requests")
    context = {
        "page": shown, "until": until.isoformat(), "at": request.at, "refuses": slug == REFUSE
    }  # fmt: skip
    return render(request, "sessions/sort_pile.html", context)


@require_POST
def release(request: Request, request_id: UUID) -> HttpResponseBase:
    """Put one request of the pile into the queue."""
    commands.release_request(actor=request.actor, request_id=request_id, at=clock.now())
    return done("permintaan-antrekan", "sessions:request", request_id)


def _village(said: QueryDict) -> str:
    """Return the kelurahan that is meant; nothing is the whole city."""
    return tidy(said.get("kelurahan", ""))[:13]


def _moment(text: str, now: datetime) -> datetime:
    """Return until when the pile is meant: what came after the page was shown is not."""
    try:
        said = parse_datetime(text)
    except ValueError:
        said = None
    return min(said, now) if said is not None and said.tzinfo is not None else now
