"""Whether an installation may take reports: somebody must be there who can open them."""

import threading
from dataclasses import dataclass
from time import monotonic

from ruang.identity.desks import key_holders
from ruang.identity.models import Organisation
from ruang.territory.facts import city_facts
from ruang.vault.models import Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.quorum import quorum_pair

NEEDED = 2
"""Members of the intake desk who hold its key."""
BELIEVED = 5.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is there, and what is still missing before the form may open.

    :ivar is_open: the form takes reports now: everything was there and it was opened
    """

    has_city: bool
    has_quorum: bool
    organisations: int
    intake_members: int
    has_alternate: bool
    is_ready: bool
    is_open: bool


class _Kept:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.found: Readiness | None = None
        self.since = 0.0


_kept = _Kept()


def readiness() -> Readiness:
    """Return it, at most five seconds old; it costs no query on most requests."""
    found, since = _kept.found, _kept.since
    if found is not None and monotonic() - since < BELIEVED:
        return found
    fresh = readiness_now()
    with _kept.lock:
        _kept.found, _kept.since = fresh, monotonic()
    return fresh


def readiness_now() -> Readiness:
    """Return it as it is."""
    city = city_facts()
    members = len(key_holders(city.intake_desk)) if city.intake_desk else 0
    alternate = city.alternate_desk
    has_alternate = alternate is not None and bool(key_holders(alternate))
    desk = pair_in_force(city.intake_desk, Kind.DESK) if city.intake_desk else None
    has_quorum = quorum_pair() is not None
    ready = has_quorum and desk is not None and members >= NEEDED
    return Readiness(
        has_city=city.is_set_up,
        has_quorum=has_quorum,
        organisations=Organisation.objects.count(),
        intake_members=members,
        has_alternate=has_alternate,
        is_ready=ready,
        is_open=city.is_form_open and desk is not None and has_quorum,
    )


def forget_readiness() -> None:
    """Ask anew: something was just changed here."""
    _kept.found = None
