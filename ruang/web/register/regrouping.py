"""Splitting and merging RW, and putting an RT into another RW: each is looked at twice.

A prevention officer opens it at her desk with the decree of the kelurahan beside her, unsure
whether she lists every RT; so the second page shows all of them before anything is done. What
has ended meanwhile leads to its own page, which says what came after it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from ruang.kernel import clock
from ruang.prevention.queries import what_follows
from ruang.register import commands, queries
from ruang.register.queries import Afterwards, PlacePage, RwLine, suggested
from ruang.register.states import Kind
from ruang.web.register import regroup_forms as forms
from ruang.web.register.acts import address, attempt, kept, title, today
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as get_or_post

SURE, BACK = "yakin", "ubah"
"""Names of the buttons: this is right; let me change it."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What is shown before it is done.

    :ivar rws: the RW of now, for what hangs on them
    :ivar after: the RW as they would be
    :ivar of_rws: by RT, the number of the RW in which it is now
    :ivar numbers: by RT, the number that somebody has written already
    """

    template: str
    page: PlacePage
    rws: tuple[UUID, ...]
    after: tuple[Afterwards, ...]
    of_rws: Mapping[UUID, int] = field(default_factory=dict)
    numbers: Mapping[UUID, int] = field(default_factory=dict)


@get_or_post
def split_rw(request: Request, rw_id: UUID) -> HttpResponseBase:
    """Let RT of an RW become RW of their own."""
    row = kept(request, Kind.RW, rw_id)
    if not row.stands:
        return redirect(address(row))
    taken = {one.number for one in _village(request, row)}
    form = forms.SplitRw(
        request.POST or None, initial=today(request), rts=row.rts, own=row.number, taken=taken
    )
    if not form.is_valid() or BACK in request.POST:
        return _ask(request, "split_rw", row, form)
    parts, said = form.parts(), form.cleaned_data
    gone = {pk for _number, _name, going in parts for pk in going}
    stays = tuple(one for one in row.rts if one.id not in gone)
    news = (
        Afterwards(n, name, is_new=True, comes=tuple(rt for rt in row.rts if rt.id in going))
        for n, name, going in parts
    )
    old = Afterwards(row.number, row.local_name, ends=not stays, stays=stays)
    look = _Look("split_rw", row, (rw_id,), (old, *news))

    def act(numbers: dict[UUID, int]) -> UUID:
        commands.split_rw(
            actor=request.actor, rw_id=rw_id, numbers=numbers, on=said["on"],
            note=said["note"], at=clock.now(),
            parts=[commands.NewRw(n, going, name) for n, name, going in parts],
        )  # fmt: skip
        return rw_id

    return _confirm(request, form, look, act, ("wilayah-rw-pecah", "rw"))


@get_or_post
def merge_rw(request: Request, rw_id: UUID) -> HttpResponseBase:
    """Let RW of one kelurahan become one."""
    row = kept(request, Kind.RW, rw_id)
    if not row.stands:
        return redirect(address(row))
    rws = {one.id: one for one in _village(request, row)}
    others = {pk: (one.number, forms.rw_words(one)) for pk, one in rws.items() if pk != rw_id}
    form = forms.MergeRw(
        request.POST or None, initial={**today(request), "number": row.number},
        others=others, own=row.number, taken={one.number for one in rws.values()},
    )  # fmt: skip
    if not form.is_valid() or BACK in request.POST:
        return _ask(request, "merge_rw", row, form, others=others)
    said = form.cleaned_data
    chosen = (rw_id, *(UUID(pk) for pk in said["others"]))
    ending = (Afterwards(rws[pk].number, rws[pk].local_name, ends=True) for pk in chosen)
    all_rts = tuple(rt for pk in chosen for rt in rws[pk].rts)
    made = Afterwards(said["number"], said["local_name"], is_new=True, comes=all_rts)
    of_rws = {rt.id: rws[pk].number for pk in chosen for rt in rws[pk].rts}
    look = _Look("merge_rw", row, chosen, (*ending, made), of_rws)

    def act(numbers: dict[UUID, int]) -> UUID:
        return commands.merge_rws(
            actor=request.actor, rw_id=rw_id, others=chosen[1:], number=said["number"],
            local_name=said["local_name"], numbers=numbers, on=said["on"], note=said["note"],
            at=clock.now(),
        )  # fmt: skip

    return _confirm(request, form, look, act, ("wilayah-rw-gabung", "rw"))


@get_or_post
def move_rt(request: Request, rt_id: UUID) -> HttpResponseBase:
    """Put an RT into another RW of its kelurahan."""
    row = kept(request, Kind.RT, rt_id)
    if not row.stands:
        return redirect(address(row))
    if row.rw is None:
        raise Http404
    rws = {str(one.id): one for one in _village(request, row)}
    own = rws.pop(str(row.rw.id), None)
    if own is None:
        raise Http404
    form = forms.MoveRt(
        request.POST or None, initial={**today(request), "number": row.number},
        rws=[(pk, forms.rw_words(one)) for pk, one in rws.items()],
        taken={pk: {rt.number for rt in one.rts} for pk, one in rws.items()},
    )  # fmt: skip
    if not form.is_valid() or BACK in request.POST:
        return _ask(request, "move_rt", row, form, others=rws)
    said = form.cleaned_data
    to, (rt,) = rws[said["rw"]], (one for one in own.rts if one.id == rt_id)
    left = tuple(one for one in own.rts if one.id != rt_id)
    after = (
        Afterwards(own.number, own.local_name, stays=left),
        Afterwards(to.number, to.local_name, comes=(rt,), stays=to.rts),
    )

    def act(numbers: dict[UUID, int]) -> UUID:
        commands.move_rt(
            actor=request.actor, rt_id=rt_id, rw_id=to.id, number=numbers[rt_id],
            on=said["on"], note=said["note"], at=clock.now(),
        )  # fmt: skip
        return rt_id

    look = _Look("move_rt", row, (), after, numbers={rt_id: said["number"]})
    return _confirm(request, form, look, act, ("wilayah-rt-pindah", "rt"))


def _ask(
    request: Request, name: str, page: PlacePage, form: Any, **more: object
) -> HttpResponse:
    context = {"form": form, "page": page, "back_url": address(page), "title": title(page)}
    return render(request, f"register/{name}.html", {**context, **more})


def _confirm(
    request: Request, form: Any, look: _Look, act: Callable[[dict[UUID, int]], UUID],
    result: tuple[str, str],
) -> HttpResponseBase:  # fmt: skip
    """Show what will be; do it once somebody has said that this is right."""
    comes = [rt for one in look.after for rt in one.comes]
    sent = request.POST if SURE in request.POST else None
    numbers = forms.Numbers(
        sent, rts=comes, of_rws=look.of_rws,
        suggested={**_numbers(look.after), **look.numbers},
    )  # fmt: skip
    if sent is not None and numbers.is_valid():
        made = attempt(numbers, lambda: act(numbers.said()))
        if made is not None:
            code, slug = result
            return done(code, "register:place", slug, made)
    after = [(one, [(rt, numbers.of(rt)) for rt in one.comes]) for one in look.after]
    follows = what_follows(actor=request.actor, rws=look.rws, at=request.at)
    context = {
        "page": look.page, "title": title(look.page), "after": after, "numbers": numbers,
        "follows": follows, "kind": look.template, "on": form.cleaned_data["on"],
        "ends": any(one.ends for one in look.after), "sent": _sent(request),
        "back_url": request.path, "sure": SURE, "back": BACK,
    }  # fmt: skip
    return render(request, "register/regroup.html", context)


def _numbers(after: Sequence[Afterwards]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for one in after:
        numbers = suggested(rts=(*one.stays, *one.comes))
        found |= {rt.id: numbers[rt.id] for rt in one.comes}
    return found


def _sent(request: Request) -> list[tuple[str, str]]:
    """Return what the first page sent, for the second to send it again."""
    not_again = {"csrfmiddlewaretoken", SURE, BACK}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in not_again and not name.startswith("new_")
        for value in values
    ]


def _village(request: Request, page: PlacePage) -> tuple[RwLine, ...]:
    code = page.where.village_code
    return queries.village_to_keep(actor=request.actor, code=code).rws
