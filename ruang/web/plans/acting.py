"""What the pages of a plan have in common: who may come, and one form with one command."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from ruang.access.sight import NotInSight
from ruang.cases import queries as cases
from ruang.cases.queries import CaseHead
from ruang.cases.states import Step
from ruang.kernel.errors import Refused
from ruang.plans.policy import may_plan
from ruang.web.request import Request
from ruang.web.results import done

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Ask:
    """One page that asks one thing.

    :ivar code: the result it goes on with; ``to`` the page after it
    """

    title: Words
    button: Words
    code: str
    to: str
    about: Words = ""
    quote: Words = ""


def head_of(request: Request, case_id: UUID, *, leads: bool = False) -> CaseHead:
    """Return the case, if this actor may write in it now; on a POST the command decides."""
    head = cases.case_head(actor=request.actor, case_id=case_id, at=request.at)
    if Step.WRITE not in head.steps and request.method != "POST":
        raise NotInSight(Step.WRITE.value)
    if leads and not head.leads:
        raise PermissionDenied(may_plan.__name__)
    return head


def sent(request: Request) -> Any:
    """Return what was sent; None on a GET."""
    return request.POST if request.method == "POST" else None


def ask(
    request: Request,
    head: CaseHead,
    form: forms.Form,
    act: Callable[[], object],
    page: Ask,
) -> HttpResponseBase:
    """Show a form, or do what was sent and go on; what is refused is said in the form."""
    if form.is_valid():
        try:
            act()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(page.code, page.to, head.id)
    context = {"head": head, "form": form, "ask": page, "at": request.at}
    return render(request, "plans/ask.html", context)
