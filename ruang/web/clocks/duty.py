"""The duty list of a desk: who is rung now, who is on when, how one is reached."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ruang.access.sight import NotInSight
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.notify import commands, queries
from ruang.web.clocks import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def duty(request: Request) -> HttpResponse:
    """Show the duty list."""
    return _show(request, None)


@require_POST
def add(request: Request) -> HttpResponseBase:
    """Put somebody on the list."""
    found = queries.duty_page(actor=request.actor, at=request.at)
    if not found.may_plan:
        raise PermissionDenied("may_plan")
    form = forms.Shift(request.POST, people=found.people)
    if form.is_valid():
        try:
            commands.add_shift(
                actor=request.actor,
                user=form.cleaned_data["user"],
                turn=form.turn(),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("piket-tambah", "clocks:duty")
    return _show(request, form)


@require_POST
def remove(request: Request, shift_id: UUID) -> HttpResponseBase:
    """Take a shift off the list."""
    commands.remove_shift(actor=request.actor, shift_id=shift_id, at=clock.now())
    return done("piket-hapus", "clocks:duty")


@page
def reach(request: Request, user_id: UUID) -> HttpResponseBase:
    """Say how somebody is reached on duty."""
    found = queries.duty_page(actor=request.actor, at=request.at)
    person = next((one for one in found.people if one.user == user_id), None)
    if person is None:
        raise NotInSight
    if not (person.is_me or found.may_plan):
        raise PermissionDenied("may_reach")
    given = request.POST if request.method == "POST" else None
    form = forms.Reach(given, initial={"phone": person.phone, "email": person.email})
    if form.is_valid():
        try:
            commands.set_reach(
                actor=request.actor, user=user_id, at=clock.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("piket-nomor", "clocks:duty")
    return render(request, "clocks/reach.html", {"person": person, "form": form})


def _show(request: Request, form: forms.Shift | None) -> HttpResponse:
    found = queries.duty_page(actor=request.actor, at=request.at)
    context = {"page": found, "form": form or forms.Shift(people=found.people)}
    return render(request, "clocks/duty.html", context)
