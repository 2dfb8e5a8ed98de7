"""Planning a session, moving it, cancelling it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ruang.access.require import require
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid_of
from ruang.prevention import commands, queries
from ruang.prevention.policy import RULES, may_plan
from ruang.prevention.queries.planning import PlanPage
from ruang.prevention.queries.sessions import SessionPage
from ruang.prevention.states import Cancelled, Language, State, Step, Unit
from ruang.prevention.warnings import Warned
from ruang.territory import queries as territory
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sessions import forms
from ruang.web.sign_in.views import page

PLANS = {Unit.RW: "plan_rw", Unit.SCHOOL: "plan_school", Unit.COMMUNITY: "plan_community"}


@require_safe
def find(request: Request) -> HttpResponse:
    """Find the place for which a session is planned."""
    said = request.GET
    unit = queries.unit_of(text=said.get("jenis", ""))
    village, text = said.get("kelurahan", "")[:16], said.get("cari", "")[:60]
    city = territory.city()
    form = forms.Find(
        initial={"jenis": unit.value, "kelurahan": village, "cari": text.replace("\0", "")},
        villages=territory.villages(city_code=city.code),
    )
    is_asked = bool(village or text.strip())
    rows = queries.find_hosts(
        actor=request.actor, unit=unit, text=text.replace("\0", "") if is_asked else "",
        village=village,
    )  # fmt: skip
    context = {
        "form": form,
        "rows": rows if is_asked else (),
        "is_asked": is_asked,
        "plan": f"sessions:{PLANS[unit]}",
        "request_id": uuid_of(said.get("permintaan", "")),
    }
    return render(request, "sessions/find.html", context)


@require_safe
def new(request: Request) -> HttpResponseBase:
    """Lead on to planning for the place that a list names, or to finding one."""
    require(may_plan, request.actor, None)
    for unit, name in PLANS.items():
        if (host_id := uuid_of(request.GET.get(unit.value, ""))) is not None:
            return redirect(f"sessions:{name}", host_id)
    return redirect("sessions:find")


@page
def plan(request: Request, unit: Unit, **host: UUID) -> HttpResponseBase:
    """Plan a session for one place; what may be wrong with it is said once."""
    (host_id,) = host.values()
    shown = queries.plan_page(
        actor=request.actor, unit=unit, host_id=host_id,
        request_id=uuid_of(request.GET.get("permintaan", "")),
    )  # fmt: skip
    context: dict[str, Any] = {"page": shown, "at": request.at}
    if request.method != "POST":
        context["form"] = forms.Plan(page=shown, initial=_first(shown))
        return render(request, "sessions/plan.html", context)
    form = forms.Plan(request.POST, page=shown)
    context["form"] = form
    if form.is_valid():
        wanted = form.wanted()
        try:
            made = commands.plan_session(
                actor=request.actor, wanted=wanted, at=clock.now(), form_tag=form.tag(request)
            )
        except Warned as warned:
            form.warn(warned.words)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("sesi", "sessions:session", made)
    return render(request, "sessions/plan.html", context)


@page
def move(request: Request, session_id: UUID) -> HttpResponseBase:
    """Move a session to another time, place or person."""
    shown = queries.move_page(actor=request.actor, session_id=session_id, at=request.at)
    begins = timezone.localtime(shown.session.row.starts_at)
    first = {
        "on": begins.date().isoformat(), "at": f"{begins:%H:%M}", "place": shown.place,
        "venue": str(shown.venue or ""),
        "facilitators": [str(pk) for pk, _name in shown.session.people],
        "seen": shown.session.moves,
    }  # fmt: skip
    given = request.POST if request.method == "POST" else None
    form = forms.Move(given, page=shown, initial=first)
    if form.is_valid():
        try:
            commands.move_session(
                actor=request.actor, session_id=session_id, to=form.moved(), at=clock.now()
            )
        except Warned as warned:
            form.warn(warned.words)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            look_again(form, shown.session)
        else:
            return done("sesi-pindah", "sessions:session", session_id)
    return render(request, "sessions/move.html", {"page": shown.session, "form": form})


@page
def cancel(request: Request, session_id: UUID) -> HttpResponseBase:
    """Say that a session is not held."""
    shown = queries.session_page(actor=request.actor, session_id=session_id, at=request.at)
    if shown.row.state is State.PLANNED and Step.CANCEL not in shown.steps:
        raise PermissionDenied(RULES[Step.CANCEL].__name__)
    given = request.POST if request.method == "POST" else None
    form = forms.Cancelling(given, initial={"seen": shown.moves})
    if form.is_valid():
        reason = Cancelled(form.cleaned_data["reason"])
        try:
            commands.cancel_session(
                actor=request.actor, session_id=session_id, reason=reason,
                seen=form.cleaned_data["seen"], at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
            look_again(form, shown)
        else:
            return done("sesi-batal", "sessions:session", session_id)
    return render(request, "sessions/cancel.html", {"page": shown, "form": form})


def look_again(form: forms.Move | forms.Cancelling, now: SessionPage) -> None:
    """Let the next press of the button count: the page shows what stands now."""
    form.data = forms.with_value(form.data, "seen", str(now.moves))


def _first(shown: PlanPage) -> dict[str, object]:
    """Return what is chosen before anybody chose: all RT, or the one that asked."""
    asking = shown.asking
    rts = [one for one in shown.rts if asking is None or asking.rt_number is None
           or f"{asking.rt_number:02}" in one.name]  # fmt: skip
    first: dict[str, object] = {
        "rts": [str(one.id) for one in rts or shown.rts],
        "language": Language.INDONESIAN,
        "is_public": True,
    }
    if asking is not None:
        first |= {"audience": asking.audience, "is_promised": True}
    if len(shown.programmes) == 1:
        first["programme"] = str(shown.programmes[0].id)
    return first
