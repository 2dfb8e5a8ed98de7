"""The team of a case: who may read what, and every change after a page that asks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.cases import commands as cases
from ruang.cases.states import HELPERS, SHAREABLE, Compartment, Exclusion, Part
from ruang.kernel.errors import Refused
from ruang.referrals import commands, queries
from ruang.web.cases.views import around
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page
from ruang.web.team import forms


@require_safe
def team(request: Request, case_id: UUID) -> HttpResponse:
    """Show who may read what."""
    found = _team(request, case_id)
    context = around(request, found.head, "team") | {"page": found, "helpers": HELPERS}
    return render(request, "team/team.html", context)


@page
def add(request: Request, case_id: UUID) -> HttpResponseBase:
    """Take a colleague of the own office on the team.

    The manager on the day a case needs a companion or psychologist of the unit itself: who it
    is, and what she must read to help; no consent is asked for, and none is invented.
    """
    people = queries.colleagues(actor=request.actor, case_id=case_id, at=request.at)
    found = _team(request, case_id)
    parts = [part for part in SHAREABLE if part is not Compartment.PLAN]
    form = forms.Joining(_posted(request), people=people, parts=parts)
    if form.is_valid() and _goes(
        form,
        cases.add_colleague,
        actor=request.actor,
        case_id=case_id,
        user_id=UUID(form.cleaned_data["person"]),
        compartments=form.chosen(),
        at=request.at,
    ):
        return done("tim-masuk", "team:team", case_id)
    return render(request, "team/add.html", {"page": found, "form": form, "people": people})


@page
def give(request: Request, case_id: UUID, user_id: UUID) -> HttpResponseBase:
    """Let a partner read more, on a consent; or a colleague, who needs none."""
    found, seat = _seat(request, case_id, user_id)
    if seat.person.part is Part.TEAM:
        return _give_colleague(request, case_id, found, seat)
    held = queries.consents_for_more(
        actor=request.actor, case_id=case_id, user_id=user_id, organisation=seat.desk,
        at=request.at,
    )  # fmt: skip
    consents = [one for one in held if {*one.compartments} & {*seat.more}]
    form = forms.More(_posted(request), parts=seat.more, consents=consents)
    if form.is_valid() and _goes(
        form,
        commands.give_more,
        actor=request.actor,
        case_id=case_id,
        user_id=user_id,
        compartments=form.chosen(),
        consent_id=UUID(form.cleaned_data["consent"]),
        at=request.at,
    ):
        return done("tim-diberi", "team:team", case_id)
    context = {"page": found, "seat": seat, "form": form, "consents": consents}
    return render(request, "team/give.html", context)


def _give_colleague(
    request: Request, case_id: UUID, found: queries.TeamPage, seat: queries.Seat
) -> HttpResponseBase:
    form = forms.Parts(_posted(request), parts=seat.more)
    if form.is_valid() and _goes(
        form,
        cases.give_colleague,
        actor=request.actor,
        case_id=case_id,
        user_id=seat.person.id,
        compartments=form.chosen(),
        at=request.at,
    ):
        return done("tim-diberi", "team:team", case_id)
    context = {"page": found, "seat": seat, "form": form, "is_colleague": True}
    return render(request, "team/give.html", context)


@page
def take(request: Request, case_id: UUID, user_id: UUID) -> HttpResponseBase:
    """Let a colleague or partner read less."""
    found, seat = _seat(request, case_id, user_id)
    form = forms.Parts(_posted(request), parts=seat.less)
    if form.is_valid() and _goes(
        form,
        cases.withdraw_compartments,
        actor=request.actor,
        case_id=case_id,
        user_id=user_id,
        compartments=form.chosen(),
        at=request.at,
    ):
        return done("tim-diambil", "team:team", case_id)
    return render(request, "team/take.html", {"page": found, "seat": seat, "form": form})


@page
def remove(request: Request, case_id: UUID, user_id: UUID) -> HttpResponseBase:
    """Take a colleague or partner off the team."""
    found, seat = _seat(request, case_id, user_id)
    form = Form(_posted(request))
    if form.is_valid() and _goes(
        form,
        commands.remove_person,
        actor=request.actor,
        case_id=case_id,
        user_id=user_id,
        at=request.at,
    ):
        return done("tim-keluar", "team:team", case_id)
    return render(request, "team/remove.html", {"page": found, "seat": seat, "form": form})


@page
def bar(request: Request, case_id: UUID) -> HttpResponseBase:
    """Bar somebody for ever: first the organisation, then the person."""
    found = queries.bar_page(
        actor=request.actor, case_id=case_id, desk=_desk(request), at=request.at
    )
    place = forms.Place(request.GET if "lembaga" in request.GET else None, desks=found.desks)
    form = forms.Barring(_posted(request), people=found.people)
    if form.is_valid() and _goes(
        form,
        commands.bar_person,
        actor=request.actor,
        case_id=case_id,
        user_id=UUID(form.cleaned_data["person"]),
        why=Exclusion(form.cleaned_data["why"]),
        at=request.at,
    ):
        return done("tim-larang", "team:team", case_id)
    return render(request, "team/bar.html", {"page": found, "place": place, "form": form})


@page
def manager(request: Request, case_id: UUID) -> HttpResponseBase:
    """Hand the case to another manager."""
    return _hand_on(request, case_id, Part.MANAGER)


@page
def deputy(request: Request, case_id: UUID) -> HttpResponseBase:
    """Name another deputy."""
    return _hand_on(request, case_id, Part.DEPUTY)


def _hand_on(request: Request, case_id: UUID, part: Part) -> HttpResponseBase:
    people = queries.successors(actor=request.actor, case_id=case_id, part=part, at=request.at)
    form = forms.Successor(_posted(request), people=people)
    if form.is_valid() and _goes(
        form,
        commands.hand_case_on,
        actor=request.actor,
        case_id=case_id,
        part=part,
        user_id=UUID(form.cleaned_data["person"]),
        at=request.at,
    ):
        return _after_handing_on(request, case_id)
    found = _team(request, case_id)
    now = next(one.person for one in found.seats if one.person.part is part)
    context = {"page": found, "form": form, "now": now, "people": people}
    return render(request, f"team/{part.value}.html", context)


def _after_handing_on(request: Request, case_id: UUID) -> HttpResponseBase:
    """Go back to the team, unless whoever handed on is no longer on it."""
    try:
        _team(request, case_id)
    except NotInSight:
        return redirect("/kasus/?hasil=tim-serah")
    return done("tim-serah", "team:team", case_id)


def _goes(form: Form, command: Callable[..., Any], **said: Any) -> bool:
    """Run a command; a refusal stays on the form."""
    try:
        command(**said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _seat(
    request: Request, case_id: UUID, user_id: UUID
) -> tuple[queries.TeamPage, queries.Seat]:
    """Return the place of a colleague or partner whose part this actor may change."""
    found = _team(request, case_id)
    seat = found.seat(user_id)
    if seat is None or not found.may_change or seat.person.part not in HELPERS:
        raise NotInSight("seat")
    return found, seat


def _team(request: Request, case_id: UUID) -> queries.TeamPage:
    return queries.team_page(actor=request.actor, case_id=case_id, at=request.at)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _desk(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("lembaga", ""))
    except ValueError:
        return None
