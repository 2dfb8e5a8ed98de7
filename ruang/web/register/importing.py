"""Taking over lists: bring, look at the difference, confirm. Nothing is deleted by a list."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.register import commands, queries
from ruang.register.queries import Section, StagedPage
from ruang.register.states import LISTS
from ruang.web.register import forms
from ruang.web.register.slugs import MANY, SLUG_OF, SLUGS, kind_of
from ruang.web.request import Request
from ruang.web.results import done
from ruang.web.sign_in.views import page as get_or_post
from ruang.web.tables import answer

SECTIONS: dict[Section, tuple[str, str | Promise]] = {
    Section.NEW: ("baru", _("New")),
    Section.CHANGED: ("ubah", _("Different")),
    Section.WRONG: ("salah", _("Wrong")),
    Section.GONE: ("hilang", _("Missing in the list")),
    Section.SAME: ("sama", _("Unchanged")),
}
_BY_WORD = {word: section for section, (word, _label) in SECTIONS.items()}


@get_or_post
def lists(request: Request) -> HttpResponseBase:
    """Choose a list, and see those that wait."""
    waiting = queries.waiting_lists(actor=request.actor, at=request.at)
    form = forms.Upload(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = commands.stage_list(
                actor=request.actor,
                kind=SLUGS[form.cleaned_data["what"]],
                content=upload.read(),
                size=upload.size,
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("register:staged", made)
    kinds = [(SLUG_OF[kind], MANY[kind]) for kind in LISTS]
    context = {"form": form, "waiting": waiting, "kinds": kinds, "at": request.at}
    return render(request, "register/lists.html", context)


@require_safe
def template(request: Request, kind: str) -> HttpResponseBase:
    """Give an empty list to fill in."""
    table = queries.template(actor=request.actor, kind=kind_of(kind, *LISTS))
    as_workbook = request.GET.get("bentuk") == "xlsx"
    return answer(table, name=f"contoh-{kind}", as_workbook=as_workbook)


@require_safe
def staged(request: Request, list_id: UUID) -> HttpResponse:
    """Show a list beside the register."""
    page = _page(
        request,
        list_id,
        section=_BY_WORD.get(request.GET.get("bagian", ""), ""),
        after=request.GET.get("sesudah", "")[:9],
    )
    word = SECTIONS[page.section][0]
    context = {
        "page": page,
        "title": MANY[page.kind],
        "section": page.section.value,
        "tabs": [
            (f"{label} ({page.counts[one]})", f"?bagian={code}", one is page.section)
            for one, (code, label) in SECTIONS.items()
        ],
        "older": f"?bagian={word}&sesudah={page.older}" if page.older else "",
    }
    return render(request, "register/staged.html", context)


@get_or_post
def apply(request: Request, list_id: UUID) -> HttpResponseBase:
    """Confirm a list."""
    page = _page(request, list_id)
    if page.is_applied:
        return done("daftar-terapkan", "register:city")
    gone = [(str(one.place), f"{one.what}, {one.where}") for one in page.gone]
    able = [] if page.is_too_much_gone else gone
    first = {"on": localdate(request.at).isoformat(), "fingerprint": page.fingerprint}
    form = forms.Apply(request.POST or None, initial=first, gone=able)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        confirmed = commands.Confirmed(
            said["fingerprint"], said["on"], [UUID(pk) for pk in said["ended"]]
        )
        try:
            commands.apply_list(
                actor=request.actor, list_id=list_id, confirmed=confirmed, at=clock.now()
            )
        except Refused as refusal:
            form = forms.Apply(initial={**said, **first}, gone=able)
            return _confirm(request, page, form, str(refusal))
        return done("daftar-terapkan", "register:city")
    return _confirm(request, page, form)


@get_or_post
def drop(request: Request, list_id: UUID) -> HttpResponseBase:
    """Drop a list that was not taken over."""
    page = _page(request, list_id)
    if request.method == "POST":
        commands.drop_list(actor=request.actor, list_id=list_id, at=clock.now())
        return done("daftar-buang", "register:lists")
    return render(request, "register/drop.html", {"page": page, "title": MANY[page.kind]})


def _page(request: Request, list_id: UUID, *, section: str = "", after: str = "") -> StagedPage:
    return queries.staged_page(
        actor=request.actor, list_id=list_id, at=request.at, section=section, after=after
    )


def _confirm(
    request: Request, page: StagedPage, form: forms.Apply, refusal: str = ""
) -> HttpResponse:
    counts = [
        (label, page.counts[one])
        for one, (_word, label) in SECTIONS.items()
        if page.counts[one]
    ]
    context = {"page": page, "form": form, "refusal": refusal, "counts": counts}
    return render(request, "register/apply.html", {**context, "title": MANY[page.kind]})
