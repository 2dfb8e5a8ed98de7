"""Writing a report down: one page, saved as it is typed, finished when it is finished.

Somebody frightened may be on the line: nothing typed is ever lost, and nothing is demanded.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from ruang.intake import commands, queries
from ruang.intake.arrival import Receipt
from ruang.intake.drafts import Gone, Overtaken, Sheet
from ruang.intake.queries import Recording
from ruang.intake.states import Discard
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.recording import forms, sheets, telling
from ruang.web.report.telling import file_line
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page


@require_safe
def record(request: Request) -> HttpResponse:
    """Show an empty page to write on, and what is not finished."""
    desk = queries.recording(actor=request.actor)
    return _show(request, desk, sheets.blank(), begins=True)


@page
def draft(request: Request, draft_id: UUID) -> HttpResponseBase:
    """Show a draft; save it, or make a report of it."""
    desk = queries.recording(actor=request.actor)
    if request.method != "POST":
        stored = queries.stored_draft(actor=request.actor, draft_id=draft_id)
        return _show(request, desk, sheets.of(stored))
    sheet = sheets.sent(request, draft_id, has_other=bool(desk.other_desk))
    if "baru" in request.POST:
        sheet = sheets.anew(sheet)
    sheet, unkept = sheets.attached(sheet, request.FILES.getlist("berkas"))
    try:
        if "selesai" in request.POST and not unkept:
            return _finish(request, desk, sheet)
        version = commands.save_draft(actor=request.actor, sheet=sheet, at=clock.now())
    except Overtaken as overtaken:
        return _overtaken(request, desk, sheet, is_mine=overtaken.is_mine)
    except Gone:
        return _show(request, desk, sheet, trouble="gone")
    except Refused as refusal:
        return _show(request, desk, sheet, refusal=str(refusal))
    return _saved(request, desk, replace(sheet, version=version), unkept)


@require_POST
def save(request: Request, draft_id: UUID) -> HttpResponseBase:
    """Save what was typed so far; the page asks for this by itself."""
    desk = queries.recording(actor=request.actor)
    sheet, at = sheets.sent(request, draft_id, has_other=bool(desk.other_desk)), clock.now()
    try:
        version = commands.save_draft(actor=request.actor, sheet=sheet, at=at)
    except Overtaken as overtaken:
        return JsonResponse({"why": "overtaken" if overtaken.is_mine else "taken"}, status=409)
    except Gone:
        return JsonResponse({"why": "gone"}, status=409)
    except Refused as refusal:
        return JsonResponse({"why": "refused", "words": str(refusal)}, status=409)
    mark = ":" if get_language() == "en" else "."
    return JsonResponse({"version": version, "at": f"{localtime(at):%H{mark}%M{mark}%S}"})


@require_POST
def take_over(request: Request, draft_id: UUID) -> HttpResponseBase:
    """Go on with what a colleague began."""
    commands.take_over_draft(actor=request.actor, draft_id=draft_id, at=clock.now())
    return redirect("recording:draft", draft_id)


@page
def discard(request: Request, draft_id: UUID) -> HttpResponseBase:
    """Throw a draft away, after a page that asks why."""
    form = forms.Throw(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why = Discard(form.cleaned_data["why"])
        commands.discard_draft(actor=request.actor, draft_id=draft_id, why=why, at=clock.now())
        return done("draf-buang", "desk:desk")
    queries.stored_draft(actor=request.actor, draft_id=draft_id)
    row = queries.one_unfinished(actor=request.actor, draft_id=draft_id, at=request.at)
    return render(request, "recording/discard.html", {"form": form, "row": row})


def _finish(request: Request, desk: Recording, sheet: Sheet) -> HttpResponse:
    """Make a report of it, or save it and say what is not right yet."""
    form = forms.Record(forms.posted(sheet.fields), at=request.at, districts=desk.districts)
    knows = not sheet.office_named or "tahu" in request.POST
    if not form.is_valid() or not knows:
        version = commands.save_draft(actor=request.actor, sheet=sheet, at=clock.now())
        again = replace(sheet, version=version)
        return _show(request, desk, again, form=form, ask_office=not knows and form.is_valid())
    told = replace(telling.told(form.cleaned_data), office_named=sheet.office_named)
    wishes = form.wishes()
    try:
        receipt = commands.record_report(
            actor=request.actor, sheet=sheet, told=told, wishes=wishes, at=clock.now()
        )
    except Refused as refusal:
        version = commands.save_draft(actor=request.actor, sheet=sheet, at=clock.now())
        again = replace(sheet, version=version)
        return _show(request, desk, again, form=form, refusal=str(refusal))
    return _done(request, desk, sheet, receipt, wishes)


def _saved(
    request: Request, desk: Recording, sheet: Sheet, unkept: tuple[str, ...]
) -> HttpResponse:
    """Go on with a saved draft, or say first which file could not be kept."""
    if unkept:
        return _show(request, desk, sheet, unkept=unkept)
    return done("draf", "recording:draft", sheet.draft_id)


def _done(
    request: Request, desk: Recording, sheet: Sheet, receipt: Receipt, wishes: commands.Wishes
) -> HttpResponse:
    context = {
        "receipt": receipt,
        "words": receipt.words.split() if receipt.words else (),
        "wants_code": wishes.code,
        "keeps": wishes.keeps,
        "other_desk": desk.other_desk if sheet.office_named else "",
        "is_danger": sheet.is_danger,
    }
    return render(request, "recording/done.html", context)


def _overtaken(
    request: Request, desk: Recording, sheet: Sheet, *, is_mine: bool
) -> HttpResponse:
    """Show what was typed here beside what is stored; nothing is overwritten unseen."""
    if not is_mine:
        return _show(request, desk, sheet, trouble="taken")
    stored = queries.stored_draft(actor=request.actor, draft_id=sheet.draft_id)
    form = forms.as_typed(sheet.fields, at=request.at, districts=desk.districts)
    here = forms.said_in_words(form, sheet.fields)
    there = forms.said_in_words(form, stored.fields)
    clashes = [
        (form.fields[name].label, there.get(name, ("", ""))[1])
        for name in form.fields
        if there.get(name) != here.get(name)
    ]
    again = sheets.both(sheet, stored)
    return _show(request, desk, again, trouble="overtaken", clashes=clashes)


def _show(
    request: Request,
    desk: Recording,
    sheet: Sheet,
    *,
    form: forms.Record | None = None,
    begins: bool = False,
    ask_office: bool = False,
    trouble: str = "",
    refusal: str = "",
    clashes: Any = (),
    unkept: tuple[str, ...] = (),
) -> HttpResponse:
    shown = form or forms.as_typed(sheet.fields, at=request.at, districts=desk.districts)
    context = {
        "form": shown,
        "hidden": sheets.hidden(sheet),
        "desk": desk,
        "at": request.at,
        "ask_office": ask_office,
        "trouble": trouble,
        "refusal": refusal,
        "clashes": clashes,
        "unkept": unkept,
        "files": [file_line(one) for one in sheet.files],
        "file": forms.Attach()["berkas"],
        "is_kept": bool(sheet.version),
        "rows": queries.unfinished(actor=request.actor, at=request.at) if begins else (),
    }
    return render(request, "recording/record.html", context)
