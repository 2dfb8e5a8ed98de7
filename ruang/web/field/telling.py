"""Somebody told something: it goes to the desk, and leaves nothing where it was told.

No address here names a session, no answer names a report, and no row of prevention is touched.
"""

import hashlib
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.identity import directory
from ruang.intake.commands import Form, relay_report
from ruang.intake.states import Door
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.prevention.entered import UNREADABLE
from ruang.territory import queries as territory
from ruang.vault.phones import Entry
from ruang.web.field import forms
from ruang.web.field.phone import owner_of, page, phone
from ruang.web.request import Request

DOORS = {"session": Door.SESSION, "cadre": Door.CADRE}


@page
def tell(request: Request) -> HttpResponseBase:
    """Ask three questions and pass the answers on."""
    require_permission(P.SESSION_LOG, request.actor)
    return ask(request, Door.SESSION, "field/tell.html", "field:received")


@require_safe
def received(request: Request) -> HttpResponse:
    """Say that it arrived, and nothing else."""
    require_permission(P.SESSION_LOG, request.actor)
    return render(request, "field/received.html", {})


def ask(request: Request, door: Door, template: str, after: str) -> HttpResponseBase:
    """Show the three questions, or pass on what was sent."""
    form = forms.Tell(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tag = form.tag(request) or hashlib.sha256(repr(form.cleaned_data).encode()).digest()
        try:
            _relay(request, tag, form, door, by=_who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(after)
    city = territory.city()
    numbers = (*city.emergency, *city.hotlines)
    about = {"form": form, "door": door.value, "numbers": numbers} | phone(request)
    return render(request, template, about)


def relay(request: Request, entry: Entry) -> None:
    """Pass on what a phone kept, whoever wrote it: help does not wait for her to sign in.

    :raises Refused: if it cannot be read, or nobody could read it
    """
    door = DOORS.get(str(entry.said.get("door")))
    form = forms.Tell(posted(entry.said.get("fields")))
    if door is None or not form.is_valid():
        raise Refused(UNREADABLE)
    _relay(request, entry.id.bytes * 2, form, door, by=_writer(request, entry))


def posted(fields: Any) -> QueryDict:
    """Return what a phone says was typed, as a browser sends it."""
    data = QueryDict(mutable=True)
    for name, value in fields.items() if isinstance(fields, dict) else ():
        data[str(name)] = str(value)
    return data


def _relay(request: Request, secret: bytes, form: forms.Tell, door: Door, *, by: str) -> None:
    told = form.told(door, by=by, language=get_language() or "id")
    sheet = Form(secret=secret, page=hashlib.sha256(secret).digest())
    relay_report(actor=request.actor, form=sheet, told=told, at=clock.now())


def _who(request: Request) -> str:
    """Return who passes it on, for the desk: it stands sealed in the report alone."""
    who = request.signed_in
    return f"{who.user_name}, {who.role.label}, {who.organisation_name}" if who else ""


def _writer(request: Request, entry: Entry) -> str:
    """Return who wrote it, as far as the phone knew; never who happens to send it."""
    owner = str(entry.said.get("owner", ""))
    if owner == owner_of(request.actor.user_id):
        return _who(request)
    with suppress(ValueError):
        writer = UUID(hex=owner)
        if name := directory.names([writer]).get(writer):
            return _("%(name)s, as the phone says") % {"name": name}
    return _("not known: the phone did not know who wrote it")
