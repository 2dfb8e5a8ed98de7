"""The demo's accounts with their passwords, and when they may be said."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.demo.content.organisations import OFFICE
from ruang.demo.content.people import PEOPLE, logins
from ruang.demo.passwords import password_of
from ruang.identity.queries import members_page, organisations_page
from ruang.identity.queries.members import MemberRow
from ruang.identity.states import State
from ruang.kernel import clock
from ruang.territory.queries import city
from ruang.vault import pairs

FIRST = (
    *logins(OFFICE, Role.INTAKE_OFFICER)[:1],
    "siti.maesaroh",
    "intan.permatasari",
    *logins(OFFICE, Role.HEAD),
    *logins(OFFICE, Role.PREVENTION_OFFICER),
    *logins(OFFICE, Role.FACILITATOR)[:1],
    *logins("patbm", Role.CADRE)[:1],
    *logins("inspektorat", Role.AUDITOR)[:1],
    *logins(OFFICE, Role.ADMIN),
    *logins(OFFICE, Role.QUORUM_OFFICIAL),
)
"""One of each role, each with something on the screen: these are named first."""
THEN = (
    "maya.lestari", "kartika.dewanti", "nadia.khoirunnisa", "christina.hutabarat",
    "iis.rohimah", "maria.kristanti",
)  # fmt: skip
"""Then some of other organisations; the last works in English."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account that signs in with a password that everybody can work out."""

    login: str
    password: str
    code: str | None
    role: str
    organisation: str

    def to_json(self) -> dict[str, Any]:
        """Return the form that programs read."""
        return asdict(self)


def is_demo() -> bool:
    """Say whether this database is a demo: the city says so, and so does the vault."""
    return city().is_demo and pairs.is_demo()


def is_half_a_demo() -> bool:
    """Say whether a real city's passwords are as cheap to guess as a demo's."""
    return pairs.is_demo() and city().is_set_up and not city().is_demo


def accounts() -> list[Account]:
    """Return the accounts of the demo that can sign in now: one a role first."""
    known = {person.login for person in PEOPLE}
    found = [
        Account(row.login, password_of(row.login), None, row.role.value, place.name)
        for place in organisations_page(actor=SYSTEM)
        for row in _members(place.id)
        if row.login in known and row.state is State.ACTIVE
    ]
    return _first_ones_first(found)


def shown_first() -> int:
    """Return how many of the accounts are worth printing on a screen."""
    return len(FIRST) + len(THEN)


def _members(place: UUID) -> Iterable[MemberRow]:
    return members_page(actor=SYSTEM, organisation_id=place, at=clock.now()).members


def _first_ones_first(found: list[Account]) -> list[Account]:
    order = {login: n for n, login in enumerate((*FIRST, *THEN))}
    return sorted(found, key=lambda one: order.get(one.login, len(order)))
