"""Those who hold sessions: the team, one person, hours, days away, the own calendar."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ruang.access.require import require
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.prevention import commands, queries
from ruang.prevention.policy import may_change_days, may_plan
from ruang.prevention.queries.people import PersonPage, ProfileChoices
from ruang.web.ics import calendar_of
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sessions import staffing
from ruang.web.sign_in.views import page
from ruang.web.words import in_language


@require_safe
def people(request: Request) -> HttpResponse:
    """Show the team."""
    team = queries.facilitators_page(actor=request.actor, at=request.at)
    context = {"page": team}
    return render(request, "sessions/people.html", context)


@require_safe
def person(request: Request, facilitator_id: UUID) -> HttpResponse:
    """Show one facilitator."""
    return _show(request, _person(request, facilitator_id))


@page
def profile(request: Request, user_id: UUID) -> HttpResponseBase:
    """Write down what a colleague can, who holds no sessions yet."""
    require(may_plan, request.actor, None)
    chosen = queries.profile_choices(actor=request.actor, user=user_id)
    return _write(request, user_id, chosen, None)


@page
def change(request: Request, facilitator_id: UUID) -> HttpResponseBase:
    """Change what a facilitator can."""
    shown = _person(request, facilitator_id)
    require(may_plan, request.actor, None)
    chosen = queries.profile_choices(actor=request.actor, user=shown.user)
    return _write(request, shown.user, chosen, shown)


@page
def hours(request: Request, facilitator_id: UUID) -> HttpResponseBase:
    """Say in which hours of the week somebody can be sent out."""
    shown = _changing(request, facilitator_id)
    given = request.POST if request.method == "POST" else None
    form = staffing.Week(given, initial=staffing.first_hours(shown))
    if form.is_valid():
        try:
            commands.set_working(
                actor=request.actor, facilitator_id=facilitator_id, hours=form.hours(),
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("fasilitator", "sessions:person", facilitator_id)
    context = {"page": shown, "form": form, "days": form.days()}
    return render(request, "sessions/hours.html", context)


@require_POST
def away(request: Request, facilitator_id: UUID) -> HttpResponseBase:
    """Say on which days somebody cannot come."""
    shown = _changing(request, facilitator_id)
    form = staffing.Days(request.POST)
    if form.is_valid():
        try:
            commands.add_away(
                actor=request.actor, facilitator_id=facilitator_id, at=clock.now(),
                begins_on=form.cleaned_data["begins_on"], ends_on=form.cleaned_data["ends_on"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("fasilitator", "sessions:person", facilitator_id)
    return _show(request, shown, form)


@require_POST
def back(request: Request, facilitator_id: UUID, away_id: int) -> HttpResponseBase:
    """Say that somebody can come after all."""
    commands.drop_away(
        actor=request.actor, facilitator_id=facilitator_id, away_id=away_id, at=clock.now()
    )
    return done("fasilitator", "sessions:person", facilitator_id)


@require_safe
def feed(request: Request, facilitator_id: UUID) -> HttpResponse:
    """Send what somebody holds, for the calendar of a phone."""
    events = queries.my_events(
        actor=request.actor, facilitator_id=facilitator_id, at=request.at
    )
    return calendar_of(events, request, name="sesi-saya")


@require_POST
def subscribe(request: Request, facilitator_id: UUID) -> HttpResponseBase:
    """Give one's own calendar a new secret address, shown this once; or take it away."""
    actor, at = request.actor, clock.now()
    if "berhenti" in request.POST:
        commands.close_calendar(actor=actor, facilitator_id=facilitator_id, at=at)
        return done("kalender-tutup", "sessions:person", facilitator_id)
    secret = commands.open_calendar(actor=actor, facilitator_id=facilitator_id, at=at)
    address = request.build_absolute_uri(reverse("schedule:own", args=[secret]))
    answer = _show(request, _person(request, facilitator_id), address=in_language(address))
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def cadres(request: Request) -> HttpResponse:
    """Show who looks after which RW."""
    context = {"rows": queries.cadres_page(actor=request.actor)}
    return render(request, "sessions/cadres.html", context)


@page
def cadre(request: Request, user_id: UUID) -> HttpResponseBase:
    """Say which RW a cadre looks after."""
    shown = queries.cadre_page(
        actor=request.actor, user=user_id, village=request.GET.get("kelurahan", "")
    )
    given = request.POST if request.method == "POST" else None
    form = staffing.Area(given, page=shown)
    if form.is_valid():
        rws = [UUID(one) for one in form.cleaned_data["rws"]]
        try:
            commands.set_cadre_area(
                actor=request.actor, user=user_id, rws=rws, village=shown.village,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("kader-wilayah", "sessions:cadres")
    choose = staffing.Village(initial={"kelurahan": shown.village}, page=shown)
    context = {"page": shown, "form": form, "choose": choose}
    return render(request, "sessions/cadre.html", context)


def _person(request: Request, facilitator_id: UUID) -> PersonPage:
    return queries.facilitator_page(
        actor=request.actor, facilitator_id=facilitator_id, at=request.at
    )


def _changing(request: Request, facilitator_id: UUID) -> PersonPage:
    """Return somebody whose hours and days this person may change.

    :raises PermissionDenied: if it is somebody else
    """
    shown = _person(request, facilitator_id)
    if not shown.may_change:
        raise PermissionDenied(may_change_days.__name__)
    return shown


def _show(
    request: Request,
    shown: PersonPage,
    form: staffing.Days | None = None,
    *,
    address: str = "",
) -> HttpResponse:
    context = {
        "address": address,
        "page": shown,
        "form": form or staffing.Days(),
        "at": request.at,
        "days": staffing.week_words(shown),
    }
    return render(request, "sessions/person.html", context)


def _write(
    request: Request, user: UUID, chosen: ProfileChoices, shown: PersonPage | None
) -> HttpResponseBase:
    given = request.POST if request.method == "POST" else None
    first = staffing.first_profile(shown) if shown else None
    form = staffing.Profile(given, chosen=chosen, initial=first)
    if form.is_valid():
        try:
            made = commands.save_facilitator(
                actor=request.actor, user=user, profile=form.said(), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("fasilitator", "sessions:person", made)
    context = {"form": form, "name": chosen.name, "page": shown}
    return render(request, "sessions/profile.html", context)
