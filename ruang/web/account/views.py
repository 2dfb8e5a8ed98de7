"""A person's own pages: the account, where one is signed in, waiting for a colleague."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ruang.identity import commands, queries
from ruang.identity.sessions import SignedIn
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.account import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def account(request: Request) -> HttpResponse:
    """Show the own account."""
    found = queries.account_page(actor=request.actor)
    chosen = forms.Language(initial={"language": found.language})
    return render(request, "account/account.html", {"page": found, "form": chosen})


@require_safe
def waiting(request: Request) -> HttpResponseBase:
    """Show the numbers to compare while waiting; afterwards go on to the desk."""
    found = queries.account_page(actor=request.actor)
    if not found.is_waiting:
        return redirect("/meja/")
    return render(request, "account/waiting.html", {"page": found})


@page
def password(request: Request) -> HttpResponseBase:
    """Choose a new password."""
    form = forms.Password(request.POST) if request.method == "POST" else forms.Password()
    if form.is_valid():
        try:
            commands.change_password(
                actor=request.actor,
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                session_id=_here(request).session_id,
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("sandi", "account:account")
    return render(request, "account/password.html", {"form": form})


@page
def code(request: Request) -> HttpResponseBase:
    """Print a new recovery code; it is shown once."""
    form = forms.Proof(request.POST) if request.method == "POST" else forms.Proof()
    if form.is_valid():
        try:
            printed = commands.print_code(
                actor=request.actor, present=form.cleaned_data["present"], at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "account/printed.html", {"groups": printed.split("-")})
    return render(request, "account/code.html", {"form": form})


@require_POST
def language(request: Request) -> HttpResponseBase:
    """Choose the language of the pages."""
    chosen = request.POST.get("language", "")
    commands.choose_language(actor=request.actor, language=chosen, at=clock.now())
    return done("bahasa", "account:account")


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Show where one is signed in."""
    found = queries.sessions_page(
        actor=request.actor, session_id=_here(request).session_id, at=clock.now()
    )
    return render(request, "account/sessions.html", {"page": found})


@require_POST
def end_one(request: Request, session_id: UUID) -> HttpResponseBase:
    """Sign out on one device."""
    commands.sign_out(actor=request.actor, session_id=session_id, at=clock.now())
    return done("keluar", "account:sessions")


@require_POST
def end_others(request: Request) -> HttpResponseBase:
    """Sign out everywhere but here."""
    commands.sign_out_others(
        actor=request.actor, session_id=_here(request).session_id, at=clock.now()
    )
    return done("keluar-lainnya", "account:sessions")


def _here(request: Request) -> SignedIn:
    assert request.signed_in is not None  # noqa: S101 - the middleware let nobody else in
    return request.signed_in
