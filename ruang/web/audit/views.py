"""The trail: who did and opened what."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from ruang.audit.verify import Verdict
from ruang.identity import commands, queries
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.audit import forms
from ruang.web.audit.words import line
from ruang.web.request import Request


@require_safe
def trail(request: Request) -> HttpResponse:
    """Show the facts, newest first."""
    return _show(request)


@require_POST
def prove(request: Request) -> HttpResponseBase:
    """Have the whole trail proven now."""
    try:
        verdict = commands.verify_trail(actor=request.actor, at=clock.now())
    except Refused as refusal:
        return _show(request, refusal=refusal.message)
    return _show(request, verdict=verdict)


def _show(
    request: Request, verdict: Verdict | None = None, refusal: object = ""
) -> HttpResponse:
    form = forms.Filter(request.GET)
    page = queries.trail_page(actor=request.actor, wanted=form.wanted(), at=clock.now())
    form.set_people(page.people)
    asked = {name: str(value) for name, value in request.GET.items() if value}
    older = urlencode({**asked, "sebelum": str(page.older)}) if page.older else ""
    newest = urlencode({k: v for k, v in asked.items() if k != "sebelum"})
    context = {
        "page": page,
        "lines": [line(row) for row in page.rows],
        "form": form,
        "older_url": f"?{older}" if older else "",
        "newest_url": f"?{newest}" if "sebelum" in asked else "",
        "is_filtered": bool(asked),
        "verdict": verdict,
        "refusal": refusal,
    }
    return render(request, "audit/trail.html", context)
