"""What an installation still needs, and what the city says of itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ruang.identity import commands, queries
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.territory import commands as city_commands
from ruang.territory import queries as city_queries
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.setup import forms


@require_safe
def setup(request: Request) -> HttpResponse:
    """Show what is there and what is missing."""
    return _show(request)


@require_POST
def names(request: Request) -> HttpResponseBase:
    """Change the unit's name and the title."""
    return _change(request, "names", city_commands.set_names)


@require_POST
def hours(request: Request) -> HttpResponseBase:
    """Change when somebody is at the desk."""

    def change(*, workdays: list[str], **given: Any) -> None:
        city_commands.set_opening_hours(workdays=[int(day) for day in workdays], **given)

    return _change(request, "hours", change)


@require_POST
def numbers(request: Request) -> HttpResponseBase:
    """Change the telephone numbers."""

    def change(*, emergency: str, hotlines: str, **given: Any) -> None:
        city_commands.set_numbers(
            emergency=forms.lines(emergency), hotlines=forms.lines(hotlines), **given
        )

    return _change(request, "numbers", change)


@require_POST
def desks(request: Request) -> HttpResponseBase:
    """Change which desks take reports."""

    def change(*, intake_desk: str, alternate_desk: str, **given: Any) -> None:
        city_commands.set_desks(
            intake_desk=UUID(intake_desk), alternate_desk=UUID(alternate_desk), **given
        )

    return _change(request, "desks", change)


@require_POST
def answer_hours(request: Request) -> HttpResponseBase:
    """Change the times to answer in."""
    return _change(request, "answer_hours", city_commands.set_answer_hours)


@require_POST
def exit_site(request: Request) -> HttpResponseBase:
    """Change where the quick exit leads."""
    return _change(request, "exit_site", city_commands.set_exit)


@require_POST
def form(request: Request) -> HttpResponseBase:
    """Open or close the public form."""
    opens = request.POST.get("buka") == "1"
    act = commands.open_reporting if opens else city_commands.close_form
    try:
        act(actor=request.actor, at=clock.now())
    except Refused as refusal:
        return _show(request, refusal=refusal.message)
    return done("formulir-buka" if opens else "formulir-tutup", "setup:setup")


_FORMS: dict[str, Any] = {
    "names": forms.Names,
    "hours": forms.Hours,
    "numbers": forms.Numbers,
    "desks": forms.Desks,
    "answer_hours": forms.AnswerHours,
    "exit_site": forms.ExitSite,
}


def _change(request: Request, part: str, command: Callable[..., None]) -> HttpResponseBase:
    queries.organisations_page(actor=request.actor)
    typed = _form(request, part, request.POST)
    if typed.is_valid():
        try:
            command(actor=request.actor, at=clock.now(), **typed.cleaned_data)
        except Refused as refusal:
            typed.add_error(None, str(refusal))
        else:
            queries.forget_readiness()
            return done("kota", "setup:setup")
    return _show(request, typed={part: typed})


def _form(request: Request, part: str, given: Any = None) -> django_forms.Form:
    kind, extra = _FORMS[part], {}
    if part == "desks":
        rows = queries.organisations_page(actor=request.actor)
        extra["places"] = [(row.id, row.name) for row in rows if row.is_active]
    made: django_forms.Form = kind(
        given, initial=kind.of(city_queries.city()), auto_id=f"{part}_%s", **extra
    )
    return made


def _show(
    request: Request,
    typed: dict[str, django_forms.Form] | None = None,
    refusal: object = "",
) -> HttpResponse:
    rows = queries.organisations_page(actor=request.actor)
    city = city_queries.city()
    shown = {part: (typed or {}).get(part) or _form(request, part) for part in _FORMS}
    context = {
        "city": city,
        "readiness": queries.readiness_now(),
        "organisations": len(rows),
        "forms": shown,
        "wrong": next(iter((typed or {}).values()), None),
        "refusal": refusal,
    }
    return render(request, "setup/setup.html", context)
