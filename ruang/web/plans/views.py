"""The plan, mediation and follow-up of a case."""

from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.plans import commands, queries
from ruang.plans.states import Assessor, Contacted, MediationStep
from ruang.web import told
from ruang.web.cases.views import around
from ruang.web.plans import forms
from ruang.web.plans.acting import head_of, sent
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as page_with_form


@require_safe
def plan(request: Request, case_id: UUID) -> HttpResponse:
    """Show the plan of a case."""
    page = queries.plan_page(actor=request.actor, case_id=case_id, at=request.at)
    return render(
        request, "plans/plan.html", around(request, page.head, "plan") | {"page": page}
    )


@page_with_form
def mediation(request: Request, case_id: UUID) -> HttpResponseBase:
    """Show the mediation of a case, or why there is none; take it a step on."""
    step = request.POST.get("step", "")
    is_known = step in MediationStep.values
    shape = forms.Assess if step == MediationStep.ASSESS else forms.MediationStep
    form = shape(request.POST if is_known else None)
    if is_known and form.is_valid():
        try:
            _mediate(request, case_id, MediationStep(step), form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("mediasi", "plans:mediation", case_id)
    page = queries.mediation_page(actor=request.actor, case_id=case_id, at=request.at)
    context = around(request, page.head, "plan") | {
        "page": page,
        "form": form if is_known else None,
        "assess": form if step == MediationStep.ASSESS else forms.Assess(),
        "note": form if is_known and step != MediationStep.ASSESS else forms.MediationStep(),
    }
    return render(request, "plans/mediation.html", context)


def _mediate(
    request: Request, case_id: UUID, step: MediationStep, form: django_forms.Form
) -> None:
    said = form.cleaned_data
    if step is MediationStep.ASSESS:
        commands.assess_mediation(
            actor=request.actor,
            case_id=case_id,
            assessor=Assessor(said["assessor"]),
            free=said["free"] == "yes",
            text=said["text"],
            at=clock.now(),
        )
    else:
        commands.move_mediation(
            actor=request.actor, case_id=case_id, step=step, text=said["text"], at=clock.now()
        )


@page_with_form
def follow_up(request: Request, case_id: UUID) -> HttpResponseBase:
    """Show how she was, the rules for reaching her, and record how she is."""
    if request.method == "POST":
        head_of(request, case_id, leads=True)
    first = {"on": timezone.localtime(request.at).date().isoformat()}
    form = forms.FollowUp(sent(request), initial=first)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.write_follow_up(
                actor=request.actor,
                case_id=case_id,
                on=said["on"],
                way=Contacted(said["way"]),
                text=said["text"],
                next_on=said["next_on"],
                form_tag=form.tag(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("pantauan", "plans:follow_up", case_id)
    page = queries.follow_up_page(actor=request.actor, case_id=case_id, at=request.at)
    context = around(request, page.head, "follow_up") | {"page": page, "form": form}
    found = page.reach
    context["reach"] = told.reach(found.contact) if found and found.contact else None
    wish = found.wish.contact if found and found.wish else None
    context["wish"] = told.reach(wish) if wish else None
    return render(request, "plans/follow_up.html", context)
