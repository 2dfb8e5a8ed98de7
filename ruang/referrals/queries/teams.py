"""The team of a case: who may read what, through which request, and who can never see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases.models import Excluded
from ruang.cases.queries import CaseHead, Colleague, case_head
from ruang.cases.states import HELPERS, LEADS, SHAREABLE, Compartment, Exclusion, Part, Step
from ruang.identity import directory
from ruang.identity.directory import Desk, Person
from ruang.referrals.models import Referral
from ruang.referrals.states import State


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on the team, and the request through which a partner came.

    :ivar desk: the organisation the person works at; shown to manager and deputy alone
    :ivar more: the parts that could be given as well
    :ivar less: the parts that could be taken back
    """

    person: Colleague
    desk: UUID | None
    request_id: UUID | None
    request_number: str
    more: tuple[Compartment, ...]
    less: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody who never sees this case."""

    name: str
    organisation: str
    why: Exclusion
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Who may read what in one case.

    :ivar barred: shown to manager and deputy alone
    :ivar may_change: whether this actor changes the team
    """

    head: CaseHead
    seats: tuple[Seat, ...]
    barred: tuple[Barred, ...]
    may_change: bool

    def seat(self, user_id: UUID) -> Seat | None:
        """Return somebody's place on the team."""
        return next((one for one in self.seats if one.person.id == user_id), None)


@dataclass(frozen=True, slots=True)
class BarPage:
    """Whom one could bar: everybody at one organisation who is not barred yet."""

    head: CaseHead
    desks: tuple[Desk, ...]
    people: tuple[Person, ...]


def team_page(*, actor: Actor, case_id: UUID, at: datetime) -> TeamPage:
    """Return the team of a case.

    :raises NotInSight: if the actor is no member
    """
    head = case_head(actor=actor, case_id=case_id, at=at)
    may_change = Step.CHANGE_TEAM in head.steps
    running = _running(actor, case_id) if may_change else {}
    people = directory.people(one.id for one in head.team) if may_change else {}
    return TeamPage(
        head=head,
        seats=tuple(
            _seat(one, head, running.get(one.id), people.get(one.id)) for one in head.team
        ),
        barred=_barred(case_id) if may_change else (),
        may_change=may_change,
    )


def bar_page(*, actor: Actor, case_id: UUID, desk: UUID | None, at: datetime) -> BarPage:
    """Return whom one could bar at one organisation.

    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    """
    head = _for_leads(actor, case_id, at)
    already = {*_barred_ids(case_id), *(one.id for one in head.team if one.part in LEADS)}
    people = directory.accounts(desk) if desk else []
    return BarPage(
        head=head,
        desks=tuple(directory.organisations()),
        people=tuple(one for one in people if one.id not in already),
    )


def successors(*, actor: Actor, case_id: UUID, part: Part, at: datetime) -> tuple[Person, ...]:
    """Return who could become manager or deputy: the other of the two stands first.

    The present one is among them only when the keys were lost and can be given back.

    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    """
    head = _for_leads(actor, case_id, at)
    now = {one.id: one.part for one in head.team}
    whole = {one.id for one in head.team if len(one.reads) == len(Compartment)}
    barred = set(_barred_ids(case_id))
    able = [
        person
        for person in directory.working(head.desk, Permission.CASE_MANAGE)
        if person.id not in barred
        and (now.get(person.id) is not part or person.id not in whole)
        and now.get(person.id) is not Part.PARTNER
    ]
    return tuple(sorted(able, key=lambda person: (person.id not in now, person.name)))


def colleagues(*, actor: Actor, case_id: UUID, at: datetime) -> tuple[Person, ...]:
    """Return who of the office that has the case could be taken on its team.

    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    """
    head = _for_leads(actor, case_id, at)
    there = {*_barred_ids(case_id), *(one.id for one in head.team)}
    able = directory.working(head.desk, Permission.CASE_WRITE)
    return tuple(one for one in able if one.id not in there) if head.is_open else ()


def _for_leads(actor: Actor, case_id: UUID, at: datetime) -> CaseHead:
    head = case_head(actor=actor, case_id=case_id, at=at)
    if Step.CHANGE_TEAM not in head.steps:
        raise PermissionDenied("may_manage")
    return head


def _running(actor: Actor, case_id: UUID) -> dict[UUID, Referral]:
    rows = Referral.objects.visible_to(actor).filter(case=case_id, state=State.ACCEPTED)
    return {row.taken_by_id: row for row in rows if row.taken_by_id}


def _seat(
    one: Colleague, head: CaseHead, request: Referral | None, person: Person | None
) -> Seat:
    helps = one.part in HELPERS
    plan = Compartment.PLAN
    return Seat(
        person=one,
        desk=person.desk if person else None,
        request_id=request.pk if request else None,
        request_number=request.number if request else "",
        more=tuple(
            code
            for code in SHAREABLE
            if helps and head.is_open and code not in one.reads and head.reads(code)
        ),
        less=tuple(
            code for code in SHAREABLE if helps and code in one.reads and code is not plan
        ),
    )


def _barred_ids(case_id: UUID) -> list[UUID]:
    return list(_excluded(case_id).values_list("user", flat=True))


def _barred(case_id: UUID) -> tuple[Barred, ...]:
    rows = list(_excluded(case_id).order_by("at", "pk"))
    people = directory.people(row.user_id for row in rows)
    return tuple(
        Barred(
            name=people[row.user_id].name,
            organisation=people[row.user_id].organisation,
            why=Exclusion(row.why),
            at=row.at,
        )
        for row in rows
    )


def _excluded(case_id: UUID) -> "QuerySet[Excluded]":
    return Excluded.objects.filter(case=case_id)
