"""The list of one's own cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.cases.models import Case, Dated
from ruang.cases.states import Closing, Part, State
from ruang.clocks.queries import ClockLine, clocks_by_subject
from ruang.identity import directory
from ruang.kernel.codes import Age, Risk
from ruang.kernel.official_keys import Key, missing_keys
from ruang.kernel.pagination import Place
from ruang.kernel.text import tidy
from ruang.territory import queries as territory

if TYPE_CHECKING:
    from ruang.cases.models import CaseQuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the list is narrowed to. Nothing of it is about a person.

    :ivar waiting: only those with a message of the reporter that waits for an answer
    """

    state: State = State.OPEN
    risk: Risk | None = None
    waiting: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list.

    :ivar answer: the clock of her message, while one waits for an answer
    :ivar next: the nearest day of which somebody is reminded, past ones too; open cases alone
    """

    id: UUID
    number: str
    risk: Risk
    age: str | Promise
    district: str
    my_part: str | Promise
    manager: str
    waiting: bool
    answer: ClockLine | None
    opened_at: datetime
    changed_at: datetime
    closing: str | Promise
    next: Dated | None


@dataclass(frozen=True, slots=True)
class Unidentified:
    """A case of which one of the three keys, or more, is not known yet."""

    id: UUID
    number: str
    missing: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ToldAgainRow:
    """A case in which another report of the same waits to be read, and since when."""

    id: UUID
    number: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CaseList:
    """The page: lines, and where the next page begins."""

    rows: tuple[CaseRow, ...]
    older: str
    is_first: bool
    is_narrowed: bool


def case_list(*, actor: Actor, sieve: Sieve, after: str = "") -> CaseList:
    """Return one page of the actor's cases: by risk, then by what changed last."""
    rows = _sifted(Case.objects.visible_to(actor), sieve)
    place = Place.read(after)
    if place is not None:
        rows = rows.filter(
            Q(rank__gt=place.rank)
            | Q(rank=place.rank, changed_at__lt=place.at)
            | Q(rank=place.rank, changed_at=place.at, pk__lt=place.pk)
        )
    listed = rows.prefetch_related("team").order_by("rank", "-changed_at", "-pk")
    found = list(listed[: PAGE + 1])
    page = found[:PAGE]
    return CaseList(
        rows=_lines(page, actor),
        older=str(_place(page[-1])) if len(found) > PAGE else "",
        is_first=place is None,
        is_narrowed=sieve != Sieve(state=sieve.state),
    )


def waiting_cases(*, actor: Actor, limit: int = 10) -> tuple[CaseRow, ...]:
    """Return open and closed cases one manages in which the reporter waits for an answer."""
    mine = Q(team__user=actor.user_id, team__ended_at=None)
    rows = Case.objects.visible_to(actor).filter(
        mine, waiting=True, team__part__in=[Part.MANAGER, Part.DEPUTY]
    )
    listed = rows.prefetch_related("team").order_by("rank", "changed_at", "pk")
    return _lines(list(listed[:limit]), actor)


def told_again(*, actor: Actor, limit: int = 10) -> tuple[ToldAgainRow, ...]:
    """Return the cases one manages in which another report of the same waits to be read."""
    mine = Q(team__user=actor.user_id, team__ended_at=None)
    rows = Case.objects.visible_to(actor).filter(
        mine, told_again_at__isnull=False, team__part__in=[Part.MANAGER, Part.DEPUTY]
    )
    listed = rows.order_by("rank", "told_again_at", "pk")
    said = listed.values_list("pk", "number", "told_again_at")[:limit]
    return tuple(ToldAgainRow(pk, number, since) for pk, number, since in said if since)


def unidentified(*, actor: Actor, limit: int = 10) -> tuple[Unidentified, ...]:
    """Return the open cases one manages of which one of the three keys is not known yet."""
    mine = Q(team__user=actor.user_id, team__ended_at=None)
    unknown = Q(kind="") | Q(authority="") | Q(risk=Risk.UNRATED)
    rows = Case.objects.visible_to(actor).filter(
        mine, unknown, state=State.OPEN, team__part=Part.MANAGER
    )
    listed = rows.order_by("rank", "opened_at", "pk")[:limit]
    return tuple(
        Unidentified(one.pk, one.number, missing_keys(one.kind, one.authority, Risk(one.risk)))
        for one in listed
    )


def _sifted(rows: "CaseQuerySet", sieve: Sieve) -> "CaseQuerySet":
    if number := tidy(sieve.number)[:16]:
        return rows.filter(number__icontains=number)
    rows = rows.filter(state=sieve.state)
    if sieve.risk is not None:
        rows = rows.filter(risk=sieve.risk)
    return rows.filter(waiting=True) if sieve.waiting else rows


def _lines(cases: list[Case], actor: Actor) -> tuple[CaseRow, ...]:
    seats = {case.pk: [m for m in case.team.all() if m.ended_at is None] for case in cases}
    names = directory.names(m.user_id for team in seats.values() for m in team)
    waiting = [case.pk for case in cases if case.waiting]
    answers = clocks_by_subject(subjects=waiting) if waiting else {}
    city = territory.city()
    lines = []
    for case in cases:
        by_user = {member.user_id: Part(member.part) for member in seats[case.pk]}
        manager = next((u for u, part in by_user.items() if part is Part.MANAGER), None)
        lines.append(
            CaseRow(
                id=case.pk,
                number=case.number,
                risk=Risk(case.risk),
                age=Age(case.age).label if case.age != Age.UNKNOWN else "",
                district=city.district_name(case.district),
                my_part=by_user[actor.user_id].label if actor.user_id in by_user else "",
                manager=names.get(manager, "") if manager else "",
                waiting=case.waiting,
                answer=answers.get(case.pk),
                opened_at=case.opened_at,
                changed_at=case.changed_at,
                closing=Closing(case.closing).label if case.closing else "",
                next=next(iter(case.dates), None) if case.state == State.OPEN else None,
            )
        )
    return tuple(lines)


def _place(case: Case) -> Place:
    return Place(case.rank, case.changed_at, case.pk)
