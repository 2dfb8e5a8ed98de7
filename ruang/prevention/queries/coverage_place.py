"""One kelurahan with its RW, schools and communities; one RW with its RT."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.prevention.lineage import counted_for, latest_of
from ruang.prevention.models import Invited, Session
from ruang.prevention.policy import may_plan, may_see
from ruang.prevention.queries.coverage_list import Line, lines, standing
from ruang.prevention.reach import Rule, Sieve, binding, held, late, merged, rules
from ruang.prevention.shares import NOTHING, Share, months_before
from ruang.prevention.states import Audience, State, Unit
from ruang.register.models import Rt, Rw
from ruang.territory import queries as territory
from ruang.territory.models import Region
from ruang.territory.states import Level

MONTHS, SESSIONS = 12, 20
CODE = re.compile(r"[0-9.]{13}")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the strip: how many sessions were held in it."""

    first: date
    sessions: int


@dataclass(frozen=True, slots=True)
class VillageReach:
    """One kelurahan: what each of its RW, schools and communities got."""

    code: str
    name: str
    district: str
    sieve: Sieve
    rts: Share
    months: tuple[Month, ...]
    rws: tuple[Line, ...]
    schools: tuple[Line, ...]
    communities: tuple[Line, ...]
    may_plan: bool


@dataclass(frozen=True, slots=True)
class RtLine:
    """One RT with what it got.

    :ivar audiences: for whom the sessions of the last twelve months were
    :ivar late: programmes whose time has run out here
    """

    id: UUID
    name: str
    number: int
    people: int
    last: datetime | None
    times: int
    audiences: tuple[Audience, ...]
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A programme that each RW needs, and when this one had it last."""

    name: str
    every_months: int
    last: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session for this RW, held or planned."""

    id: UUID
    programme: str
    audience: Audience
    state: State
    starts_at: datetime
    rts: int


@dataclass(frozen=True, slots=True)
class RwReach:
    """One RW down to its RT."""

    id: UUID
    name: str
    village: str
    village_code: str
    district: str
    reached: Share
    rts: tuple[RtLine, ...]
    rules: tuple[RuleLine, ...]
    sessions: tuple[SessionLine, ...]
    may_plan: bool


def village_reach(*, actor: Actor, code: str, sieve: Sieve, at: datetime) -> VillageReach:
    """Return one kelurahan of the city.

    :raises PermissionDenied: if the actor does not work in prevention
    :raises NotInSight: if it is none of the city
    """
    require(may_see, actor, None)
    city = territory.city().code
    if not CODE.fullmatch(code):
        raise NotInSight("village")
    region = (
        Region.objects.filter(pk=code, parent__parent=city, level=Level.VILLAGE)
        .select_related("parent")
        .first()
    )
    if region is None:
        raise NotInSight("village")
    here = Sieve(sieve.months, sieve.programme, sieve.audience, village=code)
    programmes = rules(at)
    found = {unit: _lines(actor, unit, here, programmes, at) for unit in Unit}
    return VillageReach(
        code=code,
        name=str(region),
        district=str(region.parent),
        sieve=here,
        rts=sum((line.rts for line in found[Unit.RW]), NOTHING),
        months=_months(actor, here, at),
        rws=found[Unit.RW],
        schools=found[Unit.SCHOOL],
        communities=found[Unit.COMMUNITY],
        may_plan=may_plan(actor, None),
    )


def _lines(
    actor: Actor, unit: Unit, sieve: Sieve, programmes: tuple[Rule, ...], at: datetime
) -> tuple[Line, ...]:
    order = "number" if unit is Unit.RW else "name"
    places = list(standing(actor=actor, unit=unit, sieve=sieve).order_by(order, "pk"))
    return lines(actor=actor, unit=unit, places=places, sieve=sieve, rules=programmes, at=at)


def _months(actor: Actor, sieve: Sieve, at: datetime) -> tuple[Month, ...]:
    """Return the months of the strip, this one last, in the city's own time."""
    zone = territory.city().hours.zone
    this = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    firsts = [months_before(this, back) for back in range(MONTHS - 1, -1, -1)]
    moments = (
        held(actor, sieve)
        .filter(village=sieve.village, starts_at__gte=firsts[0], starts_at__lte=at)
        .values_list("starts_at", flat=True)
    )
    local = (moment.astimezone(zone) for moment in moments)
    counted = Counter((moment.year, moment.month) for moment in local)
    return tuple(Month(first.date(), counted[first.year, first.month]) for first in firsts)


def rw_reach(*, actor: Actor, rw_id: UUID, at: datetime) -> RwReach:
    """Return one RW with each of its RT.

    :raises PermissionDenied: if the actor does not work in prevention
    :raises NotInSight: if there is none
    """
    require(may_see, actor, None)
    here = Rw.objects.visible_to(actor).filter(village__parent__parent=territory.city().code)
    rows = here.select_related("village__parent", "came_from__came_from")
    rw: Any = sight.one(rows, rw_id)
    bound = binding(rules(at), Unit.RW, Sieve())
    standing_rts = list(_standing(actor, rw))
    ancestors = _ancestors(standing_rts)
    visited = _visits(ancestors.values())
    had = {
        pk: [v for one in line for v in visited.get(one, ())] for pk, line in ancestors.items()
    }
    rts = tuple(_rt(rt, had[rt.pk], bound, at) for rt in standing_rts)
    last = latest_of(held(actor, Sieve()), Unit.RW, [rw.pk], [rule.id for rule in bound])
    had_last = last.get(rw.pk, {})
    sessions = (
        Session.objects.visible_to(actor).filter(counted_for(rw)).exclude(state=State.CANCELLED)
    )
    recent = sessions.select_related("programme").order_by("-starts_at", "-pk")[:SESSIONS]
    invited = Counter(
        Invited.objects.filter(session__in=[one.pk for one in recent]).values_list(
            "session", flat=True
        )
    )
    return RwReach(
        id=rw.pk,
        name=str(rw),
        village=str(rw.village),
        village_code=rw.village_id,
        district=str(rw.village.parent),
        reached=Share(sum(rt.times > 0 for rt in rts), len(rts)),
        rts=rts,
        rules=tuple(_rule(rule, had_last.get(rule.id)) for rule in bound),
        sessions=tuple(_session(one, invited) for one in recent),
        may_plan=may_plan(actor, None),
    )


Visit = tuple[UUID, datetime, str]
"""Programme, moment and target group of one held session."""


def _standing(actor: Actor, rw: Any) -> Iterable[Any]:
    rows = Rt.objects.visible_to(actor).filter(rw=rw, ended_on=None)
    return rows.select_related("came_from").order_by("number")


def _ancestors(rts: Iterable[Any]) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return each RT with what it came from, as ``reach.was_reached`` has it."""
    before = merged(Rt.objects.filter(went_into__in=[rt.pk for rt in rts]))
    found = {}
    for rt in rts:
        further = rt.came_from.came_from_id if rt.came_from else None
        line = (rt.pk, rt.came_from_id, further, *before.get(rt.pk, ()))
        found[rt.pk] = tuple(one for one in line if one)
    return found


def _visits(lines: Iterable[tuple[UUID, ...]]) -> Mapping[UUID, list[Visit]]:
    """Return what these RT and their ancestors got, by RT."""
    ids = {one for line in lines for one in line}
    rows = Invited.objects.filter(rt__in=ids, session__state=State.HELD)
    found: dict[UUID, list[Visit]] = defaultdict(list)
    for one in rows.select_related("session"):
        session = one.session
        visit = (session.programme_id, session.starts_at, session.audience)
        found[one.rt_id].append(visit)
    return found


def _rt(rt: Any, had: list[Visit], bound: tuple[Rule, ...], at: datetime) -> RtLine:
    since = months_before(at, MONTHS)
    recent = [visit for visit in had if since <= visit[1] <= at]
    for_whom = {visit[2] for visit in recent}
    return RtLine(
        id=rt.pk,
        name=str(rt),
        number=rt.number,
        people=rt.people,
        last=max((visit[1] for visit in had), default=None),
        times=len(recent),
        audiences=tuple(one for one in Audience if one in for_whom),
        late=late(bound, _last_by_programme(had)),
    )


def _last_by_programme(had: Iterable[Visit]) -> Mapping[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for programme, moment, _audience in had:
        found[programme] = max(moment, found.get(programme, moment))
    return found


def _rule(rule: Rule, last: datetime | None) -> RuleLine:
    is_late = last is None or (rule.since is not None and last < rule.since)
    return RuleLine(rule.name, rule.every_months or 0, last, is_late)


def _session(one: Any, invited: Mapping[UUID, int]) -> SessionLine:
    return SessionLine(
        id=one.pk,
        programme=str(one.programme),
        audience=Audience(one.audience),
        state=State(one.state),
        starts_at=one.starts_at,
        rts=invited.get(one.pk, 0),
    )
