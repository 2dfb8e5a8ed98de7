"""Asking a partner for one case, and what was asked for it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ruang.kernel.errors import Refused
from ruang.referrals import commands, queries
from ruang.referrals.states import Need
from ruang.web.cases.views import around
from ruang.web.referrals import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def of_case(request: Request, case_id: UUID) -> HttpResponse:
    """Show everything that was asked for one case."""
    found = queries.case_requests(actor=request.actor, case_id=case_id, at=request.at)
    context = around(request, found.head, "of_case") | {"page": found}
    return render(request, "referrals/of_case.html", context)


@page
def ask(request: Request, case_id: UUID) -> HttpResponseBase:
    """Ask a partner: first for what, then everything else on one page."""
    posted = request.POST if request.method == "POST" else None
    need = _need(request)
    found = queries.ask_page(
        actor=request.actor, case_id=case_id, at=request.at, need=need, after=_after(request)
    )
    need = need or (found.earlier.need if found.earlier else None)
    if need is None:
        asked = posted is not None or "need" in request.GET
        what_for = forms.WhatFor({"need": ""} if asked else None)
        return render(request, "referrals/what_for.html", {"page": found, "form": what_for})
    form = forms.Asking(posted, page=found, initial=_initial(found, need))
    if form.is_valid() and _sent(request, case_id, form):
        return done("rujukan-terkirim", "referrals:of_case", case_id)
    context = {"page": found, "form": form, "need": need, "at": request.at}
    return render(request, "referrals/ask.html", context)


def _sent(request: Request, case_id: UUID, form: forms.Asking) -> bool:
    try:
        commands.ask_partner(
            actor=request.actor,
            case_id=case_id,
            ask=form.said(),
            form_tag=form.tag(request),
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _initial(found: queries.AskPage, need: Need) -> dict[str, Any]:
    answer_by = timezone.localtime(found.answer_by)
    start: dict[str, Any] = {
        "need": need.value,
        "names": found.names,
        "share_until": f"{timezone.localtime(found.share_until):%Y-%m-%d}",
        "answer_on": f"{answer_by:%Y-%m-%d}",
        "answer_at": f"{answer_by:%H:%M}",
    }
    if found.earlier is not None:
        start["text"] = found.earlier.text
    return start


def _need(request: Request) -> Need | None:
    said = request.POST.get("need") or request.GET.get("need", "")
    return Need(said) if said in Need.values else None


def _after(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("sesudah", ""))
    except ValueError:
        return None
