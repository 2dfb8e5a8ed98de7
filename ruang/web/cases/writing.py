"""Writing in a case: notes, names, messages, the risk."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ruang.access.sight import NotInSight
from ruang.cases import commands, queries
from ruang.cases.policy import RULES
from ruang.cases.queries import CaseHead
from ruang.cases.states import Compartment, Step
from ruang.kernel import clock
from ruang.kernel.codes import Answered, Risk
from ruang.kernel.errors import Refused
from ruang.web.answered import AnsweredBy
from ruang.web.cases import forms, shown
from ruang.web.cases.views import around
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as page_with_form


@page_with_form
def messages(request: Request, case_id: UUID) -> HttpResponseBase:
    """Show the messages with the reporter, and write one."""
    form = forms.Reply(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            commands.write_to_reporter(
                actor=request.actor,
                case_id=case_id,
                text=form.cleaned_data["text"],
                form_tag=form.tag(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return done("terkirim", "cases:messages", case_id)
    return _messages(request, case_id, form)


@require_POST
def answered(request: Request, case_id: UUID) -> HttpResponseBase:
    """Say why a message of hers is not answered in writing."""
    _head(request, case_id, Step.ANSWERED)
    form = AnsweredBy(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            commands.answer_otherwise(
                actor=request.actor, case_id=case_id, at=clock.now(),
                why=Answered(form.cleaned_data["why"]),
            )  # fmt: skip
        except Refused as error:
            refusal = str(error)
        else:
            return done("dijawab", "cases:messages", case_id)
    return _messages(request, case_id, forms.Reply(), answered=form, refusal=refusal)


@require_POST
def read_again(request: Request, case_id: UUID) -> HttpResponseBase:
    """Say that what another report told of the same has been read."""
    with suppress(Refused):  # somebody else said so in the same moment
        commands.read_again(actor=request.actor, case_id=case_id, at=clock.now())
    return done("dibaca", "cases:case", case_id)


@page_with_form
def note(request: Request, case_id: UUID) -> HttpResponseBase:
    """Write a note in a part one holds."""
    head = _head(request, case_id, Step.WRITE)
    parts = [
        (part, head.link(part).readers.label) for part in queries.parts_to_write(head=head)
    ]
    asked = request.GET.get("bagian", "")
    begin = {"part": shown.SLUGS[asked].value} if asked in shown.SLUGS else {}
    form = forms.Note(_posted(request), parts=parts, initial=begin)
    if form.is_valid():
        part = Compartment(form.cleaned_data["part"])
        try:
            commands.write_note(
                actor=request.actor,
                case_id=case_id,
                compartment=part,
                text=form.cleaned_data["text"],
                form_tag=form.tag(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return done("catatan", "cases:case", case_id)
    return _form(request, head, "cases/note.html", form)


@page_with_form
def names(request: Request, case_id: UUID) -> HttpResponseBase:
    """Write down the names of those involved."""
    head = _head(request, case_id, Step.RATE)
    begin: dict[str, Any] = {}
    if request.method != "POST":
        begin["names"] = queries.names_in_force(actor=request.actor, case_id=case_id)
    form = forms.Names(_posted(request), initial=begin)
    if form.is_valid():
        try:
            commands.write_names(
                actor=request.actor,
                case_id=case_id,
                names=form.cleaned_data["names"],
                form_tag=form.tag(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("names", str(refusal))
        else:
            return done("nama", "cases:part", case_id, "identitas")
    return _form(request, head, "cases/names.html", form)


@require_POST
def take_over(request: Request, case_id: UUID) -> HttpResponseBase:
    """Use the contact that the reporter sent."""
    form = forms.TakeOver(request.POST)
    if not form.is_valid():
        return redirect("cases:part", case_id, "identitas")
    commands.take_over_contact(
        actor=request.actor,
        case_id=case_id,
        message_id=form.cleaned_data["message"],
        at=clock.now(),
    )
    return done("kontak", "cases:part", case_id, "identitas")


@page_with_form
def rate(request: Request, case_id: UUID) -> HttpResponseBase:
    """Set the risk."""
    head = _head(request, case_id, Step.RATE)
    form = forms.Rate(_posted(request), risk=head.risk, initial={"risk": head.risk.value})
    if form.is_valid():
        try:
            commands.rate_case(
                actor=request.actor,
                case_id=case_id,
                risk=Risk(form.cleaned_data["risk"]),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("risk", str(refusal))
        else:
            return done("risiko", "cases:case", case_id)
    return _form(request, head, "cases/rate.html", form)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _head(request: Request, case_id: UUID, step: Step) -> CaseHead:
    """Return the case, if this actor may take this step now; on a POST the command decides."""
    head = queries.case_head(actor=request.actor, case_id=case_id, at=request.at)
    if step not in head.steps and request.method != "POST":
        raise NotInSight(step.value)
    if step is not Step.WRITE and not head.leads:
        raise PermissionDenied(RULES[step].__name__)
    return head


def _messages(
    request: Request,
    case_id: UUID,
    form: forms.Reply,
    *,
    answered: AnsweredBy | None = None,
    refusal: str = "",
) -> HttpResponse:
    page = queries.thread_page(
        actor=request.actor, case_id=case_id, at=request.at, before=_before(request)
    )
    context = around(request, page.head, "messages") | {"thread": page.thread, "reply": form}
    context |= {"refusal": refusal, "wrong": answered or AnsweredBy()}
    if answered is not None and context["answered"] is not None:
        context["answered"] = answered
    fragment = "#thread" if request.htmx and request.method == "GET" else ""
    return render(request, f"cases/messages.html{fragment}", context)


def _form(request: Request, head: CaseHead, template: str, form: Any) -> HttpResponse:
    return render(request, template, {"head": head, "form": form, "at": request.at})


def _before(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("sebelum", ""))
    except ValueError:
        return None
