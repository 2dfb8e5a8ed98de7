"""Tasks of a case: the list, a new one, done, cancelled."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ruang.cases.states import Compartment
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.plans import commands, queries
from ruang.plans.states import Dropped, TaskStep
from ruang.web.cases.views import around
from ruang.web.plans import forms
from ruang.web.plans.acting import Ask, ask, head_of, sent
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as page_with_form

TASKS = "plans:tasks"
AFTER = {"kasus": "cases:case", "meja": "work:work"}
"""Word in the form → the page one came from."""


@require_safe
def tasks(request: Request, case_id: UUID) -> HttpResponse:
    """Show the tasks of a case."""
    page = queries.tasks_page(actor=request.actor, case_id=case_id, at=request.at)
    return render(
        request, "plans/tasks.html", around(request, page.head, "tasks") | {"page": page}
    )


@page_with_form
def task(request: Request, case_id: UUID) -> HttpResponseBase:
    """Set a task."""
    head = head_of(request, case_id)
    first = {"part": Compartment.PLAN.value}
    form = forms.Task(sent(request), head=head, initial=first)

    def act() -> object:
        said = form.cleaned_data
        return commands.set_task(
            actor=request.actor,
            case_id=case_id,
            owner=UUID(said["owner"]),
            title=said["title"],
            notes=said["notes"],
            due_on=said["due_on"],
            compartment=Compartment(said["part"]),
            form_tag=form.tag(request),
            at=clock.now(),
        )

    page = Ask(_("Set a task"), _("Set the task"), "tugas", TASKS)
    return ask(request, head, form, act, page)


@require_POST
def finish(request: Request, case_id: UUID, task_id: UUID) -> HttpResponseBase:
    """Say that a task is done."""
    after = AFTER.get(request.POST.get("dari", ""), TASKS)
    where = [] if after == AFTER["meja"] else [case_id]
    try:
        commands.move_task(
            actor=request.actor,
            case_id=case_id,
            task_id=task_id,
            step=TaskStep.FINISH,
            at=clock.now(),
        )
    except Refused:
        return redirect(after, *where)
    return done("tugas-selesai", after, *where)


@page_with_form
def cancel(request: Request, case_id: UUID, task_id: UUID) -> HttpResponseBase:
    """Cancel a task with a reason."""
    head = head_of(request, case_id)
    line = queries.task_line(
        actor=request.actor, case_id=case_id, task_id=task_id, at=request.at
    )
    form = forms.TaskEnd(sent(request))

    def act() -> object:
        return commands.move_task(
            actor=request.actor,
            case_id=case_id,
            task_id=task_id,
            step=TaskStep.CANCEL,
            reason=Dropped(form.cleaned_data["reason"]),
            at=clock.now(),
        )

    page = Ask(
        _("Cancel this task"),
        _("Cancel the task"),
        "tugas-batal",
        TASKS,
        quote=line.title or "",
    )
    return ask(request, head, form, act, page)
