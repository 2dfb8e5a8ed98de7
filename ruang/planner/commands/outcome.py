"""What the worker says: how far it is, the best so far, and what came of it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.planner.commands.drafting import give_up_plan
from ruang.planner.events import PlanMoved
from ruang.planner.locking import locked
from ruang.planner.models import Plan, Visit, VisitPart
from ruang.planner.policy import RULES, may_solve
from ruang.planner.promises import tell
from ruang.planner.reading import booked, fixed, ground, moment, spots, visits_of
from ruang.planner.rules import check
from ruang.planner.settings import Settings
from ruang.planner.states import Failure, Phase, State, Step
from ruang.prevention.models import Programme
from ruang.register.models import Community, Rw, School, Venue

log = logging.getLogger("ruang.planner")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One visit the worker proposes; the start is a local time."""

    programme: UUID
    rw: UUID | None
    school: UUID | None
    venue: UUID | None
    audience: str
    starts: datetime
    people: tuple[UUID, ...]
    request: UUID | None
    community: UUID | None = None
    expects: int = 0

    @property
    def unit(self) -> UUID:
        """Return what it goes to."""
        found = self.rw or self.school or self.community
        if found is None:
            raise TypeError("a visit is for an RW, a school or a community")
        return found

    def to_json(self) -> dict[str, Any]:
        """Return it as the best so far is kept."""
        return {
            **{name: _text(getattr(self, name)) for name in _IDS},
            "audience": self.audience,
            "expects": self.expects,
            "starts": self.starts.isoformat(),
            "people": [str(who) for who in self.people],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read what was kept."""
        return cls(
            programme=UUID(kept["programme"]),
            rw=_id(kept["rw"]),
            school=_id(kept["school"]),
            community=_id(kept.get("community")),  # it began before there were any
            venue=_id(kept["venue"]),
            request=_id(kept["request"]),
            audience=kept["audience"],
            expects=kept.get("expects", 0),
            starts=datetime.fromisoformat(kept["starts"]),
            people=tuple(UUID(who) for who in kept["people"]),
        )


_IDS = ("programme", "rw", "school", "community", "venue", "request")


def _text(one: UUID | None) -> str | None:
    return str(one) if one else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def keep_progress(
    *, actor: Actor, plan_id: UUID, phase: Phase, progress: int, best: dict[str, Any] | None,
    at: datetime,
) -> bool:  # fmt: skip
    """Note how far it is and the best so far; say whether to go on."""
    require(may_solve, actor, None)
    said: dict[str, Any] = {"phase": phase, "progress": min(progress, 100), "heard_at": at}
    if best is not None:
        said["best"] = best
    solving = Plan.objects.visible_to(actor).filter(pk=plan_id, state=State.SOLVING)
    solving.update(**said)
    return solving.filter(stop_wanted_at=None).exists()


@transaction.atomic
def propose_plan(
    *,
    actor: Actor,
    plan_id: UUID,
    visits: Sequence[Proposed],
    certificate: dict[str, Any],
    at: datetime,
) -> int:
    """Put down what the worker found, after an independent check; return how many visits.

    Visits a person kept stay; the others are replaced. With nothing found and nothing kept, the
    plan is stopped. Nothing happens if the plan is not being worked out any more.
    """
    plan = locked(actor, plan_id)
    require(RULES[Step.PROPOSE], actor, plan)
    if plan.state != State.SOLVING:
        return 0
    made = _sound(plan, visits, at)
    kept = plan.visits.filter(is_kept=True).count()
    if visits:
        plan.visits.filter(is_kept=False).delete()
        Visit.objects.bulk_create(visit for visit, _people in made)
        VisitPart.objects.bulk_create(
            VisitPart(visit=visit, facilitator_id=who)
            for visit, people in made
            for who in people
        )
    there = plan.visits.count()
    step = Step.PROPOSE if there else Step.STOP
    plan.take(step)
    if visits or not there:  # else what stands there has the certificate that it had
        plan.certificate = {**certificate, "kept": kept, "left_out": len(visits) - len(made)}
        tell(plan, at=at)
    plan.phase, plan.progress, plan.best, plan.solved_at = Phase.DONE, 100, {}, at
    plan.save()
    record(PlanMoved(plan.pk, step=step.value, visits=there), actor=actor, at=at)
    return there


@transaction.atomic
def abandon_plan(*, actor: Actor, plan_id: UUID, at: datetime) -> None:
    """Propose the best that was found before workers died of it; without any, give it up."""
    plan = locked(actor, plan_id)
    require(RULES[Step.FAIL], actor, plan)
    best = [Proposed.from_json(one) for one in plan.best.get("visits", [])]
    if not best:
        give_up_plan(actor=actor, plan_id=plan_id, why=Failure.BROKEN, at=at)
        return
    certificate = {**plan.best.get("certificate", {}), "stopped": True}
    propose_plan(actor=actor, plan_id=plan_id, visits=best, certificate=certificate, at=at)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What proposed visits name, read at once."""

    programmes: dict[UUID, Programme]
    hosts: dict[UUID, Rw | School | Community]
    venues: dict[UUID, Venue]


def _rows(visits: Sequence[Proposed]) -> _Rows:
    return _Rows(
        Programme.objects.in_bulk({one.programme for one in visits}),
        {
            **Rw.objects.in_bulk({one.rw for one in visits if one.rw}),
            **School.objects.in_bulk({one.school for one in visits if one.school}),
            **Community.objects.in_bulk({one.community for one in visits if one.community}),
        },
        Venue.objects.in_bulk({one.venue for one in visits if one.venue}),
    )


def _sound(
    plan: Plan, visits: Sequence[Proposed], at: datetime
) -> list[tuple[Visit, tuple[UUID, ...]]]:
    """Return the visits that keep to every rule, beside what is kept and what exists."""
    rows, where = _rows(visits), spots()
    made = [(_visit(plan, one, rows), one.people) for one in visits]
    kept = [booked(visit, where) for visit in visits_of(plan) if visit.is_kept]
    new = [booked(visit, where, people=people) for visit, people in made]
    broken = check([*fixed(plan, where, at=at), *kept, *new], ground(plan, where, at=at))
    for visit, _people in made:
        if visit.pk in broken:
            log.error("a proposed visit breaks %s", ", ".join(broken[visit.pk]))
    return [one for one in made if one[0].pk not in broken]


def _visit(plan: Plan, one: Proposed, rows: _Rows) -> Visit:
    programme = rows.programmes[one.programme]
    host = rows.hosts[one.unit]
    starts_at = moment(one.starts.date(), one.starts.time())
    return Visit(
        plan=plan,
        programme=programme,
        rw=host if isinstance(host, Rw) else None,
        school=host if isinstance(host, School) else None,
        community=host if isinstance(host, Community) else None,
        village_id=host.village_id,
        venue=rows.venues[one.venue] if one.venue else None,
        audience=one.audience,
        expects=one.expects,
        language=Settings.from_json(plan.settings).language_of(host.village_id),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=programme.minutes),
        request_id=one.request,
    )
