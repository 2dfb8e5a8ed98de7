"""What a second person decides: logs that could not be taken over, photos before others see."""

from itertools import chain
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ruang.access.sight import NotInSight
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid_of
from ruang.prevention.commands import field, lots, photos
from ruang.prevention.queries import field_waiting as queries
from ruang.prevention.states import State
from ruang.web.field.phone import page
from ruang.web.files.sandbox import shut_in
from ruang.web.previewer import previewer
from ruang.web.request import Request
from ruang.web.results import done


@require_safe
def waiting(request: Request) -> HttpResponse:
    """Show what phones sent and waits for a person."""
    rows = queries.waiting_logs(actor=request.actor)
    about = {"rows": rows, "lots": queries.waiting_lots(actor=request.actor)}
    return render(request, "field/waiting.html", {**about, "at": request.at})


@page
def settle(request: Request, entry_id: UUID) -> HttpResponseBase:
    """Show a log that waits; take it over, for its session or for another one."""
    refusal = ""
    if request.method == "POST":
        try:
            chosen = uuid_of(request.POST.get("sesi", ""))
            if chosen is None:
                raise NotInSight("Session")
            field.settle_log(
                actor=request.actor, entry_id=entry_id, session_id=chosen, at=clock.now()
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return done("log-diambil", "field:waiting")
    found = queries.waiting_log(actor=request.actor, entry_id=entry_id)
    is_open = found.head.session.state is State.PLANNED
    about = {"log": found, "refusal": refusal, "is_open": is_open, "at": request.at}
    return render(request, "field/settle.html", about)


@page
def drop(request: Request, entry_id: UUID) -> HttpResponseBase:
    """Set a log aside, after a page that says what is lost by it."""
    if request.method == "POST":
        field.drop_log(actor=request.actor, entry_id=entry_id, at=clock.now())
        return done("log-sisih", "field:waiting")
    found = queries.waiting_log(actor=request.actor, entry_id=entry_id)
    return render(request, "field/drop.html", {"log": found})


@page
def settle_lot(request: Request, lot_id: UUID) -> HttpResponseBase:
    """Show sheets or photos that wait; take them over, for their session or for another one."""
    refusal = ""
    if request.method == "POST":
        chosen = uuid_of(request.POST.get("sesi", ""))
        if chosen is None:
            raise NotInSight("Session")
        try:
            left = lots.settle_lot(
                actor=request.actor, entry_id=lot_id, session_id=chosen,
                previewer=previewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            return done("kiriman-sisa" if left else "kiriman-diambil", "field:waiting")
    found = queries.waiting_lot(actor=request.actor, entry_id=lot_id)
    is_open = found.session.state is not State.CANCELLED
    about = {"lot": found, "refusal": refusal, "is_open": is_open, "at": request.at}
    return render(request, "field/settle_lot.html", about)


@page
def drop_lot(request: Request, lot_id: UUID) -> HttpResponseBase:
    """Set sheets or photos aside, after a page that says what is lost by it."""
    if request.method == "POST":
        lots.drop_lot(actor=request.actor, entry_id=lot_id, at=clock.now())
        return done("kiriman-sisih", "field:waiting")
    found = queries.waiting_lot(actor=request.actor, entry_id=lot_id)
    return render(request, "field/drop_lot.html", {"lot": found})


@require_safe
def gallery(request: Request) -> HttpResponse:
    """Show the confirmed photos."""
    before = uuid_of(request.GET.get("sebelum", ""))
    found = queries.photos(actor=request.actor, before=before)
    return render(request, "field/gallery.html", {"photos": found})


@require_safe
def unchecked(request: Request) -> HttpResponse:
    """Show the photos that wait for a second person."""
    before = uuid_of(request.GET.get("sebelum", ""))
    found = queries.photos(actor=request.actor, before=before, waiting=True)
    return render(request, "field/unchecked.html", {"photos": found})


@require_safe
def picture(request: Request, photo_id: UUID) -> HttpResponseBase:
    """Send a photo: our own copy, never what was uploaded."""
    size, chunks = queries.photo_file(actor=request.actor, photo_id=photo_id)
    first = next(chunks, b"")
    answer = StreamingHttpResponse(chain([first], chunks), content_type="image/jpeg")
    return shut_in(answer, size)


@require_POST
def confirm(request: Request, photo_id: UUID) -> HttpResponseBase:
    """Let a photo be shown outside its session."""
    photos.confirm_photo(actor=request.actor, photo_id=photo_id, at=clock.now())
    return done("foto-tegas", "field:unchecked")


@require_POST
def reject(request: Request, photo_id: UUID) -> HttpResponseBase:
    """Delete a photo."""
    photos.reject_photo(actor=request.actor, photo_id=photo_id, at=clock.now())
    return done("foto-tolak", "field:unchecked")
