"""The city's organisations, for its administrators."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ruang.identity import commands, queries
from ruang.identity.states import OrganisationKind
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.members.views import show_invite, show_members
from ruang.web.organisations import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def organisations(request: Request) -> HttpResponse:
    """Show every organisation."""
    rows = queries.organisations_page(actor=request.actor)
    return render(request, "organisations/organisations.html", {"rows": rows})


@page
def found(request: Request) -> HttpResponseBase:
    """Enter an organisation."""
    queries.organisations_page(actor=request.actor)
    form = forms.Found(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = commands.found_organisation(
                actor=request.actor,
                name=form.cleaned_data["name"],
                kind=OrganisationKind(form.cleaned_data["kind"]),
                phone=form.cleaned_data["phone"],
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return done("organisasi", "organisations:invite", made)
    return render(request, "organisations/found.html", {"form": form})


@require_safe
def organisation(request: Request, organisation_id: UUID) -> HttpResponse:
    """Show the members of one organisation."""
    return show_members(request, organisation_id)


@page
def invite(request: Request, organisation_id: UUID) -> HttpResponseBase:
    """Invite somebody into one organisation."""
    return show_invite(request, organisation_id)


@page
def close(request: Request, organisation_id: UUID) -> HttpResponseBase:
    """Close an organisation to sign-in."""
    refusal: object = ""
    if request.method == "POST":
        try:
            commands.close_organisation(
                actor=request.actor, organisation_id=organisation_id, at=clock.now()
            )
        except Refused as refused:
            refusal = refused.message
        else:
            return done("organisasi-tutup", "organisations:organisations")
    return _ask(request, organisation_id, "close", refusal)


@page
def reopen(request: Request, organisation_id: UUID) -> HttpResponseBase:
    """Open an organisation to sign-in again."""
    refusal: object = ""
    if request.method == "POST":
        try:
            commands.reopen_organisation(
                actor=request.actor, organisation_id=organisation_id, at=clock.now()
            )
        except Refused as refused:
            refusal = refused.message
        else:
            return done("organisasi-buka", "organisations:organisations")
    return _ask(request, organisation_id, "reopen", refusal)


def _ask(request: Request, organisation_id: UUID, act: str, refusal: object) -> HttpResponse:
    found = queries.organisation_row(actor=request.actor, organisation_id=organisation_id)
    return render(request, f"organisations/{act}.html", {"row": found, "refusal": refusal})
