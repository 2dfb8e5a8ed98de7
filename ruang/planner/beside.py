"""What is said beside a plan: requests it leaves out, and what the calendar does not know."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ruang.access.actor import Actor
from ruang.planner.models import Plan
from ruang.planner.reading import local, season
from ruang.planner.states import Left
from ruang.prevention.models import Request
from ruang.prevention.states import RequestState
from ruang.territory.hours import has_decree


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that has waited long and has no visit; nobody's name or number."""

    id: UUID
    where: str
    village: str
    asked_on: date
    why: Left


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody has said about the days of a plan.

    :ivar years: those whose decree about holidays is not known here
    """

    years: tuple[int, ...]
    school_holidays: bool
    fasting: bool


def left_out(actor: Actor, plan: Plan) -> tuple[LeftOut, ...]:
    """Return the requests a plan leaves out, the oldest first."""
    why = {UUID(one): Left(reason) for one, reason in plan.certificate.get("left", [])}
    rows = Request.objects.visible_to(actor).filter(pk__in=why, state=RequestState.WAITING)
    joined = rows.select_related("rw", "school", "village").order_by("received_at", "id")
    return tuple(
        LeftOut(
            row.pk,
            str(row.rw or row.school or row.host),
            str(row.village),
            local(row.received_at).date(),
            why[row.pk],
        )
        for row in joined
    )


def unknown(plan: Plan) -> Unknown:
    """Return what nobody has said about the days of a plan."""
    found = season(plan.begins_on, plan.ends_on)
    years = range(plan.begins_on.year, plan.ends_on.year + 1)
    return Unknown(
        years=tuple(year for year in years if not has_decree(year)),
        school_holidays=not found.no_school,
        fasting=not found.fasting,
    )
