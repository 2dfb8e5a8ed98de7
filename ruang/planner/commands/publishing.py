"""A plan becomes sessions: all of them, or none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.planner import standing
from ruang.planner.checking import broken_of
from ruang.planner.events import PlanMoved
from ruang.planner.locking import locked
from ruang.planner.models import MEANWHILE, Visit
from ruang.planner.policy import RULES
from ruang.planner.reading import local, visits_of
from ruang.planner.states import Broken, State, Step
from ruang.prevention.commands import Wanted, plan_session
from ruang.prevention.states import Audience, Language, RequestState, Unit


@transaction.atomic
def publish_plan(*, actor: Actor, plan_id: UUID, version: int, at: datetime) -> int:
    """Plan a session for each visit; return how many.

    :param version: what the plan was when the person looked at it
    :raises Refused: if it has changed since, is empty, or a visit breaks a rule by now
    """
    plan = locked(actor, plan_id)
    require(RULES[Step.PUBLISH], actor, plan)
    if plan.state != State.PROPOSED or plan.version != version:
        raise Refused(MEANWHILE)
    visits = list(visits_of(plan).select_related("request"))
    if not visits:
        raise Refused(_("This plan has no visits. Add some, or work it out again."))
    broken = broken_of(plan, visits, at=at)
    for visit in visits:
        if Broken.ENDED in broken.get(visit.pk, ()):
            raise Refused(_which(visit, Broken.ENDED.label))
    if broken:
        words = ngettext(
            "%(number)d visit breaks a rule by now: it is marked. Move it or drop it.",
            "%(number)d visits break a rule by now: they are marked. Move or drop them.",
            len(broken),
        )
        raise Refused(words % {"number": len(broken)})
    answered: set[UUID] = set()
    for visit in visits:
        wanted = _wanted(visit, answered)
        try:
            visit.session = plan_session(actor=actor, wanted=wanted, at=at)
        except Refused as refused:
            raise Refused(_which(visit, refused)) from refused
    Visit.objects.bulk_update(visits, ["session"])
    plan.take(Step.PUBLISH)
    plan.published_at, plan.published_by = at, actor.user_id
    plan.save()
    told = PlanMoved(plan.pk, step=Step.PUBLISH.value, visits=len(visits))
    record(told, actor=actor, at=at)
    return len(visits)


def _which(visit: Visit, why: object) -> str:
    """Say which visit it is that cannot become a session."""
    return _("%(where)s, %(day)s: %(why)s") % {
        "where": f"{visit.host}, {visit.village}",
        "day": local(visit.starts_at).date().isoformat(),
        "why": why,
    }


def _wanted(visit: Visit, answered: set[UUID]) -> Wanted:
    """Return what is planned; a request is answered by the first visit to it."""
    request = visit.request
    answers = (
        request is not None
        and request.state == RequestState.WAITING
        and request.pk not in answered
    )
    if request is not None:
        answered.add(request.pk)
    rts = [rt.pk for rt in standing.rts().filter(rw=visit.rw_id)] if visit.rw_id else []
    return Wanted(
        programme=visit.programme_id,
        unit=Unit(visit.programme.unit),
        host=visit.host_id,
        rts=rts,
        venue=visit.venue_id,
        place="",
        audience=Audience(visit.audience),
        language=Language(visit.language),
        starts_at=visit.starts_at,
        facilitators=[part.facilitator_id for part in visit.parts.all()],
        is_promised=answers,
        request=visit.request_id if answers else None,
        plan=visit.plan_id,
    )
