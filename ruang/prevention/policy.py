"""Who sees sessions, plans them, and writes down what happened. The whole law of prevention."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.prevention.states import PhotoState, State, Step
from ruang.register.models import CadreArea
from ruang.territory import queries as territory

if TYPE_CHECKING:
    from ruang.prevention.models import Facilitator, Photo, Session


def sees_session(actor: Actor) -> Q:
    """Whoever works in prevention sees every session; a cadre those of the own RW."""
    if actor.may(P.PREVENTION_SEE) or actor.may(P.SYSTEM):
        return Q()
    if not actor.may(P.CADRE):
        return Q(pk__in=[])
    own = CadreArea.objects.filter(user=actor.user_id, rw=OuterRef("rw"))
    return Q(Exists(own))


def sees_schedule(actor: Actor) -> Q:
    """Anybody sees the sessions that are public: what, for whom, where and when."""
    return Q(is_public=True)


def sees_door(actor: Actor, at: datetime) -> Q:
    """Anybody finds, by its code, a session that is held around this time; no other exists."""
    a_day = timedelta(days=1)
    return Q(state=State.PLANNED, starts_at__gt=at - a_day, starts_at__lt=at + a_day)


def sees_request(actor: Actor) -> Q:
    """Those who answer them: a request bears the name and number of whoever asks."""
    seen = actor.may(P.PREVENTION_PLAN) or actor.may(P.SYSTEM)
    return Q() if seen else Q(pk__in=[])


def may_see(actor: Actor, thing: object) -> bool:
    """Whoever works in prevention sees what was reached: places and counts, never people."""
    return actor.may(P.PREVENTION_SEE) or actor.may(P.SYSTEM)


def may_plan(actor: Actor, thing: object) -> bool:
    """The office's prevention officers plan; the system publishes what they approved."""
    return actor.may(P.PREVENTION_PLAN) or actor.may(P.SYSTEM)


def may_compare(actor: Actor, thing: object) -> bool:
    """Those who plan and the office's head see each facilitator's figures; others their own."""
    if actor.may(P.PREVENTION_PLAN) or actor.may(P.SYSTEM):
        return True
    heads = actor.may(P.PREVENTION_SEE) and actor.may(P.MEMBER_MANAGE)
    return heads and actor.organisation_id == territory.city().intake_desk


def sees_facilitator(actor: Actor) -> Q:
    """Whoever works in prevention knows who holds sessions."""
    seen = actor.may(P.PREVENTION_SEE) or actor.may(P.SYSTEM)
    return Q() if seen else Q(pk__in=[])


def may_ask(actor: Actor, thing: object) -> bool:
    """Anybody asks for a session without an account; the office writes a call down."""
    return actor.may(P.REPORTER) or may_plan(actor, thing)


def may_arrive(actor: Actor, thing: object) -> bool:
    """Whoever stands in the hall is counted, without an account; nobody is for another."""
    return actor.may(P.REPORTER)


def may_change_days(actor: Actor, facilitator: "Facilitator") -> bool:
    """Everybody says when she herself can come; the office says it for all."""
    return may_plan(actor, facilitator) or facilitator.user_id == actor.user_id


def may_subscribe(actor: Actor, facilitator: "Facilitator") -> bool:
    """Her own calendar goes to her own phone: nobody else is given its address."""
    return facilitator.user_id == actor.user_id


def may_log(actor: Actor, session: "Session") -> bool:
    """Whoever holds the session, a cadre of its RW, and the office's prevention officers."""
    if not actor.may(P.SESSION_LOG):
        return False
    if actor.may(P.PREVENTION_PLAN) or actor.may(P.CADRE):
        return True
    return holds(actor, session)


def may_count(actor: Actor, session: "Session") -> bool:
    """Whoever holds it, wrote it down, or plans reads small numbers; others read a class.

    A cadre is a neighbour of those who came: one girl of six to twelve in her RW has a name.
    """
    if not actor.may(P.SESSION_LOG):
        return False
    is_hers = session.over_by == actor.user_id or holds(actor, session)
    return actor.may(P.PREVENTION_PLAN) or is_hers


def may_count_all(actor: Actor, thing: object) -> bool:
    """Whoever may write down any session reads exact sums; to others they are rounded."""
    is_office = actor.may(P.SESSION_LOG) and actor.may(P.PREVENTION_PLAN)
    return actor.may(P.SYSTEM) or is_office


def may_cancel(actor: Actor, session: "Session") -> bool:
    """Whoever plans, and whoever holds it and stands before a locked hall."""
    return may_plan(actor, session) or (actor.may(P.SESSION_LOG) and holds(actor, session))


def may_correct(actor: Actor, session: "Session") -> bool:
    """Whoever plans, and whoever wrote the log, who is given a day for it (``commands``)."""
    is_hers = actor.may(P.SESSION_LOG) and session.over_by == actor.user_id
    return may_plan(actor, session) or is_hers


def holds(actor: Actor, session: "Session") -> bool:
    """Say whether the actor is one of its facilitators."""
    return session.parts.filter(facilitator__user=actor.user_id).exists()


RULES: dict[Step, Callable[[Actor, "Session"], bool]] = {
    Step.MOVE: may_plan,
    Step.HOLD: may_log,
    Step.CORRECT: may_correct,
    Step.CANCEL: may_cancel,
}
"""Who may take which step."""


def sees_sent(actor: Actor) -> Q:
    """Whoever sent it, and those who plan."""
    if actor.may(P.PREVENTION_PLAN):
        return Q()
    return Q(by=actor.user_id) if actor.may(P.SESSION_LOG) else Q(pk__in=[])


def sees_photo(actor: Actor) -> Q:
    """Before a second person confirmed it: who sent it, who held the session, who plans.

    After that whoever works in prevention, and a cadre in the own RW.
    """
    if actor.may(P.PREVENTION_PLAN) or actor.may(P.SYSTEM):
        return Q()
    shown = Q(state=PhotoState.SHOWN)
    if actor.may(P.PREVENTION_SEE):
        held = Q(session__parts__facilitator__user=actor.user_id)
        return shown | Q(by=actor.user_id) | held
    if not actor.may(P.CADRE):
        return Q(pk__in=[])
    own = CadreArea.objects.filter(user=actor.user_id, rw=OuterRef("session__rw"))
    return Q(by=actor.user_id) | (shown & Q(Exists(own)))


def may_send(actor: Actor, thing: object) -> bool:
    """Whoever logs sessions at all: a log of one that somebody else holds by now waits."""
    return actor.may(P.SESSION_LOG)


def may_settle(actor: Actor, sent: object) -> bool:
    """Those who plan decide on a log that waits."""
    return actor.may(P.PREVENTION_PLAN)


def may_check(actor: Actor, photo: "Photo") -> bool:
    """A second person of those who plan, never who sent it."""
    return actor.may(P.PREVENTION_PLAN) and photo.by != actor.user_id
