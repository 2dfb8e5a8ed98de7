"""The door: in, out, and what happens to what was sent when the session had ended."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ruang.access.roles import Role
from ruang.audit.models import Fact
from ruang.identity.models import Session, Throttle
from ruang.identity.states import State
from ruang.kernel import clock
from tests import make
from tests.web.door import FRESH, enter, person, printed_of, typed
from tests.web.parts import HTMX, soup, words

pytestmark = pytest.mark.django_db


# --- in and out ---------------------------------------------------------------------------


def test_the_cookie_stays_in_the_browser_and_goes_nowhere_else() -> None:
    browser = Client()
    answer = enter(browser, person())
    assert (answer.status_code, answer["Location"]) == (302, "/meja/")
    cookie = answer.cookies["__Host-ruang"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["max-age"]
    assert len(cookie.value) == 43
    assert browser.get("/akun/").status_code == 200


def test_the_page_shows_no_password_and_says_what_is_wrong() -> None:
    who = person()
    answer = Client().post("/masuk/", {**typed(who), "password": "a wrong one, quite long"})
    assert answer.status_code == 200
    assert "do not match" in words(answer)
    assert b"a wrong one" not in answer.content
    assert soup(answer).find("input", {"name": "login"})["value"] == who.login  # type: ignore[index]
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/akun/?a=1", "/akun/?a=1"),
        ("https://jahat.example/", "/meja/"),
        ("//jahat.example/", "/meja/"),
        ("/\\jahat.example/", "/meja/"),
        ("javascript:alert(1)", "/meja/"),
        ("akun/", "/meja/"),
        ("", "/meja/"),
    ],
)
def test_one_is_led_back_to_a_page_of_ours_alone(wanted: str, goes_to: str) -> None:
    assert enter(Client(), person(), lanjut=wanted)["Location"] == goes_to


def test_a_page_without_session_leads_to_the_door_and_back() -> None:
    answer = Client().get("/akun/sandi/?x=1")
    assert answer["Location"] == "/masuk/?lanjut=%2Fakun%2Fsandi%2F%3Fx%3D1"
    shown = soup(Client().get(answer["Location"]))
    assert shown.find("input", {"name": "lanjut"})["value"] == "/akun/sandi/?x=1"  # type: ignore[index]


def test_a_part_that_is_asked_for_leads_there_too_but_not_by_itself() -> None:
    asked = Client().get(
        "/akun/", headers={**HTMX, "HX-Current-URL": "http://testserver/akun/sandi/"}
    )
    assert asked.status_code == 401
    assert asked["HX-Redirect"] == "/masuk/?lanjut=%2Fakun%2Fsandi%2F"
    by_itself = Client().get("/akun/", headers={**HTMX, "X-Ruang-Auto": "1"})
    assert by_itself.status_code == 401
    assert "HX-Redirect" not in by_itself
    assert by_itself["HX-Reswap"] == "none"


def test_signing_out_ends_the_session_and_takes_the_cookie() -> None:
    who = person()
    browser = make.signed_in(who)
    answer = browser.post("/keluar/")
    assert answer["Location"] == "/masuk/"
    assert answer.cookies["__Host-ruang"].value == ""
    assert answer.cookies["__Host-ruang"]["max-age"] == 0
    assert not Session.objects.exclude(private=b"").exists()
    assert browser.get("/keluar/").status_code == 405


def test_signing_in_again_ends_the_session_before() -> None:
    one, other = person(), person()
    browser = make.signed_in(one)
    enter(browser, other)
    assert not Session.objects.get(user=one).private
    assert other.name in str(browser.get("/akun/").content, "utf-8")


@pytest.mark.parametrize("field", ["login", "password"])
@pytest.mark.parametrize("value", ["", "\x00", "x" * 100_000, "\u202eسارة😀", "%s%n{{7*7}}"])
def test_nothing_typed_breaks_the_door(field: str, value: str) -> None:
    answer = Client().post("/masuk/", {**typed(person()), field: value})
    assert answer.status_code == 200
    assert soup(answer).find("form", {"action": "/masuk/"})


def test_many_attempts_are_slowed_with_a_sentence() -> None:
    who, browser = person(), Client()
    for _ in range(5):
        browser.post("/masuk/", {**typed(who), "password": "not this one either"})
    assert "Too many attempts from here" in words(enter(browser, who))
    assert enter(Client(REMOTE_ADDR="198.51.100.9"), who).status_code == 302


def test_behind_our_proxy_the_network_is_what_the_proxy_saw(settings: Any) -> None:
    who = person()
    lying = {"X-Forwarded-For": "203.0.113.1, 198.51.100.9"}
    Client().post("/masuk/", {**typed(who), "password": "wrong"}, headers=lying)
    direct = Throttle.objects.get().pk
    Throttle.objects.all().delete()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    Client().post("/masuk/", {**typed(who), "password": "wrong"}, headers=lying)
    behind = Throttle.objects.get().pk
    Throttle.objects.all().delete()
    settings.SECURE_PROXY_SSL_HEADER = None
    Client(REMOTE_ADDR="198.51.100.77").post("/masuk/", {**typed(who), "password": "wrong"})
    assert direct != behind
    assert Throttle.objects.get().pk == behind


def test_the_language_of_the_door_stays_while_trying() -> None:
    assert "Masuk" in words(Client().get("/masuk/"))
    assert "Sign in" in words(Client().get("/masuk/?b=en"))
    answer = Client().post("/masuk/", {**typed(person()), "password": "wrong"})
    assert "Sign in" in words(answer)
    assert not Client().get("/masuk/?b=en").cookies.get("django_language")


def test_staff_pages_are_neither_kept_nor_listed() -> None:
    browser = make.signed_in(person())
    for answer in (browser.get("/akun/"), Client().get("/masuk/"), Client().get("/akun/")):
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Cache-Control"] == "no-store"


# --- sessions on pages --------------------------------------------------------------------


def test_an_idle_session_ends_and_requests_by_themselves_do_not_help() -> None:
    who = person()
    with time_machine.travel(clock.now(), tick=False) as travel:
        browser = make.signed_in(who)
        for _ in range(3):
            travel.shift(timedelta(minutes=14))
            assert browser.get("/akun/").status_code == 200
        for _ in range(3):
            travel.shift(timedelta(minutes=5))
            browser.get("/akun/", headers={"X-Ruang-Auto": "1"})
        assert browser.get("/akun/").status_code == 302


def test_eight_hours_are_the_end() -> None:
    who = person()
    with time_machine.travel(clock.now(), tick=False) as travel:
        browser = make.signed_in(who)
        for _ in range(47):
            travel.shift(timedelta(minutes=10))
            assert browser.get("/akun/").status_code == 200
        travel.shift(timedelta(minutes=10))
        assert browser.get("/akun/").status_code == 302


def test_sessions_are_listed_and_ended_one_by_one_and_together() -> None:
    who = person()
    here, there, third = (make.signed_in(who) for _ in range(3))
    shown = here.get("/sesi/")
    assert len(soup(shown).select("main tbody tr")) == 3
    assert "Chrome, Android" in words(shown)
    target = soup(shown).select_one("main form[action$='/keluar/']:not([action*='lainnya'])")
    assert target is not None
    done = here.post(target["action"])
    assert "hasil=keluar" in done["Location"]
    left = [one.get("/akun/").status_code for one in (here, there, third)]
    assert sorted(left) == [200, 200, 302]
    here.post("/sesi/lainnya/keluar/")
    assert here.get("/akun/").status_code == 200
    assert [one.get("/akun/").status_code for one in (there, third)] == [302, 302]


def test_another_persons_session_does_not_exist() -> None:
    make.signed_in(person())
    other = Session.objects.get()
    mine = make.signed_in(person())
    assert mine.post(f"/sesi/{other.pk}/keluar/").status_code == 404


def test_a_get_writes_nothing_but_the_record() -> None:
    who = person(Role.AUDITOR)
    browser = make.signed_in(who)
    before = Fact.objects.count()
    for address in ("/akun/", "/sesi/", "/akun/sandi/", "/akun/kode/", "/audit/"):
        assert browser.get(address).status_code == 200
    assert Fact.objects.count() == before


# --- waiting ------------------------------------------------------------------------------


def test_who_waits_sees_the_own_numbers_and_nothing_else() -> None:
    place = make.organisation()
    make.user(place, Role.INTAKE_OFFICER)
    browser = make.signed_in(make.user(place, Role.INTAKE_OFFICER, state=State.WAITING))
    for address in ("/meja/", "/pengaduan/", "/kasus/", "/anggota/", "/audit/"):
        assert browser.get(address)["Location"] == "/akun/menunggu/", address
    answer = browser.get("/akun/menunggu/")
    assert len(soup(answer).select("#sidik span")) == 12
    assert not soup(answer).select("header nav a")
    assert browser.get("/sesi/").status_code == 200


# --- the printed code, the invitation, the own account ------------------------------------


def token_of(answer: Any) -> str:
    return str(soup(answer).find("input", {"name": "token"})["value"])  # type: ignore[index]


def test_the_printed_code_leads_to_a_new_password_and_a_new_code() -> None:
    who = person()
    code = printed_of(make.signed_in(who).post("/akun/kode/", {"present": make.PASSWORD}))
    browser = Client()
    first = browser.post("/masuk/kode/", {"login": who.login, "kode": code.lower(), "b": "en"})
    weak = browser.post(
        "/masuk/kode/",
        {"token": token_of(first), "password": "short", "again": "short", "b": "en"},
    )
    assert "At least 15" in words(weak)
    last = browser.post("/masuk/kode/", {"token": token_of(weak), "b": "en", **FRESH})
    fresh = printed_of(last)
    assert fresh
    assert fresh != code
    assert browser.get("/akun/").status_code == 200
    assert "do not match" in words(
        Client().post("/masuk/kode/", {"login": who.login, "kode": code, "b": "en"})
    )
    assert enter(Client(), who).status_code == 200
    assert (
        Client()
        .post("/masuk/", {"login": who.login, "password": FRESH["password"]})
        .status_code
        == 302
    )
