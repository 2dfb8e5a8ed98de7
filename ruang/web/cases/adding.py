"""Files that staff add to a case: sealed and on the disk before the command says so."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render

from ruang.access.sight import NotInSight
from ruang.cases import commands, queries
from ruang.cases.commands import Brought
from ruang.cases.states import Compartment, Step
from ruang.intake.attachments import StoredFile, store
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.answers import Files
from ruang.web.cases import forms, shown
from ruang.web.previewer import previewer
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as page_with_form


@page_with_form
def add_files(request: Request, case_id: UUID) -> HttpResponseBase:
    """Add files to a part one holds."""
    head = queries.case_head(actor=request.actor, case_id=case_id, at=request.at)
    if Step.WRITE not in head.steps and request.method != "POST":
        raise NotInSight(Step.WRITE.value)
    parts = [
        (part, head.link(part).readers.label) for part in queries.parts_to_write(head=head)
    ]
    begin = {"part": shown.SLUGS.get(request.GET.get("bagian", ""), Compartment.EVIDENCE).value}
    form = forms.NewFiles(
        request.POST if request.method == "POST" else None, parts=parts, initial=begin
    )
    if form.is_valid():
        try:
            _add(request, case_id, form)
        except Refused as refusal:
            form.add_error("berkas", str(refusal))
        else:
            return done("berkas", "cases:files", case_id)
    return render(request, "cases/file.html", {"head": head, "form": form, "at": request.at})


def _add(request: Request, case_id: UUID, form: forms.NewFiles) -> None:
    """Seal what was sent, then keep it with the case.

    :raises Refused: if one of the files cannot be kept, or the command says no
    """
    at = clock.now()
    stored = _stored(request.FILES.getlist("berkas"))
    commands.add_files(
        actor=request.actor,
        case_id=case_id,
        compartment=Compartment(form.cleaned_data["part"]),
        text=form.cleaned_data["text"],
        files=[
            Brought(one.id, at, one.family, one.bucket, one.card.to_text()) for one in stored
        ],
        form_tag=form.tag(request),
        at=at,
    )


def _stored(uploads: Files) -> list[StoredFile]:
    """Return every file sealed; one that cannot be kept is named, and none is taken then."""
    stored, trouble = [], []
    for upload in uploads:
        try:
            stored.append(store(upload, previewer))
        except Refused as refusal:
            trouble.append(f"{(upload.name or '')[:60]}: {refusal}")
    if trouble:
        raise Refused(" ".join(trouble))
    return stored
