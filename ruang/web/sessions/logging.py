"""Logging a session from the paper list, and correcting what was logged."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render

from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.prevention import commands, queries
from ruang.prevention.queries.arriving import entrance
from ruang.prevention.queries.logs import CorrectPage, LogPage
from ruang.prevention.states import Corrected
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sessions.counting import PARTS, Correction, Counts, name_of
from ruang.web.sign_in.views import page


@page
def log(request: Request, session_id: UUID) -> HttpResponseBase:
    """Write down from the paper list what came of a session."""
    shown = queries.log_page(actor=request.actor, session_id=session_id, at=request.at)
    given = request.POST if request.method == "POST" else None
    form = Counts(given, rts=_rt_choices(shown), initial=_invited(shown))
    if form.is_valid():
        try:
            commands.log_session(
                actor=request.actor, session_id=session_id, log=form.log(), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("sesi-catat", "sessions:session", session_id)
    door = entrance(actor=request.actor, session_id=session_id, at=request.at)
    context = {"page": shown.session, "form": form, "lines": form.lines(), "door": door}
    return render(request, "sessions/log.html", context)


@page
def correct(request: Request, session_id: UUID) -> HttpResponseBase:
    """Correct what was logged; what stood there is kept."""
    shown = queries.correct_page(actor=request.actor, session_id=session_id, at=request.at)
    given = request.POST if request.method == "POST" else None
    parts = tuple(one for one in PARTS if not (shown.hides_disability and one == "disability"))
    form = Correction(
        given, rts=_rt_choices(shown.log), parts=parts, initial=_as_it_stands(shown)
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.correct_session(
                actor=request.actor, session_id=session_id, log=form.log(),
                reason=Corrected(said["reason"]), seen=said["seen"], at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("sesi-perbaiki", "sessions:session", session_id)
    context = {"page": shown.log.session, "form": form, "lines": form.lines(), "shown": shown}
    return render(request, "sessions/correct.html", context)


def _rt_choices(shown: LogPage) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name, _invited in shown.rts]


def _invited(shown: LogPage) -> dict[str, object]:
    return {"rts": [str(pk) for pk, _name, is_invited in shown.rts if is_invited]}


def _as_it_stands(shown: CorrectPage) -> dict[str, object]:
    found: dict[str, object] = {**_invited(shown.log), "seen": shown.seen}
    for row in shown.rows:
        numbers = (row.people, row.first_time, row.with_disability)
        for part, number in zip(PARTS, numbers, strict=True):
            found[name_of(row.sex, row.band, part)] = number or None
    return found
