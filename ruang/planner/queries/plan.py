"""The page of one plan: what was asked, what was proven, what it reaches, who does how much."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity import directory
from ruang.planner.beside import LeftOut, Unknown, left_out, unknown
from ruang.planner.checking import broken_of
from ruang.planner.models import Plan, Visit
from ruang.planner.policy import RULES, may_plan
from ruang.planner.reading import visits_of
from ruang.planner.settings import DISTRICT, Settings, Weights
from ruang.planner.shares import ShareLine, age, city_of, fairest, shares
from ruang.planner.states import MOVES, Failure, Level, Phase, State, Step
from ruang.prevention.models import Facilitator, Programme
from ruang.prevention.naming import programme_name
from ruang.prevention.states import Language
from ruang.territory import queries as territory

QUIET = 60
"""Seconds after which a worker that says nothing is worth a word."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven about where one programme goes.

    :ivar share: percent of everything that is due that this plan takes up
    :ivar gap: percent that a better plan could gain at most; 0 where it is proven
    :ivar price: percent given up so that every kecamatan gets its least share
    :ivar shares: kecamatan and what percent of what is due there is taken up, the lowest first
    :ivar held: the same of the visits that have a time; None: nobody asked at that time
    :ivar least: the lowest of them, as percent of their mean
    :ivar is_even: no choice that counts as much is more even; None: nobody asked at that time
    """

    programme: str
    sessions: int
    is_proven: bool
    share: float
    gap: float
    price: float
    shares: tuple[tuple[str, float], ...]
    is_even: bool | None
    solver: str
    seconds: float
    instance: str
    requests_first: bool
    floor: int
    held: tuple[tuple[str, float], ...] | None
    least: float | None

    @property
    def broke(self) -> float | None:
        """Return the lowest share as percent of the mean where that is below the floor."""
        if self.least is None or self.least >= self.floor - 0.05:
            return None
        return self.least


@dataclass(frozen=True, slots=True)
class Work:
    """What one facilitator does in a plan."""

    id: UUID
    name: str
    visits: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the plan was asked for, in words."""

    shares: tuple[tuple[str, int], ...]
    people: tuple[str, ...]
    settings: Settings
    levels: tuple[tuple[str, Level], ...]
    languages: tuple[tuple[str, Language], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker is.

    :ivar is_quiet: it has said nothing for a while, or nothing yet
    """

    phase: Phase
    percent: int
    found: int | None
    wanted: int | None
    is_stopping: bool
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan."""

    id: UUID
    begins_on: date
    ends_on: date
    state: State
    version: int
    by: str
    at: datetime
    solved_at: datetime | None
    published_at: datetime | None
    published_by: str
    failure: Failure | None
    asked: Asked
    progress: Progress
    proofs: tuple[Proof, ...]
    metres: int | None
    places: int
    visits: int
    kept: int
    chosen: int
    was_stopped: bool
    by_clock: bool
    broken: int
    lines: tuple[ShareLine, ...]
    city: ShareLine
    fairness: int | None
    fairness_before: int | None
    work: tuple[Work, ...]
    others: tuple[tuple[UUID, date, date, datetime], ...]
    left: tuple[LeftOut, ...]
    unknown: Unknown
    steps: frozenset[Step]
    may_plan: bool

    @property
    def has_visits(self) -> bool:
        """Say whether there is anything to show."""
        return self.visits > 0


def plan_page(*, actor: Actor, plan_id: UUID, at: datetime) -> PlanPage:
    """Return one plan with everything its page shows."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    visits = list(visits_of(plan))
    names = _names(plan, visits)
    counts = Counter(visit.village_id[:DISTRICT] for visit in visits)
    rws = (visit.rw_id for visit in visits if visit.rw_id)
    lines = shares(plan.ends_on, rws, counts, at=at)
    kept: dict[str, Any] = plan.certificate
    return PlanPage(
        id=plan.pk,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        state=State(plan.state),
        version=plan.version,
        by=names.get(plan.by, ""),
        at=plan.at,
        solved_at=plan.solved_at,
        published_at=plan.published_at,
        published_by=names.get(plan.published_by, "") if plan.published_by else "",
        failure=Failure(plan.failure) if plan.failure else None,
        asked=_asked(plan, names),
        progress=_progress(plan, at),
        proofs=_proofs(plan),
        metres=kept.get("metres"),
        places=kept.get("places", 0),
        visits=len(visits),
        kept=sum(1 for visit in visits if visit.is_kept),
        chosen=kept.get("chosen", 0),
        was_stopped=bool(kept.get("stopped")),
        by_clock=bool(kept.get("by_clock")),
        broken=len(_broken(plan, visits, at)),
        lines=lines,
        city=city_of(lines, territory.city().name),
        fairness=fairest(lines),
        fairness_before=fairest(lines, before=True),
        work=_work(visits, names),
        others=_others(actor, plan),
        left=left_out(actor, plan),
        unknown=unknown(plan),
        steps=_steps(actor, plan),
        may_plan=may_plan(actor, plan),
    )


def publish_page(*, actor: Actor, plan_id: UUID, at: datetime) -> PlanPage:
    """Return what is shown before a plan is published."""
    require(RULES[Step.PUBLISH], actor, sight.one(Plan.objects.visible_to(actor), plan_id))
    return plan_page(actor=actor, plan_id=plan_id, at=at)


def discard_page(*, actor: Actor, plan_id: UUID, at: datetime) -> PlanPage:
    """Return what is shown before a plan is put away."""
    require(RULES[Step.DISCARD], actor, sight.one(Plan.objects.visible_to(actor), plan_id))
    return plan_page(actor=actor, plan_id=plan_id, at=at)


def progress_of(*, actor: Actor, plan_id: UUID, at: datetime) -> tuple[State, Progress]:
    """Return how far the worker is; asked for every other second."""
    plan = sight.one(Plan.objects.visible_to(actor), plan_id)
    return State(plan.state), _progress(plan, at)


def _broken(plan: Plan, visits: Sequence[Visit], at: datetime) -> Mapping[UUID, object]:
    return broken_of(plan, visits, at=at) if plan.state == State.PROPOSED else {}


def _progress(plan: Plan, at: datetime) -> Progress:
    since = age(plan.heard_at, at)
    return Progress(
        phase=Phase(plan.phase),
        percent=plan.progress,
        found=plan.best.get("found"),
        wanted=plan.best.get("of"),
        is_stopping=plan.stop_wanted_at is not None,
        is_quiet=since is None or since > QUIET,
    )


def _names(plan: Plan, visits: Sequence[Visit]) -> dict[UUID, str]:
    """Return names of accounts, and of facilitators by their own id."""
    chosen = set(Settings.from_json(plan.settings).facilitators)
    chosen |= {part.facilitator_id for visit in visits for part in visit.parts.all()}
    users = dict(Facilitator.objects.filter(pk__in=chosen).values_list("pk", "user_id"))
    known = directory.names([plan.by, plan.published_by, *users.values()])
    return known | {who: known.get(user, "") for who, user in users.items()}


def _asked(plan: Plan, names: Mapping[UUID, str]) -> Asked:
    settings, weights = Settings.from_json(plan.settings), Weights.from_json(plan.weights)
    programmes = Programme.objects.in_bulk([one.programme for one in settings.shares])
    return Asked(
        shares=tuple(
            (programme_name(programmes[one.programme]), one.sessions)
            for one in settings.shares
            if one.programme in programmes
        ),
        people=tuple(sorted(names.get(who, "") for who in settings.facilitators)),
        settings=settings,
        levels=tuple(
            (place.name, Level(weights.levels.get(place.code, Level.NORMAL)))
            for place in territory.city().districts
        ),
        languages=tuple(
            (place.name, Language(settings.languages[place.code]))
            for place in territory.city().districts
            if place.code in settings.languages
        ),
        source=weights.source,
    )


def _proofs(plan: Plan) -> tuple[Proof, ...]:
    kept = plan.certificate.get("programmes", [])
    programmes = Programme.objects.in_bulk([UUID(one["programme"]) for one in kept])
    return tuple(
        _proof(
            one,
            programme_name(programmes[UUID(one["programme"])]),
            plan.certificate.get("held", {}).get(one["programme"]),
        )
        for one in kept
        if UUID(one["programme"]) in programmes
    )


def _lowest_first(shares: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return kecamatan by name with their share in percent, the lowest first."""
    city = territory.city()
    in_order = sorted(shares, key=lambda code: (shares[code], code))
    return tuple((city.district_name(code), 100 * shares[code]) for code in in_order)


def _proof(one: dict[str, Any], name: str, held: dict[str, Any] | None) -> Proof:
    free = one["free_value"] or 1
    return Proof(
        programme=name,
        sessions=one["sessions"],
        is_proven=one["status"] == "optimal",
        share=100 * one["value"] / (one["whole"] or 1),
        gap=100 * one["gap"],
        price=100 * one["price"] / free,
        shares=_lowest_first(one["shares"]),
        is_even=one.get("even"),
        solver=one["solver"],
        seconds=one["seconds"],
        instance=one["instance"],
        requests_first=one["musts"],
        floor=one["floor"],
        held=_lowest_first(held["shares"]) if held else None,
        least=held["least"] if held else None,
    )


def _work(visits: Sequence[Visit], names: Mapping[UUID, str]) -> tuple[Work, ...]:
    count = Counter(part.facilitator_id for visit in visits for part in visit.parts.all())
    listed = [Work(who, names.get(who, ""), number) for who, number in count.items()]
    return tuple(sorted(listed, key=lambda one: (-one.visits, one.name)))


def _others(actor: Actor, plan: Plan) -> tuple[tuple[UUID, date, date, datetime], ...]:
    """Return the plans it can be compared with: the newest that have visits."""
    rows = Plan.objects.visible_to(actor).exclude(pk=plan.pk).exclude(solved_at=None)
    newest = rows.order_by("-at", "-id").values_list("pk", "begins_on", "ends_on", "at")
    return tuple(newest[:10])


def _steps(actor: Actor, plan: Plan) -> frozenset[Step]:
    """Return what this person can do with it now."""
    if not may_plan(actor, plan):
        return frozenset()
    by_people = (Step.SOLVE, Step.CHANGE, Step.PUBLISH, Step.DISCARD)
    return frozenset(step for step in by_people if plan.state in MOVES[step][0])
