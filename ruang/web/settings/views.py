"""Settings: each part on a page of its own, with who changed it last and the way back."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ruang.access.sight import NotInSight
from ruang.identity import queries
from ruang.identity.queries import Change
from ruang.kernel.errors import Refused
from ruang.territory import commands
from ruang.territory import queries as territory
from ruang.territory.events import CityChanged, CityReset
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.settings.parts import PARTS, Part
from ruang.web.sign_in.views import page


@require_safe
def settings(request: Request) -> HttpResponse:
    """Show every part, and who changed it last."""
    last = _changes(request)
    rows = [(part, last.get(part.code)) for part in PARTS.values()]
    return render(request, "settings/settings.html", {"rows": rows, "at": request.at})


@page
def part(request: Request, slug: str) -> HttpResponseBase:
    """Show one part, and change it."""
    found = _part(slug)
    last = _changes(request).get(found.code)
    sent = request.POST if request.method == "POST" else None
    now, edition = territory.part_now(part=found.code)
    form = found.form(sent, initial=found.form.of(now))
    base = sent.get("base", "")[:16] or None if sent is not None else edition
    if form.is_valid() and goes(form, found.command, request, base=base, **form.cleaned_data):
        queries.forget_readiness()
        return done("kota", "settings:part", slug)
    is_other = sent is not None and base not in {None, edition}
    context = {
        "part": found, "form": form, "last": last, "at": request.at, "base": edition,
        "stands": _stands(found.form(initial=found.form.of(now))) if is_other else (),
    }  # fmt: skip
    return render(request, "settings/part.html", context, status=409 if is_other else 200)


def _stands(form: django_forms.Form) -> list[tuple[Any, Any]]:
    """Return what is saved now, field by field, beside what was typed."""
    rows = []
    for one in form:
        value = one.value()
        if isinstance(value, bool):
            value = _("Yes") if value else _("No")
        if isinstance(value, list):
            labels = dict(one.field.choices)  # type: ignore[attr-defined]
            value = ", ".join(str(labels.get(each, each)) for each in value)
        rows.append((one.label, "–" if value in {None, ""} else value))
    return rows


@page
def reset(request: Request, slug: str) -> HttpResponseBase:
    """Set one part back to the start, after a page that asks."""
    found = _part(slug)
    _changes(request)
    if not found.resets:
        raise NotInSight("reset")
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and goes(form, commands.reset_part, request, part=found.code):
        queries.forget_readiness()
        return done("kota", "settings:part", slug)
    return render(request, "settings/reset.html", {"part": found, "form": form})


def _part(slug: str) -> Part:
    if slug not in PARTS:
        raise NotInSight("part")
    return PARTS[slug]


def _changes(request: Request) -> Mapping[str, Change]:
    city = territory.city().id
    return queries.last_changes(
        actor=request.actor,
        subjects=(city,) if city else (),
        names=(CityChanged.name, CityReset.name),
        code="part",
    )


def goes(form: django_forms.Form, command: Any, request: Request, **said: Any) -> bool:
    """Run a command; a refusal stays on the form."""
    try:
        command(actor=request.actor, at=request.at, **said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
