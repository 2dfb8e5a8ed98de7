"""The reporting form: one address, every step a POST answered with the next page."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from ruang.access.actor import ANYBODY
from ruang.identity.queries.readiness import readiness
from ruang.intake import commands
from ruang.intake.states import Safety
from ruang.kernel.errors import Refused
from ruang.territory import queries as territory
from ruang.web.answers import Files, posted, text, tidied
from ruang.web.chrome import LANGUAGES, Chrome, chrome, city_of
from ruang.web.previewer import previewer
from ruang.web.public import public_form
from ruang.web.report import kept, telling
from ruang.web.report.draft import Draft, TooOld, fingerprint, opened
from ruang.web.report.flow import Turn, blank_form, turn
from ruang.web.report.steps import Step
from ruang.web.request import Request


@public_form
def report(request: Request) -> HttpResponse:
    """Show the start page, or answer a step with the next one."""
    sent = posted(request) if request.method == "POST" else None
    if sent is None:
        return _start(request)
    data, files = tidied(sent[0]), sent[1].getlist("berkas")
    if "mulai" in data and "isi" not in data:
        return _begin(request)
    try:
        draft = opened(text(data, "isi"), request.at)
    except TooOld:
        return _start(request, too_old=True)
    return _step(request, draft, data, files) if draft else _start(request)


def _step(request: Request, draft: Draft, data: QueryDict, files: Files) -> HttpResponse:
    """Answer a step of the form."""
    translation.activate(draft.language)
    try:
        taken = turn(draft, data, files, previewer=previewer, at=request.at)
    except OSError:
        return _not_saved(request, draft, text(data, "isi"), lost=True)
    translation.activate(taken.draft.language)
    if taken.to_start:
        return _start(request)
    if taken.send:
        return _send(request, taken.draft, text(data, "isi"))
    return _show(request, taken)


@require_safe
def forward(request: Request) -> HttpResponse:
    """Lead to the form from the address that people know."""
    language = request.GET.get("b", "")
    return HttpResponseRedirect(f"/?b={language}" if language in LANGUAGES else "/")


def _begin(request: Request) -> HttpResponse:
    if not readiness().is_open:
        return _start(request)
    draft = Draft.begin(language=_language(), at=request.at)
    return _show(request, Turn(draft))


def _start(request: Request, *, too_old: bool = False) -> HttpResponse:
    """Show the start page. It is the same for everybody, so it is made once."""
    page = "start" if readiness().is_open else "closed"
    city, language = territory.city(), _language()
    shell, welcome = _shell(request, language), city.welcome.get(language, "")
    start = kept.Start(page, language, too_old, city.name, city.hotlines, welcome, shell)
    return HttpResponse(kept.start(start))


def _show(request: Request, taken: Turn) -> HttpResponse:
    """Show a step: a kept page if it shows nothing of hers, otherwise a page made for her."""
    draft = taken.draft
    shell = _shell(request, draft.language)
    if draft.step is Step.CHECK:
        shown = telling.check_context(draft, at=request.at)
        answers = mark_safe(render_to_string("report/answers.html", shown))  # noqa: S308 - ours
        page = kept.check(shell, draft.language)
        return HttpResponse(page.filled(draft.seal(), answers))
    city, has_other = territory.city(), readiness().has_alternate
    if taken.form is None and not _has_files(taken):
        blank = kept.Blank(
            step=draft.step,
            language=draft.language,
            checking=draft.checking,
            unit=city.unit_name,
            has_other=has_other,
            districts=city.districts if draft.step is Step.PLACE else (),
            shell=shell,
        )
        return HttpResponse(kept.blank(blank).filled(draft.seal()))
    context = kept.context_of(
        draft.step, checking=draft.checking, unit=city.unit_name, has_other=has_other
    )
    context |= {
        "form": taken.form or blank_form(draft.step),
        "trouble": taken.trouble,
        "files": telling.file_lines(draft, request.at),
        "sealed": draft.seal(),
    }
    return _page(request, draft.step.value, context)


def _send(request: Request, draft: Draft, sealed: str) -> HttpResponse:
    """Store the report; only then say that it is received."""
    form = commands.Form(secret=draft.secret, page=fingerprint(sealed))
    try:
        receipt = commands.receive_report(
            actor=ANYBODY, form=form, told=telling.told(draft), files=draft.files, at=request.at
        )
    except (Refused, DatabaseError, OSError):
        return _not_saved(request, draft, sealed)
    if receipt.words is None:
        context = {"facts": territory.city(), "language": draft.language}
        return _page(request, "received", context)
    said, hours = draft.answers, territory.city().hours
    page = kept.Sent(
        language=draft.language,
        danger=said["safety"] == Safety.DANGER,
        is_open=hours.is_open(request.at),
        has_hours=bool(said.get("safe_from")),
        happens_next=territory.city().happens_next.get(draft.language, ""),
        shell=_shell(request, draft.language),
    )
    values = telling.receipt_values(receipt, draft, at=request.at, sealed=sealed)
    return HttpResponse(kept.receipt(page).filled(*values, *receipt.words.split()))


def _not_saved(
    request: Request, draft: Draft, sealed: str, *, lost: bool = False
) -> HttpResponse:
    """Say plainly that nothing was stored, and keep the form so that it can be sent again.

    The very same form: should it have been stored after all (a database that fell silent after
    the last word), it is known again, and the code is shown.
    """
    context = {
        "sealed": sealed,
        "facts": territory.city(),
        "step": draft.step.value,
        "lost": lost,
    }
    return _page(request, "not_saved", context, status=503)


def _has_files(taken: Turn) -> bool:
    """Say whether the page shows files of hers, or why they were not taken."""
    return taken.draft.step is Step.FILES and bool(taken.draft.files or taken.trouble)


def _page(
    request: Request, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    page = render_to_string(f"report/{name}.html", context, request)
    return HttpResponse(page, status=status)


def _shell(request: Request, language: str) -> Chrome:
    return chrome(language=language, city=city_of(request))


def _language() -> str:
    return translation.get_language() or "id"
