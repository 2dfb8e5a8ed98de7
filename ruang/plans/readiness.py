"""What stands in the way of closing a case, and what is settled, by its own record."""

from datetime import datetime

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.clocks.queries import ClockLine, clocks_of
from ruang.clocks.states import Moment
from ruang.dossier.reading import are_registered, next_legal_date
from ruang.kernel.codes import MessageKind
from ruang.kernel.errors import Refused
from ruang.plans.states import RUNNING, Blocker, Check, ServiceState
from ruang.plans.writing import today


def blockers(case: Case) -> tuple[Blocker, ...]:
    """Return what the record itself says is not finished yet."""
    found = {
        Blocker.GOALS: case.goals.filter(ended_at=None).exists(),
        Blocker.SERVICES: case.services.exclude(state=ServiceState.ENDED).exists(),
        Blocker.MEDIATION: case.mediations.filter(state__in=RUNNING).exists(),
        Blocker.CLOCKS: bool(in_the_way(case)),
    }
    return tuple(one for one, stands in found.items() if stands)


def in_the_way(case: Case) -> tuple[ClockLine, ...]:
    """Return the time limits that still run, but for those that the closing itself meets."""
    live = clocks_of(subject=case.pk, live_only=True)
    return tuple(one for one in live if one.is_legal and one.meets is not Moment.CASE_CLOSED)


def settled(case: Case, *, partners_done: bool, actor: Actor, at: datetime) -> frozenset[Check]:
    """Return which checks the record itself answers with yes; nobody is asked those.

    :param partners_done: whether nothing that was asked of a partner still runs; whoever
        knows requests says so
    """
    found = {
        Check.PARTNERS: partners_done,
        Check.SIMFONI: are_registered(case.pk, actor),
        Check.LEGAL: next_legal_date(case.pk, actor, since=today(at)) is None,
        Check.FEEDBACK: case.thread.filter(kind=MessageKind.FEEDBACK).exists(),
    }
    return frozenset(check for check, is_so in found.items() if is_so)


def must_be_ready(case: Case) -> None:
    """Refuse while something stands in the way.

    :raises Refused: with the first of it
    """
    if found := blockers(case):
        raise Refused(found[0].label)
