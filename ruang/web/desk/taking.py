"""A report is taken out of somebody's hands: on a page of its own, never in haste."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ruang.intake import commands, queries
from ruang.intake.states import Step, TakenWhy
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.desk import forms
from ruang.web.request import Request
from ruang.web.results import done

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def take_back(request: Request, report_id: UUID) -> HttpResponseBase:
    """Take a report over from a colleague."""
    return _ask(request, report_id, Step.TAKE_BACK, commands.take_back_report, "diambil-alih")


@page_with_form
def free(request: Request, report_id: UUID) -> HttpResponseBase:
    """Put a report that somebody holds back into the queue."""
    return _ask(request, report_id, Step.FREE, commands.free_report, "dibebaskan")


def _ask(
    request: Request, report_id: UUID, step: Step, command: Callable[..., Any], result: str
) -> HttpResponseBase:
    page = queries.report_page(actor=request.actor, report_id=report_id, at=request.at)
    if request.method != "POST" and step not in page.steps:
        raise PermissionDenied(step.value)
    posted = request.POST if request.method == "POST" else None
    form = forms.TakenFor(posted, initial={"holder": page.hands.holder_id})
    if form.is_valid():
        why = TakenWhy(form.cleaned_data["why"])
        try:
            command(
                actor=request.actor, report_id=report_id, why=why, at=clock.now(),
                holder=form.cleaned_data["holder"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(result, "desk:report", report_id)
    context = {"page": page, "form": form, "takes": step is Step.TAKE_BACK}
    return render(request, "desk/taking.html", context)
