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
from ruang.kernel.text import tidy
from ruang.planner import standing
from ruang.planner.models import Plan
from ruang.planner.reading import TAKEN, Spots, local
from ruang.planner.settings import DISTRICT, Settings, Weights
from ruang.planner.states import WEIGHT, Level
from ruang.prevention.models import Invited, Programme, Request, Session
from ruang.prevention.reach import ANCESTORS, merged
from ruang.prevention.states import Audience, Unit
from ruang.prevention.ways import Spot
from ruang.register.models import COUNTS, Community, Rt, Rw, School

USUAL_MONTHS = 12
"""How often a place is due where the programme does not say."""
MONTH = timedelta(days=365.25 / 12)
UNCOUNTED = 10
"""Members of a community of which nobody has said how many: as few as can be, and not none."""
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
    """An RT, a school or a community: what a visit reaches.

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
    """An RW, a school or a community to which a visit could go, and what it reaches there.

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
    unit: str
    minutes: int
    facilitators: int
    sessions: int
    demands: tuple[Demand, ...]
    candidates: tuple[Candidate, ...]

    @property
    def at_school(self) -> bool:
        """Say whether it is held where the pupils are, in lessons."""
        return self.unit == Unit.SCHOOL


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
    make = _rws if programme.unit == Unit.RW else _whole
    demands, candidates = make(plan, programme, weights, where, asked)
    return Need(
        programme=programme.pk,
        unit=programme.unit,
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


def _whole(
    plan: Plan, programme: Programme, weights: Weights, where: Spots, asked: dict[UUID, Asked]
) -> tuple[list[Demand], list[Candidate]]:
    """Return schools or communities: a visit reaches all of one, and nobody else."""
    last = _last_of_hosts(programme)
    demands, candidates = [], []
    for row in standing.hosts(programme.unit):
        people = _members(row)
        since = due(last.get(row.pk), programme.every_months, plan.ends_on)
        district = row.village_id[:DISTRICT]
        counts = _tens(people) * since * _asking(row.pk in asked) * _level(weights, district)
        one = Demand(row.pk, district, people, counts)
        demands.append(one)
        if counts:
            candidates.append(_candidate(row, [one], where, asked, plan, programme))
    return demands, candidates


def _candidate(
    row: Rw | School | Community,
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
    named = _named() if programme.unit == Unit.COMMUNITY else {}
    rows = (
        Request.objects.visible_to(SYSTEM)
        .queued()
        .filter(unit=programme.unit, received_at__lte=plan.at)
    )
    for row in rows.order_by("-received_at", "-id"):
        unit = row.rw_id or row.school_id or named.get(_name(row.village_id, row.host))
        if row.pk in answered:
            continue
        if unit and (row.audience in programme.audiences or not programme.audiences):
            found[unit] = Asked(row.pk, row.audience, local(row.received_at).date())
    return found


def _last_of_rts(programme: Programme, plan: Plan) -> dict[UUID, date]:
    """Return when each RT was last reached, or will be by what is planned already.

    What its ancestors had counts for it, as on the pages of coverage.
    """
    rows = Invited.objects.filter(
        session__programme=programme, session__state__in=TAKEN
    ).values("rt_id")
    latest = rows.annotate(last=Max("session__starts_at")).order_by()
    last = {row["rt_id"]: local(row["last"]).date() for row in latest}
    into = merged(Rt.objects.visible_to(SYSTEM))
    found = {}
    for pk, *before in standing.rts().values_list(*ANCESTORS):
        days = [last[one] for one in (pk, *before, *into.get(pk, ())) if one in last]
        if days:
            found[pk] = max(days)
    return found


def _last_of_hosts(programme: Programme) -> dict[UUID, date]:
    host = f"{programme.unit}_id"
    rows = Session.objects.visible_to(SYSTEM).filter(programme=programme, state__in=TAKEN)
    latest = rows.exclude(**{host: None}).values(host).annotate(last=Max("starts_at"))
    return {row[host]: local(row["last"]).date() for row in latest.order_by()}


def _members(row: School | Community) -> int:
    if isinstance(row, School):
        return row.pupils_female + row.pupils_male
    return row.members or UNCOUNTED


def _named() -> dict[tuple[str, str], UUID]:
    """Return communities by kelurahan and name: who asks writes it, as nobody asks for an id.

    A name that two of one kelurahan have says neither.
    """
    found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for row in standing.communities():
        found[_name(row.village_id, row.name)].append(row.pk)
    return {name: these[0] for name, these in found.items() if len(these) == 1}


def _name(village: str, host: str) -> tuple[str, str]:
    return village, " ".join(tidy(host).split()).casefold()


def _tens(people: int) -> int:
    """Count people in tens: no register is more exact, and a proof comes much sooner."""
    return max(1, round(people / 10)) if people else 0


def _asking(is_asked: bool) -> int:  # noqa: FBT001 - a word for a condition
    return ASKED if is_asked else UNASKED


def _level(weights: Weights, district: str) -> int:
    return WEIGHT[Level(weights.levels.get(district, Level.NORMAL))]
