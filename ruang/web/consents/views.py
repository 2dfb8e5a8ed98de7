"""The consents of a case: what is in force, what is over; giving one, and taking one back."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.consents import commands, queries
from ruang.kernel.errors import Refused
from ruang.referrals.commands import renew_consent, withdraw_consent
from ruang.referrals.queries import what_ends
from ruang.web.cases.views import around
from ruang.web.consents import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def consents(request: Request, case_id: UUID) -> HttpResponse:
    """Show on what ground something is shared, and what is over."""
    found = queries.consent_list(actor=request.actor, case_id=case_id, at=request.at)
    context = around(request, found.head, "consents") | {"page": found}
    return render(request, "consents/consents.html", context)


@page
def give(request: Request, case_id: UUID) -> HttpResponseBase:
    """Write a consent down, or another ground."""
    found = queries.give_page(actor=request.actor, case_id=case_id, at=request.at)
    posted = request.POST if request.method == "POST" else None
    start = {
        "organisation": request.GET.get("lembaga", ""),
        "until": f"{timezone.localtime(found.until):%Y-%m-%d}",
    }
    form = forms.Giving(posted, page=found, initial=start)
    if form.is_valid() and _given(request, case_id, form):
        return done("izin", "consents:consents", case_id)
    return render(request, "consents/give.html", {"page": found, "form": form})


@page
def withdraw(request: Request, case_id: UUID, consent_id: UUID) -> HttpResponseBase:
    """Take a consent back, after naming everything that ends with it."""
    found = what_ends(
        actor=request.actor, case_id=case_id, consent_id=consent_id, at=request.at
    )
    if not found.consent.may_withdraw:
        raise NotInSight("withdraw")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _goes(
        form, withdraw_consent, actor=request.actor, consent_id=consent_id, at=request.at
    ):
        return done("izin-tarik", "consents:consents", case_id)
    return render(request, "consents/withdraw.html", {"page": found, "form": form})


@page
def renew(request: Request, case_id: UUID, consent_id: UUID) -> HttpResponseBase:
    """Put what a child agreed to herself on another ground, and nothing that runs is cut off.

    The manager or her deputy, just told that she is a child, afraid that help stops: what runs
    is named first, then the same questions as for any other ground.
    """
    found = what_ends(
        actor=request.actor, case_id=case_id, consent_id=consent_id, at=request.at
    )
    if not found.consent.ask_anew and request.method != "POST":
        raise NotInSight("renew")
    form = forms.Renewing(request.POST if request.method == "POST" else None)
    if form.is_valid() and _goes(
        form,
        renew_consent,
        actor=request.actor,
        consent_id=consent_id,
        ground=form.said(),
        form_tag=form.tag(request),
        at=request.at,
    ):
        return done("izin-baru", "consents:consents", case_id)
    return render(request, "consents/renew.html", {"page": found, "form": form})


def _given(request: Request, case_id: UUID, form: forms.Giving) -> bool:
    return _goes(
        form,
        commands.give_consent,
        actor=request.actor,
        case_id=case_id,
        grant=form.said(),
        form_tag=form.tag(request),
        at=request.at,
    )


def _goes(form: Form, command: Any, **said: Any) -> bool:
    """Run a command; a refusal stays on the form."""
    try:
        command(**said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
