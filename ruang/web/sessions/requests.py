"""Requests for a session: what waits, one with who asks, and saying no in words."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.kernel.pagination import Place
from ruang.prevention import commands, queries
from ruang.prevention.queries.requests import RequestPage
from ruang.prevention.states import Declined, RequestState
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sessions import asking
from ruang.web.sessions.planning import PLANS
from ruang.web.sessions.query_string import with_query
from ruang.web.sign_in.views import page


@require_safe
def requests(request: Request) -> HttpResponse:
    """Show the requests that wait, or those that were answered."""
    asked = request.GET.get("keadaan", "")
    state = RequestState(asked) if asked in RequestState.values else RequestState.WAITING
    after = Place.read(request.GET.get("sesudah", ""))
    found = queries.requests_page(actor=request.actor, state=state, after=after)
    context = {
        "page": found,
        "at": request.at,
        "states": [
            (f"{one.label} ({found.counts.get(one.value, 0)})", f"?keadaan={one.value}",
             one is state)
            for one in RequestState
        ],
        "following_url": (
            with_query(request, sesudah=str(found.following)) if found.following else ""
        ),
        "first_url": with_query(request, sesudah="") if after else "",
    }  # fmt: skip
    return render(request, "sessions/requests.html", context)


@require_safe
def request_(request: Request, request_id: UUID) -> HttpResponse:
    """Show one request with who asks."""
    shown = queries.request_page(actor=request.actor, request_id=request_id)
    context = {"page": shown, "at": request.at, "plan_url": plan_url(shown)}
    return render(request, "sessions/request.html", context)


@page
def decline(request: Request, request_id: UUID) -> HttpResponseBase:
    """Say that there will be no session, and why."""
    shown = queries.request_page(actor=request.actor, request_id=request_id)
    given = request.POST if request.method == "POST" else None
    form = asking.Declining(given)
    if form.is_valid():
        try:
            commands.decline_request(
                actor=request.actor, request_id=request_id,
                reason=Declined(form.cleaned_data["reason"]), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("permintaan-tolak", "sessions:request", request_id)
    return render(request, "sessions/decline.html", {"page": shown, "form": form})


def plan_url(shown: RequestPage) -> str:
    """Return where a session is planned that answers it: with its place, or to find that."""
    query = {"permintaan": str(shown.row.id)}
    if shown.host_id is not None:
        to = reverse(f"sessions:{PLANS[shown.row.unit]}", args=[shown.host_id])
    else:
        to = reverse("sessions:find")
        query |= {"jenis": shown.row.unit.value, "kelurahan": shown.village}
    return f"{to}?{urlencode(query)}"
