"""In which language an answer is given before any view was found or let in.

A mistyped address has no page that could say it, and a form refused at the door never reached
its own; so it is taken from the address, from whoever is signed in, or from the page before.
"""

from urllib.parse import parse_qs, urlsplit

from django.db import DatabaseError
from django.http import HttpRequest

from ruang.identity import sessions
from ruang.kernel import clock
from ruang.web.chrome import LANGUAGES


def language_without_view(request: HttpRequest) -> str | None:
    """Return the language this person reads, as far as it can be known; else None."""
    for asked in (_in_address(request.get_full_path()), _own(request), _page_before(request)):
        if asked in LANGUAGES:
            return asked
    return None


def _own(request: HttpRequest) -> str | None:
    """Return the language of whoever is signed in. It prolongs no session."""
    cookie = request.COOKIES.get(sessions.COOKIE)
    if cookie is None:
        return None
    try:
        who = sessions.signed_in(cookie=cookie, at=clock.now(), automatic=True)
    except DatabaseError:
        return None
    return who.language if who else None


def _page_before(request: HttpRequest) -> str | None:
    """Return the language in the address of the page before. Browsers name none but our own."""
    return _in_address(request.headers.get("Referer", ""))


def _in_address(address: str) -> str | None:
    try:
        return parse_qs(urlsplit(address).query).get("b", [None])[-1]
    except ValueError:  # a host in brackets that is none; too many fields
        return None
