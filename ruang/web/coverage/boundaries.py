"""Boundaries: choose a file, look at what was recognised, use it or not."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from ruang.kernel.errors import Refused
from ruang.territory import commands, queries
from ruang.web.coverage import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@page
def boundaries(request: Request) -> HttpResponseBase:
    """Show the boundaries in use, and read a file."""
    drawn = queries.boundaries_in_use(actor=request.actor)
    sent = request.method == "POST"
    form = forms.Boundaries(*((request.POST, request.FILES) if sent else ()))
    if sent and form.is_valid():
        try:
            made = commands.read_boundaries(
                actor=request.actor,
                content=form.cleaned_data["file"].read(),
                source=form.cleaned_data["source"],
                is_official=form.cleaned_data["official"],
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("coverage:check", made)
    context = {"drawn": drawn, "form": form, "at": request.at}
    return render(request, "coverage/boundaries.html", context)


@page
def check(request: Request, boundaries_id: UUID) -> HttpResponseBase:
    """Show what was recognised in a file; a POST uses it."""
    found = queries.boundaries_to_check(actor=request.actor, boundaries_id=boundaries_id)
    if request.method == "POST":
        commands.use_boundaries(actor=request.actor, boundaries_id=boundaries_id, at=request.at)
        return done("batas-dipakai", "coverage:boundaries")
    context = {"found": found, "missing": _missing(found)}
    return render(request, "coverage/check.html", context)


@page
def drop(request: Request, boundaries_id: UUID) -> HttpResponseBase:
    """Forget boundaries, after a page that asks: the file is not kept."""
    found = queries.boundaries_to_check(actor=request.actor, boundaries_id=boundaries_id)
    if request.method == "POST":
        commands.drop_boundaries(
            actor=request.actor, boundaries_id=boundaries_id, at=request.at
        )
        return done("batas-dibuang", "coverage:boundaries")
    return render(request, "coverage/drop.html", {"found": found})


def _missing(found: queries.Boundaries) -> list[str]:
    """Return the kelurahan of the city for which the file has no area."""
    every = queries.villages(city_code=queries.city().code)
    return [place.name for place in every if place.code not in found.paths]
