"""For which places a session counts: for its own, and for the RW that came from that one.

As with RT (``reach``), neither a split nor a merger may lose a visit: an RW had what those that
were merged into it had, and what the one it was split from had before the split, or has held
since for RT that are its own now. What lies further back than two splits does not count.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import reduce
from operator import add, or_
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from ruang.prevention.models import Invited, Session
from ruang.prevention.states import Unit
from ruang.register.models import Community, Rw, School

PLACES: dict[Unit, type[Rw] | type[School] | type[Community]] = {
    Unit.RW: Rw,
    Unit.SCHOOL: School,
    Unit.COMMUNITY: Community,
}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a place was seen that never was."""
Sessions = QuerySet[Session]


def counting(sessions: Sessions, unit: Unit) -> tuple[Sessions, ...]:
    """Return those of these sessions that count for a place of the outer query, in parts."""
    own = sessions.filter(**{unit.value: OuterRef("pk")})
    if unit is not Unit.RW:
        return (own,)
    theirs = Q(invited__rt__rw=OuterRef("pk"))
    before = Q(starts_at__date__lt=OuterRef("since"))
    long_before = Q(starts_at__date__lt=OuterRef("came_from__since"))
    return (
        own,
        sessions.filter(before | theirs, rw=OuterRef("came_from")),
        sessions.filter(long_before | theirs, rw=OuterRef("came_from__came_from")),
        sessions.filter(rw__went_into=OuterRef("pk")),
    )


def was_visited(sessions: Sessions, unit: Unit) -> Q:
    """Return the rule for a place: one of these sessions counts for it."""
    return reduce(or_, (Q(Exists(part)) for part in counting(sessions, unit)))


def latest(sessions: Sessions, unit: Unit) -> Any:
    """Return, for each place of a query, when the last of these sessions was."""
    parts = [
        Coalesce(
            Subquery(_one(part).annotate(found=Max("starts_at")).values("found")),
            Value(NEVER),
            output_field=DateTimeField(),
        )
        for part in counting(sessions, unit)
    ]
    return Greatest(*parts) if len(parts) > 1 else parts[0]


def times(sessions: Sessions, unit: Unit) -> Any:
    """Return, for each place of a query, how many of these sessions count for it."""
    parts = (
        Coalesce(
            Subquery(
                _one(part).annotate(found=Count("pk", distinct=True)).values("found"),
                output_field=IntegerField(),
            ),
            0,
        )
        for part in counting(sessions, unit)
    )
    return reduce(add, parts)


def latest_of(
    sessions: Sessions, unit: Unit, ids: Collection[UUID], programmes: Collection[UUID]
) -> Mapping[UUID, Mapping[UUID, datetime]]:
    """Return by place and programme when the last session was: one statement."""
    order = list(dict.fromkeys(programmes))
    each = {
        f"in_{number}": latest(sessions.filter(programme=programme), unit)
        for number, programme in enumerate(order)
    }
    rows = PLACES[unit].objects.filter(pk__in=list(ids)).annotate(**each)
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    if not each:
        return found
    for place, *moments in rows.values_list("pk", *each):
        known = zip(order, moments, strict=True)
        found[place] = {which: moment for which, moment in known if moment != NEVER}
    return found


def counted_for(rw: Rw) -> Q:
    """Return the rule for a session: it counts for this RW."""
    rule = Q(rw=rw) | Q(rw__went_into=rw)
    theirs = Exists(Invited.objects.filter(session=OuterRef("pk"), rt__rw=rw))
    child, parent = rw, rw.came_from
    for _split in range(2):
        if parent is not None:
            rule |= Q(rw=parent) & (Q(starts_at__date__lt=child.since) | Q(theirs))
            child, parent = parent, parent.came_from
    return rule


def _one(part: Sessions) -> QuerySet[Any, Any]:
    """Let everything be one group, whatever RW it is of."""
    return part.order_by().annotate(all=Value(1)).values("all")
