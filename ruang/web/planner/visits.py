"""The visits of a plan: found, moved, kept, dropped, added."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid_of
from ruang.planner import commands, queries
from ruang.planner.commands import Added, BreaksRules
from ruang.planner.queries import AddPage, Narrowed, VisitPage
from ruang.web.planner import forms
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def visits(request: Request, plan_id: UUID) -> HttpResponse:
    """Show the visits of a plan."""
    asked = request.GET
    narrowed = Narrowed(
        district=asked.get("kecamatan", "")[:13],
        facilitator=uuid_of(asked.get("fasilitator", "")),
        broken=asked.get("melanggar") == "1",
    )
    found = queries.visits_page(
        actor=request.actor, plan_id=plan_id, narrowed=narrowed,
        after=asked.get("sesudah", ""), at=request.at,
    )  # fmt: skip
    return render(request, "planner/visits.html", {"page": found, "narrowed": narrowed})


@require_safe
def week(request: Request, plan_id: UUID) -> HttpResponse:
    """Show one week of a plan."""
    found = queries.week_page(
        actor=request.actor,
        plan_id=plan_id,
        day=_day(request.GET.get("hari", "")),
        at=request.at,
    )
    return render(request, "planner/week.html", {"page": found})


@page
def visit(request: Request, plan_id: UUID, visit_id: UUID) -> HttpResponseBase:
    """Show a visit, and move it."""
    found = queries.visit_page(
        actor=request.actor, plan_id=plan_id, visit_id=visit_id, at=request.at
    )
    given = request.POST if request.method == "POST" else None
    form = forms.Change(given, page=found, initial=forms.of_visit(found))
    if form.is_valid():
        try:
            commands.move_visit(
                actor=request.actor, plan_id=plan_id, visit_id=visit_id, to=form.slot(),
                at=clock.now(),
            )  # fmt: skip
        except BreaksRules as broken:
            _explain(form, broken)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("kunjungan-pindah", "planner:visit", plan_id, visit_id)
    return _visit(request, found, form)


@require_POST
def keep(request: Request, plan_id: UUID, visit_id: UUID) -> HttpResponseBase:
    """Keep a visit as it is, or let it go."""
    is_kept = request.POST.get("tetap") == "1"
    try:
        commands.keep_visit(
            actor=request.actor, plan_id=plan_id, visit_id=visit_id, is_kept=is_kept,
            at=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _refused(request, plan_id, visit_id, str(refusal))
    code = "kunjungan-tetap" if is_kept else "kunjungan-lepas"
    return done(code, "planner:visit", plan_id, visit_id)


@require_POST
def drop(request: Request, plan_id: UUID, visit_id: UUID) -> HttpResponseBase:
    """Take a visit out of a plan."""
    try:
        commands.drop_visit(
            actor=request.actor, plan_id=plan_id, visit_id=visit_id, at=clock.now()
        )
    except Refused as refusal:
        return _refused(request, plan_id, visit_id, str(refusal))
    return done("kunjungan-hapus", "planner:visits", plan_id)


@page
def add(request: Request, plan_id: UUID) -> HttpResponseBase:
    """Add a visit: first for which programme and where about, then when and by whom."""
    asked = request.GET
    programme, village = uuid_of(asked.get("program", "")), asked.get("kelurahan", "")[:13]
    found = queries.add_page(
        actor=request.actor, plan_id=plan_id, programme=programme, village=village
    )
    given = request.POST if request.method == "POST" else None
    form = forms.Add(given, page=found, initial={"day": found.begins_on.isoformat()})
    if programme is not None and form.is_valid():
        added = Added(programme, form.cleaned_data["unit"], form.slot())
        try:
            made = commands.add_visit(
                actor=request.actor, plan_id=plan_id, added=added, at=clock.now()
            )
        except BreaksRules as broken:
            _explain(form, broken)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("kunjungan-tambah", "planner:visit", plan_id, made)
    return _add(request, found, form, programme, village)


def _visit(
    request: Request, found: VisitPage, form: forms.Change, refusal: str = ""
) -> HttpResponse:
    back = reverse("planner:visits", args=[found.plan_id])
    context = {"page": found, "form": form, "refusal": refusal, "back": back}
    return render(request, "planner/visit.html", context)


def _refused(request: Request, plan_id: UUID, visit_id: UUID, refusal: str) -> HttpResponse:
    found = queries.visit_page(
        actor=request.actor, plan_id=plan_id, visit_id=visit_id, at=request.at
    )
    form = forms.Change(page=found, initial=forms.of_visit(found))
    return _visit(request, found, form, refusal)


def _add(
    request: Request, found: AddPage, form: forms.Add, programme: UUID | None, village: str
) -> HttpResponse:
    context = {"page": found, "form": form, "programme": programme, "village": village}
    return render(request, "planner/add.html", context)


def _explain(form: forms.Change, broken: BreaksRules) -> None:
    """Say each broken rule where it can be mended: at the day, or at the people."""
    for rule in broken.look.rules:
        form.add_error("people" if rule in forms.ABOUT_PEOPLE else "day", str(rule.label))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
