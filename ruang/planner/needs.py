"""Who is due, and how much each RT and school counts: the one place where weights are made.

A weight is tens of people of the audience × how long ago × whether somebody asked × how much a
person said the kecamatan counts that year. Nothing else: this module reads the register,
sessions and requests, and nothing in it can read a report or a case (docs/adr/0027).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max

from ruang.access.actor import SYSTEM
from ruang.planner import standing
from ruang.planner.models import Plan
from ruang.planner.reading import TAKEN, Spots, local
from ruang.planner.rules import Spot
from ruang.planner.settings import DISTRICT, Settings, Weights
from ruang.planner.states import WEIGHT, Level
from ruang.prevention.models import Invited, Programme, Request, Session
from ruang.prevention.states import Audience, Unit
from ruang.register.models import COUNTS, Rw, School

USUAL_MONTHS = 12
"""How often a place is due where the programme does not say."""
MONTH = timedelta(days=365.25 / 12)
ASKED, UNASKED = 3, 2
"""Halves of a point: a place that asked counts one and a half times."""

_ADULTS = ("18_24", "25_59", "60_up")
_BANDS: dict[str, tuple[str, ...]] = {
    Audience.CHILDREN: ("female_6_12", "male_6_12"),
    Audience.TEENS: ("female_13_17", "male_13_17"),
    Audience.PARENTS: ("female_18_24", "female_25_59", "male_18_24", "male_25_59"),
    Audience.WOMEN: tuple(f"female_{band}" for band in _ADULTS),
    Audience.MEN: tuple(f"male_{band}" for band in _ADULTS),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """An RT, or a school: what a visit reaches.

    :ivar people: how many of the audience are there
    :ivar weight: what it counts; 0 where it is not due
    """

    id: UUID
    district: str
    people: int
    weight: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that waits for an answer."""

    id: UUID
    audience: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """An RW or a school to which a visit could go, and what it would reach there.

    :ivar must: the rules say that it is visited in any case
    """

    unit: UUID
    village: str
    spot: Spot | None
    reaches: tuple[UUID, ...]
    audience: str
    request: UUID | None
    must: bool


@dataclass(frozen=True, slots=True)
class Need:
    """One programme's part of a plan."""

    programme: UUID
    at_school: bool
    minutes: int
    facilitators: int
    sessions: int
    demands: tuple[Demand, ...]
    candidates: tuple[Candidate, ...]


def needs(plan: Plan, where: Spots) -> list[Need]:
    """Return what each programme of a plan could do, and what that would count."""
    settings, weights = Settings.from_json(plan.settings), Weights.from_json(plan.weights)
    programmes = Programme.objects.in_bulk([share.programme for share in settings.shares])
    answered: set[UUID] = set()
    found = []
    for share in settings.shares:
        if share.programme in programmes and share.sessions:
            programme = programmes[share.programme]
            asked = _asked(plan, programme, answered)
            answered |= {one.id for one in asked.values()}
            found.append(_need(plan, programme, share.sessions, weights, where, asked))
    return found


def due(last: date | None, every: int | None, on: date) -> int:
    """Return how much a place is due: 0 not yet, 1 soon, 2 due, 3 long overdue or never."""
    if last is None:
        return 3
    periods = (on - last) / (MONTH * (every or USUAL_MONTHS))
    return 3 if periods >= 2 else 2 if periods >= 1 else 1 if periods >= 0.5 else 0


def audience_columns(audiences: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of an RT in which these audiences are counted."""
    chosen: set[str] = set()
    for one in audiences:
        chosen |= set(_BANDS.get(one, COUNTS))
    return tuple(name for name in COUNTS if name in chosen) or COUNTS


def _need(
    plan: Plan, programme: Programme, sessions: int, weights: Weights, where: Spots,
    asked: dict[UUID, Asked],
) -> Need:  # fmt: skip
    make = _schools if programme.unit == Unit.SCHOOL else _rws
    demands, candidates = make(plan, programme, weights, where, asked)
    return Need(
        programme=programme.pk,
        at_school=programme.unit == Unit.SCHOOL,
        minutes=programme.minutes,
        facilitators=programme.facilitators,
        sessions=sessions,
        demands=tuple(demands),
        candidates=tuple(candidates),
    )


def _rws(
    plan: Plan, programme: Programme, weights: Weights, where: Spots, asked: dict[UUID, Asked]
) -> tuple[list[Demand], list[Candidate]]:
    last = _last_of_rts(programme, plan)
    columns = audience_columns(programme.audiences)
    demands: list[Demand] = []
    of_rw: dict[UUID, list[Demand]] = defaultdict(list)
    for row in standing.rts().values("id", "rw_id", "village_id", *columns):
        people = sum(row[name] for name in columns)
        since = due(last.get(row["id"]), programme.every_months, plan.ends_on)
        district = row["village_id"][:DISTRICT]
        asks = _asking(row["rw_id"] in asked)
        counts = _tens(people) * since * asks * _level(weights, district)
        one = Demand(row["id"], district, people, counts)
        demands.append(one)
        of_rw[row["rw_id"]].append(one)
    return demands, [
        _candidate(row, [d for d in of_rw[row.pk] if d.weight], where, asked, plan, programme)
        for row in standing.rws()
        if any(one.weight for one in of_rw[row.pk])
    ]


def _schools(
    plan: Plan, programme: Programme, weights: Weights, where: Spots, asked: dict[UUID, Asked]
) -> tuple[list[Demand], list[Candidate]]:
    last = _last_of_schools(programme, plan)
    demands, candidates = [], []
    for row in standing.schools():
        people = row.pupils_female + row.pupils_male
        since = due(last.get(row.pk), programme.every_months, plan.ends_on)
        district = row.village_id[:DISTRICT]
        counts = _tens(people) * since * _asking(row.pk in asked) * _level(weights, district)
        one = Demand(row.pk, district, people, counts)
        demands.append(one)
        if counts:
            candidates.append(_candidate(row, [one], where, asked, plan, programme))
    return demands, candidates


def _candidate(
    row: Rw | School,
    reached: list[Demand],
    where: Spots,
    asked: dict[UUID, Asked],
    plan: Plan,
    programme: Programme,
) -> Candidate:
    request = asked.get(row.pk)
    first = programme.audiences[0] if programme.audiences else Audience.EVERYBODY.value
    days = Settings.from_json(plan.settings).answer_days
    long_ago = local(plan.at).date() - timedelta(days=days)
    return Candidate(
        unit=row.pk,
        village=row.village_id,
        spot=where.of(row, row.village_id),
        reaches=tuple(one.id for one in reached),
        audience=request.audience if request else first,
        request=request.id if request else None,
        must=request is not None and request.received_on <= long_ago,
    )


def _asked(plan: Plan, programme: Programme, answered: set[UUID]) -> dict[UUID, Asked]:
    """Return the requests that this programme would answer, the oldest of each place.

    :param answered: those that another programme of the plan answers: one visit is enough
    """
    found: dict[UUID, Asked] = {}
    rows = (
        Request.objects.visible_to(SYSTEM)
        .queued()
        .filter(unit=programme.unit, received_at__lte=plan.at)
    )
    for row in rows.order_by("-received_at", "-id"):
        unit = row.rw_id or row.school_id
        if row.pk in answered:
            continue
        if unit and (row.audience in programme.audiences or not programme.audiences):
            found[unit] = Asked(row.pk, row.audience, local(row.received_at).date())
    return found


def _last_of_rts(programme: Programme, plan: Plan) -> dict[UUID, date]:
    """Return when each RT was last reached, or will be by what is planned already."""
    rows = Invited.objects.filter(
        session__programme=programme, session__state__in=TAKEN
    ).values("rt_id")
    latest = rows.annotate(last=Max("session__starts_at")).order_by()
    return {row["rt_id"]: local(row["last"]).date() for row in latest}


def _last_of_schools(programme: Programme, plan: Plan) -> dict[UUID, date]:
    rows = Session.objects.visible_to(SYSTEM).filter(
        programme=programme, state__in=TAKEN, school__isnull=False
    )
    latest = rows.values("school_id").annotate(last=Max("starts_at")).order_by()
    return {row["school_id"]: local(row["last"]).date() for row in latest}


def _tens(people: int) -> int:
    """Count people in tens: no register is more exact, and a proof comes much sooner."""
    return max(1, round(people / 10)) if people else 0


def _asking(is_asked: bool) -> int:  # noqa: FBT001 - a word for a condition
    return ASKED if is_asked else UNASKED


def _level(weights: Weights, district: str) -> int:
    return WEIGHT[Level(weights.levels.get(district, Level.NORMAL))]
