"""Being counted by code. No account, no name, no cookie, no JavaScript.

Somebody sits in a hall with an old phone, among neighbours, and has a minute before it begins.
"""

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ruang.access.actor import ANYBODY
from ruang.access.sight import NotInSight
from ruang.kernel.errors import Refused
from ruang.prevention.arrivals import plain
from ruang.prevention.commands import check_in
from ruang.prevention.queries.arriving import Door, door
from ruang.web.answers import posted, text, tidied
from ruang.web.arriving.forms import Arrival
from ruang.web.once import word
from ruang.web.public import public_form
from ruang.web.request import Request
from ruang.web.words import in_language

SHORTEST = 16
"""Letters of a form's own word; a shorter one is none of ours."""
LOST = _("Something was lost on the way. Press once more.")
UNREAD = _("Type the thirteen letters and numbers that hang in the hall.")
KEPT = "private, max-age=10800"
"""The phone shows the same form when somebody goes back or scans again: it counts once.

It is sent to an address of its own, since a browser forgets a page to which something was sent.
"""


@require_safe
def typed(request: Request) -> HttpResponseBase:
    """Ask for the code on the wall, of somebody whose phone cannot read it."""
    code = plain(request.GET.get("kode", ""))
    if code:
        return redirect(in_language(reverse("arriving:arrive", args=[code])))
    about = {"refusal": UNREAD if "kode" in request.GET else ""}
    return render(request, "arriving/typed.html", about)


@require_safe
def arrive(request: Request, sign: str) -> HttpResponseBase:
    """Ask four things, none of them who somebody is."""
    try:
        found = door(actor=ANYBODY, typed=sign, at=request.at)
    except NotInSight:
        return _closed(request)
    answer = _asked(request, found, Arrival())
    answer["Cache-Control"] = KEPT
    return answer


@public_form
def count(request: Request, sign: str) -> HttpResponseBase:
    """Count somebody, once a form."""
    if request.method != "POST":
        return redirect(in_language(reverse("arriving:arrive", args=[sign])))
    try:
        return _counted(request, door(actor=ANYBODY, typed=sign, at=request.at))
    except NotInSight:
        return _closed(request)


@require_safe
def thanks(request: Request, sign: str) -> HttpResponse:
    """Say thank you. The page is the same for every code: it asks nothing and knows nothing."""
    again = in_language(f"{reverse('arriving:arrive', args=[sign])}?lagi={word()[:8]}")
    about = {"again": again, "was_counted": "sudah" in request.GET}
    return render(request, "arriving/thanks.html", about)


def _counted(request: Request, found: Door) -> HttpResponseBase:
    sent = posted(request)
    data = tidied(sent[0]) if sent else QueryDict()
    said = {name: text(data, name) for name in data}
    once = said.pop("once", "")
    if len(once) < SHORTEST:
        return _asked(request, found, Arrival(initial=said), str(LOST))
    form = Arrival(data, is_plain="saja" in data)
    if not form.is_valid():
        return _asked(request, found, form)
    try:
        is_new = check_in(
            actor=ANYBODY, code=found.code, arriver=form.arriver(), once=once, at=request.at
        )
    except Refused as refusal:
        return _asked(request, found, Arrival(initial={**said, "once": once}), str(refusal))
    after = reverse("arriving:thanks", args=[found.code])
    return redirect(in_language(after if is_new else f"{after}?sudah=1"))


def _closed(request: Request) -> HttpResponse:
    """Say the same of every code that opens nothing, whatever the reason."""
    return render(request, "arriving/closed.html", {}, status=404)


def _asked(request: Request, found: Door, form: Arrival, refusal: str = "") -> HttpResponse:
    about = {"door": found, "form": form, "refusal": refusal}
    return render(request, "arriving/arrive.html", about)
