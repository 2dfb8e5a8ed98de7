"""The whole of it: places, where, when and who. Called in the worker's child."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.kernel import clock
from ruang.planner.commands import Proposed, give_up_plan, propose_plan
from ruang.planner.groups import Groups
from ruang.planner.models import Plan
from ruang.planner.needs import Candidate, Need, needs
from ruang.planner.reading import booked, fixed, ground, spots, visits_of
from ruang.planner.rules import Booked, seats_for
from ruang.planner.settings import DISTRICT, Settings
from ruang.planner.solving.fair import Item, Scale, Scales
from ruang.planner.solving.first import first_plan
from ruang.planner.solving.places import meet
from ruang.planner.solving.watching import Watcher
from ruang.planner.solving.when import improve
from ruang.planner.solving.where import Chosen, NoPlan, choose, scale_of
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
        now = clock.now()
        self.ground = ground(plan, self.where, at=now)
        self.kept = [booked(one, self.where) for one in visits_of(plan) if one.is_kept]
        self.taken = [*fixed(plan, self.where, at=now), *self.kept]
        self.needs: list[Need] = needs(plan, self.where, at=now)
        self.groups = Groups(plan, now)
        for one in self.kept:
            self.groups.note(one.programme, one.unit, one.audience)
        self.watch = watch

    def kept_of(self, programme: UUID) -> Counter[UUID]:
        """Return how many visits a person keeps in each place."""
        return Counter(one.unit for one in self.kept if one.programme == programme)


@dataclass(frozen=True, slots=True)
class Pick:
    """Something chosen to be visited: the programme, where, at which place, what it counts.

    :ivar turn: 0, and 1 or more where it is due once more in the same plan
    """

    programme: UUID
    unit: UUID
    venue: UUID | None
    prize: int
    turn: int = 0

    @property
    def id(self) -> UUID:
        """Return what it is known by while a time is looked for."""
        return UUID(int=self.programme.int ^ self.unit.int ^ self.turn)

    def to_json(self) -> list[Any]:
        """Return it as the best so far is kept."""
        venue = str(self.venue) if self.venue else None
        return [str(self.programme), str(self.unit), venue, self.prize, self.turn]

    @classmethod
    def from_json(cls, kept: list[Any]) -> Self:
        """Read what was kept."""
        programme, unit, venue, prize, *turn = kept
        place = UUID(venue) if venue else None
        return cls(UUID(programme), UUID(unit), place, prize, *turn)


def _solved(plan: Plan, watch: Watcher) -> tuple[Sequence[Proposed], dict[str, Any]]:
    run = Run(plan, watch)
    if not any(need.candidates for need in run.needs):
        raise NoPlan(Failure.NOTHING_DUE)
    _somebody_can(run)
    picks, certificate, scales = _taken_up(plan) or picked(run)
    items, known = items_of(run, picks)
    kept = {
        "certificate": certificate,
        "picks": [one.to_json() for one in picks],
        "scales": {str(one): scale.to_json() for one, scale in scales.items()},
    }

    def keep(made: Sequence[Booked]) -> None:
        visits = [_proposed(one, known).to_json() for one in made]
        watch.save({**kept, "found": len(made), "of": len(items), "visits": visits})

    watch.enter(Phase.WHEN)
    made = _begun(plan, items) or first_plan(
        items, run.ground, run.taken, run.settings.facilitators, scales
    )
    keep(made)
    spent = run.settings.seconds * (1 - PLACES_SHARE - WHERE_SHARE)
    timed = improve(
        items, made, run.ground, run.taken, scales, seconds=spent, watch=watch, keep=keep
    )
    if items and not timed.visits and not run.kept:
        raise NoPlan(Failure.NO_TIME)
    told = {"stopped": watch.stopped(), "by_clock": timed.by_clock}
    return [_proposed(one, known) for one in timed.visits], {**certificate, **told}


def _taken_up(plan: Plan) -> tuple[list[Pick], dict[str, Any], Scales] | None:
    """Return where to go by a worker that died over when and who; None if none came so far."""
    if "picks" not in plan.best:
        return None
    picks = [Pick.from_json(one) for one in plan.best["picks"]]
    scales = plan.best.get("scales", {})
    by_programme = {UUID(one): Scale.from_json(scale) for one, scale in scales.items()}
    return picks, plan.best["certificate"], by_programme


def _begun(plan: Plan, items: Sequence[Item]) -> list[Booked]:
    """Return the best plan of a worker that died."""
    left = list(items)
    made = []
    for kept in plan.best.get("visits", []):
        one = Proposed.from_json(kept)
        to = (one.programme, one.unit)
        item = next((it for it in left if (it.visit.programme, it.visit.unit) == to), None)
        if item is not None:
            left.remove(item)
            ends = one.starts + timedelta(minutes=item.minutes)
            made.append(replace(item.visit, starts=one.starts, ends=ends, people=one.people))
    return made


def picked(run: Run) -> tuple[list[Pick], dict[str, Any], Scales]:
    """Choose places, then where to go; say by which floors."""
    run.watch.enter(Phase.PLACES)
    seconds = run.settings.seconds * PLACES_SHARE
    used = frozenset(one.venue for one in run.kept if one.venue)
    meeting = meet(run.needs, run.settings, run.where, used, seconds=seconds, watch=run.watch)
    chosen = _where(run)
    picks = [
        Pick(
            one.need.programme,
            candidate.unit,
            None if one.need.at_school else meeting.of.get(candidate.unit),
            one.prizes[candidate.unit, candidate.turn],
            candidate.turn,
        )
        for one in chosen
        for candidate in one.candidates
    ]
    return (
        picks,
        {
            "programmes": [one.certificate for one in chosen if one.certificate],
            "metres": round(meeting.metres),
            "places": meeting.used,
            "places_gap": meeting.gap,
            "chosen": len(picks),
        },
        {one.need.programme: scale_of(one, run.kept_of(one.need.programme)) for one in chosen},
    )


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
        kept = run.kept_of(need.programme)
        seconds = max(LEAST_SECONDS, run.settings.seconds * WHERE_SHARE / parts)
        chosen.append(choose(need, run.settings, kept, seconds=seconds, watch=run.watch))
    return chosen


def items_of(run: Run, picks: Sequence[Pick]) -> tuple[list[Item], dict[UUID, Proposed]]:
    """Return what a time is to be found for, and what each becomes once there is one."""
    by_key = {
        (need.programme, one.unit, one.turn): (need, one)
        for need in run.needs
        for one in need.candidates
    }
    items: list[Item] = []
    known: dict[UUID, Proposed] = {}
    for pick in picks:
        if (pick.programme, pick.unit, pick.turn) not in by_key:
            continue  # planned by somebody since the worker died
        need, candidate = by_key[pick.programme, pick.unit, pick.turn]
        visit = _untimed(run, pick, need, candidate)
        district = candidate.village[:DISTRICT]
        items.append(
            Item(visit, need.minutes, pick.prize, district, candidate.must, candidate.asked_on)
        )
        known[visit.id] = Proposed(
            programme=need.programme,
            rw=candidate.unit if need.unit == Unit.RW else None,
            school=candidate.unit if need.unit == Unit.SCHOOL else None,
            community=candidate.unit if need.unit == Unit.COMMUNITY else None,
            venue=visit.venue,
            audience=visit.audience,
            starts=TO_BE_FOUND,
            people=(),
            request=candidate.request,
            expects=visit.expects,
        )
    return items, known


def _untimed(run: Run, pick: Pick, need: Need, candidate: Candidate) -> Booked:
    """Return a visit as far as it is known before it has a time and people."""
    place = run.ground.places.get(pick.venue) if pick.venue else None
    group = candidate.audience
    if group:
        run.groups.note(need.programme, candidate.unit, group)
    else:
        group = run.groups.choose(need.programme, candidate.unit, need.audiences)
    return Booked(
        id=pick.id,
        programme=need.programme,
        unit=candidate.unit,
        audience=group,
        language=run.settings.language_of(candidate.village).value,
        starts=TO_BE_FOUND,
        ends=TO_BE_FOUND,
        people=(),
        needed=need.facilitators,
        venue=pick.venue if place else None,
        spot=place.spot if place else candidate.spot,
        at_school=need.at_school,
        expects=seats_for(candidate.expects, run.settings.seats),
        every=need.every,
    )


def _proposed(one: Booked, known: dict[UUID, Proposed]) -> Proposed:
    return replace(known[one.id], starts=one.starts, people=one.people)
