"""The official keys of a report: danger signs, kind, authority, lowering, clocks of the law."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ruang.intake import commands, queries
from ruang.intake.queries import RiskPage
from ruang.intake.states import Step
from ruang.kernel import clock
from ruang.kernel.codes import Age
from ruang.kernel.errors import Refused
from ruang.risk import CHECKLISTS, Checklist
from ruang.web.keys import forms, pages
from ruang.web.request import Request
from ruang.web.results import done

page_with_form = require_http_methods(["GET", "HEAD", "POST"])
LISTS = {"dewasa": Age.ADULT, "anak": Age.CHILD}
"""Word in the address → the list that is asked."""


@page_with_form
def risk(request: Request, report_id: UUID) -> HttpResponseBase:
    """Ask for the danger signs."""
    page = queries.risk_page(actor=request.actor, report_id=report_id)
    checklist = _list(request, page)
    given = request.POST if request.method == "POST" else None
    form = forms.Signs(given, checklist=checklist, initial=_before(page, checklist))
    if form.is_valid():
        try:
            found = commands.fill_risk_check(
                actor=request.actor, report_id=report_id, checklist=checklist,
                answers=form.answers(), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(f"tanda-{found.level.value}", "desk:opened", report_id)
    red = {item.id for item in checklist.red_flags}
    context: dict[str, Any] = {
        "page": page, "form": form, "checklist": checklist, "at": request.at,
        "red": [bound for bound in form if bound.name in red],
        "others": [bound for bound in form if bound.name not in red],
        "is_child": checklist is CHECKLISTS[Age.CHILD],
    }  # fmt: skip
    return render(request, "keys/risk.html", context)


@page_with_form
def identify(request: Request, report_id: UUID) -> HttpResponseBase:
    """Set kind of matter, authority and TPKS."""
    page = queries.identified(actor=request.actor, report_id=report_id)
    act = partial(
        commands.identify_report, actor=request.actor, report_id=report_id, at=clock.now()
    )
    saved = partial(queries.report_identified, actor=request.actor, report_id=report_id)
    return pages.identify(
        request, page, back=("desk:report", report_id), unmark="desk:unmark", act=act,
        saved=saved,
    )  # fmt: skip


@page_with_form
def unmark(request: Request, report_id: UUID) -> HttpResponseBase:
    """Ask a second person to take TPKS off."""
    page = queries.identified(actor=request.actor, report_id=report_id, wanted=Step.UNMARK)
    act = partial(
        commands.ask_unmarking, actor=request.actor, report_id=report_id, at=clock.now()
    )
    return pages.unmark(request, page, back=("desk:report", report_id), act=act)


@require_POST
def tpks(request: Request, report_id: UUID) -> HttpResponseBase:
    """Say whether it is sexual violence (TPKS)."""
    act = partial(
        commands.answer_tpks, actor=request.actor, report_id=report_id, at=clock.now()
    )
    return pages.tpks(request, back=("desk:report", report_id), act=act)


@page_with_form
def lower(request: Request, report_id: UUID) -> HttpResponseBase:
    """Ask a second person to let the risk be lowered."""
    page = queries.lowering_page(actor=request.actor, report_id=report_id)
    act = partial(
        commands.ask_lowering, actor=request.actor, report_id=report_id, at=clock.now()
    )
    return pages.lower(request, page, back=("desk:report", report_id), act=act)


@page_with_form
def keep_clock(
    request: Request, report_id: UUID, clock_id: UUID, slug: str
) -> HttpResponseBase:
    """Meet, explain or end a clock of the law."""
    found = queries.report_clock(
        actor=request.actor, report_id=report_id, clock_id=clock_id, at=request.at
    )
    act = partial(
        commands.move_report_clock, actor=request.actor, report_id=report_id,
        clock_id=clock_id, at=clock.now(),
    )  # fmt: skip
    return pages.keep_clock(request, found, slug, back=("desk:report", report_id), act=act)


def _list(request: Request, page: RiskPage) -> Checklist:
    asked = request.POST.get("daftar") or request.GET.get("daftar", "")
    return CHECKLISTS[LISTS.get(asked, page.age)]


def _before(page: RiskPage, checklist: Checklist) -> dict[str, str]:
    """Return the answers of the last time, if the same list was asked."""
    latest = page.latest
    if latest is None or latest.filled.code != checklist.code:
        return {}
    return {code: answer.value for code, answer in latest.filled.answers.items()}
