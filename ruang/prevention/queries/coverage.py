"""The map of reach: which share of each kelurahan's standing RT had a session, and gaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Subquery, Sum, Value, When

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.prevention.lineage import NEVER, PLACES, latest
from ruang.prevention.models import Request
from ruang.prevention.policy import may_plan, may_see
from ruang.prevention.reach import (
    Rule,
    Sieve,
    held,
    rules,
    visits,
    was_reached,
)
from ruang.prevention.shares import NOTHING, STALE_MONTHS, Share, months_before
from ruang.prevention.states import Audience, Unit
from ruang.register.models import Rt, Rw
from ruang.territory import queries as territory
from ruang.territory.models import Region
from ruang.territory.policy import may_draw
from ruang.territory.states import Level

GAPS, ASKED = 7, 3


@dataclass(frozen=True, slots=True)
class Tile:
    """One kelurahan on the map.

    :ivar last: when the latest session for one of its RW was held, whenever that was
    :ivar is_stale: that is longer than six months ago
    :ivar people: who lives in the RT reached, of all who live there
    """

    code: str
    name: str
    district: str
    rts: Share
    people: Share
    last: datetime | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class District:
    """One kecamatan on the map, with its kelurahan."""

    code: str
    name: str
    rts: Share
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A kelurahan that was reached least, and the RW in it that waits longest."""

    tile: Tile
    rw: UUID | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a session that waits for an answer, without who asked."""

    id: UUID
    where: str
    village: str
    audience: Audience
    received_at: datetime


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """The whole city at one glance.

    :ivar cells: the kecamatan row by row about as they lie; None where none stands
    :ivar never: kelurahan in which no RT was reached in the period
    :ivar few: kelurahan with up to a quarter of their RT reached, those with none included
    """

    city: str
    sieve: Sieve
    rts: Share
    people: Share
    schools: Share
    communities: Share
    districts: tuple[District, ...]
    cells: tuple[District | None, ...]
    never: int
    few: int
    gaps: tuple[Gap, ...]
    asked: tuple[Asked, ...]
    waiting: int
    may_plan: bool
    may_draw: bool
    programmes: tuple[Rule, ...]

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Return every kelurahan, by kecamatan."""
        return tuple(tile for district in self.districts for tile in district.tiles)


def coverage_map(*, actor: Actor, sieve: Sieve, at: datetime) -> CoverageMap:
    """Return what was reached in each kelurahan of the city.

    :raises PermissionDenied: if the actor does not work in prevention
    """
    require(may_see, actor, None)
    city = territory.city()
    districts = _districts(actor, sieve, at)
    tiles = [tile for one in districts for tile in one.tiles]
    known = {one.code: one for one in districts}
    planning = may_plan(actor, None)
    asked, waiting = _asked(actor) if planning else ((), 0)
    return CoverageMap(
        city=city.name,
        sieve=sieve,
        rts=sum((tile.rts for tile in tiles), NOTHING),
        people=sum((tile.people for tile in tiles), NOTHING),
        schools=_hosts(actor, Unit.SCHOOL, sieve, at),
        communities=_hosts(actor, Unit.COMMUNITY, sieve, at),
        districts=districts,
        cells=tuple(map(known.get, territory.layout(city_code=city.code))),
        never=sum(tile.rts.level == "c0" for tile in tiles),
        few=sum(tile.rts.level in {"c0", "c1"} for tile in tiles),
        gaps=_gaps(actor, tiles, sieve),
        asked=asked,
        waiting=waiting,
        may_plan=planning,
        may_draw=may_draw(actor, None),
        programmes=tuple(one for one in rules(at) if one.unit is Unit.RW),
    )


def _districts(actor: Actor, sieve: Sieve, at: datetime) -> tuple[District, ...]:
    latest = held(actor, sieve).filter(village=OuterRef("pk"), rw__isnull=False)
    regions = list(
        Region.objects.filter(parent__parent=territory.city().code, level=Level.VILLAGE)
        .annotate(last=Subquery(latest.order_by("-starts_at").values("starts_at")[:1]))
        .select_related("parent")
        .order_by("code")
    )
    counted = _counted(actor, [one.code for one in regions], sieve, at)
    stale = months_before(at, STALE_MONTHS)
    found: dict[str, tuple[str, list[Tile]]] = {}
    for region in regions:
        rts, people = counted.get(region.code, (NOTHING, NOTHING))
        name, tiles = found.setdefault(str(region.parent_id), (str(region.parent), []))
        is_stale = region.last is not None and region.last < stale
        tiles.append(Tile(region.code, str(region), name, rts, people, region.last, is_stale))
    return tuple(
        District(code, name, sum((tile.rts for tile in tiles), NOTHING), tuple(tiles))
        for code, (name, tiles) in found.items()
    )


def _counted(
    actor: Actor, villages: list[str], sieve: Sieve, at: datetime
) -> Mapping[str, tuple[Share, Share]]:
    """Return RT and people by kelurahan: numerator and denominator from one statement."""
    reached = Case(When(was_reached(visits(sieve, at=at)), then=Value(1)), default=Value(0))
    rows = (
        Rt.objects.visible_to(actor)
        .filter(village__in=villages, ended_on=None)
        .annotate(was_reached=reached)
        .values_list("village", "was_reached")
        .annotate(rts=Count("pk"), living=Sum("people"))
        .order_by()
    )
    found: dict[str, tuple[Share, Share]] = {}
    for village, was, rts, living in rows:
        before = found.get(village, (NOTHING, NOTHING))
        found[village] = (
            before[0] + Share(rts * was, rts),
            before[1] + Share(living * was, living),
        )
    return found


def _hosts(actor: Actor, unit: Unit, sieve: Sieve, at: datetime) -> Share:
    visited = held(actor, sieve).filter(
        **{unit.value: OuterRef("pk")}, starts_at__gte=sieve.since(at), starts_at__lte=at
    )
    here = PLACES[unit].objects.visible_to(actor).filter(ended_on=None)
    city = here.filter(village__parent__parent=territory.city().code)
    rows = city.annotate(was=Exists(visited)).values_list("was").annotate(n=Count("pk"))
    return sum((Share(n if was else 0, n) for was, n in rows.order_by()), NOTHING)


def _gaps(actor: Actor, tiles: Iterable[Tile], sieve: Sieve) -> tuple[Gap, ...]:
    """Return the kelurahan reached least, and in each the RW to begin with."""
    counted = [tile for tile in tiles if tile.rts.total and tile.rts.reached < tile.rts.total]
    least = sorted(counted, key=lambda t: (t.rts.reached / t.rts.total, -t.rts.total, t.code))
    chosen = least[:GAPS]
    rows = (
        Rw.objects.visible_to(actor)
        .filter(village__in=[tile.code for tile in chosen], ended_on=None)
        .annotate(last=latest(held(actor, sieve), Unit.RW))
        .values_list("village", "last", "number", "pk")
    )
    first: dict[str, UUID] = {}
    for village, _last, _number, pk in sorted(
        rows, key=lambda row: (row[1] != NEVER, row[1], row[2])
    ):
        first.setdefault(village, pk)
    return tuple(Gap(tile, first.get(tile.code)) for tile in chosen)


def _asked(actor: Actor) -> tuple[tuple[Asked, ...], int]:
    waiting = Request.objects.visible_to(actor).queued()
    first = waiting.select_related("village", "rw", "school").order_by("received_at")[:ASKED]
    rows = tuple(
        Asked(one.pk, _where(one), str(one.village), Audience(one.audience), one.received_at)
        for one in first
    )
    return rows, waiting.count()


def _where(request: Request) -> str:
    if request.school:
        return str(request.school)
    rt = f"RT {request.rt_number:02}/" if request.rt_number else ""
    return f"{rt}{request.rw}" if request.rw else rt.rstrip("/")
