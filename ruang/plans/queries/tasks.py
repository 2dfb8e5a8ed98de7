"""Tasks: of a case, and everything that waits for one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models
from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.cases.queries import CaseHead
from ruang.cases.queries.head import case_in_sight, head_of
from ruang.cases.states import LEADS, Compartment
from ruang.identity import directory
from ruang.kernel.codes import Risk
from ruang.plans.models import Task
from ruang.plans.states import Dropped, TaskState
from ruang.plans.writing import today
from ruang.vault.texts import open_texts

BESIDE = 8
"""Tasks shown beside the timeline; the others are on their own page."""
RECENT = timedelta(days=7)
"""For so long what is done stays beside the timeline."""
MOST = 50


@dataclass(frozen=True, slots=True, repr=False)
class TaskLine:
    """One task. ``title`` is None where this actor holds no key of its part."""

    id: UUID
    case_id: UUID
    number: str
    risk: Risk
    title: str | None
    notes: str
    part: Compartment
    owner: str
    organisation: str
    due_on: date
    state: TaskState
    dropped: str | Promise
    by: str
    over_at: datetime | None
    over_by: str
    is_late: bool
    is_today: bool
    is_mine: bool
    may_end: bool


@dataclass(frozen=True, slots=True, repr=False)
class TasksPage:
    """All tasks of a case, the open ones first."""

    head: CaseHead
    open: tuple[TaskLine, ...]
    over: tuple[TaskLine, ...]


def tasks_page(*, actor: Actor, case_id: UUID, at: datetime) -> TasksPage:
    """Return the tasks of a case.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    head = head_of(case=case, actor=actor, at=at)
    lines = _lines(_of(case).order_by("due_on", "pk"), actor, at, leads=head.leads)
    return TasksPage(
        head=head,
        open=tuple(one for one in lines if one.state is TaskState.OPEN),
        over=tuple(one for one in reversed(lines) if one.state is not TaskState.OPEN),
    )


def tasks_beside(*, actor: Actor, head: CaseHead, at: datetime) -> tuple[TaskLine, ...]:
    """Return the open tasks of a case in sight, and what was done in the last days."""
    rows = Task.objects.filter(case=head.id).select_related("case", "owner__organisation")
    is_done = models.Q(state=TaskState.DONE, over_at__gte=at - RECENT)
    wanted = rows.filter(models.Q(state=TaskState.OPEN) | is_done)
    over = models.Case(models.When(is_done, then=1), default=0)
    ordered = wanted.order_by(over, "-over_at", "due_on", "pk")[:BESIDE]
    return _lines(ordered, actor, at, leads=head.leads, known=head.names)


def task_line(*, actor: Actor, case_id: UUID, task_id: UUID, at: datetime) -> TaskLine:
    """Return one task.

    :raises NotInSight: if there is none for this actor
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    row = sight.one(_of(case), task_id)
    leads = case.team.filter(user=actor.user_id, ended_at=None, part__in=LEADS).exists()
    return _lines([row], actor, at, leads=leads)[0]


def my_tasks(*, actor: Actor, at: datetime, limit: int = MOST) -> tuple[TaskLine, ...]:
    """Return what waits for this person in all cases in sight, the longest due first."""
    rows = Task.objects.filter(
        owner=actor.user_id, state=TaskState.OPEN, case__in=Case.objects.visible_to(actor)
    )
    listed = rows.select_related("case", "owner__organisation").order_by("due_on", "pk")
    return _lines(listed[:limit], actor, at, leads=False)


def _of(case: Case) -> "models.QuerySet[Task]":
    return case.tasks.select_related("case", "owner__organisation")


def _lines(
    rows: Iterable[Task],
    actor: Actor,
    at: datetime,
    *,
    leads: bool,
    known: Mapping[UUID, str] | None = None,
) -> tuple[TaskLine, ...]:
    listed = list(rows)
    titles, notes = (open_texts(actor.keys, listed, name) for name in ("title", "notes"))
    people = (user for row in listed for user in (row.by, row.over_by))
    names = directory.names(people, known=known)
    return tuple(
        _line(row, title, more or "", names, actor, at, leads=leads)
        for row, title, more in zip(listed, titles, notes, strict=True)
    )


def _line(
    row: Task,
    title: str | None,
    notes: str,
    names: dict[UUID, str],
    actor: Actor,
    at: datetime,
    *,
    leads: bool,
) -> TaskLine:
    is_open = row.state == TaskState.OPEN
    own = actor.user_id in {row.owner_id, row.by}
    return TaskLine(
        id=row.pk,
        case_id=row.case_id,
        number=row.case.number,
        risk=Risk(row.case.risk),
        title=title,
        notes=notes,
        part=Compartment(row.compartment),
        owner=row.owner.name,
        organisation=row.owner.organisation.name,
        due_on=row.due_on,
        state=TaskState(row.state),
        dropped=Dropped(row.dropped).label if row.dropped else "",
        by=names.get(row.by, ""),
        over_at=row.over_at,
        over_by=names.get(row.over_by, "") if row.over_by else "",
        is_late=is_open and row.due_on < today(at),
        is_today=is_open and row.due_on == today(at),
        is_mine=row.owner_id == actor.user_id,
        may_end=is_open and (own or leads),
    )
