"""Pages for when something is not right."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, RequestFactory

from ruang.web import chrome
from ruang.web.errors import views

pytestmark = pytest.mark.usefixtures("faced")


class Exploding:
    """A city that cannot be asked because the database is gone."""

    def __getattr__(self, name: str) -> str:
        raise RuntimeError("no database")


@pytest.mark.parametrize("status", [400, 403, 404, 413, 500, 503])
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_trouble_has_a_page_in_both_languages(
    client: Client, status: int, language: str
) -> None:
    answer = client.get(f"/gaya/galat/{status}/?b={language}")
    assert answer.status_code == status
    text = answer.content.decode()
    assert f'lang="{language}"' in text
    assert 'data-ruang="exit"' in text
    assert "tel:129" in text
    assert answer["Cache-Control"] == "no-store"


def test_public_and_staff_addresses_wear_their_own_face(rf: RequestFactory) -> None:
    public = views.show(rf.get("/pantau/"), views.MISSING).content.decode()
    staff = views.show(rf.get("/kasus/1/"), views.MISSING).content.decode()
    assert "rk-public" in public
    assert "rk-staff" in staff
    assert "exit" not in staff
    assert "UNDEFINED" not in public + staff


@pytest.mark.parametrize("url", ["/boom/", "/meja/boom/"])
def test_a_fault_of_ours_shows_a_page_and_no_details(client: Client, url: str) -> None:
    client.raise_request_exception = False
    answer = client.get(url)
    assert answer.status_code == 500
    assert b"boom" not in answer.content
    assert b"Ada gangguan di tempat kami" in answer.content


def test_a_fault_page_asks_nobody_anything(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.city = Exploding()  # type: ignore[attr-defined]
    answer = views.broken(request)
    assert answer.status_code == 500
    assert b'data-ruang="exit"' in answer.content


def test_a_fault_page_shows_the_city_as_it_was_last_known(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(chrome._last, "city", chrome.City(title="Layanan Kota Lain"))
    assert b"<title>Layanan Kota Lain</title>" in views.broken(rf.get("/")).content


def test_even_without_templates_there_are_numbers_and_a_way_out(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **kwargs: Any) -> str:
        raise OSError("no templates")

    monkeypatch.setattr(views, "render_to_string", gone)
    for path in ("/", "/meja/"):
        answer = views.broken(rf.get(path))
        assert answer.status_code == 500
        assert b"tel:112" in answer.content
        assert b'data-ruang="exit"' in answer.content


def test_too_much_is_413_and_anything_else_400(rf: RequestFactory) -> None:
    request: HttpRequest = rf.post("/")
    assert views.bad_request(request, RequestDataTooBig()).status_code == 413
    assert views.bad_request(request, SuspiciousOperation()).status_code == 400
    assert views.too_large(request).status_code == 413


def test_being_busy_says_when_to_come_back(rf: RequestFactory) -> None:
    assert views.busy(rf.get("/"))["Retry-After"] == "60"


def test_an_expired_token_and_a_closed_page_are_403(rf: RequestFactory) -> None:
    assert views.csrf_failed(rf.post("/meja/")).status_code == 403
    assert views.forbidden(rf.get("/meja/"), PermissionError()).status_code == 403
    assert views.missing(rf.get("/meja/"), LookupError()).status_code == 404
