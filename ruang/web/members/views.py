"""Members of an organisation: who is in, who waits, who is let in and out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.identity import commands, queries
from ruang.identity.states import Step
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.members import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page

FEW = 8
"""Members that are found by looking; beyond, the list can be searched."""


@require_safe
def members(request: Request) -> HttpResponse:
    """Show the members of the own organisation."""
    return show_members(request, None)


@page
def invite(request: Request) -> HttpResponseBase:
    """Invite somebody into the own organisation."""
    return show_invite(request, request.actor.organisation_id)


@require_safe
def member(request: Request, user_id: UUID) -> HttpResponse:
    """Show one member."""
    return render(request, "members/member.html", {"page": _member(request, user_id)})


@require_POST
def invite_again(request: Request, user_id: UUID) -> HttpResponse:
    """Make a new code for an invitation that was not accepted yet."""
    made = commands.invite_again(actor=request.actor, user_id=user_id, at=clock.now())
    return _invited(request, made)


@page
def confirm(request: Request, user_id: UUID) -> HttpResponseBase:
    """Give a waiting colleague the desk's keys, after comparing the numbers."""
    found = _open(request, user_id, Step.CONFIRM)
    shown = " ".join(found.fingerprint)
    form = forms.Compared(request.POST if request.method == "POST" else None)
    form.fields["shown"].initial = shown
    if form.is_valid():
        try:
            commands.confirm_member(
                actor=request.actor,
                user_id=user_id,
                shown=form.cleaned_data["shown"],
                at=clock.now(),
            )
        except Refused as refusal:
            form = forms.Compared(initial={"shown": shown})
            context = {"page": found, "form": form, "refusal": refusal.message}
            return render(request, "members/confirm.html", context)
        return done("dikonfirmasi", "members:members")
    return render(request, "members/confirm.html", {"page": found, "form": form, "refusal": ""})


@page
def suspend(request: Request, user_id: UUID) -> HttpResponseBase:
    """Suspend a member."""
    return _let_go(request, user_id, Step.SUSPEND, commands.suspend_member, "ditangguhkan")


@page
def let_return(request: Request, user_id: UUID) -> HttpResponseBase:
    """Let a suspended member return."""
    return _let_go(request, user_id, Step.RETURN, commands.return_member, "dikembalikan")


@page
def remove(request: Request, user_id: UUID) -> HttpResponseBase:
    """Remove a member."""
    return _let_go(request, user_id, Step.REMOVE, commands.remove_member, "dikeluarkan")


def show_members(request: Request, organisation_id: UUID | None) -> HttpResponse:
    """Return the page of an organisation's members."""
    form = forms.Search(request.GET)
    named = form.named()
    found = queries.members_page(
        actor=request.actor, organisation_id=organisation_id, named=named, at=clock.now()
    )
    has_search = bool(named) or found.total > FEW
    context = {"page": found, "form": form, "named": named, "has_search": has_search}
    return render(request, "members/members.html", context)


def show_invite(request: Request, organisation_id: UUID) -> HttpResponseBase:
    """Return the page that invites somebody, or the one that shows the invitation."""
    roles = queries.roles_for(actor=request.actor, organisation_id=organisation_id)
    given = request.POST if request.method == "POST" else None
    form = forms.Invite(given, roles=roles)
    if form.is_valid():
        try:
            made = commands.invite_member(
                actor=request.actor,
                organisation_id=organisation_id,
                name=form.cleaned_data["name"],
                login=form.cleaned_data["login"],
                role=Role(form.cleaned_data["role"]),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("login", str(refusal))
        else:
            return _invited(request, made)
    return render(request, "members/invite.html", {"form": form})


def _let_go(
    request: Request, user_id: UUID, step: Step, command: Callable[..., Any], result: str
) -> HttpResponseBase:
    """Show what will follow, and do it on the button."""
    found = _open(request, user_id, step)
    refusal: object = ""
    if request.method == "POST":
        try:
            command(actor=request.actor, user_id=user_id, at=clock.now())
        except Refused as refused:
            refusal = refused.message
        else:
            return done(result, "members:member", user_id)
    context = {"page": found, "refusal": refusal, "do": step.label}
    return render(request, f"members/{step.value}.html", context)


def _open(request: Request, user_id: UUID, step: Step) -> queries.MemberPage:
    """Return the member, if this actor may take this step with the account now.

    On a POST the command has the last word, with a sentence of its own.
    """
    found = _member(request, user_id)
    if step not in found.steps and request.method != "POST":
        raise NotInSight("step")
    return found


def _member(request: Request, user_id: UUID) -> queries.MemberPage:
    return queries.member_page(actor=request.actor, user_id=user_id, at=clock.now())


def _invited(request: Request, made: commands.Invitation) -> HttpResponse:
    context = {"made": made, "groups": made.code.split("-")}
    return render(request, "members/invited.html", context)
