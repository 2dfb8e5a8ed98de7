"""Anything may come to a public form: it never breaks, and nothing that is text is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ruang.intake.models import Message, Report
from ruang.vault import carry
from ruang.vault.texts import open_text
from tests import make
from tests.web.walk import ANSWERS, Walk

pytestmark = pytest.mark.django_db

ODD = {
    "empty": "",
    "spaces": " \t\r\n ",
    "emoji": "😭👩‍👧‍👦🏳️‍🌈 tolong",
    "right to left": "\u202eمساعدة\u202c טקסט",
    "null bytes": "sebelum\x00sesudah",
    "controls": "a\x01\x07\x1b[31mb",
    "markup": "<script>alert(1)</script>&amp;\"'{{ 7|add:7 }}{% now %}",
    "combining": "e\u0301" + "\u0300" * 300,
    "private use": "\ue000\ue001\U000f0000",
    "long line": "x" * 70_000,
    "huge": "kata " * 700_000,
}
TEXTS = {"way": "reach", "office": "must_not_read", "story": "story", "district": "village",
         "when": "by_whom", "helper_sex": "helper_language"}  # fmt: skip
BYTES = {
    "lone surrogates": b"story=%ED%A0%80halo%ED%B0%80",
    "not utf-8": b"story=%FF%FE%C0halo",
    "half an escape": b"story=halo%",
    "raw bytes": b"story=\xff\x00halo",
}


@pytest.fixture
def walk(client: Client) -> Walk:
    make.city()
    return Walk(client)


def stored_story() -> str:
    report = Report.objects.get()
    officer = make.actor(make.User.objects.filter(organisation=report.desk)[0])
    return open_text(officer.keys, report, "story")


@pytest.mark.parametrize(
    ("page", "odd"),
    [(page, odd) for page in TEXTS for odd in ODD if odd != "huge" or page == "story"],
)
def test_every_text_is_taken_shown_again_and_sent(walk: Walk, page: str, odd: str) -> None:
    walk.until(page)
    if page == "office":
        walk.go_on()
    typed = {**ANSWERS[page], TEXTS[page]: ODD[odd]}
    if page == "way":
        typed |= {"way": "page"}
    walk.press("bahasa", "en", **typed)
    assert walk.answer.status_code == 200
    walk.press("cukup", **typed) if page != "way" else walk.go_on(**typed)
    assert (walk.answer.status_code, walk.errors) == (200, [])
    assert "<script>alert" not in walk.answer.content.decode()
    walk.press("kirim")
    assert len(walk.words.split()) == 7


def test_what_can_be_stored_is_stored_as_it_was_typed(walk: Walk) -> None:
    odd = "😭 \u202eمساعدة\u202c e\u0301 <b>&amp;</b>\r\nbaris\x00 dua "
    walk.until("story").press("cukup", story=odd).press("kirim")
    assert stored_story() == "😭 \u202eمساعدة\u202c é <b>&amp;</b>\nbaris dua"


@pytest.mark.parametrize("odd", BYTES)
def test_bytes_that_are_no_text_lose_none_of_the_rest(walk: Walk, odd: str) -> None:
    walk.until("story")
    body = BYTES[odd] + b"&cukup=1&isi=" + walk.hidden["isi"].encode()
    walk.answer = walk.client.post("/", body, content_type="application/x-www-form-urlencoded")
    assert walk.title == "Lihat sekali lagi, lalu kirim"
    walk.press("kirim")
    assert "halo" in stored_story()


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16", "idna", "zip", "x"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_made_up_charset_breaks_nothing(walk: Walk, kind: str, charset: str) -> None:
    walk.until("story")
    sealed = walk.hidden["isi"]
    body = f"story=%5Cud800halo&isi={sealed}&lanjut=1".encode()
    if kind.startswith("multipart"):
        parts = {"story": "\\ud800halo", "isi": sealed, "lanjut": "1"}
        body = (
            "".join(
                f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in parts.items()
            ).encode()
            + b"--X--\r\n"
        )
    walk.answer = walk.client.generic(
        "POST", "/", body, content_type=f"{kind}; charset={charset}; boundary=X"
    )
    assert walk.answer.status_code in {200, 400}
    assert walk.main.h1


def no_form(_walk: Walk) -> dict[str, Any]:
    return {"story": "halo", "kirim": "1"}


def empty(_walk: Walk) -> dict[str, Any]:
    return {}


def half(walk: Walk) -> dict[str, Any]:
    return {"isi": walk.hidden["isi"][: len(walk.hidden["isi"]) // 2], "kirim": "1"}


def tampered(walk: Walk) -> dict[str, Any]:
    sealed = walk.hidden["isi"]
    flipped = "A" if sealed[40] != "A" else "B"
    return {"isi": sealed[:40] + flipped + sealed[41:], "kirim": "1"}


def of_another_purpose(_walk: Walk) -> dict[str, Any]:
    return {"isi": carry.pack("entry", b"{}"), "kirim": "1"}


def not_text(_walk: Walk) -> dict[str, Any]:
    return {"isi": "😭\x00\u202e", "kirim": "1"}


def many(_walk: Walk) -> dict[str, Any]:
    return {f"x{number}": "1" for number in range(2_500)}


GARBAGE: list[Callable[[Walk], dict[str, Any]]] = [
    no_form,
    empty,
    half,
    tampered,
    of_another_purpose,
    not_text,
]


@pytest.mark.parametrize("made", GARBAGE, ids=lambda made: made.__name__)
def test_what_did_not_come_from_here_gets_the_neutral_start_page(
    walk: Walk, made: Callable[[Walk], dict[str, Any]]
) -> None:
    walk.check()
    walk.answer = walk.client.post("/", made(walk))
    assert (walk.answer.status_code, walk.title) == (200, "Anda tidak sendiri")
    assert not walk.main.find_all(class_="rk-note")
    assert not Report.objects.exists()


@pytest.mark.parametrize("address", ["/", "/pantau/"])
def test_more_fields_than_a_form_has_is_no_fault_of_ours(walk: Walk, address: str) -> None:
    answer = walk.client.post(address, many(walk))
    assert answer.status_code in {200, 400}
    assert b"<h1" in answer.content


@pytest.mark.parametrize("address", ["/", "/pantau/"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=X", b"--X\r\nbroken"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=" + "y" * 5_000, b"x"),
        ("application/json", b'{"isi": [1]}'),
        ("text/plain", b"\x00\xff"),
        ("", b""),
        ("application/x-www-form-urlencoded", b"\x00=\xff&&&==%%%"),
    ],
)
def test_a_body_of_any_kind_is_answered_with_a_page(
    walk: Walk, address: str, kind: str, body: bytes
) -> None:
    answer = walk.client.generic("POST", address, body, content_type=kind)
    assert answer.status_code in {200, 400}
    assert b"<h1" in answer.content


@pytest.mark.parametrize("address", ["/", "/pantau/"])
@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_get_a_page_and_change_nothing(
    walk: Walk, address: str, method: str
) -> None:
    answer = getattr(walk.client, method)(address)
    assert answer.status_code in {200, 405}
    assert not Report.objects.exists()


@pytest.mark.parametrize("address", ["/", "/pantau/"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://jahat.example"}, 403),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "http://testserver:8001"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_posts_from_other_sites_are_refused_and_old_phones_are_not(
    walk: Walk, address: str, headers: dict[str, str], status: int
) -> None:
    sealed = walk.check().hidden["isi"]
    answer = walk.client.post(address, {"isi": sealed, "kirim": "1"}, headers=headers)
    assert answer.status_code == status
    assert Report.objects.count() == (1 if status == 200 and address == "/" else 0)


@pytest.mark.parametrize("odd", ODD)
def test_every_message_under_the_code_is_taken(walk: Walk, odd: str) -> None:
    words = walk.check().press("kirim").words
    thread = Walk(walk.client, address="/pantau/").open().press("buka", kode=words)
    thread.press("kirim", pesan=ODD[odd])
    assert thread.answer.status_code == 200
    assert Message.objects.count() == (0 if not ODD[odd].strip() else 1)
    assert bool(thread.errors) == (not ODD[odd].strip())


@pytest.mark.parametrize("odd", ODD)
def test_no_word_that_is_none_opens_anything(walk: Walk, odd: str) -> None:
    thread = Walk(walk.client, address="/pantau/").open().press("buka", kode=ODD[odd][:5_000])
    assert thread.answer.status_code == 200
    assert thread.errors == [
        "Kode belum cocok. Periksa ejaan tiap kata; huruf besar dan tanda hubung tidak masalah."
    ]
