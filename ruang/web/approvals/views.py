"""Approvals: what waits for one's word, and one request."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ruang.access.sight import NotInSight
from ruang.approvals import queries
from ruang.approvals.states import Kind, State, Step
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.plans.queries import closing_asked
from ruang.triage.commands import decide_approval, withdraw_asked
from ruang.web.answers import Words
from ruang.web.request import Request
from ruang.web.results import done

STEPS = {"setuju": Step.GRANT, "tolak": Step.REFUSE, "tarik": Step.WITHDRAW}
"""Word in the address → what is done with a request."""
RESULT = {Step.GRANT: "disetujui", Step.REFUSE: "tidak-disetujui", Step.WITHDRAW: "ditarik"}


class Answer(forms.Form):
    """What is said with the decision."""

    answer = Words(
        label=_("Your words for who asked"),
        help_text=_("Needed when you do not approve. Only the two of you read it."),
        rows=4,
    )


@require_safe
def approvals(request: Request) -> HttpResponse:
    """Show what waits for one's word, what one asked, and what is over."""
    lines = queries.approvals_for(actor=request.actor, open_only=False)
    waiting = [line for line in lines if line.is_mine_to_decide]
    context = {
        "waiting": waiting,
        "asked": [line for line in lines if line.is_mine and line.state is State.ASKED],
        "over": [line for line in lines if line.state is not State.ASKED],
        "at": request.at,
    }
    return render(request, "approvals/approvals.html", context)


@require_safe
def approval(request: Request, approval_id: UUID) -> HttpResponse:
    """Show one request with its reason."""
    return _show(request, approval_id, Answer())


@require_POST
def decide(request: Request, approval_id: UUID, slug: str) -> HttpResponseBase:
    """Approve, do not approve, or withdraw."""
    step = STEPS.get(slug)
    if step is None:
        raise NotInSight("step")
    if step is Step.WITHDRAW:
        return _withdraw(request, approval_id)
    form = Answer(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    try:
        decide_approval(
            actor=request.actor, approval_id=approval_id, step=step, answer=answer,
            at=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _show(request, approval_id, form, str(refusal))
    return done(RESULT[step], "approvals:approval", approval_id)


def _withdraw(request: Request, approval_id: UUID) -> HttpResponseBase:
    """Take it back; whoever leads the matter now is shown that, for the request is not hers."""
    try:
        about = withdraw_asked(actor=request.actor, approval_id=approval_id, at=clock.now())
    except Refused as refusal:
        return _show(request, approval_id, Answer(), str(refusal))
    if about.is_mine:
        return done(RESULT[Step.WITHDRAW], "approvals:approval", approval_id)
    there = "desk:report" if about.is_of_report else "cases:case"
    return done(RESULT[Step.WITHDRAW], there, about.subject)


def _show(request: Request, approval_id: UUID, form: Answer, refusal: str = "") -> HttpResponse:
    page = queries.approval_page(actor=request.actor, approval_id=approval_id)
    context = {"page": page, "line": page.line, "form": form, "refusal": refusal}
    if page.line.kind is Kind.CLOSE_CASE:
        asked = closing_asked(actor=request.actor, approval_id=approval_id)
        context["closing"] = asked
    return render(request, "approvals/approval.html", context | {"at": request.at})
