"""What is late: who was told, who takes care of it, and why it was missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ruang.access.actor import Actor
from ruang.breaches.queries import breach_names
from ruang.cases.queries import case_numbers
from ruang.clocks import commands, queries
from ruang.clocks.queries import ClockLine
from ruang.clocks.states import Area, Missed
from ruang.identity import directory
from ruang.intake.queries import report_numbers
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web.clocks import forms
from ruang.web.request import Request
from ruang.web.results import done

PAGES = {
    Area.REPORT: "desk:report",
    Area.CASE: "cases:case",
    Area.OFFICE: "breaches:breach",
}
"""What a clock is about → the page on which one acts."""


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock, with the words and the address of what it is about.

    :ivar url: where one acts; empty if this person may not see it
    :ivar told: who was told, and whether anybody takes care
    """

    clock: ClockLine
    number: str
    url: str
    owner: str
    told: str | Promise
    form: forms.Why | None


@require_safe
def clocks(request: Request) -> HttpResponse:
    """Show what is late, and what was missed without a reason."""
    return _show(request)


@require_POST
def acknowledge(request: Request, clock_id: UUID) -> HttpResponseBase:
    """Take care of a clock."""
    try:
        commands.acknowledge_clock(actor=request.actor, clock_id=clock_id, at=clock.now())
    except Refused as refusal:
        return _show(request, refusal=str(refusal))
    return done("jam-urus", "clocks:clocks")


@require_POST
def explain(request: Request, clock_id: UUID) -> HttpResponseBase:
    """Say why a clock was missed."""
    queries.clock_line(actor=request.actor, clock_id=clock_id)
    form = forms.Why(request.POST, prefix=str(clock_id))
    if not form.is_valid():
        return _show(request, wrong={clock_id: form})
    why = Missed(form.cleaned_data["why"])
    try:
        commands.explain_miss(actor=request.actor, clock_id=clock_id, why=why, at=clock.now())
    except Refused as refusal:
        return _show(request, refusal=str(refusal))
    return done("jam-alasan", "clocks:clocks")


def rows_of(
    lines: Iterable[ClockLine], *, actor: Actor, wrong: dict[UUID, forms.Why] | None = None
) -> tuple[ClockRow, ...]:
    """Return clocks with the words around them: three queries, however many there are."""
    listed = list(lines)
    ids = {area: [one.subject for one in listed if one.area is area] for area in Area}
    numbers = report_numbers(actor=actor, ids=ids[Area.REPORT]) if ids[Area.REPORT] else {}
    if ids[Area.CASE]:
        numbers |= case_numbers(actor=actor, ids=ids[Area.CASE])
    if ids[Area.OFFICE]:
        numbers |= breach_names(actor=actor, ids=ids[Area.OFFICE])
    people = [who for one in listed for who in (one.owner, one.acknowledged_by)]
    names = directory.names(people)
    return tuple(
        ClockRow(
            clock=one,
            number=numbers.get(one.subject, ""),
            url=_url(one) if one.subject in numbers else "",
            owner=names.get(one.owner, "") if one.owner else "",
            told=_told(one, names),
            form=_form(one, wrong or {}),
        )
        for one in listed
    )


def _show(
    request: Request, *, refusal: str = "", wrong: dict[UUID, forms.Why] | None = None
) -> HttpResponse:
    actor = request.actor
    late = queries.late_clocks(actor=actor, at=request.at)
    missed = queries.unexplained(actor=actor, also_late=False)
    is_full = len(late) == queries.MOST
    context = {
        "late": rows_of(late, actor=actor, wrong=wrong),
        "late_count": queries.late_count(actor=actor, at=request.at) if is_full else len(late),
        "missed": rows_of(missed, actor=actor, wrong=wrong),
        "at": request.at,
        "refusal": refusal,
        "wrong": list((wrong or {}).values()),
        "topics": f"desk:{actor.organisation_id}",
    }
    return render(request, f"clocks/clocks.html{'#clocks' if request.htmx else ''}", context)


def _form(line: ClockLine, wrong: dict[UUID, forms.Why]) -> forms.Why | None:
    if line.missed_at is None or line.missed_why:
        return None
    return wrong.get(line.id) or forms.Why(prefix=str(line.id))


def _url(line: ClockLine) -> str:
    return reverse(PAGES[line.area], args=[line.subject])


def _told(line: ClockLine, names: dict[UUID, str]) -> str | Promise:
    if line.is_taken_care_of and line.acknowledged_by:
        return _("%(name)s takes care of it.") % {"name": names.get(line.acknowledged_by, "")}
    if not line.level:
        return _("Nobody has been told yet.")
    told = ngettext(
        "Duty and head were told %(times)d time.",
        "Duty and head were told %(times)d times.",
        line.level,
    )
    return told % {"times": line.level}
