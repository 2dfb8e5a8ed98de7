"""My sessions, one session, its anonymous sheets. All of it works without JavaScript.

A facilitator stands in a hall, the phone in one hand, thirty children before her.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.prevention.commands import field as commands
from ruang.prevention.queries import arriving
from ruang.prevention.queries import field as queries
from ruang.prevention.states import Phase, State
from ruang.web import qr
from ruang.web.answers import Words
from ruang.web.field import forms
from ruang.web.field.phone import page, phone
from ruang.web.request import Request
from ruang.web.results import done

PHASES = {"sebelum": Phase.BEFORE, "sesudah": Phase.AFTER}


@require_safe
def mine(request: Request) -> HttpResponse:
    """Show my sessions: today's first."""
    require_permission(P.SESSION_LOG, request.actor)
    found = queries.field_list(actor=request.actor, at=request.at)
    plans, sees = (request.actor.may(one) for one in (P.PREVENTION_PLAN, P.PREVENTION_SEE))
    about = {"list": found, "at": request.at, "plans": plans, "sees": sees}
    return render(request, "field/mine.html", about | phone(request))


@page
def session(request: Request, meeting_id: UUID) -> HttpResponseBase:
    """Show one session; log it."""
    require_permission(P.SESSION_LOG, request.actor)
    found = queries.field_page(actor=request.actor, session_id=meeting_id, at=request.at)
    form = forms.Log(request.POST if request.method == "POST" else None, rts=found.rts)
    refusal = ""
    if form.is_valid():
        try:
            sent = form.sent(meeting_id)
            commands.log_now(actor=request.actor, sent=sent, at=clock.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return done("sesi-dicatat", "field:session", meeting_id)
    about: dict[str, Any] = {
        "page": found,
        **(_door(request, meeting_id) if found.may_log else {}),
        "form": form,
        "refusal": refusal,
        "at": request.at,
        "is_open": found.session.state is State.PLANNED and found.may_log,
        "is_early": localdate(found.session.starts_at) > localdate(request.at),
    }
    return render(request, "field/session.html", about | phone(request))


@require_safe
def poster(request: Request, meeting_id: UUID) -> HttpResponse:
    """Show the code of a session on one sheet, for the wall.

    Whoever holds the session prints it at the office the day before, in a hurry.
    """
    require_permission(P.SESSION_LOG, request.actor)
    return render(request, "field/poster.html", _door(request, meeting_id))


def _door(request: Request, meeting_id: UUID) -> dict[str, Any]:
    """Return the code of a session, drawn and in letters."""
    found = arriving.entrance(actor=request.actor, session_id=meeting_id, at=request.at)
    url = request.build_absolute_uri(reverse("arriving:arrive", args=[found.code]))
    typed = f"{request.get_host()}{reverse('arriving:typed')}".rstrip("/")
    return {"door": found, "picture": qr.drawn(url), "link": typed}


@require_POST
def note(request: Request, meeting_id: UUID) -> HttpResponseBase:
    """Write one more note about a session."""
    text = Words().to_python(request.POST.get("catatan", ""))
    try:
        commands.write_note(
            actor=request.actor, session_id=meeting_id, text=text, at=clock.now()
        )
    except Refused:
        return redirect("field:session", meeting_id)
    return done("sesi-catatan", "field:session", meeting_id)


@page
def sheet(request: Request, meeting_id: UUID, phase: str) -> HttpResponseBase:
    """Hand the phone round: one anonymous sheet after the other."""
    require_permission(P.SESSION_LOG, request.actor)
    found = queries.field_page(actor=request.actor, session_id=meeting_id)
    if phase not in PHASES or not found.questions or not found.may_log:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = forms.Sheet(sent, questions=found.questions)
    refusal = ""
    if form.is_valid():
        try:
            one = form.sent(meeting_id, PHASES[phase])
            commands.take_sheet(actor=request.actor, sent=one, at=clock.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return done("lembar", "field:sheet", meeting_id, phase)
    about = {"page": found, "form": form, "phase": PHASES[phase], "refusal": refusal}
    return render(request, "field/sheet.html", about | phone(request))
