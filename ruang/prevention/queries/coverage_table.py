"""Every standing RT of the city in one table, to be taken along: places and counts alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.prevention.policy import may_see
from ruang.prevention.reach import ANCESTORS, Sieve, merged, visits
from ruang.register.models import Rt
from ruang.territory import queries as territory

NAMED = (
    "village__name", "village__local_name", "village__parent__name",
    "village__parent__local_name", "village", "rw__number", "number", "people",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """One RT: where it is, who lives there, how often and when it had a session last."""

    district: str
    village_code: str
    village: str
    rw: int
    rt: int
    people: int
    times: int
    last: datetime | None


def coverage_table(*, actor: Actor, sieve: Sieve, at: datetime) -> tuple[TableRow, ...]:
    """Return every RT of the city that stands, in the order of codes and numbers.

    :raises PermissionDenied: if the actor does not work in prevention
    """
    require(may_see, actor, None)
    return tuple(_rows(actor, sieve, at))


def _rows(actor: Actor, sieve: Sieve, at: datetime) -> Iterator[TableRow]:
    city = territory.city().code
    visited = _visited(sieve, city, at)
    rows = Rt.objects.visible_to(actor).filter(village__parent__parent=city, ended_on=None)
    if sieve.district:
        rows = rows.filter(village__parent=sieve.district)
    before = merged(Rt.objects.filter(village__parent__parent=city))
    fields = (*NAMED, *ANCESTORS)
    ordered = rows.order_by("village", "rw__number", "number").values_list(*fields)
    for *known, pk, parent, further in ordered:
        name, local, district, known_as, code, rw, rt, people = known
        line = (pk, parent, further, *before.get(pk, ()))
        had = [one for key in line if key for one in visited.get(key, ())]
        yield TableRow(
            district=known_as or district,
            village_code=code,
            village=local or name,
            rw=rw,
            rt=rt,
            people=people,
            times=len(had),
            last=max(had, default=None),
        )


def _visited(sieve: Sieve, city: str, at: datetime) -> Mapping[UUID, list[datetime]]:
    found: dict[UUID, list[datetime]] = defaultdict(list)
    here = visits(sieve, at=at).filter(session__village__parent__parent=city)
    for rt, moment in here.values_list("rt", "session__starts_at"):
        found[rt].append(moment)
    return found
