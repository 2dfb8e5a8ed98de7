"""Who is due, and how much each RT and school counts: the one place where weights are made.

A weight is tens of people of the audience × how long ago × whether somebody asked × how much a
person said the kecamatan counts that year. Nothing else: this module reads the register,
sessions and requests, and nothing in it can read a report or a case (docs/adr/0027).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db.models import Max

from ruang.access.actor import SYSTEM
from ruang.planner import standing
from ruang.planner.asking import Asked, asked_of
from ruang.planner.models import Plan
from ruang.planner.reading import Spots, local, moment, taken
from ruang.planner.rules import turns
from ruang.planner.settings import DISTRICT, Settings, Weights
from ruang.planner.states import WEIGHT, Level
from ruang.prevention.models import Invited, Programme, Session
from ruang.prevention.reach import ANCESTORS, merged
from ruang.prevention.states import Audience, Unit
from ruang.prevention.ways import Spot
from ruang.register.models import COUNTS, Community, Rt, Rw, School

USUAL_MONTHS = 12
"""How often a place is due where the programme does not say."""
MONTH = timedelta(days=365.25 / 12)
UNCOUNTED = 10
"""People of an RT, a school or a community of which nobody has said how many: as few as can be,
and not none."""
AGAIN = 1
"""How much a place is due once more in the same plan: less than a first visit long ago."""
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

    A place that is due several times in a plan is a demand each time.

    :ivar people: how many of the audience are there
    :ivar weight: what it counts; 0 where it is not due
    """

    id: UUID
    district: str
    people: int
    weight: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An RW, a school or a community to which a visit could go, and what it reaches there.

    :ivar audience: the group that asked; empty where any group of the programme will do
    :ivar must: the rules say that it is visited in any case
    :ivar asked_on: when somebody asked who waits for an answer
    :ivar expects: how many people are there who could come
    :ivar turn: 0, and 1 or more where it is due once more in the same plan
    """

    unit: UUID
    village: str
    spot: Spot | None
    reaches: tuple[UUID, ...]
    audience: str
    request: UUID | None
    must: bool
    asked_on: date | None = None
    expects: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """One programme's part of a plan."""

    programme: UUID
    unit: str
    minutes: int
    facilitators: int
    sessions: int
    every: int | None
    audiences: tuple[str, ...]
    demands: tuple[Demand, ...]
    candidates: tuple[Candidate, ...]

    @property
    def at_school(self) -> bool:
        """Say whether it is held where the pupils are, in lessons."""
        return self.unit == Unit.SCHOOL


def needs(plan: Plan, where: Spots, *, at: datetime | None = None) -> list[Need]:
    """Return what each programme of a plan could do, and what that would count.

    :param at: what was planned and is over by then, and nobody logged, has reached nobody; when
        the plan was begun, unless it is said
    """
    settings, weights = Settings.from_json(plan.settings), Weights.from_json(plan.weights)
    programmes = Programme.objects.in_bulk([share.programme for share in settings.shares])
    answered: set[UUID] = set()
    found = []
    for share in settings.shares:
        if share.programme in programmes and share.sessions:
            programme = programmes[share.programme]
            asked = asked_of(plan, programme, answered)
            answered |= {one.id for one in asked.values()}
            known = _known(plan, programme, weights, at or plan.at, asked)
            found.append(_need(known, share.sessions, where))
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a programme of a plan and of the places it goes to.

    :ivar last: when each RT, school or community was reached last, or will be
    :ivar planned: how many sessions each RW, school or community has in the days of the plan
    :ivar long_ago: what was asked by then is answered in any case
    """

    plan: Plan
    programme: Programme
    weights: Weights
    asked: dict[UUID, Asked]
    last: dict[UUID, date]
    planned: Counter[UUID]
    long_ago: date

    def must(self, unit: UUID) -> bool:
        """Say whether somebody there asked long ago."""
        return unit in self.asked and self.asked[unit].received_on <= self.long_ago


def _known(
    plan: Plan, programme: Programme, weights: Weights, at: datetime, asked: dict[UUID, Asked]
) -> _Known:
    in_rts = programme.unit == Unit.RW
    days = Settings.from_json(plan.settings).answer_days
    return _Known(
        plan=plan,
        programme=programme,
        weights=weights,
        asked=asked,
        last=_last_of_rts(programme, at) if in_rts else _last_of_hosts(programme, at),
        planned=_planned(plan, programme, at),
        long_ago=local(plan.at).date() - timedelta(days=days),
    )


def _need(known: _Known, sessions: int, where: Spots) -> Need:
    plan, programme = known.plan, known.programme
    make = _rws if programme.unit == Unit.RW else _whole
    demands: list[Demand] = []
    candidates: list[Candidate] = []
    for row, parts in make(known):
        most = turns(programme.every_months, plan.begins_on, plan.ends_on)
        left = max(most - known.planned[row.pk], 0)
        for turn in range(max(left, 1)):
            again = [_once_more(one, turn) for one in parts] if turn else parts
            demands += again
            reached = [one for one in again if one.weight] if left else []
            if reached:
                candidates.append(_candidate(row, reached, where, known, turn))
    return Need(
        programme=programme.pk,
        unit=programme.unit,
        minutes=programme.minutes,
        facilitators=programme.facilitators,
        sessions=sessions,
        every=programme.every_months,
        audiences=tuple(programme.audiences),
        demands=tuple(demands),
        candidates=tuple(candidates),
    )


_Host = Rw | School | Community


def _rws(known: _Known) -> Iterable[tuple[_Host, list[Demand]]]:
    """Return each RW with its RT; where none is known there is nobody to invite."""
    columns = audience_columns(known.programme.audiences)
    of_rw: dict[UUID, list[Demand]] = defaultdict(list)
    for row in standing.rts().values("id", "rw_id", "village_id", "people", *COUNTS):
        is_counted = row["people"] or any(row[name] for name in COUNTS)
        people = sum(row[name] for name in columns) if is_counted else UNCOUNTED
        one = _demand(known, row["id"], row["rw_id"], row["village_id"], people)
        of_rw[row["rw_id"]].append(one)
    for rw in standing.rws():
        yield rw, of_rw[rw.pk]


def _whole(known: _Known) -> Iterable[tuple[_Host, list[Demand]]]:
    """Return schools or communities: a visit reaches all of one, and nobody else."""
    for row in standing.hosts(known.programme.unit):
        yield row, [_demand(known, row.pk, row.pk, row.village_id, _members(row))]


def _demand(known: _Known, which: UUID, unit: UUID, village: str, people: int) -> Demand:
    """Return what somewhere counts; where somebody asked long ago, at least a little."""
    since = due(known.last.get(which), known.programme.every_months, known.plan.ends_on)
    if known.must(unit):
        since = max(since, AGAIN)
        people = max(people, 1)
    district = village[:DISTRICT]
    asks, level = _asking(unit in known.asked), _level(known.weights, district)
    counts = _tens(people) * since * asks * level
    return Demand(which, district, people, counts)


def _once_more(one: Demand, turn: int) -> Demand:
    """Return what it counts to be there once more in the same plan."""
    least = UNASKED * WEIGHT[Level.LOW] * AGAIN
    again = min(one.weight, _tens(one.people) * least) if one.weight else 0
    return Demand(uuid5(one.id, str(turn)), one.district, one.people, again)


def _candidate(
    row: _Host, reached: Sequence[Demand], where: Spots, known: _Known, turn: int
) -> Candidate:
    request = None if turn else known.asked.get(row.pk)
    return Candidate(
        unit=row.pk,
        village=row.village_id,
        spot=where.of(row, row.village_id),
        reaches=tuple(one.id for one in reached),
        audience=request.audience if request else "",
        request=request.id if request else None,
        must=request is not None and known.must(row.pk),
        asked_on=request.received_on if request else None,
        expects=sum(one.people for one in reached),
        turn=turn,
    )


def _planned(plan: Plan, programme: Programme, at: datetime) -> Counter[UUID]:
    """Return how many sessions there are in the days of a plan already."""
    host = f"{programme.unit}_id"
    begins, ends = moment(plan.begins_on, time.min), moment(plan.ends_on, time.max)
    rows = Session.objects.visible_to(SYSTEM).filter(
        taken(at), programme=programme, starts_at__gte=begins, starts_at__lte=ends
    )
    return Counter(rows.exclude(**{host: None}).values_list(host, flat=True))


def _last_of_rts(programme: Programme, at: datetime) -> dict[UUID, date]:
    """Return when each RT was last reached, or will be by what is planned already.

    What its ancestors had counts for it, as on the pages of coverage.
    """
    rows = Invited.objects.filter(taken(at, "session__"), session__programme=programme).values(
        "rt_id"
    )
    latest = rows.annotate(last=Max("session__starts_at")).order_by()
    last = {row["rt_id"]: local(row["last"]).date() for row in latest}
    into = merged(Rt.objects.visible_to(SYSTEM))
    found = {}
    for pk, *before in standing.rts().values_list(*ANCESTORS):
        days = [last[one] for one in (pk, *before, *into.get(pk, ())) if one in last]
        if days:
            found[pk] = max(days)
    return found


def _last_of_hosts(programme: Programme, at: datetime) -> dict[UUID, date]:
    host = f"{programme.unit}_id"
    rows = Session.objects.visible_to(SYSTEM).filter(taken(at), programme=programme)
    latest = rows.exclude(**{host: None}).values(host).annotate(last=Max("starts_at"))
    return {row[host]: local(row["last"]).date() for row in latest.order_by()}


def _members(row: School | Community) -> int:
    if isinstance(row, School):
        return row.pupils_female + row.pupils_male or UNCOUNTED
    return row.members or UNCOUNTED


def _tens(people: int) -> int:
    """Count people in tens: no register is more exact, and a proof comes much sooner."""
    return max(1, round(people / 10)) if people else 0


def _asking(is_asked: bool) -> int:  # noqa: FBT001 - a word for a condition
    return ASKED if is_asked else UNASKED


def people_there(programme: Programme, host: Rw | School | Community) -> int:
    """Return how many there are of whom a programme is for."""
    if not isinstance(host, Rw):
        return _members(host)
    names = audience_columns(programme.audiences)
    rows = standing.rts().filter(rw=host).values_list(*names)
    return sum(sum(row) for row in rows) or UNCOUNTED


def _level(weights: Weights, district: str) -> int:
    return WEIGHT[Level(weights.levels.get(district, Level.NORMAL))]
