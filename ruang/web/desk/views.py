"""The desk: the queue, and one report."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ruang.approvals.queries import approvals_about
from ruang.cases.queries import look_lines
from ruang.clocks.states import Pause
from ruang.filters.queries import kept_filters
from ruang.filters.states import Page
from ruang.intake import commands, queries
from ruang.intake.states import Risk, Step
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.triage import queries as triage
from ruang.web.answered import AnsweredBy
from ruang.web.desk import forms
from ruang.web.desk import shown as look
from ruang.web.desk.words import PARTS
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.told import hours


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show the queue."""
    return show_desk(request, forms.Narrow(request.GET).sieve())


def show_desk(request: Request, sieve: queries.Sieve, *, refusal: str = "") -> HttpResponse:
    """Return the queue as it is narrowed."""
    page = queries.desk_page(actor=request.actor, sieve=sieve, at=request.at)
    decided = sieve.show in queries.ARCHIVE or sieve.number
    ids = [row.id for row in page.rows] if decided else []
    outcomes = triage.outcomes_of(actor=request.actor, report_ids=ids) if ids else {}
    context = {
        "page": page,
        "queue": look.queue(page, outcomes),
        "form": forms.Narrow(
            request.GET or request.POST, districts=page.districts, holders=page.holders
        ),
        "saring": look.WORDS[sieve.show],
        "kept": kept_filters(actor=request.actor, page=Page.DESK),
        "codes": look.codes_of(sieve).items(),
        "refusal": refusal,
        "unfinished": queries.unfinished(actor=request.actor, at=request.at),
    }
    return render(request, f"desk/desk.html{'#queue' if request.htmx else ''}", context)


@require_safe
def report(request: Request, report_id: UUID) -> HttpResponse:
    """Show the codes of a report; nothing that was told."""
    return show_report(request, report_id)


@require_safe
def opened(request: Request, report_id: UUID) -> HttpResponse:
    """Open a report. Whoever asks for this page is on record before it leaves."""
    if request.htmx:
        thread = queries.report_thread(actor=request.actor, report_id=report_id)
        context = {"thread": thread, "at": request.at}
        return render(request, "desk/opened.html#thread", context)
    return _open(request, report_id)


@require_safe
def looks(request: Request, report_id: UUID) -> HttpResponse:
    """Show who has opened a report."""
    page = queries.report_page(actor=request.actor, report_id=report_id, at=request.at)
    found = triage.looks_at_report(actor=request.actor, report_id=report_id)
    context = {"page": page, "looks": look_lines(looks=found, parts=PARTS), "at": request.at}
    return render(request, "desk/looks.html", context)


@require_POST
def claim(request: Request, report_id: UUID) -> HttpResponseBase:
    """Take a free report."""
    return _act(request, report_id, commands.claim_report, "diambil")


@require_POST
def put_back(request: Request, report_id: UUID) -> HttpResponseBase:
    """Let go of a report."""
    return _act(request, report_id, commands.put_back_report, "dilepas")


@require_POST
def pass_on(request: Request, report_id: UUID) -> HttpResponseBase:
    """Hand a report to a colleague."""
    form = forms.PassOn(request.POST)
    if not form.is_valid():
        return show_report(request, report_id, pass_on=form)
    colleague = form.cleaned_data["colleague"]
    return _act(request, report_id, commands.pass_on_report, "diserahkan", colleague=colleague)


@require_POST
def rate(request: Request, report_id: UUID) -> HttpResponseBase:
    """Set the risk."""
    form = forms.Rate(request.POST, risks=Risk)
    if not form.is_valid():
        return show_report(request, report_id, rate=form)
    risk = Risk(form.cleaned_data["risk"])
    return _act(request, report_id, commands.rate_report, "risiko", risk=risk)


@require_POST
def pause(request: Request, report_id: UUID) -> HttpResponseBase:
    """Stop the clock while one waits for somebody."""
    form = forms.PauseFor(request.POST)
    if not form.is_valid():
        return show_report(request, report_id, pause=form)
    why = Pause(form.cleaned_data["why"])
    return _act(
        request, report_id, commands.pause_report_clock, "jam-dijeda", why=why,
        until=form.cleaned_data["until"],
    )  # fmt: skip


@require_POST
def resume(request: Request, report_id: UUID) -> HttpResponseBase:
    """Let the clock run again."""
    return _act(request, report_id, commands.resume_report_clock, "jam-jalan")


@require_POST
def reply(request: Request, report_id: UUID) -> HttpResponseBase:
    """Write to the reporter."""
    form = forms.Reply(request.POST)
    if form.is_valid():
        try:
            commands.write_to_reporter(
                actor=request.actor,
                report_id=report_id,
                text=form.cleaned_data["text"],
                form_tag=form.tag(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return done("terkirim", "desk:opened", report_id)
    return _open(request, report_id, reply=form)


@require_POST
def take_over(request: Request, report_id: UUID) -> HttpResponseBase:
    """Use the contact that the reporter sent."""
    form = forms.TakeOver(request.POST)
    if form.is_valid():
        try:
            commands.take_over_contact(
                actor=request.actor,
                report_id=report_id,
                message_id=form.cleaned_data["message"],
                at=clock.now(),
            )
        except Refused as refusal:
            return _open(request, report_id, refusal=str(refusal))
        return done("kontak", "desk:opened", report_id)
    return _open(request, report_id)


def _act(
    request: Request,
    report_id: UUID,
    command: Callable[..., Any],
    result: str,
    **given: Any,
) -> HttpResponseBase:
    """Do one thing with a report, and go on to its page."""
    try:
        command(actor=request.actor, report_id=report_id, at=clock.now(), **given)
    except Refused as refusal:
        return show_report(request, report_id, refusal=str(refusal))
    stays_open = request.POST.get("dari") == "buka" and result in {"diambil", "risiko"}
    return done(result, "desk:opened" if stays_open else "desk:report", report_id)


def show_report(
    request: Request,
    report_id: UUID,
    *,
    refusal: str = "",
    rate: django_forms.Form | None = None,
    pass_on: django_forms.Form | None = None,
    pause: django_forms.Form | None = None,
    answered: AnsweredBy | None = None,
) -> HttpResponse:
    """Return the page of a report, closed; with the form that was wrong."""
    page = queries.report_page(actor=request.actor, report_id=report_id, at=request.at)
    context = {
        **_around(request, page, rate=rate, pass_on=pass_on, pause=pause),
        "refusal": refusal,
        "told": None,
    }
    if answered is not None:
        context["answered"] = answered
    return render(request, "desk/report.html", context)


def _open(
    request: Request,
    report_id: UUID,
    *,
    reply: forms.Reply | None = None,
    refusal: str = "",
) -> HttpResponse:
    told = queries.opened_report(actor=request.actor, report_id=report_id, at=request.at)
    context = {
        **_around(request, told.page, rate=None, pass_on=None),
        "refusal": refusal,
        "told": told,
        "thread": told.thread,
        "shown": look.opened(told),
        "reason": triage.reason_of(actor=request.actor, report_id=report_id),
        "reply": reply or forms.Reply(),
    }
    return render(request, "desk/opened.html", context)


def _around(
    request: Request,
    page: queries.ReportPage,
    *,
    rate: django_forms.Form | None,
    pass_on: django_forms.Form | None,
    pause: django_forms.Form | None = None,
) -> dict[str, Any]:
    decision = triage.decision_of(actor=request.actor, report_id=page.id)
    chosen = {"risk": page.risk.value} if page.risk in page.risks else {}
    wrong_rate = forms.Rate(rate.data, risks=page.risks) if rate else None
    wrong_pass = (
        forms.PassOn(pass_on.data, colleagues=page.hands.colleagues) if pass_on else None
    )
    return {
        **_keys(request, page),
        "page": page,
        "at": request.at,
        "answered": AnsweredBy(),
        "hours": hours(page.first.safe_from, page.first.safe_until),
        "decision": decision,
        "rate": wrong_rate or forms.Rate(initial=chosen, risks=page.risks),
        "pause": pause or forms.PauseFor(),
        "pass_on": wrong_pass or forms.PassOn(colleagues=page.hands.colleagues),
    }


def _keys(request: Request, page: queries.ReportPage) -> dict[str, Any]:
    """Return what stands beside a report: its keys, repetitions, and where it came from."""
    actor, report_id = request.actor, page.id
    return {
        "clocks": queries.report_clocks(actor=actor, report_id=report_id, at=request.at),
        "may_keep": Step.LEGAL in page.steps,
        "may_say_tpks": Step.TPKS in page.steps,
        "approvals": approvals_about(actor=actor, subject=report_id),
        "repeats": triage.repeats_of(actor=actor, report_id=report_id),
        "handed": triage.hand_overs(actor=actor, report_id=report_id),
    }
