"""Follow-up: how she was, how to reach her safely, and what is due."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce, Least
from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.cases.queries.reach import Reach, reach_of
from ruang.cases.states import LEADS, Compartment, Reminder, State
from ruang.identity import directory
from ruang.kernel.codes import Risk
from ruang.plans.states import Contacted
from ruang.plans.writing import today
from ruang.vault.texts import open_texts

SHOWN = 30
COLUMNS = ("next_on", "legal_on", "safety_on")
FAR = Value(date.max, DateField())


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
class DueDate:
    """A day of a case that has come: a follow-up, a step of the legal track, a safety plan."""

    id: UUID
    number: str
    risk: Risk
    what: Reminder
    on: date
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


def due_dates(*, actor: Actor, at: datetime, limit: int = SHOWN) -> tuple[DueDate, ...]:
    """Return what is due in the open cases one manages, the longest due first.

    What is past stays until it is done.
    """
    day = today(at)
    come = Q(next_on__lte=day) | Q(legal_on__lte=day) | Q(safety_on__lte=day)
    rows = Case.objects.visible_to(actor).filter(
        come,
        state=State.OPEN,
        team__user=actor.user_id,
        team__ended_at=None,
        team__part__in=LEADS,
    )
    nearest = rows.annotate(first=Least(*(Coalesce(one, FAR) for one in COLUMNS)))
    due = [
        DueDate(row.pk, row.number, Risk(row.risk), one.what, one.on, one.on < day)
        for row in nearest.order_by("first", "rank", "pk")[:limit]
        for one in row.dates
        if one.on <= day
    ]
    return tuple(sorted(due, key=lambda one: one.on)[:limit])


def _reach(case: Case, head: CaseHead, actor: Actor) -> Reach | None:
    if not head.reads(Compartment.IDENTITY):
        return None
    return reach_of(case=case, actor=actor, with_thread=head.reads(Compartment.THREAD))
