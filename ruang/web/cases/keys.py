"""The official keys of a case: kind, authority, lowering, clocks of the law."""

from functools import partial
from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from ruang.cases import commands, queries
from ruang.cases.states import Step
from ruang.kernel import clock
from ruang.triage import commands as triage
from ruang.web.keys import pages
from ruang.web.request import Request

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def identify(request: Request, case_id: UUID) -> HttpResponseBase:
    """Set kind of matter, authority and TPKS."""
    page = queries.case_keys(
        actor=request.actor, case_id=case_id, at=request.at, wanted=Step.IDENTIFY
    )
    act = partial(triage.identify_case, actor=request.actor, case_id=case_id, at=clock.now())
    saved = partial(queries.case_identified, actor=request.actor, case_id=case_id)
    return pages.identify(
        request, page, back=("cases:case", case_id), unmark="cases:unmark", act=act, saved=saved
    )


@page_with_form
def unmark(request: Request, case_id: UUID) -> HttpResponseBase:
    """Ask a second person to take TPKS off."""
    page = queries.case_keys(
        actor=request.actor, case_id=case_id, at=request.at, wanted=Step.UNMARK
    )
    act = partial(triage.ask_unmarking, actor=request.actor, case_id=case_id, at=clock.now())
    return pages.unmark(request, page, back=("cases:case", case_id), act=act)


@require_POST
def tpks(request: Request, case_id: UUID) -> HttpResponseBase:
    """Say whether it is sexual violence (TPKS)."""
    act = partial(triage.answer_case_tpks, actor=request.actor, case_id=case_id, at=clock.now())
    return pages.tpks(request, back=("cases:case", case_id), act=act)


@page_with_form
def lower(request: Request, case_id: UUID) -> HttpResponseBase:
    """Ask a second person to let the risk be lowered."""
    page = queries.case_keys(
        actor=request.actor, case_id=case_id, at=request.at, wanted=Step.LOWER
    )
    act = partial(commands.ask_lowering, actor=request.actor, case_id=case_id, at=clock.now())
    return pages.lower(request, page, back=("cases:case", case_id), act=act)


@page_with_form
def start_clock(request: Request, case_id: UUID) -> HttpResponseBase:
    """Start a clock of the law of which a person knows that it applies."""
    page = queries.case_keys(
        actor=request.actor, case_id=case_id, at=request.at, wanted=Step.LEGAL
    )
    act = partial(
        commands.start_case_clock, actor=request.actor, case_id=case_id, at=clock.now()
    )
    return pages.start_clock(request, page, back=("cases:case", case_id), act=act)


@page_with_form
def keep_clock(request: Request, case_id: UUID, clock_id: UUID, slug: str) -> HttpResponseBase:
    """Meet, explain, pause or end a clock of the law."""
    found = queries.case_clock(
        actor=request.actor, case_id=case_id, clock_id=clock_id, at=request.at
    )
    act = partial(
        commands.move_case_clock, actor=request.actor, case_id=case_id, clock_id=clock_id,
        at=clock.now(),
    )  # fmt: skip
    return pages.keep_clock(request, found, slug, back=("cases:case", case_id), act=act)
