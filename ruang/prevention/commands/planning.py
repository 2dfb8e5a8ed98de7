"""Planning a session, moving it, and saying that it will not be held."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.kernel.text import tidy
from ruang.prevention.booking import (
    Slot,
    facilitators_of,
    local_day,
    locked,
    must_be_able,
    must_be_as_seen,
    must_be_free,
)
from ruang.prevention.events import RequestMoved, SessionMoved
from ruang.prevention.hosts import Host, host_of, venue_of
from ruang.prevention.listing import unit_of_session
from ruang.prevention.models import (
    Arrivals,
    Facilitator,
    Invited,
    Part,
    Programme,
    Request,
    Session,
)
from ruang.prevention.policy import RULES, may_plan
from ruang.prevention.states import (
    Audience,
    Cancelled,
    Language,
    RequestState,
    RequestStep,
    Step,
    Unit,
)
from ruang.prevention.warnings import Reason, Try, must_be_looked_at

BACK = timedelta(days=92)
"""How long ago a session may have been that is written down now."""
AHEAD = timedelta(days=731)
PLACE = 120
PLAN = "plan"
"""The step by which a session begins, in its facts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session as it is wanted.

    :ivar host: the id of the RW, the school or the community
    :ivar rts: the RT of the RW that are invited
    :ivar request: the request that is answered by it
    :ivar plan: the plan it was published from
    :ivar anyway: why, although the person was warned; empty if she was not
    :ivar warned: the mark of the warnings she saw (``warnings.mark_of``), empty if none; None
        for what a plan proposes, which keeps to rules of its own
    """

    programme: UUID
    unit: Unit
    host: UUID
    rts: Sequence[UUID]
    venue: UUID | None
    place: str
    audience: Audience
    language: Language
    starts_at: datetime
    facilitators: Sequence[UUID]
    is_public: bool = True
    is_promised: bool = False
    request: UUID | None = None
    plan: UUID | None = None
    anyway: Reason = ""
    warned: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where and when a session is to be instead, and who holds it.

    :ivar anyway: why, although the person was warned; empty if she was not
    :ivar warned: the mark of the warnings she saw (``warnings.mark_of``); empty if nothing says
    :ivar seen: how often it had been moved when she looked at it; None if nothing says
    """

    starts_at: datetime
    venue: UUID | None
    place: str
    facilitators: Sequence[UUID] = field(default=())
    anyway: Reason = ""
    warned: str = ""
    seen: int | None = None


@transaction.atomic
def plan_session(
    *, actor: Actor, wanted: Wanted, at: datetime, form_tag: bytes | None = None
) -> UUID:
    """Plan a session; the same form sent twice plans it once.

    :raises PermissionDenied: if the actor does not plan
    :raises Warned: if there is something to look at first, and no reason is given for it
    :raises Refused: if the programme, the place, an RT, a person or the time does not fit
    """
    require(may_plan, actor, None)
    if (before := _same(form_tag)) is not None:
        return before
    programme = _programme(wanted)
    host = host_of(actor, wanted.unit, wanted.host, wanted.rts)
    place = _place(wanted.venue, wanted.place, is_known=wanted.plan is not None)
    to = Moved(wanted.starts_at, wanted.venue, place, wanted.facilitators)
    try:
        slot = _slot(actor, programme, to, at)
    except Refused:  # the same form a moment earlier has taken the time meanwhile
        if (before := _same(form_tag)) is not None:
            return before
        raise
    anyway = _why(wanted, programme, host, slot)
    request = _answered(actor, wanted.request, at)
    session = Session(
        pk=uuid7(), programme=programme, venue=slot.venue, place=place,
        audience=wanted.audience, language=wanted.language, starts_at=slot.starts_at,
        ends_at=slot.ends_at, is_public=wanted.is_public, is_promised=wanted.is_promised,
        request=request, plan=wanted.plan, at=at, by=actor.user_id, form_tag=form_tag,
        anyway=anyway, **host.columns(),
    )  # fmt: skip
    session.save(force_insert=True)
    _send(session, slot.facilitators)
    Invited.objects.bulk_create(Invited(session=session, rt_id=rt) for rt in host.rts)
    if request is not None:
        record(RequestMoved(request.pk, RequestStep.SCHEDULE.value), actor=actor, at=at)
    record(SessionMoved(session.pk, programme.pk, PLAN, str(anyway)), actor=actor, at=at)
    return session.pk


@transaction.atomic
def move_session(*, actor: Actor, session_id: UUID, to: Moved, at: datetime) -> None:
    """Move a session to another time, place or person; everything is looked at anew.

    What a person is warned of when she plans she is warned of here, whoever planned it: a
    session of a plan that was worked out, and one that is promised, keep to the same.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor does not plan
    :raises Warned: if there is something to look at first, and no reason is given for it
    :raises Refused: if it is over, was moved meanwhile, or the time, the place or a person does
        not fit
    """
    session = locked(actor, session_id)
    require(RULES[Step.MOVE], actor, session)
    must_be_as_seen(session, to.seen)
    session.take(Step.MOVE, at=at)
    is_known = session.venue_id is None and not session.place
    place = _place(to.venue, to.place, is_known=is_known)
    slot = _slot(actor, session.programme, to, at, but=session.pk)
    why = must_be_looked_at(_try(session, slot), anyway=to.anyway, seen=to.warned)
    if local_day(slot.starts_at) != local_day(session.starts_at):
        Arrivals.objects.filter(session=session).delete()  # they went home
    session.venue, session.place = slot.venue, place
    session.starts_at, session.ends_at = slot.starts_at, slot.ends_at
    session.anyway = why
    written = ["venue", "place", "starts_at", "ends_at", "anyway", "moves", "changed_at"]
    session.save(update_fields=written)
    session.parts.all().delete()
    _send(session, slot.facilitators)
    record(_moved(session, Step.MOVE, why), actor=actor, at=at)


@transaction.atomic
def cancel_session(
    *,
    actor: Actor,
    session_id: UUID,
    reason: Cancelled,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Say that a session is not held, and why; a request for it waits for an answer again.

    :param seen: how often it had been moved when the person looked at it
    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor neither plans nor holds it
    :raises Refused: if it is over, or was moved meanwhile
    """
    session = locked(actor, session_id)
    require(RULES[Step.CANCEL], actor, session)
    must_be_as_seen(session, seen)
    session.take(Step.CANCEL, at=at)
    session.over_by, session.cancelled = actor.user_id, reason
    session.save(
        update_fields=["state", "over_at", "over_by", "cancelled", "moves", "changed_at"]
    )
    Arrivals.objects.filter(session=session).delete()
    request = session.request
    if request is not None and request.state == RequestState.SCHEDULED:
        request.take(RequestStep.WAIT)
        request.answered_at = request.answered_by = None
        request.save(update_fields=["state", "answered_at", "answered_by"])
        record(RequestMoved(request.pk, RequestStep.WAIT.value), actor=actor, at=at)
    record(_moved(session, Step.CANCEL, reason), actor=actor, at=at)


def _same(form_tag: bytes | None) -> UUID | None:
    """Return what the same form planned before; None if it is new."""
    if not form_tag:
        return None
    return Session.objects.filter(form_tag=form_tag).values_list("pk", flat=True).first()


def _programme(wanted: Wanted) -> Programme:
    """Return the programme, if it is taught to such a host and such people."""
    programme = Programme.objects.filter(pk=wanted.programme, is_active=True).first()
    if programme is None:
        raise Refused(_("This programme is no longer taught. Choose another."))
    if programme.unit != wanted.unit:
        raise Refused(_("This programme goes to other places. Choose another of the two."))
    if programme.audiences and wanted.audience not in programme.audiences:
        raise Refused(_("This programme is for other people. Choose another of the two."))
    return programme


def _place(venue: UUID | None, place: str, *, is_known: bool) -> str:
    """Return where it is, in somebody's words.

    :param is_known: without any it is where the hosts are, which pages say in their language
    :raises Refused: if nothing says where, or the words are too long
    """
    words = " ".join(tidy(place).split())
    if venue is None and not words and not is_known:
        raise Refused(_("Say where it is: choose a place to meet, or write one."))
    if len(words) > PLACE:
        raise Refused(_("Write the place in at most 120 letters."))
    return words


def _slot(
    actor: Actor, programme: Programme, to: Moved, at: datetime, but: UUID | None = None
) -> Slot:
    """Return the time, place and people, all of them free."""
    if not at - BACK <= to.starts_at <= at + AHEAD:
        raise Refused(_("Choose a day from three months ago to two years ahead."))
    ends_at = to.starts_at + timedelta(minutes=programme.minutes)
    people = facilitators_of(to.facilitators)
    must_be_able(programme, people)
    slot = Slot(to.starts_at, ends_at, venue_of(actor, to.venue), people, but)
    must_be_free(slot)
    return slot


def _why(wanted: Wanted, programme: Programme, host: Host, slot: Slot) -> Reason:
    """Return why it is planned so all the same; a plan that was worked out is not asked.

    :raises Warned: if there is something to look at first, and no reason is given for it
    """
    if wanted.warned is None:
        return wanted.anyway
    tried = Try(
        programme, wanted.unit, wanted.audience, wanted.language, slot.starts_at, slot.venue,
        slot.facilitators, host.row,
    )  # fmt: skip
    return must_be_looked_at(tried, anyway=wanted.anyway, seen=wanted.warned)


def _try(session: Session, slot: Slot) -> Try:
    host = session.rw or session.school or session.community
    return Try(
        programme=session.programme, unit=unit_of_session(session),
        audience=Audience(session.audience), language=Language(session.language),
        starts_at=slot.starts_at, venue=slot.venue, facilitators=slot.facilitators, host=host,
        but=session.pk,
    )  # fmt: skip


def _send(session: Session, facilitators: Sequence[Facilitator]) -> None:
    Part.objects.bulk_create(Part(session=session, facilitator=one) for one in facilitators)


def _answered(actor: Actor, request_id: UUID | None, at: datetime) -> Request | None:
    """Return the request that is answered by planning, taken along its table."""
    if request_id is None:
        return None
    rows = Request.objects.visible_to(actor).select_for_update()
    request = sight.one(rows, request_id)
    request.take(RequestStep.SCHEDULE)
    request.answered_at, request.answered_by, request.parked_at = at, actor.user_id, None
    request.save(update_fields=["state", "answered_at", "answered_by", "parked_at"])
    return request


def _moved(session: Session, step: Step, code: str = "") -> SessionMoved:
    return SessionMoved(session.pk, session.programme_id, step.value, str(code))
