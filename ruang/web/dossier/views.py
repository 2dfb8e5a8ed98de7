"""Records as they are read: the list, one, its versions, the paper, the register."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.dossier import queries
from ruang.dossier.states import Kind
from ruang.plans.queries import ask_again, service_entries
from ruang.web.cases.views import around
from ruang.web.dossier.areas import SIGNS, area_of
from ruang.web.request import Request


@require_safe
def records(request: Request, case_id: UUID, slug: str) -> HttpResponse:
    """Show what stands on one page of the case."""
    area = area_of(slug)
    page = queries.records_page(
        actor=request.actor,
        case_id=case_id,
        kinds=area.kinds,
        at=request.at,
        before=_id(request.GET.get("sebelum", "")),
    )
    context = around(request, page.head, f"dossier:{slug}") | {"page": page, "area": area}
    context["ask_again"] = slug == SIGNS and ask_again(actor=request.actor, head=page.head)
    return render(request, "dossier/records.html", context)


@require_safe
def record(request: Request, case_id: UUID, slug: str, record_id: UUID) -> HttpResponse:
    """Show one record."""
    area = area_of(slug)
    page = queries.record_page(
        actor=request.actor, case_id=case_id, record_id=record_id, at=request.at
    )
    if page.kind not in area.kinds:
        raise NotInSight("record")
    context = around(request, page.head, f"dossier:{slug}") | {"page": page, "area": area}
    context["has_paper"] = page.kind is Kind.SAFETY_PLAN and page.sections is not None
    return render(request, "dossier/record.html", context)


@require_safe
def versions(request: Request, case_id: UUID, slug: str, record_id: UUID) -> HttpResponse:
    """Show what was changed in a record, and by whom."""
    area = area_of(slug)
    asked = request.GET.get("sampai", "")
    page = queries.versions_page(
        actor=request.actor,
        case_id=case_id,
        record_id=record_id,
        at=request.at,
        until=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None,
    )
    context = around(request, page.head, f"dossier:{slug}") | {"page": page, "area": area}
    return render(request, "dossier/versions.html", context)


@require_safe
def paper(request: Request, case_id: UUID, record_id: UUID) -> HttpResponse:
    """Show a safety plan as it may lie on a table: neutral words, and no sign of where from.

    Where she cannot keep a paper safely, that is said first, and asked about.
    """
    page = queries.record_page(
        actor=request.actor, case_id=case_id, record_id=record_id, at=request.at
    )
    if page.kind is not Kind.SAFETY_PLAN or page.sections is None:
        raise NotInSight("paper")
    if page.warnings and request.GET.get("tetap") != "ya":
        return render(request, "dossier/paper_unsafe.html", {"page": page, "head": page.head})
    lines = [one for section in page.sections for one in section.answers if one.field.printed]
    return render(request, "dossier/paper.html", {"lines": lines})


@require_safe
def register(request: Request, case_id: UUID) -> HttpResponse:
    """Show what is missing for the entry in SIMFONI, and the services of each person.

    The data officer's work at the desk, one person after the other, copied into another site;
    or the manager before a closing, who wants to see at once what is still open.
    """
    page = queries.register_page(actor=request.actor, case_id=case_id, at=request.at)
    found = service_entries(
        actor=request.actor, case_id=case_id, people=[row.id for row in page.rows]
    )
    rows = [(row, found.of[row.id]) for row in page.rows]
    context = around(request, page.head, "dossier:register")
    context |= {"page": page, "rows": rows, "services": found}
    return render(request, "dossier/register.html", context)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
