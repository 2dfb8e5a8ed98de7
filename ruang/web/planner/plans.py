"""Plans: the list, a new one, its page, and what is done with a whole plan."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid_of
from ruang.planner import commands, queries
from ruang.planner.queries import PlanPage
from ruang.planner.states import State
from ruang.web.planner import forms
from ruang.web.planner.sheets import sheet_of
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page
from ruang.web.tables import answer
from ruang.web.words import Words

FIRST_YEAR, LAST_YEAR = 2000, 2200


@require_safe
def plans(request: Request) -> HttpResponse:
    """Show the plans."""
    found = queries.plans_page(actor=request.actor, after=request.GET.get("sesudah", ""))
    return render(request, "planner/plans.html", {"page": found, "at": request.at})


@page
def new(request: Request) -> HttpResponseBase:
    """Begin a plan."""
    like = uuid_of(request.GET.get("seperti", ""))
    found = queries.new_page(actor=request.actor, like=like)
    given = request.POST if request.method == "POST" else None
    form = forms.New(given, page=found, today=local_day(request))
    if form.is_valid():
        try:
            plan_id = commands.draft_plan(
                actor=request.actor,
                draft=form.draft(),
                at=clock.now(),
                form_tag=form.tag(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("rencana-baru", "planner:plan", plan_id)
    return render(request, "planner/new.html", {"page": found, "form": form})


@page
def weights(request: Request) -> HttpResponseBase:
    """Say how much each kecamatan counts in a year."""
    today = local_day(request)
    wanted = request.GET.get("tahun", "")
    year = (
        int(wanted)
        if wanted.isascii() and wanted.isdigit() and len(wanted) == 4
        else today.year
    )
    found = queries.weights_page(
        actor=request.actor, year=min(max(year, FIRST_YEAR), LAST_YEAR)
    )
    given = request.POST if request.method == "POST" else None
    form = forms.Weigh(given, page=found, initial={"source": found.source})
    if form.is_valid():
        try:
            commands.set_priorities(
                actor=request.actor,
                year=found.year,
                levels=form.said(),
                source=form.cleaned_data["source"],
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            to = f"{reverse('planner:weights')}?tahun={found.year}&hasil=rencana-bobot"
            return HttpResponseRedirect(to)
    years = (today.year, today.year + 1)
    context = {"page": found, "form": form, "years": years, "at": request.at}
    return render(request, "planner/weights.html", context)


@require_safe
def plan(request: Request, plan_id: UUID) -> HttpResponse:
    """Show a plan."""
    return _show(request, plan_id)


@require_safe
def progress(request: Request, plan_id: UUID) -> HttpResponse:
    """Show how far the worker is."""
    state, found = queries.progress_of(actor=request.actor, plan_id=plan_id, at=request.at)
    context = {"plan_id": plan_id, "state": state, "progress": found, "at": request.at}
    return render(request, "planner/progress.html", context)


@require_POST
def start(request: Request, plan_id: UUID) -> HttpResponseBase:
    """Let the worker work it out."""
    try:
        commands.start_solving(actor=request.actor, plan_id=plan_id, at=clock.now())
    except Refused as refusal:
        return _show(request, plan_id, refusal=str(refusal))
    return done("rencana-susun", "planner:plan", plan_id)


@require_POST
def stop(request: Request, plan_id: UUID) -> HttpResponseBase:
    """Ask the worker to stop."""
    try:
        commands.stop_solving(actor=request.actor, plan_id=plan_id, at=clock.now())
    except Refused as refusal:
        return _show(request, plan_id, refusal=str(refusal))
    return done("rencana-berhenti", "planner:plan", plan_id)


@page
def publish(request: Request, plan_id: UUID) -> HttpResponseBase:
    """Publish a plan, after one more look at what that means."""
    found = queries.publish_page(actor=request.actor, plan_id=plan_id, at=request.at)
    refusal = ""
    if request.method == "POST":
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        try:
            commands.publish_plan(
                actor=request.actor, plan_id=plan_id, version=version, at=clock.now()
            )
        except Refused as no:
            refusal = str(no)
        else:
            return done("rencana-terbit", "planner:plan", plan_id)
    return render(request, "planner/publish.html", _asked(found, refusal, _("Publish")))


@page
def discard(request: Request, plan_id: UUID) -> HttpResponseBase:
    """Put a plan away."""
    found = queries.discard_page(actor=request.actor, plan_id=plan_id, at=request.at)
    refusal = ""
    if request.method == "POST":
        try:
            commands.discard_plan(actor=request.actor, plan_id=plan_id, at=clock.now())
        except Refused as no:
            refusal = str(no)
        else:
            return done("rencana-buang", "planner:plans")
    return render(request, "planner/discard.html", _asked(found, refusal, _("Put it away")))


@require_safe
def compare(request: Request, plan_id: UUID) -> HttpResponse:
    """Show two plans side by side."""
    other = uuid_of(request.GET.get("dengan", "")) or plan_id
    found = queries.compare_page(
        actor=request.actor, plan_id=plan_id, other_id=other, at=request.at
    )
    return render(request, "planner/compare.html", {"page": found})


@require_safe
def paper(request: Request, plan_id: UUID) -> HttpResponse:
    """Show a whole plan, to be printed."""
    found = queries.paper_page(actor=request.actor, plan_id=plan_id, at=request.at)
    return render(request, "planner/paper.html", {"page": found, "at": request.at})


@require_safe
def sheet(request: Request, plan_id: UUID) -> HttpResponseBase:
    """Give a whole plan as a sheet."""
    found = queries.paper_page(actor=request.actor, plan_id=plan_id, at=request.at)
    return answer(sheet_of(found), name=f"rencana-{found.begins_on:%Y-%m-%d}", as_workbook=True)


def local_day(request: Request) -> date:
    """Return which day it is in the city."""
    return timezone.localtime(request.at).date()


def _asked(found: PlanPage, refusal: str, do: Words) -> dict[str, object]:
    """Return what a page shows that asks once more."""
    back = reverse("planner:plan", args=[found.id])
    return {"page": found, "refusal": refusal, "do": do, "back_url": back}


def _show(request: Request, plan_id: UUID, *, refusal: str = "") -> HttpResponse:
    found = queries.plan_page(actor=request.actor, plan_id=plan_id, at=request.at)
    template = "planner/solving.html" if found.state is State.SOLVING else "planner/plan.html"
    context = {
        "page": found,
        "plan_id": plan_id,
        "state": found.state,
        "progress": found.progress,
        "can": {step.value: True for step in found.steps},
        "may_plan": found.may_plan,
        "refusal": refusal,
        "at": request.at,
    }
    return render(request, template, context)
