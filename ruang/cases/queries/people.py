"""Who is on a team, what each can read, and who has opened what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.roles import Role
from ruang.audit.trail import Look
from ruang.cases.models import Case, Member
from ruang.cases.states import LEADS, Compartment, Part
from ruang.identity import directory
from ruang.vault.keyring import readers


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the team, and the compartments this person holds keys of."""

    id: UUID
    name: str
    organisation: str
    part: Part
    since: datetime
    until: datetime | None
    reads: tuple[Compartment, ...]
    is_me: bool


@dataclass(frozen=True, slots=True)
class Readers:
    """Who can read a part: the words that say it, and the names behind them."""

    label: str | Promise
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookLine:
    """How one person opened one part of the record."""

    name: str
    organisation: str
    part: str | Promise
    automatic: bool
    times: int
    last: datetime


def team_of(*, case: Case, me: UUID, at: datetime) -> tuple[Colleague, ...]:
    """Return the team as it is now: manager, deputy, colleagues, partners by when they came."""
    rows = case.team.select_related("user__organisation").filter(ended_at=None)
    held = readers(case.pk, at)
    ordered = sorted(rows, key=lambda row: (_place(row), row.since, row.pk))
    return tuple(_colleague(row, held, me) for row in ordered)


def leads_of(*, case_id: UUID) -> frozenset[UUID]:
    """Return manager and deputy of a case, for the machine that tells them something."""
    rows = Member.objects.filter(case=case_id, ended_at=None, part__in=LEADS)
    return frozenset(rows.values_list("user", flat=True))


def readers_by_part(*, team: Iterable[Colleague]) -> Mapping[Compartment, Readers]:
    """Return for each compartment who on the team can read it."""
    everybody = list(team)
    leads = {one.id for one in everybody if one.part in LEADS}
    found = {}
    for part in Compartment:
        reads = [one for one in everybody if part in one.reads]
        ids = {one.id for one in reads}
        if len(reads) == len(everybody):
            words = _("Whole team (%(count)d)")
        elif ids == leads:
            words = _("Core team (%(count)d)")
        else:
            words = _("Part of the team (%(count)d)")
        names = tuple(f"{one.name} ({one.organisation})" for one in reads)
        found[part] = Readers(words % {"count": len(reads)}, names)
    return found


def look_lines(*, looks: Iterable[Look], parts: Mapping[str, str | Promise]) -> list[LookLine]:
    """Return openings with names; the reporter has none."""
    listed = list(looks)
    people = directory.people(look.by for look in listed)
    lines = []
    for look in listed:
        person = people.get(look.by)
        lines.append(
            LookLine(
                name=person.name if person else str(Role(look.role).label),
                organisation=person.organisation if person else "",
                part=parts.get(look.compartment, look.compartment),
                automatic=look.automatic,
                times=look.times,
                last=look.last,
            )
        )
    return lines


def _place(row: Member) -> int:
    return list(Part).index(Part(row.part))


def _colleague(row: Member, held: Mapping[UUID, frozenset[str]], me: UUID) -> Colleague:
    names = held.get(row.user_id, frozenset())
    return Colleague(
        id=row.user_id,
        name=row.user.name,
        organisation=row.user.organisation.name,
        part=Part(row.part),
        since=row.since,
        until=row.until,
        reads=tuple(part for part in Compartment if part.value in names),
        is_me=row.user_id == me,
    )
