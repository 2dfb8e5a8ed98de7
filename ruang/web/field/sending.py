"""What a phone kept, sealed, while it had no signal; and what it needs to do so.

The answer to an entry says nothing of what was in it: a log and what somebody told look alike.
"""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.access.sight import NotInSight
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.prevention.commands import field, lots
from ruang.prevention.entered import UNREADABLE, log_of, session_of, sheet_of
from ruang.prevention.photos import TryLater
from ruang.prevention.queries import supplies as queries
from ruang.prevention.shown import FieldSession
from ruang.prevention.states import SentState
from ruang.vault.phones import Entry, open_sent
from ruang.vault.suites import Tampered
from ruang.web.field import forms, telling
from ruang.web.field.phone import owner_of, public_keys
from ruang.web.previewer import previewer
from ruang.web.request import Request
from ruang.web.words import hour, long_day

LARGEST = 6 * 1024 * 1024
STYLES = (
    "govuk/govuk-frontend.min.css",
    "moj/moj-frontend.min.css",
    "ruang/theme.css",
    "ruang/staff.css",
    "ruang/field.css",
)
SCRIPTS = (
    "ruang/outbox.js",
    "ruang/cover.js",
    "ruang/supplies.js",
    "ruang/field.js",
    "ruang/staff.js",
)


@require_POST
def send(request: Request) -> HttpResponse:
    """Take one entry; the same entry again gets the same answer."""
    require_permission(P.SESSION_LOG, request.actor)
    sent = request.FILES.get("entri")
    blob = sent.read() if sent is not None and (sent.size or 0) <= LARGEST else b""
    try:
        state = _taken(request, open_sent(blob), blob)
    except Tampered:
        return _answer("refused", str(UNREADABLE))
    except TryLater as refusal:
        return _answer("later", str(refusal))
    except Refused as refusal:
        return _answer("refused", str(refusal))
    except (NotInSight, PermissionDenied) as refusal:
        if isinstance(refusal, PermissionDenied):
            request.refused = str(refusal)  # goes on record
        return _answer("refused", _("You do not hold this session, or it is gone."))
    if state is SentState.WAITING:
        return _answer("waiting", _("Received. Somebody at the office looks at it."))
    return _answer("done", _("Received."))


@require_safe
def shell(request: Request) -> HttpResponse:
    """Return the page that a phone without a signal shows: code, and nothing of anybody."""
    require_permission(P.SESSION_LOG, request.actor)
    return HttpResponse(_empty_page(public_keys()))


@require_safe
def supplies(request: Request) -> HttpResponse:
    """Return what the phone keeps of the own sessions of these days; nothing personal.

    A facilitator opens her list at the office; in the hall the phone knows the RT again.
    """
    found = queries.supplies(actor=request.actor, at=request.at)
    sessions = [
        {
            "id": str(one.session.id),
            "programme": one.session.programme,
            "about": _about(one.session),
            "starts": one.session.starts_at.isoformat(),
            "until": one.until.isoformat(),
            "rts": [[str(rt.id), rt.name] for rt in one.rts],
            "questions": [[str(q.id), q.text, list(q.choices)] for q in one.questions],
        }
        for one in found
    ]
    return JsonResponse({"owner": owner_of(request.actor.user_id), "sessions": sessions})


@require_safe
def worker(request: Request) -> HttpResponse:
    """Return the service worker of this area: another one whenever what it keeps is another."""
    require_permission(P.SESSION_LOG, request.actor)
    keys = public_keys()
    files = [static(name) for name in (*STYLES, *SCRIPTS)]
    whole = "\n".join((_empty_page(keys), *files))
    about = {
        "shell": reverse("field:shell"),
        "files": files,
        "scope": reverse("field:mine"),
        "version": keys["version"],
        "stamp": hashlib.sha256(whole.encode()).hexdigest()[:16],
    }
    return render(request, "field/worker.js", about, content_type="text/javascript")


def _empty_page(keys: dict[str, Any]) -> str:
    about = {
        "form": forms.Log(),
        "sheet": forms.Sheet(),
        "tell": forms.Tell(),
        "locks": keys,
        "token": "",
    }
    return render_to_string("field/shell.html", about)


def _about(session: FieldSession) -> str:
    begins, ends = (hour(one) for one in (session.starts_at, session.ends_at))
    day = long_day(session.starts_at)
    return f"{day}, {begins}–{ends} · {session.host}, {session.village}"


def _taken(request: Request, entry: Entry, blob: bytes) -> SentState:
    said, at, actor = entry.said, clock.now(), request.actor
    kind = said.get("kind")
    is_own = str(said.get("owner", "")) in {"", owner_of(actor.user_id)}
    if not is_own and kind != "tell":
        raise Refused(_("Somebody else wrote this. It waits until that person signs in here."))
    match kind:
        case "log":
            return field.take_log(actor=actor, sent=log_of(entry), blob=blob, at=at)
        case "sheet":
            return lots.take_sent_sheet(actor=actor, sent=sheet_of(entry), blob=blob, at=at)
        case "photo":
            return lots.take_sent_photo(
                actor=actor, session_id=session_of(said), entry=entry, blob=blob,
                previewer=previewer, at=at,
            )  # fmt: skip
        case "tell":
            telling.relay(request, entry)
        case _:
            raise Refused(UNREADABLE)
    return SentState.DONE


def _answer(state: str, words: str) -> HttpResponse:
    return JsonResponse({"state": state, "words": words})
