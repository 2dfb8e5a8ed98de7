"""Signing in again: with the code, after a session ended, and what is resumed."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ruang.access.roles import Role
from ruang.identity import sessions
from ruang.identity.models import Session
from ruang.kernel import clock
from tests import make
from tests.reading import parsed
from tests.web.door import FRESH, OURS, enter, person, printed_of
from tests.web.parts import HTMX, soup, words

pytestmark = pytest.mark.django_db


def test_an_invitation_is_accepted_and_shows_the_code_once() -> None:
    place = make.organisation()
    head = make.signed_in(make.user(place, Role.HEAD))
    invited = head.post(
        "/anggota/undang/", {"name": "Ibu Baru", "login": "baru", "role": "head"}
    )
    code = "".join(span.text for span in soup(invited).select("#kode-undangan span"))
    browser = Client()
    unlike = browser.post(
        "/masuk/undangan/", {"kode": code, **FRESH, "again": "another", "b": "en"}
    )
    assert "not the same" in words(unlike)
    joined = browser.post("/masuk/undangan/", {"kode": code, **FRESH, "b": "en"})
    assert "baru" in words(joined)
    assert printed_of(joined)
    again = browser.post("/masuk/undangan/", {"kode": code, **FRESH, "b": "en"})
    assert "not good any more" in words(again)
    signed = browser.post("/masuk/", {"login": "baru", "password": FRESH["password"]})
    assert signed.status_code == 302


def test_the_password_and_the_language_are_changed() -> None:
    who = person()
    browser = make.signed_in(who)
    answer = browser.post("/akun/sandi/", {"present": make.PASSWORD, **FRESH})
    assert answer["Location"] == "/akun/?hasil=sandi"
    assert "Kata sandi Anda" in words(browser.get(answer["Location"]))
    browser.post("/akun/bahasa/", {"language": "en"})
    assert "My account" in words(browser.get("/akun/"))
    assert browser.post("/akun/bahasa/", {"language": "xx"}).status_code == 409


# --- what was sent is not lost ------------------------------------------------------------


def strict(browser: Client) -> Client:
    """A browser whose posts are checked as in earnest."""
    browser.handler.enforce_csrf_checks = True
    return browser


def csrf_of(answer: Any) -> str:
    return str(soup(answer).find("input", {"name": "csrfmiddlewaretoken"})["value"])  # type: ignore[index]


def form_of(answer: Any, action: str) -> dict[str, Any]:
    """Return what a form would send, as a browser reads it."""
    form = parsed(answer.content).find("form", {"action": action})
    assert form is not None, action
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea"]):  # type: ignore[union-attr]
        text = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value")
        sent.setdefault(field["name"], []).append(text or "")
    return sent


LONG = "Baris satu\n\n  <b>“baris”</b> & dua 😀\n"


def ended(who: Any) -> tuple[Client, str]:
    """A browser whose session ended while a form was open, and the form's token."""
    browser = strict(make.signed_in(who))
    token = csrf_of(browser.get("/akun/"))
    Session.objects.update(seen_at=clock.now() - sessions.IDLE)
    return browser, token


def test_a_post_after_the_session_travels_through_the_door_and_is_resumed() -> None:
    who = person()
    browser, token = ended(who)
    sent = {"csrfmiddlewaretoken": token, "language": "en", "catatan": LONG, "x": ["1", "2"]}
    door = browser.post("/akun/bahasa/?a=b", sent, headers=OURS)
    assert door.status_code == 401
    assert "belum" in words(door).lower() or "hilang" in words(door)
    assert LONG.strip() not in unescape(str(door.content, "utf-8"))
    assert "<b>" not in str(door.content, "utf-8").split("terbawa")[1][:200]

    wrong = browser.post(
        "/masuk/", {**form_of(door, "/masuk/"), "login": who.login, "password": "wrong"},
        headers=OURS,
    )  # fmt: skip
    resumed = browser.post(
        "/masuk/",
        {**form_of(wrong, "/masuk/"), "login": who.login, "password": make.PASSWORD},
        headers=OURS,
    )
    assert resumed.status_code == 200
    assert "Sesi Anda berakhir sebelum ini terkirim" in words(resumed)
    kept = form_of(resumed, "/akun/bahasa/?a=b")
    assert kept["catatan"] == [LONG]
    assert kept["x"] == ["1", "2"]
    assert kept["csrfmiddlewaretoken"] != token
    who.refresh_from_db()
    assert who.language == "id", "nothing is sent before the button"
    assert browser.post("/akun/bahasa/?a=b", kept, headers=OURS).status_code == 302
    who.refresh_from_db()
    assert who.language == "en"


def test_another_person_at_the_same_device_does_not_get_it() -> None:
    who, other = person(), person()
    browser, token = ended(who)
    sent = {"csrfmiddlewaretoken": token, "catatan": "rahasia sekali"}
    door = browser.post("/akun/bahasa/", sent, headers=OURS)
    given = {**form_of(door, "/masuk/"), "login": other.login, "password": make.PASSWORD}
    answer = browser.post("/masuk/", given, headers=OURS)
    assert answer.status_code == 200
    assert b"rahasia sekali" not in answer.content
    assert not soup(answer).find("form", {"action": "/akun/bahasa/"})


def test_it_travels_through_the_recovery_code_as_well() -> None:
    who = person()
    code = printed_of(make.signed_in(who).post("/akun/kode/", {"present": make.PASSWORD}))
    browser, token = ended(who)
    sent = {"csrfmiddlewaretoken": token, "catatan": LONG}
    door = browser.post("/akun/bahasa/", sent, headers=OURS)
    page = browser.post(
        "/masuk/kode/", {**form_of(door, "/masuk/"), "mulai": "1"}, headers=OURS
    )
    given = {**form_of(page, "/masuk/kode/"), "login": who.login, "kode": code}
    page = browser.post("/masuk/kode/", given, headers=OURS)
    page = browser.post(
        "/masuk/kode/", {**form_of(page, "/masuk/kode/"), **FRESH}, headers=OURS
    )
    assert printed_of(page)
    page = browser.post("/masuk/lanjut/", form_of(page, "/masuk/lanjut/"), headers=OURS)
    assert form_of(page, "/akun/bahasa/")["catatan"] == [LONG]


def test_files_are_not_carried_and_it_says_so() -> None:
    who = person()
    browser, token = ended(who)
    photo = SimpleUploadedFile("foto.jpg", b"\xff\xd8 isi foto")
    sent = {"csrfmiddlewaretoken": token, "catatan": "x", "berkas": photo}
    door = browser.post("/akun/bahasa/", sent, headers=OURS)
    given = {**form_of(door, "/masuk/"), "login": who.login, "password": make.PASSWORD}
    assert "Berkas" in words(browser.post("/masuk/", given, headers=OURS))


def test_a_part_sent_by_htmx_gets_the_whole_door() -> None:
    browser, token = ended(person())
    sent = {"csrfmiddlewaretoken": token, "catatan": "x"}
    door = browser.post("/akun/bahasa/", sent, headers={**OURS, **HTMX})
    assert door["HX-Retarget"] == "body"
    assert form_of(door, "/masuk/")["terbawa"]


@pytest.mark.parametrize("carried", ["x", "", "AAAA" * 500, "😀"])
def test_what_we_did_not_seal_is_not_resumed(carried: str) -> None:
    answer = enter(Client(), person(), terbawa=carried)
    assert (answer.status_code, answer["Location"]) == (302, "/meja/")


def test_after_twelve_hours_it_is_gone() -> None:
    who = person()
    browser, token = ended(who)
    sent = {"csrfmiddlewaretoken": token, "catatan": "x"}
    door = browser.post("/akun/bahasa/", sent, headers=OURS)
    carried = form_of(door, "/masuk/")["terbawa"][0]
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False):
        assert enter(Client(), who, terbawa=carried).status_code == 302


def test_an_old_token_on_a_page_of_ours_loses_nothing_either() -> None:
    """Two tabs: signed out and in again in one, the other still has its old form."""
    who = person()
    browser = strict(make.signed_in(who))
    browser.get("/akun/")
    sent = {"csrfmiddlewaretoken": "a" * 64, "language": "en", "catatan": LONG}
    answer = browser.post("/akun/bahasa/", sent, headers=OURS)
    assert form_of(answer, "/akun/bahasa/")["catatan"] == [LONG]
    who.refresh_from_db()
    assert who.language == "id"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {**OURS, "Sec-Fetch-Site": "cross-site"},
        {**OURS, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_post_does_nothing_and_is_not_kept(headers: dict[str, str]) -> None:
    who = person()
    browser = strict(make.signed_in(who))
    answer = browser.post("/akun/bahasa/", {"language": "en"}, headers=headers)
    assert answer.status_code == 403
    assert not soup(answer).select("textarea")
    who.refresh_from_db()
    assert who.language == "id"
    assert (
        Client(enforce_csrf_checks=True).post("/masuk/", {}, headers=headers).status_code == 403
    )


def test_every_address_of_the_door_is_here() -> None:
    assert reverse("sign_in:sign_in") == "/masuk/"
    assert reverse("sign_in:with_code") == "/masuk/kode/"
    assert reverse("sign_in:invitation") == "/masuk/undangan/"
    assert reverse("sign_in:sign_out") == "/keluar/"
