"""Slowing down who guesses, without locking anybody out.

Attempts are counted for one user name from one network, so a stranger who guesses elsewhere
never keeps the person from signing in. An attempt is counted before it is checked: many at
once are many. Neither name nor network can be read from the row.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.utils.translation import ngettext

from ruang.identity.models import Throttle
from ruang.kernel.errors import Refused
from ruang.vault import carry, root

WAITS = (0, 0, 0, 2, 5, 15, 60, 180, 600, 900)
"""Seconds until the next attempt, after so many that failed."""
FORGOTTEN = timedelta(days=1)


def network_of(address: str) -> str:
    """Return the network an address is counted by: /24, or /56 of the longer ones."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    plain = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network((plain, 24 if plain.version == 4 else 56), strict=False))


def admit(*, login: str, network: str, at: datetime) -> bytes:
    """Count an attempt and return its tag, or say how long to wait.

    :raises Refused: while waiting
    """
    tag = carry.tag(root.key("carry"), f"throttle|{login.casefold()}|{network}")
    with transaction.atomic():
        row = Throttle.objects.select_for_update().filter(pk=tag).first() or Throttle(tag=tag)
        if row.failures and at - row.changed_at > FORGOTTEN:
            row.failures, row.wait_until = 0, None
        if row.wait_until is not None and row.wait_until > at:
            raise Refused(_wait_words(row.wait_until - at))
        row.failures = min(row.failures + 1, len(WAITS))
        row.wait_until = at + timedelta(seconds=WAITS[row.failures - 1])
        row.changed_at = at
        row.save()
    return tag


def forget(tag: bytes) -> None:
    """Forget attempts after one that was right."""
    Throttle.objects.filter(pk=tag).delete()


def sweep(*, at: datetime) -> int:
    """Forget attempts of more than a day ago."""
    return Throttle.objects.filter(changed_at__lt=at - FORGOTTEN).delete()[0]


def _wait_words(left: timedelta) -> str:
    seconds = max(1, round(left.total_seconds()))
    if seconds < 60:
        form = ngettext(
            "Too many attempts from here. Try again in %d second.",
            "Too many attempts from here. Try again in %d seconds.",
            seconds,
        )
        return form % seconds
    minutes = -(-seconds // 60)
    form = ngettext(
        "Too many attempts from here. Try again in %d minute.",
        "Too many attempts from here. Try again in %d minutes.",
        minutes,
    )
    return form % minutes
