"""Filters of the queue that somebody keeps."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from ruang.filters import commands
from ruang.filters.states import Page
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.desk import forms
from ruang.web.desk.shown import codes_of
from ruang.web.desk.views import show_desk
from ruang.web.request import Request
from ruang.web.results import done


@require_POST
def keep(request: Request) -> HttpResponseBase:
    """Keep what the queue is narrowed to."""
    sieve = forms.Narrow(request.POST).sieve()
    try:
        commands.keep_filter(
            actor=request.actor,
            page=Page.DESK,
            name=request.POST.get("nama", ""),
            codes=codes_of(sieve),
            at=clock.now(),
        )
    except Refused as refusal:
        return show_desk(request, sieve, refusal=str(refusal))
    return done("saringan-simpan", "desk:desk")


@require_POST
def drop(request: Request, filter_id: UUID) -> HttpResponse:
    """Drop a kept filter."""
    commands.drop_filter(actor=request.actor, filter_id=filter_id, at=clock.now())
    return done("saringan-hapus", "desk:desk")
