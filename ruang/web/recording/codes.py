"""A new code for who lost theirs: how it was made sure who asks, then the words, once."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from ruang.intake import commands as intake
from ruang.intake import queries
from ruang.intake.queries import CodePage
from ruang.intake.states import Checked
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.triage import commands as triage
from ruang.triage import queries as triage_queries
from ruang.web.recording.forms import NewCode
from ruang.web.request import Request
from ruang.web.sign_in.views import page
from ruang.web.told import reach


@page
def of_report(request: Request, report_id: UUID) -> HttpResponseBase:
    """Give who reported a new code, while the report is at the desk."""
    found = queries.code_page(actor=request.actor, report_id=report_id)

    def issue(checked: Checked) -> str:
        return intake.issue_new_code(
            actor=request.actor, report_id=report_id, checked=checked, at=clock.now()
        )

    return _code(request, found, issue, reverse("desk:report", args=[report_id]))


@page
def of_case(request: Request, case_id: UUID) -> HttpResponseBase:
    """Give who reported a new code, once it is a case."""
    found = triage_queries.case_code_page(actor=request.actor, case_id=case_id)

    def issue(checked: Checked) -> str:
        return triage.issue_case_code(
            actor=request.actor, case_id=case_id, checked=checked, at=clock.now()
        )

    return _code(request, found, issue, reverse("cases:messages", args=[case_id]))


def _code(
    request: Request, found: CodePage, issue: Callable[[Checked], str], back_url: str
) -> HttpResponse:
    form = NewCode(request.POST if request.method == "POST" else None)
    context = {"page": found, "form": form, "back_url": back_url}
    if form.is_valid():
        try:
            words = issue(Checked(form.cleaned_data["checked"]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "recording/words.html", {**context, "words": words.split()})
    context |= {"reach": reach(found.contact), "at": request.at}
    context["wish"] = reach(found.wish) if found.wish else None
    return render(request, "recording/new_code.html", context)
