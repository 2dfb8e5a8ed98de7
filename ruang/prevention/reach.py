"""What reaching means, once for all pages: a held session, and the RT it was for.

An RT counts as reached when it, or an RT it came from, was: the one it was split from, that
one's own, or one that was merged into it. Neither a split nor a merger may lose a visit. What
lies further back does not count.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ruang.access.actor import Actor
from ruang.prevention.lineage import was_visited
from ruang.prevention.models import Invited, Programme, Session, SessionQuerySet
from ruang.prevention.naming import programme_name
from ruang.prevention.shares import months_before
from ruang.prevention.states import Audience, State, Unit

ANCESTORS = ("pk", "came_from", "came_from__came_from")


@dataclass(frozen=True, slots=True)
class Sieve:
    """What reach is counted of: the last months, one programme, one target group, one place."""

    months: int = 12
    programme: UUID | None = None
    audience: str = ""
    district: str = ""
    village: str = ""

    def since(self, at: datetime) -> datetime:
        """Return from when on a session counts."""
        return months_before(at, self.months)

    def wanted(self, path: str = "") -> Q:
        """Return what a held session has to be; ``path`` leads to it from another row.

        What was for everybody was for each group: it reached the places in which they live.
        """
        wanted: dict[str, object] = {f"{path}state": State.HELD}
        if self.programme:
            wanted[f"{path}programme"] = self.programme
        if self.audience:
            wanted[f"{path}audience__in"] = {self.audience, Audience.EVERYBODY.value}
        return Q(**wanted)


@dataclass(frozen=True, slots=True)
class Rule:
    """A programme, and how often each RW, school or community needs it; None: no rule.

    :ivar since: a visit before this moment is too long ago
    """

    id: UUID
    name: str
    unit: Unit
    audiences: frozenset[str]
    every_months: int | None
    since: datetime | None


def held(actor: Actor, sieve: Sieve) -> SessionQuerySet:
    """Return the held sessions this actor may know of, at any time."""
    return Session.objects.visible_to(actor).filter(sieve.wanted())


def visits(sieve: Sieve, *, at: datetime) -> QuerySet[Invited]:
    """Return the RT that sessions of the period were for. The caller asked who may see."""
    return Invited.objects.filter(
        sieve.wanted("session__"),
        session__starts_at__gte=sieve.since(at),
        session__starts_at__lte=at,
    )


def was_reached(visited: QuerySet[Invited]) -> Q:
    """Return the rule for an RT: it, or what it came from, was visited."""
    rule = Q()
    for ancestor in ANCESTORS:
        rule |= Q(Exists(visited.filter(rt=OuterRef(ancestor))))
    return rule | Q(Exists(visited.filter(rt__went_into=OuterRef("pk"))))


def merged(found: QuerySet[Any]) -> Mapping[UUID, list[UUID]]:
    """Return by RT those that were merged into it, of the ended RT given."""
    into: dict[UUID, list[UUID]] = defaultdict(list)
    for pk, went_into in found.filter(went_into__isnull=False).values_list("pk", "went_into"):
        into[went_into].append(pk)
    return into


def rules(at: datetime, *, with_ended: bool = False) -> tuple[Rule, ...]:
    """Return the programmes in use, by name in the language of the page."""
    found = Programme.objects.order_by("name")
    if not with_ended:
        found = found.filter(is_active=True)
    return tuple(
        Rule(
            id=one.pk,
            name=programme_name(one),
            unit=Unit(one.unit),
            audiences=frozenset(one.audiences),
            every_months=one.every_months,
            since=months_before(at, one.every_months) if one.every_months else None,
        )
        for one in found
    )


def binding(found: Iterable[Rule], unit: Unit, sieve: Sieve) -> tuple[Rule, ...]:
    """Return the rules that say how often these places need something, as far as asked for."""
    return tuple(
        one
        for one in found
        if one.since
        and one.unit is unit
        and (not sieve.programme or one.id == sieve.programme)
        and (not sieve.audience or not one.audiences or sieve.audience in one.audiences)
    )


def overdue(rule: Rule, unit: Unit) -> Q:
    """Return the rule for a place: no session of this programme within its time."""
    within = Session.objects.filter(
        state=State.HELD, programme=rule.id, starts_at__gte=rule.since
    )
    return ~was_visited(within, unit)


def late(bound: Iterable[Rule], latest: Mapping[UUID, datetime]) -> tuple[str, ...]:
    """Return the programmes whose time has run out, by their latest session in a place."""
    return tuple(
        rule.name
        for rule in bound
        if rule.since and (latest.get(rule.id) is None or latest[rule.id] < rule.since)
    )
