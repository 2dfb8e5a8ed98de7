"""The whole of it: places, where, when and who. Called in the worker's child."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.kernel import clock
from ruang.planner.commands import Proposed, give_up_plan, propose_plan
from ruang.planner.models import Plan
from ruang.planner.needs import Need, needs
from ruang.planner.reading import booked, fixed, ground, spots, visits_of
from ruang.planner.rules import Booked
from ruang.planner.settings import Settings
from ruang.planner.solving.first import Item, first_plan
from ruang.planner.solving.places import meet
from ruang.planner.solving.watching import Watcher
from ruang.planner.solving.when import improve
from ruang.planner.solving.where import Chosen, NoPlan, choose
from ruang.planner.states import Failure, Phase, State
from ruang.prevention.states import Unit

Finish = Callable[[datetime], None]
PLACES_SHARE, WHERE_SHARE = 0.1, 0.4
"""Parts of the time for places, and for where; the rest is for when and who."""
LEAST_SECONDS = 30.0
"""For where one programme goes: it ends by itself as soon as nothing better is possible."""

TO_BE_FOUND = datetime.fromisoformat("2000-01-01")
"""The time of what has none yet."""


def solve(plan_id: UUID) -> Finish:
    """Work a plan out; return what stores the result."""
    plan = Plan.objects.visible_to(SYSTEM).filter(pk=plan_id, state=State.SOLVING).first()
    if plan is None:
        return lambda _at: None
    try:
        visits, certificate = _solved(plan, Watcher(plan_id))
    except NoPlan as none:
        why = none.why
        return lambda at: give_up_plan(actor=SYSTEM, plan_id=plan_id, why=why, at=at)

    def finish(at: datetime) -> None:
        propose_plan(
            actor=SYSTEM, plan_id=plan_id, visits=visits, certificate=certificate, at=at
        )

    return finish


class Run:
    """One plan being worked out: what it is made from, read once."""

    def __init__(self, plan: Plan, watch: Watcher) -> None:
        self.settings = Settings.from_json(plan.settings)
        self.where = spots()
        self.ground = ground(plan, self.where, at=clock.now())
        self.kept = [booked(one, self.where) for one in visits_of(plan) if one.is_kept]
        self.taken = [*fixed(plan, self.where), *self.kept]
        self.needs: list[Need] = needs(plan, self.where)
        self.watch = watch


@dataclass(frozen=True, slots=True)
class Pick:
    """Something chosen to be visited: the programme, where, at which place, what it counts."""

    programme: UUID
    unit: UUID
    venue: UUID | None
    prize: int

    @property
    def id(self) -> UUID:
        """Return what it is known by while a time is looked for."""
        return UUID(int=self.programme.int ^ self.unit.int)

    def to_json(self) -> list[Any]:
        """Return it as the best so far is kept."""
        venue = str(self.venue) if self.venue else None
        return [str(self.programme), str(self.unit), venue, self.prize]

    @classmethod
    def from_json(cls, kept: list[Any]) -> Self:
        """Read what was kept."""
        programme, unit, venue, prize = kept
        return cls(UUID(programme), UUID(unit), UUID(venue) if venue else None, prize)


def _solved(plan: Plan, watch: Watcher) -> tuple[Sequence[Proposed], dict[str, Any]]:
    run = Run(plan, watch)
    if not any(need.candidates for need in run.needs):
        raise NoPlan(Failure.NOTHING_DUE)
    _somebody_can(run)
    picks, certificate = _taken_up(plan) or picked(run)
    items, known = items_of(run, picks)
    kept = {"certificate": certificate, "picks": [one.to_json() for one in picks]}

    def keep(made: Sequence[Booked]) -> None:
        visits = [_proposed(one, known).to_json() for one in made]
        watch.save({**kept, "found": len(made), "of": len(items), "visits": visits})

    watch.enter(Phase.WHEN)
    made = _begun(plan, items) or first_plan(
        items, run.ground, run.taken, run.settings.facilitators
    )
    keep(made)
    spent = run.settings.seconds * (1 - PLACES_SHARE - WHERE_SHARE)
    timed = improve(items, made, run.ground, run.taken, seconds=spent, watch=watch, keep=keep)
    if items and not timed.visits and not run.kept:
        raise NoPlan(Failure.NO_TIME)
    told = {"stopped": watch.stopped(), "by_clock": timed.by_clock}
    return [_proposed(one, known) for one in timed.visits], {**certificate, **told}


def _taken_up(plan: Plan) -> tuple[list[Pick], dict[str, Any]] | None:
    """Return where to go by a worker that died over when and who; None if none came so far."""
    if "picks" not in plan.best:
        return None
    return [Pick.from_json(one) for one in plan.best["picks"]], plan.best["certificate"]


def _begun(plan: Plan, items: Sequence[Item]) -> list[Booked]:
    """Return the best plan of a worker that died."""
    by_id = {item.visit.id: item for item in items}
    made = []
    for kept in plan.best.get("visits", []):
        one = Proposed.from_json(kept)
        item = by_id.get(UUID(int=one.programme.int ^ one.unit.int))
        if item is not None:
            ends = one.starts + timedelta(minutes=item.minutes)
            made.append(replace(item.visit, starts=one.starts, ends=ends, people=one.people))
    return made


def picked(run: Run) -> tuple[list[Pick], dict[str, Any]]:
    """Choose places, then where to go."""
    run.watch.enter(Phase.PLACES)
    seconds = run.settings.seconds * PLACES_SHARE
    meeting = meet(run.needs, run.settings, run.where, seconds=seconds, watch=run.watch)
    chosen = _where(run)
    picks = [
        Pick(
            one.need.programme,
            candidate.unit,
            None if one.need.at_school else meeting.of.get(candidate.unit),
            one.prizes[candidate.unit],
        )
        for one in chosen
        for candidate in one.candidates
    ]
    return picks, {
        "programmes": [one.certificate for one in chosen if one.certificate],
        "metres": round(meeting.metres),
        "places": meeting.used,
        "places_gap": meeting.gap,
        "chosen": len(picks),
    }


def _somebody_can(run: Run) -> None:
    people = [run.ground.people.get(who) for who in run.settings.facilitators]
    for need in run.needs:
        able = [who for who in people if who and need.programme in who.skills]
        if len(able) >= need.facilitators:
            return
    raise NoPlan(Failure.NOBODY)


def _where(run: Run) -> list[Chosen]:
    chosen, parts = [], len(run.needs)
    for number, need in enumerate(run.needs):
        run.watch.enter(Phase.WHERE, number / parts, (number + 1) / parts)
        kept = frozenset(one.unit for one in run.kept if one.programme == need.programme)
        seconds = max(LEAST_SECONDS, run.settings.seconds * WHERE_SHARE / parts)
        chosen.append(choose(need, run.settings, kept, seconds=seconds, watch=run.watch))
    return chosen


def items_of(run: Run, picks: Sequence[Pick]) -> tuple[list[Item], dict[UUID, Proposed]]:
    """Return what a time is to be found for, and what each becomes once there is one."""
    by_key = {
        (need.programme, one.unit): (need, one) for need in run.needs for one in need.candidates
    }
    items: list[Item] = []
    known: dict[UUID, Proposed] = {}
    for pick in picks:
        if (pick.programme, pick.unit) not in by_key:
            continue  # planned by somebody since the worker died
        need, candidate = by_key[pick.programme, pick.unit]
        place = run.ground.places.get(pick.venue) if pick.venue else None
        visit = Booked(
            id=pick.id,
            programme=need.programme,
            unit=candidate.unit,
            audience=candidate.audience,
            language=run.settings.language_of(candidate.village).value,
            starts=TO_BE_FOUND,
            ends=TO_BE_FOUND,
            people=(),
            needed=need.facilitators,
            venue=pick.venue if place else None,
            spot=place.spot if place else candidate.spot,
            at_school=need.at_school,
        )
        items.append(Item(visit, need.minutes, pick.prize))
        known[visit.id] = Proposed(
            programme=need.programme,
            rw=candidate.unit if need.unit == Unit.RW else None,
            school=candidate.unit if need.unit == Unit.SCHOOL else None,
            community=candidate.unit if need.unit == Unit.COMMUNITY else None,
            venue=visit.venue,
            audience=candidate.audience,
            starts=TO_BE_FOUND,
            people=(),
            request=candidate.request,
        )
    return items, known


def _proposed(one: Booked, known: dict[UUID, Proposed]) -> Proposed:
    return replace(known[one.id], starts=one.starts, people=one.people)
