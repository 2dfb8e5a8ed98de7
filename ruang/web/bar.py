"""The bar on top of staff pages: who is signed in, and which areas that person has."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P

Area = tuple[str | Promise, str, bool]
"""Words, address, whether this page belongs to it."""

_AREAS: tuple[tuple[str | Promise, str, frozenset[P]], ...] = (
    (_("My desk"), "/meja/", frozenset()),
    (_("Reports"), "/pengaduan/", frozenset({P.DESK_SEE})),
    (_("Clocks"), "/jam/", frozenset({P.DESK_SEE, P.BREACH_KEEP})),
    (_("Cases"), "/kasus/", frozenset({P.CASE_SEE})),
    (_("Referrals"), "/rujukan/", frozenset({P.REFERRAL_ASK, P.REFERRAL_ANSWER})),
    (_("Data breaches"), "/insiden/", frozenset({P.BREACH_KEEP})),
    (_("Approvals"), "/persetujuan/", frozenset({P.APPROVAL_DECIDE})),
    (_("Prevention"), "/pencegahan/", frozenset({P.PREVENTION_SEE})),
    (_("My sessions"), "/pencegahan/lapangan/", frozenset({P.SESSION_LOG})),
    (_("My RW"), "/kader/", frozenset({P.CADRE})),
    (_("Members"), "/anggota/", frozenset({P.MEMBER_MANAGE, P.MEMBER_CONFIRM})),
    (_("Organisations"), "/organisasi/", frozenset({P.CITY_MANAGE})),
    (_("Settings"), "/pengaturan/", frozenset({P.CITY_MANAGE})),
    (_("Audit"), "/audit/", frozenset({P.AUDIT_READ})),
)


_PREVENTION: tuple[tuple[str | Promise, str, P], ...] = (
    (_("Coverage map"), "coverage:coverage", P.PREVENTION_SEE),
    (_("Who waits"), "coverage:places", P.PREVENTION_SEE),
    (_("What came of it"), "coverage:outcome", P.PREVENTION_SEE),
    (_("Sessions"), "sessions:sessions", P.PREVENTION_SEE),
    (_("Calendar"), "sessions:calendar", P.PREVENTION_SEE),
    (_("Requests"), "sessions:requests", P.PREVENTION_PLAN),
    (_("Plans"), "planner:plans", P.PREVENTION_SEE),
    (_("Photos"), "field:gallery", P.PREVENTION_SEE),
    (_("Programmes"), "sessions:programmes", P.PREVENTION_SEE),
    (_("Facilitators"), "sessions:people", P.PREVENTION_SEE),
    (_("Register"), "register:city", P.PREVENTION_SEE),
)
"""The parts of prevention, a row below the bar: words, name of the page, who has it."""


@dataclass(frozen=True, slots=True)
class Me:
    """The person signed in, as the bar shows her."""

    name: str
    role: str | Promise
    organisation: str
    sessions_url: str
    sign_out_url: str
    other_language: tuple[tuple[str, str, str], ...] = ()
    """Code, own name and address of each other language."""


def areas(*, actor: Actor, path: str) -> tuple[Area, ...]:
    """Return the areas in the bar: those in which the person may do anything."""
    shown = [
        (words, url)
        for words, url, needed in _AREAS
        if not needed or any(actor.may(permission) for permission in needed)
    ]
    here = max((url for _words, url in shown if path.startswith(url)), key=len, default="")
    return tuple((words, url, url == here) for words, url in shown)


def prevention_parts(*, actor: Actor, current: str) -> tuple[Area, ...]:
    """Return the parts of prevention that this person has."""
    return tuple(
        (words, reverse(name), name == current)
        for words, name, needed in _PREVENTION
        if actor.may(needed)
    )
