"""A person changes what was proposed: everything is checked again at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.planner import standing
from ruang.planner.checking import Look, look_at
from ruang.planner.events import VisitChanged
from ruang.planner.groups import Groups
from ruang.planner.locking import locked
from ruang.planner.models import MEANWHILE, Plan, Visit, VisitPart
from ruang.planner.needs import people_there
from ruang.planner.policy import RULES
from ruang.planner.promises import tell
from ruang.planner.reading import moment, visits_of
from ruang.planner.rules import seats_for
from ruang.planner.settings import Settings
from ruang.planner.states import Change, State, Step
from ruang.prevention.models import Programme
from ruang.prevention.states import Audience


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a visit is to be, and who holds it; day and hour as on the wall.

    :ivar audience: for which group it is; empty leaves it as it is, or as it is chosen
    """

    day: date
    starts: time
    venue: UUID | None
    people: tuple[UUID, ...]
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A visit somebody adds by hand."""

    programme: UUID
    unit: UUID
    slot: Slot


class BreaksRules(Refused):
    """The change would break rules; which ones stands in ``look``."""

    def __init__(self, look: Look) -> None:
        super().__init__(" ".join(str(rule.label) for rule in look.rules))
        self.look = look


@transaction.atomic
def move_visit(*, actor: Actor, plan_id: UUID, visit_id: UUID, to: Slot, at: datetime) -> None:
    """Move a visit in time, to another place, group or other facilitators, and keep it there.

    :raises BreaksRules: saying which rules the new time or the new people break
    :raises Refused: if the programme is not for the group, or the plan is not open any more
    """
    plan = _open(actor, plan_id)
    visit = sight.one(plan.visits.select_related("programme"), visit_id)
    _place(visit, to)
    _address(visit, to.audience)
    visit.is_kept, visit.moved_by, visit.moved_at = True, actor.user_id, at
    visit.save()
    _staff(visit, to.people)
    _changed(plan, visit, Change.MOVE, actor, at)


@transaction.atomic
def add_visit(*, actor: Actor, plan_id: UUID, added: Added, at: datetime) -> UUID:
    """Add a visit to an RW, a school or a community, which is then kept.

    :raises BreaksRules: saying which rules it breaks
    :raises Refused: if the programme does not go there, or the plan is not open any more
    """
    plan = _open(actor, plan_id)
    programme = Programme.objects.filter(is_active=True, pk=added.programme).first()
    offered = standing.hosts(programme.unit, actor) if programme else None
    host = offered.filter(pk=added.unit).first() if offered is not None else None
    if programme is None or host is None:
        raise Refused(_("This programme does not go there. Choose again."))
    settings = Settings.from_json(plan.settings)
    visit = Visit(
        plan=plan,
        programme=programme,
        village_id=host.village_id,
        audience=_groups(plan, at).choose(programme.pk, host.pk, programme.audiences),
        expects=seats_for(people_there(programme, host), settings.seats),
        language=settings.language_of(host.village_id),
        is_kept=True,
        moved_by=actor.user_id,
        moved_at=at,
        **{programme.unit: host},
    )
    _place(visit, added.slot)
    _address(visit, added.slot.audience)
    visit.save(force_insert=True)
    _staff(visit, added.slot.people)
    _changed(plan, visit, Change.ADD, actor, at)
    _tell(plan, at)
    return visit.pk


@transaction.atomic
def drop_visit(*, actor: Actor, plan_id: UUID, visit_id: UUID, at: datetime) -> None:
    """Take a visit out of a plan.

    :raises Refused: if the plan is not open to changes any more
    """
    plan = _open(actor, plan_id)
    visit = sight.one(plan.visits.all(), visit_id)
    _saved(plan)
    told = VisitChanged(plan.pk, visit.pk, change=Change.DROP.value)
    visit.delete()
    _tell(plan, at)
    record(told, actor=actor, at=at)


@transaction.atomic
def keep_visit(
    *, actor: Actor, plan_id: UUID, visit_id: UUID, is_kept: bool, at: datetime
) -> None:
    """Keep a visit as it is when the plan is worked out again, or let it go.

    :raises Refused: if the plan is not open to changes any more
    """
    plan = _open(actor, plan_id)
    visit = sight.one(plan.visits.all(), visit_id)
    if visit.is_kept == is_kept:
        return
    visit.is_kept = is_kept
    visit.save(update_fields=["is_kept"])
    _saved(plan)
    change = Change.KEEP if is_kept else Change.LET_GO
    record(VisitChanged(plan.pk, visit.pk, change=change.value), actor=actor, at=at)


def _open(actor: Actor, plan_id: UUID) -> Plan:
    plan = locked(actor, plan_id)
    require(RULES[Step.CHANGE], actor, plan)
    if plan.state != State.PROPOSED:
        raise Refused(MEANWHILE)
    return plan


def _place(visit: Visit, to: Slot) -> None:
    if to.venue and not standing.venues().filter(pk=to.venue).exists():
        raise Refused(_("This place is not in the register any more. Choose another."))
    visit.venue_id = to.venue
    visit.starts_at = moment(to.day, to.starts)
    visit.ends_at = visit.starts_at + timedelta(minutes=visit.programme.minutes)


def _address(visit: Visit, audience: str) -> None:
    """Say for which group it is."""
    if not audience:
        return
    offered = visit.programme.audiences
    if audience not in Audience.values or (offered and audience not in offered):
        raise Refused(_("This programme is not for these people. Choose again."))
    visit.audience = audience


def _groups(plan: Plan, at: datetime) -> Groups:
    """Return which groups are next, besides what the plan has already."""
    groups = Groups(plan, at)
    for one in visits_of(plan):
        groups.note(one.programme_id, one.host_id, one.audience)
    return groups


def _tell(plan: Plan, at: datetime) -> None:
    """Say anew what the plan keeps of its floors and promises."""
    tell(plan, at=at, by_hand=True)
    plan.save(update_fields=["certificate"])


def _staff(visit: Visit, people: Sequence[UUID]) -> None:
    visit.parts.all().delete()
    VisitPart.objects.bulk_create(
        VisitPart(visit=visit, facilitator_id=who) for who in dict.fromkeys(people)
    )


def _changed(plan: Plan, visit: Visit, change: Change, actor: Actor, at: datetime) -> None:
    """Check the whole plan with the change in it, then keep it.

    :raises BreaksRules: if the visit breaks a rule, or pushes another one into breaking it
    """
    look = look_at(plan, visits_of(plan), about=visit.pk, at=at)
    if look.rules:
        raise BreaksRules(look)
    _saved(plan)
    record(VisitChanged(plan.pk, visit.pk, change=change.value), actor=actor, at=at)


def _saved(plan: Plan) -> None:
    plan.take(Step.CHANGE)
    plan.save(update_fields=["state", "version"])
