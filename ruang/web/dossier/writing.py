"""Writing records: a new one, changes, two people at once, setting aside, taking over."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ruang.access.sight import NotInSight
from ruang.dossier import commands, queries
from ruang.dossier.policy import may_set_aside
from ruang.dossier.queries import EditPage
from ruang.dossier.states import Kind, Reason, State
from ruang.dossier.values import Conflict
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.plans import commands as plans
from ruang.web.cases.views import around
from ruang.web.dossier import forms
from ruang.web.dossier.areas import Area, area_of
from ruang.web.request import Request
from ruang.web.results import done

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def add(request: Request, case_id: UUID, slug: str) -> HttpResponseBase:
    """Write a new record."""
    area = area_of(slug)
    asked = request.GET.get("jenis", area.kinds[0].value)
    if asked not in area.kinds:
        raise NotInSight("kind")
    page = queries.new_page(
        actor=request.actor, case_id=case_id, kind=Kind(asked), at=request.at
    )
    form = forms.sheet(page, _posted(request))
    if form.is_valid():
        try:
            made = commands.add_record(
                actor=request.actor,
                case_id=case_id,
                kind=Kind(asked),
                values=form.said(),
                form_tag=form.tag(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("dicatat", "dossier:record", case_id, slug, made.pk)
    return _sheet(request, area, page, form)


@page_with_form
def edit(request: Request, case_id: UUID, slug: str, record_id: UUID) -> HttpResponseBase:
    """Change a record. Where somebody changed the same answer, show both."""
    area = area_of(slug)
    page = queries.edit_page(
        actor=request.actor, case_id=case_id, record_id=record_id, at=request.at
    )
    if page.schema.kind not in area.kinds:
        raise NotInSight("record")
    form = forms.sheet(page, _posted(request))
    if form.is_valid():
        try:
            commands.save_record(
                actor=request.actor,
                record_id=record_id,
                base_version=form.cleaned_data["base"],
                values=form.said(),
                at=clock.now(),
            )
        except Conflict as conflict:
            return _conflict(request, area, page, conflict)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("dicatat", "dossier:record", case_id, slug, record_id)
    return _sheet(request, area, page, form)


@page_with_form
def enter(request: Request, case_id: UUID, record_id: UUID) -> HttpResponseBase:
    """Write down the entry in SIMFONI: number and day often come when the case was closed."""
    page = queries.entry_page(
        actor=request.actor, case_id=case_id, record_id=record_id, at=request.at
    )
    form = forms.sheet(page, _posted(request))
    if form.is_valid():
        try:
            commands.enter_person(
                actor=request.actor,
                record_id=record_id,
                base_version=form.cleaned_data["base"],
                values=form.said(),
                at=clock.now(),
            )
        except Conflict as conflict:
            return _conflict(request, area_of("orang"), page, conflict)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("dicatat", "dossier:register", case_id)
    return _sheet(request, area_of("orang"), page, form)


@page_with_form
def retire(request: Request, case_id: UUID, slug: str, record_id: UUID) -> HttpResponseBase:
    """Set a record aside."""
    area = area_of(slug)
    page = queries.record_page(
        actor=request.actor, case_id=case_id, record_id=record_id, at=request.at
    )
    if not page.may_retire:
        raise PermissionDenied(may_set_aside.__name__)
    if page.kind not in area.kinds or page.state is not State.LIVE:
        raise NotInSight("record")
    form = forms.Retire(_posted(request))
    if form.is_valid():
        plans.set_aside(
            actor=request.actor,
            record_id=record_id,
            why=Reason(form.cleaned_data["why"]),
            at=clock.now(),
        )
        return done("disisihkan", "dossier:records", case_id, slug)
    context = around(request, page.head, f"dossier:{slug}") | {
        "page": page,
        "area": area,
        "form": form,
    }
    return render(request, "dossier/retire.html", context)


@require_POST
def restore(request: Request, case_id: UUID, slug: str, record_id: UUID) -> HttpResponseBase:
    """Bring a record back."""
    area_of(slug)
    plans.bring_back(actor=request.actor, record_id=record_id, at=clock.now())
    return done("kembali", "dossier:record", case_id, slug, record_id)


@page_with_form
def elsewhere(request: Request, case_id: UUID) -> HttpResponseBase:
    """Take over a person from another case of mine."""
    page = queries.people_elsewhere(actor=request.actor, case_id=case_id, at=request.at)
    if request.method == "POST":
        form = forms.TakeOver(request.POST)
        if not form.is_valid():
            return redirect("dossier:elsewhere", case_id)
        made = commands.take_over_person(
            actor=request.actor,
            case_id=case_id,
            record_id=form.cleaned_data["record"],
            at=clock.now(),
        )
        return done("dicatat", "dossier:record", case_id, "orang", made.pk)
    context = around(request, page.head, "dossier:orang") | {"page": page}
    return render(request, "dossier/elsewhere.html", context)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _conflict(request: Request, area: Area, page: EditPage, conflict: Conflict) -> HttpResponse:
    """Show the form anew from what is in force now, with mine typed in, and both beside it."""
    anew = replace(page, version=conflict.version, values=conflict.values)
    clashes = queries.clashes_shown(actor=request.actor, page=anew, clashes=conflict.clashes)
    return _sheet(request, area, anew, forms.sheet(anew, None), clashes, status=409)


def _sheet(
    request: Request,
    area: Area,
    page: EditPage,
    form: forms.Sheet,
    clashes: tuple[queries.ClashShown, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = around(request, page.head, f"dossier:{area.slug}")
    context |= {"page": page, "area": area, "form": form, "clashes": clashes}
    context |= {"pick": forms.PICK, "theirs": forms.THEIRS}
    return render(request, "dossier/sheet.html", context, status=status)
