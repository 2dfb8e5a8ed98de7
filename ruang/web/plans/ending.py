"""Closing a case with a second person, and opening it again."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ruang.access.sight import NotInSight
from ruang.cases import commands as case_commands
from ruang.cases import queries as cases
from ruang.cases.states import Closing, Step
from ruang.cases.words import at_closing, at_reopening
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.plans import commands, queries
from ruang.referrals.commands import ask_to_close
from ruang.referrals.queries import partners_done, takers
from ruang.web.cases.views import around
from ruang.web.plans import closing_forms, moving
from ruang.web.plans.acting import Ask, ask, head_of, sent
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as page_with_form


@page_with_form
def closing(request: Request, case_id: UUID) -> HttpResponseBase:
    """Ask a second person to close the case."""
    head = head_of(request, case_id, leads=True)
    page = queries.closing_page(
        actor=request.actor,
        case_id=case_id,
        partners_done=partners_done(case_id=case_id),
        at=request.at,
    )
    form = closing_forms.Close(
        sent(request),
        deciders=[(one.id, f"{one.name} ({one.role.label})") for one in page.deciders],
        has_reporter=head.has_reporter,
        settled=page.settled,
        initial={"text": at_closing(head.language)},
    )
    found = takers(actor=request.actor, case_id=case_id, at=request.at)
    moved = request.POST.get("closing") == Closing.MOVED
    over = moving.Over(
        sent(request) if moved else None, desks=found.desks, consents=found.consents
    )
    if form.is_valid() and (not moved or over.is_valid()):
        try:
            ask_to_close(
                actor=request.actor,
                case_id=case_id,
                proposal=form.proposal(),
                decider=UUID(form.cleaned_data["decider"]),
                over=over.over() if moved else None,
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("penutupan", "plans:closing", case_id)
    context = around(request, page.head, "closing")
    context |= {"page": page, "form": form, "over": over}
    return render(request, "plans/closing.html", context)


@require_POST
def withdraw(request: Request, case_id: UUID) -> HttpResponseBase:
    """Take back that a second person was asked."""
    try:
        commands.withdraw_closing(actor=request.actor, case_id=case_id, at=clock.now())
    except Refused:
        return done("penutupan-lewat", "cases:case", case_id)
    return done("penutupan-tarik", "plans:closing", case_id)


@page_with_form
def reopen(request: Request, case_id: UUID) -> HttpResponseBase:
    """Open a closed case again under its number."""
    head = cases.case_head(actor=request.actor, case_id=case_id, at=request.at)
    if Step.REOPEN not in head.steps and request.method != "POST":
        raise NotInSight(Step.REOPEN.value)
    first = {"text": at_reopening(head.language)}
    form = closing_forms.Reopen(sent(request), has_reporter=head.has_reporter, initial=first)

    def act() -> object:
        said = form.cleaned_data
        return case_commands.reopen_case(
            actor=request.actor,
            case_id=case_id,
            reason=said["reason"],
            message=said.get("text", ""),
            at=clock.now(),
        )

    about = _("The number and her code stay the same. She is told.")
    page = Ask(
        _("Reopen the case"), _("Reopen the case"), "kasus-buka-lagi", "cases:case", about=about
    )
    return ask(request, head, form, act, page)
