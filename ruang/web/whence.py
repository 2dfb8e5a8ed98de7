"""Where a request comes from: the network attempts are counted by, a name for the device."""

import re

from django.conf import settings
from django.http import HttpRequest

from ruang.identity.throttle import network_of

_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def network(request: HttpRequest) -> str:
    """Return the network; behind a proxy of ours, the one that the proxy saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.headers.get("X-Forwarded-For", "")
        address = seen.rpartition(",")[2].strip() or address
    return network_of(address)


def device(request: HttpRequest) -> str:
    """Return a name by which the person knows the device again: "Chrome, Android"."""
    agent = request.headers.get("User-Agent", "")[:400]
    found = (_first(_BROWSERS, agent), _first(_SYSTEMS, agent))
    return ", ".join(part for part in found if part)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in known if re.search(rf"\b{mark}", agent)), "")
