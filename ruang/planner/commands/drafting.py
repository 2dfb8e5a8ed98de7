"""A plan is begun, worked out, stopped, discarded."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.due import schedule
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.planner.events import PlanDrafted, PlanMoved
from ruang.planner.locking import locked
from ruang.planner.models import MEANWHILE, Plan
from ruang.planner.policy import RULES, may_plan
from ruang.planner.reading import local
from ruang.planner.settings import Settings
from ruang.planner.states import Failure, Phase, State, Step
from ruang.planner.weighing import weights_of
from ruang.prevention.models import Facilitator, Programme
from ruang.prevention.states import Language
from ruang.territory import queries as territory

SOLVE = "planner.solve"
"""The kind of the due row under which a plan waits for the worker."""
LONGEST = timedelta(days=125)
MOST_SESSIONS = 600
SPOKEN = frozenset(Language.values)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants a plan for."""

    begins_on: date
    ends_on: date
    settings: Settings


@transaction.atomic
def draft_plan(
    *, actor: Actor, draft: Draft, at: datetime, form_tag: bytes | None = None
) -> UUID:
    """Begin a plan, with the priorities that are in force for its year.

    :raises PermissionDenied: if the actor may not plan
    :raises Refused: if no plan can come of it
    """
    require(may_plan, actor, None)
    if form_tag is not None:
        known = Plan.objects.visible_to(actor).filter(form_tag=form_tag).first()
        if known is not None:
            return known.pk
    _can_be_planned(draft, local(at).date())
    plan = Plan.objects.create(
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        settings=draft.settings.to_json(),
        weights=weights_of(draft.begins_on.year).to_json(),
        at=at,
        by=actor.user_id,
        form_tag=form_tag,
    )
    begun = PlanDrafted(plan.pk, draft.begins_on.isoformat(), draft.settings.sessions)
    record(begun, actor=actor, at=at)
    return plan.pk


@transaction.atomic
def start_solving(*, actor: Actor, plan_id: UUID, at: datetime) -> None:
    """Let the worker look for the best plan; what a person kept stays as it is.

    :raises Refused: if it is being worked out already, or over
    """
    plan = locked(actor, plan_id)
    require(RULES[Step.SOLVE], actor, plan)
    if plan.ends_on < local(at).date():
        raise Refused(_("The days of this plan are over. Begin a new one."))
    plan.take(Step.SOLVE)
    plan.phase, plan.progress, plan.failure = Phase.WAITING, 0, ""
    plan.best, plan.heard_at, plan.stop_wanted_at = {}, None, None
    plan.save()
    schedule(SOLVE, plan.pk, at)
    record(PlanMoved(plan.pk, step=Step.SOLVE.value), actor=actor, at=at)


@transaction.atomic
def stop_solving(*, actor: Actor, plan_id: UUID, at: datetime) -> None:
    """Ask the worker to stop: the best plan it has found by then is proposed.

    :raises Refused: if nothing is being worked out
    """
    plan = locked(actor, plan_id)
    require(RULES[Step.SOLVE], actor, plan)
    if plan.state != State.SOLVING:
        raise Refused(MEANWHILE)
    if plan.stop_wanted_at is None:
        plan.stop_wanted_at = at
        plan.save(update_fields=["stop_wanted_at"])
        record(PlanMoved(plan.pk, step=Step.STOP.value), actor=actor, at=at)


@transaction.atomic
def discard_plan(*, actor: Actor, plan_id: UUID, at: datetime) -> None:
    """Put a plan away. It stays readable.

    :raises Refused: if it is being worked out or published
    """
    plan = locked(actor, plan_id)
    require(RULES[Step.DISCARD], actor, plan)
    plan.take(Step.DISCARD)
    plan.save()
    record(PlanMoved(plan.pk, step=Step.DISCARD.value), actor=actor, at=at)


@transaction.atomic
def give_up_plan(*, actor: Actor, plan_id: UUID, why: Failure, at: datetime) -> None:
    """Say that nothing came of it, and why: what was proposed before is proposed again.

    :raises PermissionDenied: if anybody but the system says so
    """
    plan = locked(actor, plan_id)
    require(RULES[Step.FAIL], actor, plan)
    if plan.state != State.SOLVING:
        return
    there = plan.visits.count()
    plan.take(Step.PROPOSE if there else Step.FAIL)
    plan.failure, plan.phase, plan.best = why, Phase.DONE, {}
    plan.save()
    record(PlanMoved(plan.pk, step=Step.FAIL.value, visits=there), actor=actor, at=at)


def _can_be_planned(draft: Draft, today: date) -> None:
    settings = draft.settings
    if draft.ends_on < draft.begins_on:
        raise Refused(_("The last day lies before the first."))
    if draft.ends_on < today:
        raise Refused(_("These days are over. Choose days that lie ahead."))
    if draft.ends_on - draft.begins_on > LONGEST:
        raise Refused(_("Plan at most four months at a time."))
    if not 1 <= settings.sessions <= MOST_SESSIONS:
        raise Refused(_("Plan at least one session and at most 600."))
    wanted = {share.programme for share in settings.shares}
    offered = Programme.objects.filter(pk__in=wanted, is_active=True)
    if offered.count() != len(wanted):
        raise Refused(_("One of these programmes is not held any more. Choose again."))
    active = Facilitator.objects.filter(pk__in=settings.facilitators, is_active=True)
    if not settings.facilitators or active.count() != len(set(settings.facilitators)):
        raise Refused(_("Choose facilitators who are active."))
    here = {one.code for one in territory.city().districts}
    if not set(settings.languages) <= here or not set(settings.languages.values()) <= SPOKEN:
        raise Refused(_("Choose a language from the list."))
