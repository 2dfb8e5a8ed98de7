"""Pages for when something is not right: what happened, what is lost, what to do.

Which of the two faces is shown depends on the address alone. What the city calls itself, and
where no view could say it the reader's language, is asked only when the fault is not ours, and
does not matter if it fails.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ruang.web.chrome import City, chrome, city_of, last_city
from ruang.web.language import language_without_view

STAFF_AREAS = (
    "/masuk/",
    "/keluar/",
    "/meja/",
    "/pengaduan/",
    "/kasus/",
    "/rujukan/",
    "/berkas/",
    "/anggota/",
    "/organisasi/",
    "/pasang/",
    "/audit/",
    "/akun/",
    "/sesi/",
    "/siap/",
)
"""Addresses whose errors wear the staff face; all others are public."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says: to anybody, and to staff."""

    status: int
    title: str | Promise
    public: str | Promise
    staff: str | Promise
    again: bool = False
    """Whether trying the same again can help."""


BAD = Trouble(
    400,
    _("This could not be read"),
    _("What arrived here was incomplete. Please go back to the start. Nothing was stored."),
    _("What arrived here was incomplete. Open the page again; nothing was changed."),
)
FORBIDDEN = Trouble(
    403,
    _("This is not open to you"),
    _("This page cannot be opened from here. Please go back to the start."),
    _("Your role does not allow this. The attempt is on record. Ask the case manager."),
)
STALE_FORM = Trouble(
    403,
    _("This page was open for too long"),
    _("Nothing was stored. Please open the page again."),
    _("Nothing was changed. Open the page again, and sign in if you are asked to."),
    again=True,
)
MISSING = Trouble(
    404,
    _("This page does not exist"),
    _("The address may be mistyped. From the start you reach everything."),
    _("It does not exist, or it is not in your sight."),
)
TOO_LARGE = Trouble(
    413,
    _("This file is too large"),
    _("25 MB at most. Go back: your report is still safe, and the file can follow later."),
    _("25 MB at most. Nothing was stored; go back and choose a smaller file."),
)
BROKEN = Trouble(
    500,
    _("Something broke on our side"),
    _("We are sorry. What you sent last may not be stored. Please try again, or telephone."),
    _("We are sorry. What you sent last may not be stored: look before you send it again."),
    again=True,
)
BUSY = Trouble(
    503,
    _("We cannot answer right now"),
    _("What you sent last is not saved. Please try again in a minute, or telephone."),
    _("What you sent last is not saved. Try again in a minute."),
    again=True,
)


def refusal(sentence: str | Promise) -> Trouble:
    """Return the trouble of a command that said no where no form could show it."""
    return Trouble(409, _("This cannot be done now"), sentence, sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when more arrived than may be read."""
    too_large = isinstance(exception, RequestDataTooBig)
    trouble = TOO_LARGE if too_large else BAD
    return show(request, trouble) if request.resolver_match else _without_view(request, trouble)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return show(request, FORBIDDEN)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return show(request, MISSING) if request.resolver_match else _without_view(request, MISSING)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, even when templates or the database are what broke."""
    return show(request, BROKEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a staff form whose token has expired."""
    return _without_view(request, STALE_FORM)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    return show(request, TOO_LARGE)


def busy(request: HttpRequest) -> HttpResponse:
    """Answer 503 when nothing can be stored at present."""
    return show(request, BUSY)


def show(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Return the page for a trouble, in the face that suits the address."""
    faces = [lambda: _public_page(last_city(), trouble), lambda: _last_words(trouble)]
    if request.path.startswith(STAFF_AREAS):
        faces.insert(0, lambda: _staff_page(trouble))
    elif trouble.status < 500:
        faces.insert(0, lambda: _public_page(city_of(request), trouble))
    page = _first_that_works(*faces)
    response = HttpResponse(page, status=trouble.status)
    response["Cache-Control"] = "no-store"
    if trouble.status == 503:
        response["Retry-After"] = "60"
    return response


def _without_view(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Show it where no view was reached that would have set the language."""
    chosen = language_without_view(request) or get_language() or "id"
    with translation.override(chosen):
        return show(request, trouble)


def _public_page(city: City, trouble: Trouble) -> str:
    shell = chrome(language=get_language() or "id", city=city)
    return render_to_string("errors/public.html", {"trouble": trouble, "chrome": shell})


def _staff_page(trouble: Trouble) -> str:
    return render_to_string("errors/staff.html", {"trouble": trouble, "results": ()})


def _last_words(trouble: Trouble) -> str:
    """Say the least that helps, without a template or a style sheet."""
    exit_url = escape(last_city().exit_url)
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Layanan</title>'
        '<link rel="icon" href="data:,">'
        f'<p><a href="{exit_url}" rel="nofollow noreferrer" data-ruang="exit">'
        "Keluar cepat</a></p><main><h1>Maaf, ada gangguan di tempat kami</h1>"
        "<p>Yang terakhir dikirim mungkin belum tersimpan. Silakan coba lagi, atau telepon.</p>"
        f"<p>({trouble.status})</p>"
        '<p><a href="tel:112">112</a> darurat, <a href="tel:110">110</a> polisi, '
        '<a href="tel:129">129</a> SAPA</p></main></html>'
    )


def _first_that_works(*pages: Callable[[], str]) -> str:
    for page in pages[:-1]:
        try:
            return page()
        except Exception:  # noqa: S112 - whatever broke, the person still needs a page
            continue
    return pages[-1]()
