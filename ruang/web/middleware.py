"""From the outside in: errors, language, (Django's CSRF), the record, who acts, only select.

What a view lets out passes the record on its way: what was opened and what was refused is
written down first, and if that cannot be done nothing is sent (style.md B.4).
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation

from ruang.access.sight import NotInSight
from ruang.audit.disclosures import disclose, refuse
from ruang.identity import sessions
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.vault.keyring import CannotOpen
from ruang.vault.ledger import Ledger
from ruang.web import resume
from ruang.web.areas import DOOR, OWN, is_public
from ruang.web.errors import views as errors
from ruang.web.request import Request

log = logging.getLogger("ruang.web")
Next = Callable[[HttpRequest], HttpResponseBase]
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
UNION = " \t\r\n("
"""What may stand before a statement: PostgreSQL gets the parts of a union in brackets."""


class Errors:
    """Turns what was raised into a page that says what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, incoming: HttpRequest) -> HttpResponseBase:
        """Answer, whatever happens."""
        request = cast("Request", incoming)
        if request.encoding is not None:
            request.encoding = "utf-8"  # a made-up charset breaks what reads it, or smuggles
        if "%00" in request.META.get("QUERY_STRING", ""):  # no text in a database holds it
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        request.at = clock.now()
        request.ledger = Ledger()
        request.signed_in = None
        request.htmx = request.headers.get("HX-Request") == "true"
        request.automatic = request.headers.get("X-Ruang-Auto") == "1"
        request.refused, request.view = "", None
        response = self.get_response(request)
        if _is_public(request):
            response.cookies.clear()  # Django would renew a CSRF cookie that is no token
        else:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if settings.DEBUG and request.view is not None:
            view = request.view
            name = getattr(view, "__qualname__", type(view).__name__)
            response.headers["X-Code"] = f"{view.__module__}.{name}"
        return response

    def process_view(self, request: Request, view: Callable[..., Any], *_: Any) -> None:
        """Remember which view answers."""
        request.view = view

    def process_exception(self, request: Request, raised: Exception) -> HttpResponse | None:
        """Say it in a page; what is not foreseen is Django's to report."""
        match raised:
            case NotInSight():
                return errors.missing(request, raised)
            case PermissionDenied():
                request.refused = str(raised) or "permission"
                return errors.forbidden(request, raised)
            case CannotOpen():
                request.refused = "no key"
                return errors.forbidden(request, raised)
            case Refused():
                return errors.show(request, errors.refusal(raised.message))
            case OperationalError() | InterfaceError():
                log.error("%s while answering %s", type(raised).__name__, _page(request))
                return errors.busy(request)
        return None


class Language:
    """Indonesian unless the page or the person says otherwise. Nothing is kept."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in a language that the next request does not inherit."""
        with translation.override(settings.LANGUAGE_CODE):
            return self.get_response(request)

    def process_view(self, request: Request, *_: Any) -> None:
        """Take the language that the page carries; a person's own follows in ``AsActor``."""
        if not (_is_public(request) or _namespace(request) in DOOR):
            return
        chosen = request.GET.get("b")
        if request.method == "POST":
            chosen = request.POST.get("bahasa") or request.POST.get("b") or chosen
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)


class OnRecord:
    """Writes down what was opened and what was refused, before the answer leaves."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, incoming: HttpRequest) -> HttpResponseBase:
        """Answer, or send nothing of it when it cannot be put on record."""
        request = cast("Request", incoming)
        response = self.get_response(request)
        try:
            _put_on_record(request)
        except Exception as fault:
            kind = type(fault).__name__  # its words may hold values
            log.error("no answer: %s while writing the record", kind)  # noqa: TRY400
            response.close()
            stored = not isinstance(fault, OperationalError | InterfaceError)
            return errors.broken(request) if stored else errors.busy(request)
        if isinstance(response, StreamingHttpResponse):
            chunks = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _recorded_first(request, chunks)
        return response


def _put_on_record(request: Request) -> None:
    opened, actor = request.ledger.take(), getattr(request, "actor", None)
    if opened:
        if actor is None:
            raise RuntimeError("something was opened by nobody")
        disclose(opened, actor=actor, at=request.at, automatic=request.automatic)
    if request.refused and actor is not None:
        refuse(actor=actor, rule=request.refused, page=_page(request), at=request.at)
        request.refused = ""
    who = request.signed_in
    if who is not None and who.unnoticed:
        sessions.notice(session_id=who.session_id, at=request.at)


def _recorded_first(request: Request, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on each chunk after what opening it noted is written down."""
    for chunk in chunks:
        if opened := request.ledger.take():
            disclose(opened, actor=request.actor, at=request.at, automatic=request.automatic)
        yield chunk


class AsActor:
    """Finds out who acts. What is not named as public or as the door needs a session."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: Request, *_: Any) -> HttpResponseBase | None:
        """Let the person in, or show the door; nothing that was sent is lost there."""
        if _is_public(request):
            return None
        who = sessions.signed_in(
            cookie=request.COOKIES.get(sessions.COOKIE),
            at=request.at,
            automatic=request.automatic,
            ledger=request.ledger,
        )
        if who is not None:
            request.signed_in, request.actor = who, who.actor
            translation.activate(who.language)
        area = _namespace(request)
        if area in DOOR:
            return None
        if who is None:
            return resume.turn_away(request)
        if not who.is_confirmed and area not in OWN:
            return redirect("account:waiting")
        return None


class OnlySelect:
    """A GET may only select (vault.md §6): a seat belt, not a wall."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a GET under watch."""
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with connection.execute_wrapper(only_select):
            return self.get_response(request)


def only_select(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    """Run a statement that reads; refuse one that writes, where a developer sees it.

    :raises RuntimeError: in development and in tests
    """
    if not sql.lstrip(UNION).upper().startswith(READS):
        if settings.STRICT:
            raise RuntimeError(f"A GET tried to write: {sql[:60]}")
        log.error("a GET wrote: %s", sql.split("(", maxsplit=1)[0][:60])
    return execute(sql, params, many, context)


def _namespace(request: HttpRequest) -> str:
    found = request.resolver_match
    return found.namespace.partition(":")[0] if found else ""


def _is_public(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and is_public(_namespace(request), found.url_name)


def _page(request: HttpRequest) -> str:
    found = request.resolver_match
    return found.view_name if found else "unknown"
