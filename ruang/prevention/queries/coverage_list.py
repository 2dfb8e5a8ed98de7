"""Places with what they got: never, overdue, reached. Whoever waits longest comes first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import (
    Case,
    Count,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.pagination import Place
from ruang.prevention.lineage import NEVER, PLACES, latest, latest_of, times
from ruang.prevention.models import Session
from ruang.prevention.policy import may_plan, may_see
from ruang.prevention.reach import (
    Rule,
    Sieve,
    binding,
    held,
    late,
    overdue,
    rules,
    visits,
    was_reached,
)
from ruang.prevention.shares import NOTHING, Share
from ruang.prevention.states import State, Unit
from ruang.register.models import Rt
from ruang.territory import queries as territory

PAGE = 30


class Show(models.TextChoices):
    """What the list is narrowed to."""

    ALL = "all", _("All")
    NEVER = "never", _("Never had a session")
    OVERDUE = "overdue", _("Overdue by the rule of a programme")


@dataclass(frozen=True, slots=True)
class Line:
    """An RW, a school or a community, with what it got.

    :ivar rts: of an RW: RT reached in the period, of those that stand
    :ivar last: the latest session, whenever it was
    :ivar times: sessions in the period
    :ivar late: programmes whose time has run out here
    :ivar next: the next session that is planned
    """

    id: UUID
    unit: Unit
    name: str
    kind: str | Promise
    village: str
    village_code: str
    district: str
    people: int
    rts: Share
    last: datetime | None
    times: int
    late: tuple[str, ...]
    next: datetime | None


@dataclass(frozen=True, slots=True)
class CoverageList:
    """One page of places, those that wait longest first."""

    unit: Unit
    show: Show
    sieve: Sieve
    rows: tuple[Line, ...]
    found: int
    older: str
    is_first: bool
    may_plan: bool
    programmes: tuple[Rule, ...]


def coverage_list(
    *, actor: Actor, unit: Unit, show: Show, sieve: Sieve, at: datetime, after: str = ""
) -> CoverageList:
    """Return one page of places of one kind.

    :raises PermissionDenied: if the actor does not work in prevention
    """
    require(may_see, actor, None)
    programmes = rules(at)
    rows = standing(actor=actor, unit=unit, sieve=sieve)
    if show is Show.NEVER:
        rows = rows.filter(seen=NEVER)
    elif show is Show.OVERDUE:
        rows = rows.filter(_any_overdue(binding(programmes, unit, sieve), unit))
    found, place = rows.count(), Place.read(after)
    if place is not None:
        rows = rows.filter(Q(seen__gt=place.at) | Q(seen=place.at, pk__gt=place.pk))
    page = list(rows.order_by("seen", "pk")[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    return CoverageList(
        unit=unit,
        show=show,
        sieve=sieve,
        rows=lines(
            actor=actor, unit=unit, places=page[:PAGE], sieve=sieve, rules=programmes, at=at
        ),
        found=found,
        older=str(Place(0, last.seen, last.pk)) if last else "",
        is_first=place is None,
        may_plan=may_plan(actor, None),
        programmes=tuple(one for one in programmes if one.unit is unit),
    )


def standing(*, actor: Actor, unit: Unit, sieve: Sieve) -> QuerySet[Any]:
    """Return the places of one kind that stand, each with when it was seen last."""
    where = Q(village__parent__parent=territory.city().code)
    if sieve.district:
        where &= Q(village__parent=sieve.district)
    if sieve.village:
        where &= Q(village=sieve.village)
    rows: QuerySet[Any] = PLACES[unit].objects.visible_to(actor)
    here: QuerySet[Any] = rows.filter(where, ended_on=None).annotate(
        seen=latest(held(actor, sieve), unit)
    )
    return here.select_related("village__parent")


def lines(
    *,
    actor: Actor,
    unit: Unit,
    places: list[Any],
    sieve: Sieve,
    rules: Iterable[Rule],
    at: datetime,
) -> tuple[Line, ...]:
    """Return these places with what they got: four statements, however many there are."""
    ids = [place.pk for place in places]
    bound = binding(rules, unit, sieve)
    last = latest_of(held(actor, Sieve()), unit, ids, [rule.id for rule in bound])
    period = {"starts_at__gte": sieve.since(at), "starts_at__lte": at}
    number = times(held(actor, sieve).filter(**period), unit)
    had = PLACES[unit].objects.filter(pk__in=ids).annotate(often=number)
    often = dict(had.values_list("pk", "often"))
    ahead = _ahead(actor, unit, ids, at)
    counted = _counted(actor, ids, sieve, at) if unit is Unit.RW else {}
    return tuple(
        Line(
            id=place.pk,
            unit=unit,
            name=str(place),
            kind=_kind(place, unit),
            village=str(place.village),
            village_code=place.village_id,
            district=str(place.village.parent),
            people=_people(place, unit, counted),
            rts=counted.get(place.pk, (NOTHING, 0))[0],
            last=None if place.seen == NEVER else place.seen,
            times=often.get(place.pk, 0),
            late=late(bound, last.get(place.pk, {})),
            next=ahead.get(place.pk),
        )
        for place in places
    )


def _any_overdue(bound: tuple[Rule, ...], unit: Unit) -> Q:
    """Without a rule nothing is overdue."""
    either = Q(pk__in=[])
    for rule in bound:
        either |= overdue(rule, unit)
    return either


def _ahead(actor: Actor, unit: Unit, ids: list[UUID], at: datetime) -> Mapping[UUID, datetime]:
    rows = Session.objects.visible_to(actor).filter(
        **{f"{unit.value}__in": ids}, state=State.PLANNED, starts_at__gte=at
    )
    return dict(rows.values_list(unit.value).annotate(Min("starts_at")).order_by())


def _counted(
    actor: Actor, ids: list[UUID], sieve: Sieve, at: datetime
) -> Mapping[UUID, tuple[Share, int]]:
    reached = Case(When(was_reached(visits(sieve, at=at)), then=Value(1)), default=Value(0))
    rows = (
        Rt.objects.visible_to(actor)
        .filter(rw__in=ids, ended_on=None)
        .annotate(was_reached=reached)
        .values_list("rw", "was_reached")
        .annotate(rts=Count("pk"), living=models.Sum("people"))
        .order_by()
    )
    found: dict[UUID, tuple[Share, int]] = {}
    for rw, was, rts, living in rows:
        share, people = found.get(rw, (NOTHING, 0))
        found[rw] = (share + Share(rts * was, rts), people + living)
    return found


def _kind(place: Any, unit: Unit) -> str | Promise:
    if unit is Unit.SCHOOL:
        return str(place.get_level_display())
    return str(place.get_kind_display()) if unit is Unit.COMMUNITY else ""


def _people(place: Any, unit: Unit, counted: Mapping[UUID, tuple[Share, int]]) -> int:
    if unit is Unit.SCHOOL:
        return int(place.pupils_female + place.pupils_male)
    if unit is Unit.COMMUNITY:
        return int(place.members)
    return counted.get(place.pk, (NOTHING, 0))[1]
