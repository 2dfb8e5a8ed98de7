"""The pages that a report and a case have in common: identify, ask to lower, keep a clock."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from ruang.access.sight import NotInSight
from ruang.clocks.legal import LegalClock
from ruang.clocks.official import Rule
from ruang.clocks.states import Ended, Step
from ruang.identity.directory import Person
from ruang.identity.doers import Doer
from ruang.kernel.codes import Authority, CaseKind, IsTpks, Risk
from ruang.kernel.errors import Refused
from ruang.kernel.official_keys import Keys, KeysConflict
from ruang.web.keys import forms
from ruang.web.request import Request
from ruang.web.results import done

SLUGS = {
    "selesai": Step.MEET,
    "sebab": Step.EXPLAIN,
    "tunda": Step.PAUSE,
    "lanjut": Step.RESUME,
    "akhiri": Step.END,
}
"""Word in the address → what is done to a clock."""


class HasKeys(Protocol):
    """A report or case with its official keys."""

    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> CaseKind | None: ...  # noqa: D102
    @property
    def authority(self) -> Authority | None: ...  # noqa: D102
    @property
    def tpks(self) -> bool: ...  # noqa: D102


class CanUnmark(HasKeys, Protocol):
    """A report or case whose mark of sexual violence somebody wants taken off."""

    @property
    def deciders(self) -> tuple[Person, ...]: ...  # noqa: D102


class CanStart(HasKeys, Protocol):
    """A case in which a person can start a clock."""

    @property
    def startable(self) -> tuple[Rule, ...]: ...  # noqa: D102


class CanLower(Protocol):
    """A report or case whose risk could be lowered."""

    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def risk(self) -> Risk: ...  # noqa: D102
    @property
    def lower(self) -> tuple[Risk, ...]: ...  # noqa: D102
    @property
    def deciders(self) -> tuple[Person, ...]: ...  # noqa: D102


def tpks(
    request: Request, *, back: tuple[str, UUID], act: Callable[..., object]
) -> HttpResponseBase:
    """Say whether it is sexual violence (TPKS). Said already, it stays as it is."""
    said = request.POST.get("jawab", "")
    if said not in IsTpks.values:
        raise NotInSight("answer")
    with suppress(Refused):  # somebody else said so in the same moment
        act(answer=IsTpks(said))
    return done("tpks", *back)


def identify(
    request: Request,
    page: HasKeys,
    *,
    back: tuple[str, UUID],
    unmark: str,
    act: Callable[..., object],
    saved: Callable[[], Doer | None],
) -> HttpResponseBase:
    """Set kind of matter, authority and TPKS. Where two changed the same, show both."""
    stored = Keys(page.kind, page.authority, page.tpks)
    form = forms.identify(stored, stored, _posted(request))
    if form.is_valid():
        said = form.said()
        try:
            act(
                kind=said.kind, authority=said.authority, tpks=said.tpks,
                base=form.cleaned_data["base"],
            )  # fmt: skip
        except KeysConflict as conflict:
            return _conflict(request, page, conflict, back, unmark, saved())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done("identifikasi", *back)
    return _show(request, "keys/identify.html", page, form, back, unmark=unmark)


def _conflict(
    request: Request,
    page: HasKeys,
    conflict: KeysConflict,
    back: tuple[str, UUID],
    unmark: str,
    saved: Doer | None,
) -> HttpResponse:
    """Show the form anew from what is stored now, with mine chosen, and both beside it."""
    form = forms.identify(conflict.theirs, conflict.mine, None)
    context = {"page": page, "form": form, "back": back, "at": request.at, "unmark": unmark}
    context |= {"clashes": forms.clashes(form, conflict, saved)}
    context |= {"pick": forms.PICK, "theirs": forms.THEIRS}
    return render(request, "keys/identify.html", context, status=409)


def lower(
    request: Request, page: CanLower, *, back: tuple[str, UUID], act: Callable[..., object]
) -> HttpResponseBase:
    """Ask a second person to let the risk be lowered."""
    given = _posted(request)
    form = forms.Lower(given, lower=page.lower, deciders=page.deciders)
    if form.is_valid():
        said = form.cleaned_data
        risk, decider = Risk(said["risk"]), UUID(said["decider"])
        if _done(form, act, risk=risk, decider=decider, reason=said["reason"]):
            return done("turun-diminta", *back)
    return _show(request, "keys/lower.html", page, form, back)


def unmark(
    request: Request, page: CanUnmark, *, back: tuple[str, UUID], act: Callable[..., object]
) -> HttpResponseBase:
    """Ask a second person to take TPKS off."""
    form = forms.Unmark(_posted(request), deciders=page.deciders)
    if form.is_valid():
        said = form.cleaned_data
        why, decider = Ended(said["why"]), UUID(said["decider"])
        if _done(form, act, why=why, decider=decider, reason=said["reason"]):
            return done("tpks-diminta", *back)
    return _show(request, "keys/unmark.html", page, form, back)


def start_clock(
    request: Request, page: CanStart, *, back: tuple[str, UUID], act: Callable[..., object]
) -> HttpResponseBase:
    """Start a clock of the law by hand."""
    form = forms.StartClock(_posted(request), rules=page.startable)
    if form.is_valid() and _done(form, act, **form.cleaned_data):
        return done("jam-mulai", *back)
    return _show(request, "keys/start_clock.html", page, form, back)


def keep_clock(
    request: Request,
    clock: LegalClock,
    slug: str,
    *,
    back: tuple[str, UUID],
    act: Callable[..., object],
) -> HttpResponseBase:
    """Meet, explain, pause or end a clock of the law."""
    step = SLUGS.get(slug)
    if step is None:
        raise NotInSight("step")
    if step not in clock.steps and request.method != "POST":
        return redirect(*back)
    form = forms.KeepClock(_posted(request), step=step)
    if form.is_valid():
        said = form.cleaned_data
        until, code = said.get("until"), said.get("code", "")
        if _done(form, act, step=step, code=code, until=until):
            return done("jam", *back)
    context = {"clock": clock, "form": form, "do": step.label, "back": back, "at": request.at}
    return render(request, "clocks/keep.html", context)


def _done(form: Any, act: Callable[..., object], **said: object) -> bool:
    try:
        act(**said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _show(
    request: Request,
    template: str,
    page: object,
    form: object,
    back: tuple[str, UUID],
    **more: object,
) -> HttpResponse:
    context = {"page": page, "form": form, "back": back, "at": request.at, **more}
    return render(request, template, context)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
