"""Tasks across organisations: set by one member, done by another, or cancelled."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.models import Case
from ruang.cases.seats import locked, member_of
from ruang.cases.states import SHAREABLE, Compartment
from ruang.cases.writing import checked
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.plans.events import TaskMoved
from ruang.plans.models import Task
from ruang.plans.policy import TASK_RULES, may_end_by_itself, may_work
from ruang.plans.states import Dropped, TaskState, TaskStep
from ruang.plans.writing import WRITE, changed, same, sealed, short, today
from ruang.vault.keyring import readers

LONGEST_TITLE = 200


@transaction.atomic
def set_task(
    *,
    actor: Actor,
    case_id: UUID,
    owner: UUID,
    title: str,
    due_on: date,
    at: datetime,
    notes: str = "",
    compartment: Compartment = Compartment.PLAN,
    form_tag: bytes | None = None,
) -> Task:
    """Set somebody on the team a task until a day, in a part both can read.

    :raises Refused: if that person is not on the team or cannot read the part, or the day is
        over
    """
    case = locked(actor, case_id)
    require(may_work, actor, case)
    if (before := same(case.tasks.all(), form_tag)) is not None:
        return before
    changed(case, at)
    what = checked(title)
    if len(what) > LONGEST_TITLE:
        raise Refused(_("Say the task in one line, and the rest in the notes."))
    _can_read(case, owner, compartment, at)
    if due_on < today(at):
        raise Refused(_("This day is over. Choose a day from today on."))
    row = Task(
        pk=uuid7(), case=case, compartment=compartment, owner_id=owner, due_on=due_on, at=at,
        by=actor.user_id, form_tag=form_tag,
    )  # fmt: skip
    row.title = sealed(case, Task, "title", row.pk, what, actor, compartment)
    if more := short(notes):
        row.notes = sealed(case, Task, "notes", row.pk, more, actor, compartment)
    row.save(force_insert=True)
    record(_moved(row, WRITE), actor=actor, at=at)
    return row


@transaction.atomic
def move_task(
    *,
    actor: Actor,
    case_id: UUID,
    task_id: UUID,
    step: TaskStep,
    at: datetime,
    reason: Dropped | None = None,
) -> Task:
    """Say that a task is done, or cancel it with a reason.

    :raises PermissionDenied: if it is not the actor's, nor set by her, nor in her case
    :raises Refused: if it is over already, or cancelled without a reason
    """
    case = locked(actor, case_id)
    row = sight.one(case.tasks.all(), task_id)
    require(TASK_RULES[step], actor, row)
    changed(case, at)
    if step is TaskStep.CANCEL and reason is None:
        raise Refused(_("Choose why it is cancelled."))
    _over(row, step, reason if step is TaskStep.CANCEL else None, actor, at)
    record(_moved(row, step, row.dropped), actor=actor, at=at)
    return row


@transaction.atomic
def drop_tasks(*, actor: Actor, case_id: UUID, at: datetime) -> int:
    """Cancel what is still open in a case that was closed; return how many.

    :raises PermissionDenied: for everybody but the system
    """
    case = locked(actor, case_id)
    require(may_end_by_itself, actor, case)
    rows = list(case.tasks.filter(state=TaskState.OPEN))
    for row in rows:
        _over(row, TaskStep.CANCEL, Dropped.CLOSED, actor, at)
        record(_moved(row, TaskStep.CANCEL, Dropped.CLOSED), actor=actor, at=at)
    return len(rows)


def _can_read(case: Case, owner: UUID, compartment: Compartment, at: datetime) -> None:
    if compartment not in SHAREABLE:
        raise Refused(_("Messages with the reporter are written in the thread, not as tasks."))
    if member_of(case, owner) is None:
        raise Refused(_("Choose somebody of the team."))
    if compartment.value not in readers(case.pk, at).get(owner, frozenset()):
        raise Refused(_("This person cannot read that part. Choose another part."))


def _over(
    row: Task, step: TaskStep, reason: Dropped | None, actor: Actor, at: datetime
) -> None:
    row.take(step)
    row.over_at, row.over_by, row.dropped = at, actor.user_id, reason or ""
    row.save(update_fields=["state", "over_at", "over_by", "dropped"])


def _moved(row: Task, step: str, code: str = "") -> TaskMoved:
    return TaskMoved(row.case_id, row.case.desk, row.pk, row.owner_id, str(step), str(code))
