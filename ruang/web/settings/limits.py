"""The time limits: those of the law, steps without a time, and those of the city itself.

Opened by the administrator at a desk, with a decree or a letter of Bagian Hukum beside the
keyboard: it shows what stands in the text, and lets her write what stands in hers.
"""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.clocks import commands, rules
from ruang.clocks.events import RuleAdded, RuleChanged
from ruang.clocks.official import OFFICIAL, Rule
from ruang.identity import queries
from ruang.identity.queries import Change
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.settings import limit_forms as forms
from ruang.web.settings.views import goes
from ruang.web.sign_in.views import page


@require_safe
def limits(request: Request) -> HttpResponse:
    """Show every time limit, and who changed it last."""
    last = _corrections(request)
    rows = [(rule, last.get(kind)) for kind, rule in rules.in_force().items()]
    return render(request, "settings/limits.html", {"rows": rows, "at": request.at})


@page
def limit(request: Request, kind: str) -> HttpResponseBase:
    """Change one time limit; of an official one a second button goes back to its text."""
    last = _corrections(request).get(kind)
    rule = _rule(kind)
    return _own(request, rule, last) if rule.is_own else _official(request, rule, last)


@page
def add(request: Request) -> HttpResponseBase:
    """Add a time limit of the city's own."""
    _corrections(request)
    today = localdate(request.at).isoformat()
    form = forms.Added(_posted(request), initial={"is_active": True, "source_on": today})
    if form.is_valid() and goes(
        form, commands.add_rule, request, own=form.said()["own"], form_tag=form.tag(request)
    ):
        return done("kota", "settings:limits")
    return render(request, "settings/own_limit.html", {"form": form, "at": request.at})


@page
def remove(request: Request, kind: str) -> HttpResponseBase:
    """Remove a time limit of the city's own that never ran, after a page that asks."""
    _corrections(request)
    rule = _rule(kind)
    if not rule.is_own:
        raise NotInSight("rule")
    form = django_forms.Form(_posted(request))
    if form.is_valid() and goes(form, commands.remove_rule, request, kind=kind):
        return done("tenggat-hapus", "settings:limits")
    return render(request, "settings/remove_limit.html", {"rule": rule, "form": form})


def _official(request: Request, rule: Rule, last: Change | None) -> HttpResponseBase:
    official, posted = OFFICIAL[rule.kind], _posted(request)
    is_back = posted is not None and "awal" in posted
    form = forms.Official(
        None if is_back else posted, official=official,
        initial=forms.of_rule(rule, rules.words_of(rule.kind)),
    )  # fmt: skip
    if is_back:
        commands.restore_rule(actor=request.actor, kind=rule.kind, at=request.at)
        return done("kota", "settings:limit", rule.kind)
    if form.is_valid() and goes(
        form, commands.correct_rule, request, kind=rule.kind, **form.said()
    ):
        return done("kota", "settings:limit", rule.kind)
    context = {"rule": rule, "official": official, "form": form, "last": last}
    return render(request, "settings/limit.html", context | {"at": request.at})


def _own(request: Request, rule: Rule, last: Change | None) -> HttpResponseBase:
    initial = forms.of_rule(rule, rules.words_of(rule.kind))
    form = forms.Own(_posted(request), initial=initial)
    if form.is_valid() and goes(
        form, commands.change_rule, request, kind=rule.kind, **form.said()
    ):
        return done("kota", "settings:limit", rule.kind)
    context = {"rule": rule, "form": form, "last": last, "at": request.at}
    context["has_run"] = rules.has_run(rule.kind)
    return render(request, "settings/own_limit.html", context)


def _rule(kind: str) -> Rule:
    found = rules.in_force().get(kind)
    if found is None:
        raise NotInSight("rule")
    return found


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _corrections(request: Request) -> Mapping[str, Change]:
    places = queries.organisations_page(actor=request.actor)
    return queries.last_changes(
        actor=request.actor,
        subjects=tuple(place.id for place in places),
        names=(RuleChanged.name, RuleAdded.name),
        code="kind",
    )
