"""What a plan would reach in each kecamatan, beside what is reached already."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import Left

from ruang.planner import standing
from ruang.planner.reading import moment, taken
from ruang.planner.settings import DISTRICT
from ruang.prevention.models import Invited
from ruang.prevention.reach import was_reached
from ruang.territory import queries as territory

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One kecamatan: people living in RT reached within a year, before and with the plan."""

    code: str
    name: str
    visits: int
    people: int
    before: int
    after: int

    @property
    def before_share(self) -> int:
        """Return the share reached before, in percent."""
        return round(100 * self.before / self.people) if self.people else 0

    @property
    def after_share(self) -> int:
        """Return the share reached with the plan, in percent."""
        return round(100 * self.after / self.people) if self.people else 0

    @property
    def gain(self) -> int:
        """Return how many percent more that is."""
        return self.after_share - self.before_share


def shares(
    ends_on: date, rws: Iterable[UUID], visits: Counter[str], *, at: datetime
) -> tuple[ShareLine, ...]:
    """Return the kecamatan of the city, by what is reached in the year that ends with a plan.

    :param rws: the RW the plan visits
    :param visits: how many visits each kecamatan gets
    :param at: what was planned and is over by then, and nobody logged, has reached nobody
    """
    reached = Invited.objects.filter(
        taken(at, "session__"),
        session__starts_at__gte=moment(ends_on - YEAR, time.min),
        session__starts_at__lte=moment(ends_on, time.max),
    )
    rows = standing.rts().annotate(
        district=Left("village_id", DISTRICT), was=was_reached(reached)
    )
    planned = list(set(rws))
    counted = rows.values("district").annotate(
        whole=Sum("people"),
        before=Sum("people", filter=Q(was=True)),
        after=Sum("people", filter=Q(was=True) | Q(rw__in=planned)),
        rts=Count("pk"),
    )
    found: Any = counted.order_by()
    by_code = {row["district"]: row for row in found}
    return tuple(
        ShareLine(
            code=place.code,
            name=place.name,
            visits=visits[place.code],
            people=by_code.get(place.code, {}).get("whole") or 0,
            before=by_code.get(place.code, {}).get("before") or 0,
            after=by_code.get(place.code, {}).get("after") or 0,
        )
        for place in territory.city().districts
    )


def city_of(lines: Iterable[ShareLine], name: str) -> ShareLine:
    """Return the whole city as a line."""
    listed = list(lines)
    return ShareLine(
        code="",
        name=name,
        visits=sum(one.visits for one in listed),
        people=sum(one.people for one in listed),
        before=sum(one.before for one in listed),
        after=sum(one.after for one in listed),
    )


def fairest(lines: Iterable[ShareLine], *, before: bool = False) -> int | None:
    """Return the lowest kecamatan's share as percent of the city's; None where nobody lives."""
    counted = [(one.before if before else one.after, one.people) for one in lines if one.people]
    people = sum(lives for _reached, lives in counted)
    mean = sum(reached for reached, _lives in counted) / people if people else 0
    if not mean:
        return None
    return round(min(reached / lives for reached, lives in counted) / mean * 100)


def age(heard: datetime | None, at: datetime) -> int | None:
    """Return how many seconds ago the worker said something."""
    return max(0, round((at - heard).total_seconds())) if heard else None
