"""Follow-up: how she was, how to reach her safely, and what is due."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.cases.queries.reach import Reach, reach_of
from ruang.cases.states import LEADS, Compartment, State
from ruang.identity import directory
from ruang.kernel.codes import Risk
from ruang.plans.states import Contacted
from ruang.plans.writing import today
from ruang.vault.texts import open_texts

SHOWN = 30


@dataclass(frozen=True, slots=True, repr=False)
class FollowLine:
    """One follow-up."""

    on: date
    way: str | Promise
    text: str | None
    next_on: date | None
    by: str


@dataclass(frozen=True, slots=True, repr=False)
class FollowPage:
    """The follow-ups of a case, and the rules for reaching her.

    :ivar reach: what is in force, and a change she sent; None if this actor does not hold it
    """

    head: CaseHead
    reach: Reach | None
    lines: tuple[FollowLine, ...]
    next_on: date | None


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case in which somebody has to ask how she is."""

    id: UUID
    number: str
    risk: Risk
    next_on: date
    is_late: bool


def follow_up_page(*, actor: Actor, case_id: UUID, at: datetime) -> FollowPage:
    """Return the follow-ups of a case, the latest first.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    head = head_of(case=case, actor=actor, at=at)
    rows = list(case.follow_ups.order_by("-on", "-pk")[:SHOWN])
    texts = open_texts(actor.keys, rows, "text")
    names = directory.names(row.author for row in rows)
    return FollowPage(
        head=head,
        reach=_reach(case, head, actor),
        lines=tuple(
            FollowLine(row.on, Contacted(row.way).label, text, row.next_on, names[row.author])
            for row, text in zip(rows, texts, strict=True)
        ),
        next_on=case.next_on,
    )


def due_follow_ups(*, actor: Actor, at: datetime, limit: int = SHOWN) -> tuple[DueCase, ...]:
    """Return the open cases one manages in which a follow-up is due, the longest due first."""
    day = today(at)
    rows = Case.objects.visible_to(actor).filter(
        state=State.OPEN,
        next_on__lte=day,
        team__user=actor.user_id,
        team__ended_at=None,
        team__part__in=LEADS,
    )
    return tuple(
        DueCase(row.pk, row.number, Risk(row.risk), row.next_on, row.next_on < day)
        for row in rows.order_by("next_on", "rank", "pk")[:limit]
        if row.next_on is not None
    )


def _reach(case: Case, head: CaseHead, actor: Actor) -> Reach | None:
    if not head.reads(Compartment.IDENTITY):
        return None
    return reach_of(case=case, actor=actor, with_thread=head.reads(Compartment.THREAD))
