"""Breaches of personal data, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.breaches.models import Breach
from ruang.breaches.policy import RULES, may_record
from ruang.breaches.states import MOVES, Data, Kind, People, State, Step, Told
from ruang.clocks.legal import LegalClock, legal_clocks, one_clock
from ruang.clocks.official import PDP_BREACH
from ruang.clocks.queries import ClockLine, clocks_by_subject
from ruang.clocks.states import Step as ClockStep
from ruang.identity import directory

MOST = 200
"""A city that has more of them has other worries than a longer list."""


@dataclass(frozen=True, slots=True)
class BreachRow:
    """One breach in the list, with its clock if it still runs."""

    id: UUID
    kind: Kind
    state: State
    office: str
    known_at: datetime
    told_at: datetime | None
    clock: ClockLine | None


@dataclass(frozen=True, slots=True)
class BreachPage:
    """One breach: what is known, its clocks, and what can be done.

    :ivar clocks: none where the time limit is switched off here
    """

    id: UUID
    kind: Kind
    state: State
    office: str
    data: tuple[Data, ...]
    people: People
    known_at: datetime
    recorded_at: datetime
    recorded_by: str
    told: tuple[Told, ...]
    told_at: datetime | None
    clocks: tuple[LegalClock, ...]
    steps: tuple[Step, ...]


def breaches(*, actor: Actor) -> tuple[BreachRow, ...]:
    """Return the breaches in sight, the latest first.

    :raises PermissionDenied: if the actor does not answer for an office
    """
    require(may_record, actor, None)
    rows = list(Breach.objects.visible_to(actor).order_by("-known_at", "-pk")[:MOST])
    running = clocks_by_subject(subjects=[row.pk for row in rows], kind=PDP_BREACH)
    offices = directory.desk_names(row.desk for row in rows)
    return tuple(
        BreachRow(
            row.pk, Kind(row.kind), State(row.state), offices.get(row.desk, ""), row.known_at,
            row.told_at, running.get(row.pk),
        )
        for row in rows
    )  # fmt: skip


def breach_page(*, actor: Actor, breach_id: UUID, at: datetime) -> BreachPage:
    """Return one breach in sight.

    :raises PermissionDenied: if the actor does not answer for an office
    :raises NotInSight: if there is none
    """
    require(may_record, actor, None)
    row = sight.one(Breach.objects.visible_to(actor), breach_id)
    steps = [step for step in Step if row.state in MOVES[step][0]]
    return BreachPage(
        id=row.pk,
        kind=Kind(row.kind),
        state=State(row.state),
        office=directory.desk_names([row.desk]).get(row.desk, ""),
        data=tuple(Data(one) for one in row.data),
        people=People(row.people),
        known_at=row.known_at,
        recorded_at=row.recorded_at,
        recorded_by=directory.names([row.recorded_by]).get(row.recorded_by, ""),
        told=tuple(Told(one) for one in row.told),
        told_at=row.told_at,
        clocks=tuple(_kept(one) for one in legal_clocks(subject=row.pk, at=at)),
        steps=tuple(step for step in steps if RULES[step](actor, row)),
    )


def breach_clock(*, actor: Actor, breach_id: UUID, clock_id: UUID, at: datetime) -> LegalClock:
    """Return the clock of a breach, for who may keep it.

    :raises PermissionDenied: if it is another office's
    :raises NotInSight: if there is no such breach or clock for this actor
    """
    require(may_record, actor, None)
    row = sight.one(Breach.objects.visible_to(actor), breach_id)
    require(RULES[Step.CLOCK], actor, row)
    return _kept(one_clock(subject=row.pk, clock_id=clock_id, at=at))


def breach_names(*, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what each of these is called in a list, of those in sight."""
    rows = Breach.objects.visible_to(actor).filter(pk__in=list(ids))
    return {row.pk: str(Kind(row.kind).label) for row in rows}


def _kept(clock: LegalClock) -> LegalClock:
    """Return a clock without what only the notice does."""
    steps = tuple(step for step in clock.steps if step is not ClockStep.MEET)
    return LegalClock(clock.line, steps)
