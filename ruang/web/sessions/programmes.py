"""What is taught: programmes, their questions, their materials."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid_of
from ruang.prevention import commands, queries
from ruang.prevention.policy import may_plan
from ruang.prevention.queries.programmes import ProgrammePage, QuestionLine
from ruang.web.files.sandbox import shut_in
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sessions import teaching
from ruang.web.sign_in.views import page


@require_safe
def programmes(request: Request) -> HttpResponse:
    """Show every programme."""
    context = {
        "rows": queries.programmes_page(actor=request.actor),
        "may_plan": may_plan(request.actor, None),
    }
    return render(request, "sessions/programmes.html", context)


@require_safe
def programme(request: Request, programme_id: UUID) -> HttpResponse:
    """Show one programme."""
    shown = queries.programme_page(actor=request.actor, programme_id=programme_id)
    return _show(request, shown)


@page
def write(request: Request, programme_id: UUID | None = None) -> HttpResponseBase:
    """Write a programme down, or change one."""
    shown = None
    if programme_id is not None:
        shown = queries.programme_page(actor=request.actor, programme_id=programme_id)
    require(may_plan, request.actor, None)
    given = request.POST if request.method == "POST" else None
    form = teaching.Programme(given, page=shown)
    if form.is_valid():
        try:
            made = commands.save_programme(
                actor=request.actor, taught=form.taught(), programme_id=programme_id,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("program", "sessions:programme", made)
    return render(request, "sessions/programme_form.html", {"form": form, "page": shown})


@page
def ask(request: Request, programme_id: UUID) -> HttpResponseBase:
    """Add a question, or put another wording in the place of one."""
    shown = queries.programme_page(actor=request.actor, programme_id=programme_id)
    require(may_plan, request.actor, None)
    old = _question(shown, request.GET.get("ganti", ""))
    given = request.POST if request.method == "POST" else None
    form = teaching.Question(given, initial=teaching.first(old) if old else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.add_question(
                actor=request.actor, programme_id=programme_id, topic=said["topic"],
                text=said["text"], english=said["english"], choices=form.choices(),
                choices_english=form.choices_english(), form_tag=form.tag(request),
                right=form.right(), instead_of=old.id if old else None, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("program", "sessions:programme", programme_id)
    context = {"form": form, "page": shown, "old": old}
    return render(request, "sessions/question.html", context)


@page
def end_question(request: Request, programme_id: UUID, question_id: UUID) -> HttpResponseBase:
    """Ask something no more."""
    shown = queries.programme_page(actor=request.actor, programme_id=programme_id)
    require(may_plan, request.actor, None)
    if request.method == "POST":
        commands.retire_question(
            actor=request.actor, programme_id=programme_id, question_id=question_id,
            at=clock.now(),
        )  # fmt: skip
        return done("program", "sessions:programme", programme_id)
    question = _question(shown, str(question_id))
    if question is None:
        raise NotInSight("Question")
    context = {"page": shown, "words": question.text}
    return render(request, "sessions/end.html", context)


@require_POST
def add(request: Request, programme_id: UUID) -> HttpResponseBase:
    """Keep a material, or a new version of one."""
    shown = queries.programme_page(actor=request.actor, programme_id=programme_id)
    require(may_plan, request.actor, None)
    form = teaching.Material(request.POST, request.FILES, page=shown)
    if form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            commands.add_material(
                actor=request.actor, programme_id=programme_id,
                title=form.cleaned_data["title"], name=upload.name or "", data=upload.read(),
                material_id=uuid_of(form.cleaned_data["instead"]), at=clock.now(),
                form_tag=form.tag(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("program", "sessions:programme", programme_id)
    return _show(request, shown, form)


@page
def end_material(request: Request, programme_id: UUID, material_id: UUID) -> HttpResponseBase:
    """Teach with something no more."""
    shown = queries.programme_page(actor=request.actor, programme_id=programme_id)
    require(may_plan, request.actor, None)
    if request.method == "POST":
        commands.retire_material(
            actor=request.actor, programme_id=programme_id, material_id=material_id,
            at=clock.now(),
        )  # fmt: skip
        return done("program", "sessions:programme", programme_id)
    title = next((one.title for one in shown.materials if one.id == material_id), None)
    if title is None:
        raise NotInSight("Material")
    return render(request, "sessions/end.html", {"page": shown, "words": title})


@require_safe
def file(request: Request, programme_id: UUID, version_id: UUID) -> HttpResponseBase:
    """Send a version of a material, to be kept, never to be shown by the browser."""
    found = queries.material_file(
        actor=request.actor, programme_id=programme_id, version_id=version_id
    )
    answer = HttpResponse(found.data, content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    )
    return shut_in(answer)


def _show(
    request: Request, shown: ProgrammePage, form: teaching.Material | None = None
) -> HttpResponse:
    context = {"page": shown, "form": form or teaching.Material(page=shown), "at": request.at}
    return render(request, "sessions/programme.html", context)


def _question(shown: ProgrammePage, text: str) -> QuestionLine | None:
    return next((one for one in shown.questions if str(one.id) == text), None)
