"""Cases: the list, and the pages of one case."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.cases import queries
from ruang.cases.queries import CaseHead
from ruang.clocks.queries import ClockLine, clocks_by_subject, clocks_of
from ruang.consents.queries import asked_anew
from ruang.plans.queries import plan_moments
from ruang.referrals.queries import happened_moments
from ruang.triage.queries import looks_at_case
from ruang.web.answered import AnsweredBy
from ruang.web.cases import forms, shown
from ruang.web.desk.words import PARTS
from ruang.web.plans.beside import beside
from ruang.web.request import Request


@require_safe
def cases(request: Request) -> HttpResponse:
    """Show one's own cases."""
    form = forms.Narrow(request.GET)
    sieve = form.sieve()
    page = queries.case_list(
        actor=request.actor, sieve=sieve, after=request.GET.get("setelah", "")
    )
    kept = {name: request.GET[name] for name in ("saring", "risiko") if request.GET.get(name)}
    older = f"?{urlencode({**kept, 'setelah': page.older})}" if page.older else ""
    context = {"page": page, "form": form, "sieve": sieve, "older": older, "at": request.at}
    context["saring"] = kept.get("saring", "")
    return render(request, f"cases/cases.html{'#rows' if request.htmx else ''}", context)


@require_safe
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show the overview of a case: the shared timeline."""
    before = shown.moment_of(request.GET.get("sebelum", ""))
    actor, at = request.actor, request.at
    head = queries.case_head(actor=actor, case_id=case_id, at=at)
    happened = happened_moments(actor=actor, head=head, before=before)
    done = plan_moments(actor=actor, head=head, before=before)
    page = queries.case_page(
        actor=actor,
        head=head,
        before=before,
        also=(*happened, *done),
        beside=not request.htmx,
    )
    context: dict[str, Any] = {"page": page, "line": page.timeline}
    if not request.htmx:
        keys = queries.keys_of(actor=actor, head=head, at=at)
        context |= around(request, head, "case", keys.live_clocks) | {"keys": keys}
        context["anew"] = asked_anew(actor=actor, head=head, at=at)
        context["plan"] = beside(actor=actor, head=head, clocks=keys.live_clocks, at=at)
    context |= {"head": head, "at": at, "reply": forms.Reply()}
    context["here"] = request.get_full_path()
    return render(request, f"cases/case.html{'#timeline' if request.htmx else ''}", context)


@require_safe
def part(request: Request, case_id: UUID, slug: str) -> HttpResponse:
    """Show one compartment; to whom it is locked, that it is there."""
    compartment = shown.SLUGS.get(slug)
    if compartment is None:
        raise NotInSight("part")
    page = queries.part_page(
        actor=request.actor,
        case_id=case_id,
        part=compartment,
        at=request.at,
        before=shown.moment_of(request.GET.get("sebelum", "")),
    )
    context = around(request, page.head, slug)
    context |= {"page": page, "line": page.timeline, "shown": shown.part(page)}
    return render(request, "cases/part.html", context)


@require_safe
def files(request: Request, case_id: UUID) -> HttpResponse:
    """Show the files of a case."""
    page = queries.files_page(actor=request.actor, case_id=case_id, at=request.at)
    context = around(request, page.head, "files")
    context["files"] = shown.links(page.head, page.files)
    return render(request, "cases/files.html", context)


@require_safe
def looks(request: Request, case_id: UUID) -> HttpResponse:
    """Show who has opened what of a case, and of the report it came from."""
    head = queries.case_head(actor=request.actor, case_id=case_id, at=request.at)
    found = looks_at_case(actor=request.actor, case_id=case_id)
    context = around(request, head, "looks")
    context["looks"] = queries.look_lines(looks=found, parts=PARTS)
    return render(request, "cases/looks.html", context)


def around(
    request: Request,
    head: CaseHead,
    current: str,
    clocks: tuple[ClockLine, ...] | None = None,
) -> dict[str, Any]:
    """Return what every page of a case shows around its own part.

    :param clocks: those of the law that run, where the page has read them already
    """
    if clocks is None:
        live = clocks_of(subject=head.id, live_only=True)
        clocks = tuple(one for one in live if one.is_legal)
    waits = head.waiting and head.leads
    return {
        "answer": clocks_by_subject(subjects=[head.id]).get(head.id) if waits else None,
        "answered": AnsweredBy() if waits else None,
        "head": head,
        "side": shown.side(head, current),
        "clocks": clocks,
        "at": request.at,
    }
