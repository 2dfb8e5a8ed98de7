"""A cadre in her kitchen: her RW, and somebody crying beside her who needs the desk.

She sees no report and no case, and is given no code: whoever she refers may get one from the
desk, alone (ADR 0031).
"""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.intake.states import Door
from ruang.prevention.queries.cadre import cadre_page
from ruang.web.field import telling
from ruang.web.field.phone import page
from ruang.web.request import Request


@require_safe
def mine(request: Request) -> HttpResponse:
    """Show the own RW."""
    found = cadre_page(actor=request.actor, at=request.at)
    return render(request, "cadres/mine.html", {"page": found, "at": request.at})


@page
def refer(request: Request) -> HttpResponseBase:
    """Refer somebody to the desk: three questions."""
    require_permission(P.CADRE, request.actor)
    return telling.ask(request, Door.CADRE, "cadres/refer.html", "cadres:received")


@require_safe
def received(request: Request) -> HttpResponse:
    """Say that it arrived, and nothing else."""
    require_permission(P.CADRE, request.actor)
    return render(request, "cadres/received.html", {})
