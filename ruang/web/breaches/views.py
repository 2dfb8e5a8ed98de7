"""Breaches of personal data that touch no single case or report.

Opened by a head or the administrator, often at night, just after a call: a laptop is gone. She
needs one page that says until when she must write, to whom, and what must stand in it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ruang.breaches import commands, queries
from ruang.breaches.states import Said
from ruang.kernel import clock as clocks
from ruang.kernel.errors import Refused
from ruang.web.breaches import forms
from ruang.web.keys import pages
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def breaches(request: Request) -> HttpResponse:
    """Show the breaches on record, the latest first."""
    rows = queries.breaches(actor=request.actor)
    return render(request, "breaches/breaches.html", {"rows": rows, "at": request.at})


@page
def record(request: Request) -> HttpResponseBase:
    """Put a breach on record; its clock starts."""
    queries.breaches(actor=request.actor)
    form = forms.Record(
        _posted(request), initial={"known_on": localdate(request.at).isoformat()}
    )
    if form.is_valid():
        act = partial(commands.record_breach, form_tag=form.tag(request), **form.said())
        made = _goes(form, act, request)
        if made is not None:
            return done("insiden", "breaches:breach", made.pk)
    return render(request, "breaches/record.html", {"form": form, "at": request.at})


@require_safe
def breach(request: Request, breach_id: UUID) -> HttpResponse:
    """Show one breach: until when notice is due, what it must say, and what was done."""
    return _show(request, "breaches/breach.html", breach_id)


@require_safe
def sheet(request: Request, breach_id: UUID) -> HttpResponse:
    """Show what the notice must say as a sheet to print and to write on."""
    return _show(request, "breaches/sheet.html", breach_id)


@page
def notice(request: Request, breach_id: UUID) -> HttpResponseBase:
    """Record that notice was given; that meets the clock."""
    found = queries.breach_page(actor=request.actor, breach_id=breach_id, at=request.at)
    form = forms.Notice(_posted(request), initial={"on": localdate(request.at).isoformat()})
    if form.is_valid():
        act = partial(commands.give_notice, breach_id=breach_id, **form.said())
        if _goes(form, act, request) is not None:
            return done("insiden-beri-tahu", "breaches:breach", breach_id)
    context = {"page": found, "form": form, "at": request.at}
    return render(request, "breaches/notice.html", context)


@page
def clock(request: Request, breach_id: UUID, clock_id: UUID, slug: str) -> HttpResponseBase:
    """Say why its clock was missed, or why no notice is due."""
    found = queries.breach_clock(
        actor=request.actor, breach_id=breach_id, clock_id=clock_id, at=request.at
    )
    act = partial(
        commands.move_breach_clock, actor=request.actor, breach_id=breach_id,
        clock_id=clock_id, at=clocks.now(),
    )  # fmt: skip
    return pages.keep_clock(request, found, slug, back=("breaches:breach", breach_id), act=act)


def _show(request: Request, template: str, breach_id: UUID) -> HttpResponse:
    found = queries.breach_page(actor=request.actor, breach_id=breach_id, at=request.at)
    context = {"page": found, "said": list(Said), "at": request.at}
    return render(request, template, context)


def _goes(form: Any, act: Callable[..., Any], request: Request) -> Any:
    """Run a command and return what it made; a refusal stays on the form."""
    try:
        return act(actor=request.actor, at=clocks.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
