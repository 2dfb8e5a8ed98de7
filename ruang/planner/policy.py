"""Who sees plans and who makes them. The whole law of the planner."""

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.planner.states import Step


def sees_plan(actor: Actor) -> Q:
    """Whoever works in prevention, and the head: a plan says where, never because of whom."""
    seen = actor.may(P.PREVENTION_SEE) or actor.may(P.SYSTEM)
    return Q() if seen else Q(pk__in=[])


def may_plan(actor: Actor, thing: object) -> bool:
    """The office's prevention officers begin, work out, change, publish and discard plans."""
    return actor.may(P.PREVENTION_PLAN)


def may_solve(actor: Actor, thing: object) -> bool:
    """The system alone says what came of working a plan out."""
    return actor.may(P.SYSTEM)


def may_weigh(actor: Actor, thing: object) -> bool:
    """The office's prevention officers say how much a kecamatan counts, and by what source."""
    return actor.may(P.PREVENTION_PLAN)


RULES = {
    Step.SOLVE: may_plan,
    Step.PROPOSE: may_solve,
    Step.STOP: may_solve,
    Step.FAIL: may_solve,
    Step.CHANGE: may_plan,
    Step.PUBLISH: may_plan,
    Step.DISCARD: may_plan,
}
