"""Writing in a plan: goals, agreement, services."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ruang.cases.queries import CaseHead
from ruang.cases.states import Compartment
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.plans import commands, queries
from ruang.plans.commands import Ending
from ruang.plans.policy import may_complete
from ruang.plans.states import Agreed, Outcome, Reached, ServiceStep
from ruang.web.plans import forms
from ruang.web.plans.acting import Ask, ask, head_of, sent
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as page_with_form

PLAN = "plans:plan"


@page_with_form
def goal(request: Request, case_id: UUID) -> HttpResponseBase:
    """Write down a goal in her words."""
    head = head_of(request, case_id, leads=True)
    form = forms.Goal(sent(request))

    def act() -> object:
        said = form.cleaned_data
        return commands.add_goal(
            actor=request.actor,
            case_id=case_id,
            text=said["text"],
            form_tag=form.tag(request),
            at=clock.now(),
        )

    page = Ask(_("Add a goal"), _("Save the goal"), "tujuan", PLAN)
    return ask(request, head, form, act, page)


@page_with_form
def end_goal(request: Request, case_id: UUID, goal_id: UUID) -> HttpResponseBase:
    """Say whether a goal was reached."""
    head = head_of(request, case_id, leads=True)
    line = queries.goal_line(actor=request.actor, case_id=case_id, goal_id=goal_id)
    form = forms.GoalEnd(sent(request))

    def act() -> object:
        said = form.cleaned_data
        return commands.end_goal(
            actor=request.actor,
            case_id=case_id,
            goal_id=goal_id,
            reached=Reached(said["reached"]),
            why=said["why"],
            at=clock.now(),
        )

    page = Ask(_("What became of this goal?"), _("Save"), "tujuan", PLAN, quote=line.text or "")
    return ask(request, head, form, act, page)


@page_with_form
def agreement(request: Request, case_id: UUID) -> HttpResponseBase:
    """Record what she said to the plan."""
    head = head_of(request, case_id, leads=True)
    begin = {"on": _today(request), "explained_by": request.actor.user_id}
    form = forms.Agreement(sent(request), head=head, initial=begin)

    def act() -> object:
        said = form.cleaned_data
        return commands.record_agreement(
            actor=request.actor,
            case_id=case_id,
            answer=Agreed(said["answer"]),
            why=said["why"],
            on=said["on"],
            explained_by=UUID(said["explained_by"]),
            form_tag=form.tag(request),
            at=clock.now(),
        )

    about = _("The plan is made with her. It was explained to her, and she decides.")
    page = Ask(_("What she said to the plan"), _("Save"), "sepakat", PLAN, about=about)
    return ask(request, head, form, act, page)


@page_with_form
def service(request: Request, case_id: UUID) -> HttpResponseBase:
    """Plan a service."""
    head = head_of(request, case_id, leads=True)
    form = forms.Service(sent(request), **_offered(request, head))

    def act() -> object:
        return commands.plan_service(
            actor=request.actor,
            case_id=case_id,
            wanted=form.wanted(),
            form_tag=form.tag(request),
            at=clock.now(),
        )

    page = Ask(_("Plan a service"), _("Save the service"), "layanan", PLAN)
    return ask(request, head, form, act, page)


@page_with_form
def given(request: Request, case_id: UUID) -> HttpResponseBase:
    """Record a service that was given."""
    head = head_of(request, case_id)
    first = {
        "on": _today(request),
        "provider": request.actor.organisation_id,
    }
    form = forms.Given(sent(request), **_offered(request, head), initial=first)

    def act() -> object:
        said = form.cleaned_data
        return commands.give_service(
            actor=request.actor,
            case_id=case_id,
            wanted=form.wanted(),
            on=said["on"],
            note=said["note"],
            form_tag=form.tag(request),
            at=clock.now(),
        )

    page = Ask(_("Record a service"), _("Save the service"), "layanan", "cases:case")
    return ask(request, head, form, act, page)


@require_POST
def begin(request: Request, case_id: UUID, service_id: UUID) -> HttpResponseBase:
    """Say that a service has begun."""
    try:
        commands.move_service(
            actor=request.actor,
            case_id=case_id,
            service_id=service_id,
            step=ServiceStep.BEGIN,
            at=clock.now(),
        )
    except Refused:
        return redirect(PLAN, case_id)
    return done("layanan", PLAN, case_id)


@page_with_form
def end_service(request: Request, case_id: UUID, service_id: UUID) -> HttpResponseBase:
    """Say how a service ended."""
    head = head_of(request, case_id)
    line = queries.service_line(
        actor=request.actor, case_id=case_id, service_id=service_id, at=request.at
    )
    health = head.reads(Compartment.HEALTH)
    form = forms.ServiceEnd(sent(request), health=health, initial={"on": _today(request)})

    def act() -> object:
        said = form.cleaned_data
        return commands.move_service(
            actor=request.actor,
            case_id=case_id,
            service_id=service_id,
            step=ServiceStep.END,
            ending=Ending(Outcome(said["outcome"]), said["on"], said["note"]),
            at=clock.now(),
        )

    page = Ask(_("How did this service end?"), _("Save"), "layanan", PLAN, quote=line.name)
    return ask(request, head, form, act, page)


@page_with_form
def complete(request: Request, case_id: UUID, service_id: UUID) -> HttpResponseBase:
    """Say what the register asks of a service: for whom, kind, detail, institution.

    Manager or data officer at a desk, with SIMFONI open beside it, wants to be done with it;
    or a partner who remembers afterwards which examination it was.
    """
    head = head_of(request, case_id)
    about: dict[str, Any] = {
        "actor": request.actor, "case_id": case_id, "service_id": service_id,
    }  # fmt: skip
    line = queries.service_line(**about, at=request.at)
    if not (head.leads or line.is_mine):
        raise PermissionDenied(may_complete.__name__)
    known = queries.service_said(**about)
    form = forms.Complete(sent(request), known=known, **_offered(request, head, known.persons))

    def act() -> object:
        return commands.complete_service(
            **about, said=form.entry(), at=clock.now(), base=form.cleaned_data["base"] or None
        )

    to = "dossier:register" if request.GET.get("dari") == "simfoni" else PLAN
    page = Ask(
        _("What SIMFONI asks of this service"), _("Save"), "layanan", to, quote=line.name
    )
    return ask(request, head, form, act, page)


def _offered(request: Request, head: CaseHead, before: tuple[UUID, ...] = ()) -> dict[str, Any]:
    people = queries.people(actor=request.actor, case_id=head.id, before=before)
    health = head.reads(Compartment.HEALTH)
    return {"providers": queries.providers(), "people": people, "health": health}


def _today(request: Request) -> str:
    return timezone.localtime(request.at).date().isoformat()
