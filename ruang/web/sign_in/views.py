"""The door: in by password or printed code, in by invitation, out."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ruang.access.actor import SYSTEM
from ruang.identity import commands
from ruang.identity.sessions import COOKIE
from ruang.kernel import clock
from ruang.kernel.errors import Refused
from ruang.web import resume, whence
from ruang.web.request import Request
from ruang.web.sign_in import forms

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def sign_in(request: Request) -> HttpResponseBase:
    """Sign in by user name and password."""
    wanted = resume.safe_next(request.POST.get("lanjut") or request.GET.get("lanjut", ""))
    if request.method != "POST":
        return redirect(wanted) if request.signed_in else _show(request, forms.SignIn(), wanted)
    form = forms.SignIn(request.POST)
    if form.is_valid():
        try:
            token = commands.begin_sign_in(
                actor=SYSTEM,
                login=form.cleaned_data["login"],
                password=form.cleaned_data["password"],
                network=whence.network(request),
                at=clock.now(),
            )
            # A second factor is asked here: the token travels with its page.
            opened = commands.finish_sign_in(
                actor=SYSTEM, token=token, device=whence.device(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _let_in(request, opened, _onward(request, opened, wanted))
    return _show(request, form, wanted)


@page
def with_code(request: Request) -> HttpResponseBase:
    """Sign in by the printed code; it asks for a new password and prints a new code."""
    if "token" in request.POST:
        return _new_access(request)
    begins = request.method != "POST" or "mulai" in request.POST
    form = forms.Code() if begins else forms.Code(request.POST)
    if not begins and form.is_valid():
        try:
            token = commands.begin_with_code(
                actor=SYSTEM,
                login=form.cleaned_data["login"],
                code=form.cleaned_data["kode"],
                network=whence.network(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            fresh = forms.NewAccess(initial={"token": token})
            return _part(request, "sign_in/new_access.html", {"form": fresh})
    return _part(request, "sign_in/with_code.html", {"form": form})


@page
def invitation(request: Request) -> HttpResponseBase:
    """Accept an invitation: an own password and a printed code."""
    if request.method != "POST":
        return _part(request, "sign_in/invitation.html", {"form": forms.Invitation()})
    form = forms.Invitation(request.POST)
    if form.is_valid():
        try:
            joined = commands.accept_invitation(
                actor=SYSTEM,
                code=form.cleaned_data["kode"],
                password=form.cleaned_data["password"],
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "sign_in/joined.html", {"joined": joined})
    return _part(request, "sign_in/invitation.html", {"form": form})


@require_POST
def resumed(request: Request) -> HttpResponseBase:
    """Offer what was not sent, after signing in by code."""
    who = request.signed_in
    what = resume.unpack(request.POST.get("terbawa", ""), at=request.at)
    if who is None or what is None or what.user_id not in {None, who.actor.user_id}:
        return redirect("/meja/")
    return resume.offer(request, what)


@require_POST
def sign_out(request: Request) -> HttpResponseBase:
    """Sign out here."""
    who = request.signed_in
    if who is not None:
        commands.sign_out(actor=who.actor, session_id=who.session_id, at=clock.now())
    request.signed_in = None
    response = redirect("sign_in:sign_in")
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
    response.cookies[COOKIE]["secure"] = True
    return response


def _new_access(request: Request) -> HttpResponseBase:
    form = forms.NewAccess(request.POST)
    if form.is_valid():
        try:
            opened = commands.finish_with_code(
                actor=SYSTEM,
                token=form.cleaned_data["token"],
                password=form.cleaned_data["password"],
                device=whence.device(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            page = _part(request, "sign_in/new_code.html", {"code": opened.code.split("-")})
            return _let_in(request, opened, page)
    return _part(request, "sign_in/new_access.html", {"form": form})


def _onward(request: Request, opened: commands.Opened, wanted: str) -> HttpResponse:
    """Return where to go: to what was not sent, if it is this person's, else to the page."""
    what = resume.unpack(request.POST.get("terbawa", ""), at=request.at)
    if what is None:
        return redirect(wanted)
    if what.user_id not in {None, opened.user_id}:
        return render(request, "sign_in/not_yours.html", {"next": wanted})
    return resume.offer(request, what)


def _let_in(request: Request, opened: commands.Opened, response: HttpResponse) -> HttpResponse:
    """Hand the session's key to the browser, and to nobody else."""
    before = request.signed_in
    if before is not None:
        commands.sign_out(actor=before.actor, session_id=before.session_id, at=clock.now())
    response.set_cookie(
        COOKIE, opened.cookie, path="/", secure=True, httponly=True, samesite="Strict"
    )
    return response


def _show(request: Request, form: forms.SignIn, wanted: str) -> HttpResponse:
    context = {"form": form, "next": wanted, "interrupted": False}
    return _part(request, "sign_in/sign_in.html", context)


def _part(request: Request, template: str, context: dict[str, object]) -> HttpResponse:
    """Return a page of the door; what was not sent yet stays with it."""
    carried = request.POST.get("terbawa", "")
    return render(request, template, {**context, "carried": carried})
