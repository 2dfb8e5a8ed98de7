"""Requests to partners: the list, one request, and every answer to it."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ruang.access.sight import NotInSight
from ruang.cases.commands import write_note
from ruang.cases.states import Compartment
from ruang.kernel.errors import Refused
from ruang.referrals import commands, queries
from ruang.referrals.queries import Tab
from ruang.referrals.states import Step
from ruang.web.referrals import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def asked(request: Request) -> HttpResponse:
    """Show what is asked of the own desk."""
    wanted = request.GET.get("tampil", "")
    tab = Tab(wanted) if wanted in Tab.values else Tab.ASKED
    found = queries.asked_list(
        actor=request.actor, tab=tab, at=request.at, after=request.GET.get("sesudah", "")
    )
    part = "#list" if request.htmx else ""
    context = {"page": found, "at": request.at, "here": request.get_full_path()}
    context["pace"] = None if part else queries.own_pace(actor=request.actor, at=request.at)
    return render(request, f"referrals/asked.html{part}", context)


@require_safe
def sent(request: Request) -> HttpResponse:
    """Show what was asked of partners for one's own cases."""
    after = request.GET.get("sesudah", "")
    found = queries.sent_list(actor=request.actor, at=request.at, after=after)
    paces = queries.partner_paces(actor=request.actor, at=request.at)
    context = {"page": found, "paces": paces, "at": request.at}
    return render(request, "referrals/sent.html", context)


@require_safe
def referral(request: Request, referral_id: UUID) -> HttpResponse:
    """Show one request."""
    return _show(request, referral_id)


@require_POST
def take(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Take a request: what follows is the one question about the names."""
    refusal = _move(request, referral_id, Step.TAKE)
    if refusal is not None:
        return _show(request, referral_id, refusal=refusal)
    return redirect("referrals:names", referral_id)


@page
def names(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Show the names alone, and take the answer that none of them is known."""
    refusal = None
    if request.method == "POST":
        refusal = _move(request, referral_id, Step.CONFIRM)
        if refusal is None:
            return done("rujukan-diterima", "referrals:referral", referral_id)
    found = queries.names_page(actor=request.actor, referral_id=referral_id)
    context = {"page": found, "at": request.at, "refusal": refusal}
    return render(request, "referrals/names.html", context)


@page
def hand_back(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Hand a request back for ever, because one of the names is known."""
    found = queries.names_page(actor=request.actor, referral_id=referral_id)
    refusal = None
    if request.method == "POST":
        refusal = _move(request, referral_id, Step.HAND_BACK)
        if refusal is None:
            return done("rujukan-kenal", "referrals:asked")
    return render(request, "referrals/hand_back.html", {"page": found, "refusal": refusal})


@require_POST
def put_back(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Put a request back for a colleague, before having answered."""
    refusal = _move(request, referral_id, Step.PUT_BACK)
    if refusal is not None:
        return _show(request, referral_id, refusal=refusal)
    return done("rujukan-dilepas", "referrals:referral", referral_id)


@page
def decline(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Decline a request with a reason."""
    form = forms.Declining(request.POST if request.method == "POST" else None)
    if form.is_valid() and _said(request, referral_id, Step.DECLINE, form):
        return done("rujukan-ditolak", "referrals:asked")
    return _asking(request, referral_id, Step.DECLINE, form)


@page
def finish(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Finish the task with an outcome."""
    form = forms.Finishing(request.POST if request.method == "POST" else None)
    if form.is_valid() and _said(request, referral_id, Step.FINISH, form):
        return done("rujukan-selesai", "referrals:referral", referral_id)
    return _asking(request, referral_id, Step.FINISH, form)


@page
def withdraw(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Take a request back, and close again what was shared with it."""
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _said(request, referral_id, Step.WITHDRAW, form):
        return done("rujukan-ditarik", "referrals:referral", referral_id)
    return _asking(request, referral_id, Step.WITHDRAW, form)


@require_POST
def note(request: Request, referral_id: UUID) -> HttpResponseBase:
    """Write a note into the case."""
    found = _page(request, referral_id)
    form = forms.Note(request.POST, parts=found.writes)
    if not form.is_valid():
        return _show(request, referral_id, form=form)
    try:
        write_note(
            actor=request.actor,
            case_id=found.case_id,
            compartment=Compartment(form.cleaned_data["part"]),
            text=form.cleaned_data["text"],
            form_tag=form.tag(request),
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, referral_id, form=form)
    return done("catatan", "referrals:referral", referral_id)


def _show(
    request: Request, referral_id: UUID, *, form: forms.Note | None = None, refusal: Any = None
) -> HttpResponse:
    found = _page(request, referral_id)
    context = {
        "page": found,
        "at": request.at,
        "form": form or forms.Note(parts=found.writes),
        "refusal": refusal,
    }
    return render(request, "referrals/referral.html", context)


def _asking(request: Request, referral_id: UUID, step: Step, form: Form) -> HttpResponse:
    """Return the page of a step that is asked about before it is done."""
    found = _page(request, referral_id)
    if step not in found.steps and request.method != "POST":
        raise NotInSight(step.value)
    context = {"page": found, "at": request.at, "form": form}
    return render(request, f"referrals/{step.value}.html", context)


def _said(request: Request, referral_id: UUID, step: Step, form: Form) -> bool:
    """Take a step with what was typed; a refusal stays on the form."""
    said = form.cleaned_data
    refusal = _move(
        request, referral_id, step, code=said.get("code", ""), text=said.get("text", "")
    )
    if refusal is not None:
        form.add_error(None, str(refusal))
    return refusal is None


def _move(
    request: Request, referral_id: UUID, step: Step, *, code: str = "", text: str = ""
) -> Any:
    try:
        commands.move_referral(
            actor=request.actor,
            referral_id=referral_id,
            step=step,
            at=request.at,
            code=code,
            text=text,
        )
    except Refused as refusal:
        return refusal.message
    return None


def _page(request: Request, referral_id: UUID) -> queries.ReferralPage:
    return queries.referral_page(actor=request.actor, referral_id=referral_id, at=request.at)
