"""Correcting the register: adding, changing, splitting, merging, ending, and who is rung."""

from datetime import time
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from ruang.kernel import clock
from ruang.register import commands, queries
from ruang.register.states import Ending, Kind
from ruang.web.register import forms
from ruang.web.register.acts import address, attempt, kept, title, today
from ruang.web.register.slugs import kind_of
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as get_or_post

_TIMES = ("on", "note")


@get_or_post
def add(request: Request, code: str, kind: str) -> HttpResponseBase:
    """Add an RW, a school, a community or a venue to a kelurahan."""
    chosen = kind_of(kind, Kind.RW, Kind.SCHOOL, Kind.COMMUNITY, Kind.VENUE)
    village = queries.village_to_keep(actor=request.actor, code=code)
    shape = forms.NewRw if chosen is Kind.RW else forms.FORMS[chosen]
    form = _dated(shape)(request.POST or None, initial=today(request))
    if form.is_valid():
        made = attempt(form, lambda: _added(request, chosen, code, form.cleaned_data))
        if made is not None:
            return done("wilayah-tambah", "register:place", kind, made)
    back = reverse("register:village", args=[code])
    context = {"form": form, "back": back, "kind": chosen, "where": village.name}
    return render(request, "register/form.html", context)


@get_or_post
def add_rt(request: Request, rw_id: UUID) -> HttpResponseBase:
    """Add an RT to an RW."""
    rw = kept(request, Kind.RW, rw_id)
    form = _dated(forms.NewRt)(request.POST or None, initial=today(request))
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: commands.add_rt(
                actor=request.actor,
                rw_id=rw_id,
                number=said["number"],
                local_name=said["local_name"],
                counted=commands.Counted(said["households"], said),
                on=said["on"],
                at=clock.now(),
            ),
        )
        if made is not None:
            return done("wilayah-tambah", "register:place", "rt", made)
    context = {"form": form, "back": address(rw), "kind": Kind.RT, "where": title(rw)}
    return render(request, "register/form.html", context)


@get_or_post
def change(request: Request, kind: str, place_id: UUID) -> HttpResponseBase:
    """Correct what is said of a place."""
    chosen = kind_of(kind)
    row = kept(request, chosen, place_id)
    shape = _dated(forms.FORMS[chosen], forms.Noted)
    form = shape(request.POST or None, initial={**_typed(row.values), **today(request)})
    if form.is_valid():
        said = form.cleaned_data
        values = {name: value for name, value in said.items() if name not in _TIMES}
        if chosen is Kind.RT:
            values |= commands.Counted(said["households"], said).values()
        saved = attempt(
            form,
            lambda: commands.change_place(
                actor=request.actor, kind=chosen, place_id=place_id, values=values,
                on=said["on"], note=said["note"], at=clock.now(),
            ) or True,
        )  # fmt: skip
        if saved:
            return done("wilayah-ubah", "register:place", kind, place_id)
    context = {"form": form, "back": address(row), "kind": chosen, "page": row}
    return render(request, "register/form.html", {**context, "where": title(row)})


@get_or_post
def end(request: Request, kind: str, place_id: UUID) -> HttpResponseBase:
    """End a place."""
    chosen = kind_of(kind)
    row = kept(request, chosen, place_id)
    form = forms.End(request.POST or None, initial=today(request))
    if form.is_valid():
        said = form.cleaned_data
        saved = attempt(
            form,
            lambda: commands.end_place(
                actor=request.actor, kind=chosen, place_id=place_id, why=Ending(said["why"]),
                on=said["on"], note=said["note"], at=clock.now(),
            ) or True,
        )  # fmt: skip
        if saved:
            return done("wilayah-akhiri", "register:place", kind, place_id)
    context = {"form": form, "page": row, "back_url": address(row), "title": title(row)}
    return render(request, "register/end.html", context)


@get_or_post
def split(request: Request, rt_id: UUID) -> HttpResponseBase:
    """Let an RT become several."""
    row = kept(request, Kind.RT, rt_id)
    first = {**today(request), "number_1": row.number}
    form = forms.Split(request.POST or None, initial=first)
    if form.is_valid():
        said = form.cleaned_data
        parts = [
            commands.Part(said[f"number_{n}"], said[f"households_{n}"] or 0)
            for n in range(1, forms.PARTS + 1)
            if said[f"number_{n}"]
        ]
        made = attempt(
            form,
            lambda: commands.split_rt(
                actor=request.actor, rt_id=rt_id, parts=parts, on=said["on"],
                note=said["note"], at=clock.now(),
            ),
        )  # fmt: skip
        if made is not None:
            return done("wilayah-pecah", "register:place", "rt", rt_id)
    context = {"form": form, "page": row, "back_url": address(row), "title": title(row)}
    return render(request, "register/split.html", context)


@get_or_post
def merge(request: Request, rt_id: UUID) -> HttpResponseBase:
    """Let RT of one RW become one."""
    row = kept(request, Kind.RT, rt_id)
    if row.rw is None:
        raise Http404
    rw = queries.place_page(actor=request.actor, kind=Kind.RW, place_id=row.rw.id)
    others = [(str(one.id), f"RT {one.number:02}") for one in rw.rts if one.id != rt_id]
    first = {**today(request), "number": row.number}
    form = forms.Merge(request.POST or None, initial=first, others=others)
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: commands.merge_rts(
                actor=request.actor, rt_id=rt_id, others=[UUID(pk) for pk in said["others"]],
                number=said["number"], on=said["on"], note=said["note"], at=clock.now(),
            ),
        )  # fmt: skip
        if made is not None:
            return done("wilayah-gabung", "register:place", "rt", made)
    context = {"form": form, "page": row, "back_url": address(row), "title": title(row)}
    return render(request, "register/merge.html", {**context, "others": others})


@get_or_post
def contact(request: Request, kind: str, place_id: UUID) -> HttpResponseBase:
    """Show who to ring, which goes on record; say who is rung from now on."""
    chosen = kind_of(kind)
    form = forms.Contact(request.POST or None, initial=today(request))
    who: dict[str, Any] = {"actor": request.actor, "kind": chosen, "place_id": place_id}
    if "akhiri" in request.POST:
        commands.end_contact(**who, on=localdate(request.at), at=clock.now())
        return done("kontak-akhiri", "register:place", kind, place_id)
    if form.is_valid():
        saved = attempt(
            form,
            lambda: commands.set_contact(**who, **form.cleaned_data, at=clock.now()) or True,
        )
        if saved:
            return done("kontak-simpan", "register:contact", kind, place_id)
    page = queries.contact_page(**who, ledger=request.ledger)
    context = {"page": page, "form": form, "slug": kind}
    return render(request, "register/contact.html", context)


def _added(request: Request, kind: Kind, village: str, said: dict[str, Any]) -> UUID:
    values = {name: value for name, value in said.items() if name not in _TIMES}
    common: dict[str, Any] = {
        "actor": request.actor, "village": village, "on": said["on"], "at": clock.now()
    }  # fmt: skip
    if kind is not Kind.RW:
        return commands.add_place(**common, kind=kind, values=values)
    point = said["latitude"], said["longitude"]
    return commands.add_rw(
        **common,
        number=said["number"],
        local_name=said["local_name"],
        point=point if point[0] is not None else None,
    )


def _dated(shape: type[Any], times: type[django_forms.Form] = forms.Since) -> type[Any]:
    """Return a form with the day since when it holds, and if wanted with the reason."""
    order = [*(shape.field_order or shape.base_fields), "latitude", "longitude", *_TIMES]
    return type(shape.__name__, (shape, times), {"field_order": order})


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as somebody would type them."""
    return {
        name: f"{value:%H:%M}" if isinstance(value, time) else value
        for name, value in values.items()
    }
