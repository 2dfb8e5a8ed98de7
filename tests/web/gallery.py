"""A few pages and a server of their own: the shared face is tried without a database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from unittest import mock
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import include, path
from django.utils import translation

from ruang.web.chrome import PLAIN
from tests.patience import SECONDS

SETTINGS: dict[str, Any] = {
    "ROOT_URLCONF": "tests.web.gallery",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["127.0.0.1", "testserver"],
    "MIDDLEWARE": [
        "config.headers.SecurityHeaders",
        "csp.middleware.CSPMiddleware",
        "tests.web.gallery.Language",
    ],
}

handler400 = "ruang.web.errors.views.bad_request"
handler403 = "ruang.web.errors.views.forbidden"
handler404 = "ruang.web.errors.views.missing"
handler500 = "ruang.web.errors.views.broken"


class Language:
    """A city nobody has to ask for, and the language that the page or its form carries."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.city = PLAIN  # type: ignore[attr-defined]
        code = request.GET.get("b") or request.POST.get("bahasa") or "id"
        with translation.override(code):
            return self.get_response(request)  # type: ignore[no-any-return]


FORM = """{% extends "layout/public_form.html" %}{% load i18n ruang %}
{% block main %}<h1>Langkah {{ step }}</h1>
<form id="langkah" method="post" action="/langkah/" enctype="multipart/form-data"
 autocomplete="off" novalidate data-ruang="step">
<input type="hidden" name="step" value="{{ step }}">
<label for="words">Kata</label>
<textarea class="govuk-textarea" id="words" name="words">{{ words }}</textarea>
<label for="file">Berkas</label><input id="file" type="file" name="file">
<button class="govuk-button" name="lanjut" value="ya">Lanjut</button>
<button class="rk-as-link" name="kembali" value="ya" data-ruang="back">Kembali</button>
</form><p id="pressed">{{ pressed }}</p><p id="got">{{ got }}</p>
<p><a href="/gaya/publik/" id="away">Lain</a> <a href="#words" id="jump">Kata</a></p>
{% endblock main %}"""
HOME = """{% extends "layout/public_home.html" %}{% load i18n ruang %}
{% block main %}<h1>Anda tidak sendiri</h1>{% include "components/numbers.html" only %}
<form method="post" action="/langkah/" data-ruang="step">
{% include "components/big.html" with icon="pen" title="Lapor" name="mulai" value="1" only %}
</form>{% endblock main %}"""
STAFF = """{% extends "layout/staff.html" %}{% load ruang %}
{% block title %}Uji{% endblock title %}{% block main %}<h1>Uji</h1>
<div id="list" hx-get="/staf/" hx-trigger="change-it from:body" hx-select="#list"
 hx-swap="{{ swap }}"><p>{{ count }}</p>
<button type="button" value="a">A</button><button type="button" value="b">B</button>
</div>
<form method="post" action="/staf/lambat/"><input type="hidden" name="x" value="1">
<button class="govuk-button" name="go" value="1">Simpan</button></form>
<label for="note">Catatan</label><div class="govuk-form-group">
<textarea id="note" data-ruang="count" data-most="5"></textarea>
<p class="rk-count" data-left="Sisa #" data-over="Lebih #">Paling banyak 5.</p></div>
{% endblock main %}"""

seen: list[dict[str, Any]] = []
"""What the step view was sent, for tests to look at."""
go_on = threading.Event()
"""The slow page answers once this is set."""
trouble: dict[str, int] = {"status": 0, "carries": 0}
"""A status the step view is to fail with, and whether that answer carries the form on."""


def _page(text: str, request: HttpRequest, **context: Any) -> HttpResponse:
    template = engines["django"].from_string(text)
    return HttpResponse(template.render({"results": (), "me": None, **context}, request))


def home(request: HttpRequest) -> HttpResponse:
    return _page(HOME, request)


def step(request: HttpRequest) -> HttpResponse:
    seen.append({**request.POST.dict(), "files": {k: f.size for k, f in request.FILES.items()}})
    if trouble["status"]:
        if trouble["carries"]:
            answer = _page(FORM, request, step=99, pressed="", words="", got="")
            answer.status_code = trouble["status"]
            return answer
        return HttpResponse(b"<html><main>broken</main></html>", status=trouble["status"])
    number = int(request.POST.get("step", "0"))
    if "bahasa" not in request.POST:
        number += -1 if "kembali" in request.POST else 1
    pressed = ",".join(k for k in ("mulai", "lanjut", "kembali", "bahasa") if k in request.POST)
    words = request.POST.get("words", "")
    return _page(FORM, request, step=number, pressed=pressed, words=words, got=words)


def staff(request: HttpRequest) -> HttpResponse:
    staff.count += 1  # type: ignore[attr-defined]
    swap = request.GET.get("swap", "outerHTML")
    return _page(STAFF, request, count=staff.count, swap=swap)  # type: ignore[attr-defined]


staff.count = 0  # type: ignore[attr-defined]


def slow(request: HttpRequest) -> HttpResponse:
    seen.append(request.POST.dict())
    go_on.wait(SECONDS)
    return _page(STAFF, request, count=0, swap="none")


def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("boom")


urlpatterns = [
    path("", home),
    path("langkah/", step),
    path("staf/", staff),
    path("staf/lambat/", slow),
    path("boom/", boom),
    path("meja/boom/", boom),
    path("gaya/", include("ruang.web.style.urls")),
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that walks away is no fault."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def demo(*, is_demo: bool) -> Any:
    """Say, for the gallery, whether this is a demo city."""
    return mock.patch("ruang.web.style.views._is_demo", return_value=is_demo)


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages of this module; yield their address."""
    with override_settings(**SETTINGS), demo(is_demo=True):
        app = StaticFilesHandler(WSGIHandler())
        with make_server("127.0.0.1", 0, app, _Server, _Quiet) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()
