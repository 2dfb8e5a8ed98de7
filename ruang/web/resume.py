"""A post that met no session is not lost: it travels, sealed, through the sign-in page.

After the same person has signed in, a page says that it was not sent and offers to send it.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from ruang.identity import sessions
from ruang.vault import carry
from ruang.vault.suites import Tampered
from ruang.web.areas import DOOR
from ruang.web.errors import views as errors
from ruang.web.public import is_foreign
from ruang.web.request import Request
from ruang.web.sign_in.forms import SignIn

PURPOSE = "resume"
GOOD_FOR = timedelta(hours=12)
LEFT_BEHIND = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What was to be sent, where to, and by whom (None: nobody knows)."""

    path: str
    user_id: UUID | None
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def turn_away(request: Request) -> HttpResponseBase:
    """Show the door to whoever has no session, and keep what was sent."""
    if request.automatic:
        return _empty(401, {"HX-Reswap": "none"})
    if request.method not in {"GET", "HEAD"}:
        owner = sessions.owner_of(request.COOKIES.get(sessions.COOKIE))
        return at_the_door(request, pack(request, owner))
    if request.htmx:
        back = urlsplit(request.headers.get("HX-Current-URL", ""))
        return _empty(401, {"HX-Redirect": door(back.path or "/meja/")})
    return redirect(door(request.get_full_path()))


def at_the_door(request: Request, carried: str) -> HttpResponse:
    """Return the sign-in page with what was to be sent, sealed, in it."""
    context = {"carried": carried, "form": SignIn(), "next": "/meja/", "interrupted": True}
    response = render(request, "sign_in/sign_in.html", context, status=401)
    if request.htmx:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def pack(request: Request, owner: UUID | None) -> str:
    """Seal what was sent, for the owner of the session that has ended."""
    what = _gathered(request, owner)
    payload = {
        "path": what.path,
        "user": str(owner) if owner else "",
        "at": request.at.isoformat(),
        "fields": what.fields,
        "files": what.had_files,
    }
    return carry.pack(PURPOSE, json.dumps(payload).encode())


def _gathered(request: Request, owner: UUID | None) -> Interrupted:
    fields = ((n, v) for n, vs in request.POST.lists() if n not in LEFT_BEHIND for v in vs)
    return Interrupted(
        path=request.get_full_path(),
        user_id=owner,
        fields=tuple((name, str(value)) for name, value in fields),
        had_files=any(request.FILES.values()),
    )


def unpack(text: str, *, at: datetime) -> Interrupted | None:
    """Open what :func:`pack` made; None if it is anything else or too old."""
    try:
        payload = json.loads(carry.unpack(PURPOSE, text))
    except Tampered:
        return None
    if at - datetime.fromisoformat(payload["at"]) > GOOD_FOR:
        return None
    return Interrupted(
        path=payload["path"],
        user_id=UUID(payload["user"]) if payload["user"] else None,
        fields=tuple((name, value) for name, value in payload["fields"]),
        had_files=payload["files"],
    )


def csrf_failed(request: Request, reason: str = "") -> HttpResponseBase:
    """Answer a form whose token is not the browser's.

    When the browser says that the form is on a page of ours, the token is merely old (signed
    out, signed in again, cookies cleared): what was sent is offered for sending once more.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not ours or is_foreign(request):
        return errors.csrf_failed(request, reason)
    found = request.resolver_match
    if found is not None and found.namespace in DOOR:
        carried = request.POST.get("terbawa", "")
        return at_the_door(request, carried) if carried else redirect(door(""))
    who = sessions.signed_in(cookie=request.COOKIES.get(sessions.COOKIE), at=request.at)
    if who is None:
        return turn_away(request)
    request.signed_in, request.actor = who, who.actor
    translation.activate(who.language)
    return offer(request, _gathered(request, who.actor.user_id))


def offer(request: Request, what: Interrupted) -> HttpResponse:
    """Return the page that says it was not sent, with a button that sends it."""
    response = render(request, "sign_in/resume.html", {"what": what})
    if request.htmx:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def door(back: str) -> str:
    """Return the address of the sign-in page that leads back."""
    query = urlencode({"lanjut": back}) if back not in {"", "/", "/meja/"} else ""
    return f"{reverse('sign_in:sign_in')}{'?' if query else ''}{query}"


def safe_next(wanted: str) -> str:
    """Return an address of our own to go on to; the desk when it is anybody else's."""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if own and wanted.startswith("/") else "/meja/"


def _empty(status: int, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=status)
    for name, value in headers.items():
        response[name] = value
    return response
