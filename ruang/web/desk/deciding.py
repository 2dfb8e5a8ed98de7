"""Deciding a report: first what, then with whom and in which words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ruang.access.permissions import Permission
from ruang.access.sight import NotInSight
from ruang.intake import queries as intake
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.triage import queries
from ruang.triage.commands import Elsewhere, Leads, Over, decide_many, decide_report
from ruang.triage.states import BECOMES_CASE, Ground, Outcome
from ruang.web.desk import forms
from ruang.web.desk.words import MEANING, SLUGS
from ruang.web.request import Request
from ruang.web.results import done

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def choose(request: Request, report_id: UUID) -> HttpResponseBase:
    """Choose what becomes of a report."""
    page = queries.decide_page(actor=request.actor, report_id=report_id)
    if page is None:
        return redirect("desk:report", report_id)
    choices = [(slug, one.label, MEANING[one]) for slug, one in SLUGS.items()]
    return render(request, "desk/choose.html", {"page": page, "choices": choices})


@page_with_form
def decide(request: Request, report_id: UUID, slug: str) -> HttpResponseBase:
    """Decide it, with the words for the reporter."""
    outcome = SLUGS.get(slug)
    page = queries.decide_page(actor=request.actor, report_id=report_id, outcome=outcome)
    if outcome is None:
        raise NotInSight("outcome")
    if page is None:
        return redirect("desk:report", report_id)
    given = request.POST if request.method == "POST" else None
    form = forms.Decide(
        given, outcome=outcome, leads=page.leads, desks=page.desks, services=page.services,
        is_danger=page.is_danger, missing=page.missing,
        initial={"text": page.words[outcome], "manager": str(request.actor.user_id)},
    )  # fmt: skip
    if form.is_valid():
        try:
            case_id = _decide(request, report_id, outcome, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _onward(request, report_id, outcome, case_id)
    return _show(request, page, outcome, form)


@page_with_form
def elsewhere(request: Request, report_id: UUID) -> HttpResponseBase:
    """Hand a report over to an institution that has no desk here."""
    page = queries.decide_page(actor=request.actor, report_id=report_id)
    if page is None:
        return redirect("desk:report", report_id)
    given = request.POST if request.method == "POST" else None
    form = forms.ToElsewhere(given, initial={"text": page.words_elsewhere})
    if form.is_valid():
        try:
            _write_down(request, report_id, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            newest = queries.hand_overs(actor=request.actor, report_id=report_id)[0]
            return done("dilimpahkan-luar", "desk:minutes", newest.id)
    return render(request, "desk/elsewhere.html", {"page": page, "form": form})


def _write_down(request: Request, report_id: UUID, said: dict[str, Any]) -> None:
    there = Elsewhere(said["name"], said["place"], said["person"], said["how"])
    decide_report(
        actor=request.actor, report_id=report_id, outcome=Outcome.HAND_OVER,
        message=said["text"], at=clock.now(),
        over=Over(None, Ground(said["ground"]), said["minutes"], there),
    )  # fmt: skip


def _decide(
    request: Request, report_id: UUID, outcome: Outcome, said: dict[str, Any]
) -> UUID | None:
    leads = Leads(said["manager"], said["deputy"]) if outcome in BECOMES_CASE else None
    over = None
    if outcome is Outcome.HAND_OVER:
        over = Over(said["desk"], Ground(said["ground"]), said["minutes"])
    return decide_report(
        actor=request.actor,
        report_id=report_id,
        outcome=outcome,
        message=said["text"],
        leads=leads,
        over=over,
        same_as=said.get("same_as", ""),
        reason=said.get("reason", ""),
        confirmed=bool(said.get("confirmed")),
        instead=[UUID(one) for one in said.get("instead", ())],
        at=clock.now(),
    )


def _onward(
    request: Request, report_id: UUID, outcome: Outcome, case_id: UUID | None
) -> HttpResponseBase:
    """Go on to the case, to the request to a partner, or back to where it can still be seen."""
    if outcome is Outcome.HAND_OVER:
        newest = queries.hand_overs(actor=request.actor, report_id=report_id)[0]
        return done("dilimpahkan", "desk:minutes", newest.id)
    decision = queries.decision_of(actor=request.actor, report_id=report_id)
    if decision is None or decision.case_id is None:
        return done("diputuskan", "desk:report", report_id)
    if outcome is Outcome.REFER and request.actor.may(Permission.REFERRAL_ASK):
        return done("kasus-rujuk", "referrals:ask", decision.case_id)
    return done("kasus", "cases:case", decision.case_id)


def _show(
    request: Request, page: queries.DecidePage, outcome: Outcome, form: forms.Decide
) -> HttpResponse:
    report = intake.report_page(actor=request.actor, report_id=page.report_id, at=request.at)
    context = {
        "page": page,
        "report": report,
        "form": form,
        "do": outcome.label,
        "meaning": MEANING[outcome],
        "hands_over": outcome is Outcome.HAND_OVER,
    }
    return render(request, "desk/decide.html", context)


@require_safe
def hand_overs(request: Request) -> HttpResponse:
    """Show what was handed over and received."""
    lines = queries.hand_overs(actor=request.actor)
    return render(request, "desk/hand_overs.html", {"lines": lines, "at": request.at})


@require_safe
def minutes(request: Request, hand_over_id: UUID) -> HttpResponse:
    """Show the minutes of a hand-over, to be printed and signed."""
    page = queries.minutes_page(actor=request.actor, hand_over_id=hand_over_id)
    return render(request, "desk/minutes.html", {"page": page, "at": request.at})


@page_with_form
def many(request: Request) -> HttpResponse:
    """Decide many reports of a flood together; those that could not be are listed."""
    page = queries.many_page(actor=request.actor)
    posted = request.method == "POST"
    form = forms.Many(
        request.POST if posted else None, words=page.words,
        reports=page.reports, at=request.at,
    )  # fmt: skip
    context: dict[str, Any] = {"page": page, "form": form, "left": None}
    if posted and form.is_valid():
        said = form.cleaned_data
        try:
            left = decide_many(
                actor=request.actor, report_ids=[UUID(one) for one in said["reports"]],
                outcome=Outcome(said["outcome"]), messages=form.messages(),
                same_as=said["same_as"], at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            numbers = {one.number for one in left}
            chosen = [one for one in page.reports if str(one.id) in said["reports"]]
            decided = [one for one in chosen if one.number not in numbers]
            context |= {"left": left, "count": len(decided), "decided": decided}
    return render(request, "desk/many.html", context)
