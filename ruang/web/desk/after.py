"""What the desk does with a report that is decided, when she writes again."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ruang.intake import commands, queries
from ruang.intake.states import Reopened, Step
from ruang.kernel import clock
from ruang.kernel.codes import Answered
from ruang.kernel.errors import Refused
from ruang.triage.commands import reopen_report
from ruang.web.answered import AnsweredBy
from ruang.web.desk import forms
from ruang.web.desk.views import show_report
from ruang.web.request import Request
from ruang.web.results import done

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def answered(request: Request, report_id: UUID) -> HttpResponseBase:
    """Say why a message after the decision is not answered in writing."""
    form = AnsweredBy(request.POST)
    if not form.is_valid():
        return show_report(request, report_id, answered=form)
    why = Answered(form.cleaned_data["why"])
    try:
        commands.answer_otherwise(
            actor=request.actor, report_id=report_id, why=why, at=clock.now()
        )
    except Refused as refusal:
        return show_report(request, report_id, refusal=str(refusal))
    return done("dijawab", "desk:report", report_id)


@page_with_form
def reopen(request: Request, report_id: UUID) -> HttpResponseBase:
    """Open a report again that was decided."""
    page = queries.report_page(actor=request.actor, report_id=report_id, at=request.at)
    if request.method != "POST" and Step.REOPEN not in page.steps:
        raise PermissionDenied(Step.REOPEN.value)
    form = forms.ReopenFor(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why = Reopened(form.cleaned_data["why"])
        try:
            reopen_report(actor=request.actor, report_id=report_id, why=why, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("dibuka-lagi", "desk:opened", report_id)
    return render(request, "desk/reopen.html", {"page": page, "form": form})
