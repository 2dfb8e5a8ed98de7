"""Whatever is thrown at the real server, it answers like a page: never broken, never a trace.

Forged, oversized, malformed, traversing, of unknown hosts and methods (security.md R-07, T7).
"""

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from secrets import token_hex

import pytest

from tests.attacks.crowd import PHOTO
from tests.attacks.garbage import (
    HEADERS,
    HOSTS,
    KINDS,
    LINES,
    ODD,
    PATHS,
    PUBLIC_FIELDS,
    RAW,
)
from tests.attacks.people import Reporter, shown
from tests.attacks.phone import FORM, Answer, File, Phone, Request, post, press
from tests.attacks.sane import sane
from tests.attacks.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("served")]

PUBLIC_PAGES = ("/", "/lapor/", "/pantau/", "/layanan/", "/privasi/", "/jejak/", "/hadir/",
                "/healthz")  # fmt: skip
STAFF_PAGES = ("/masuk/", "/meja/", "/pengaduan/", "/kasus/", "/rujukan/", "/audit/",
               "/anggota/", "/pasang/", "/langsung/")  # fmt: skip


@pytest.fixture(scope="module")
def phone(city: Served) -> Iterator[Phone]:
    """A phone; afterwards the server is alive, has stored nothing odd and logged no error."""
    yield Phone(city.port)
    assert Phone(city.port).get("/").status == 200
    lines = [json.loads(one) for one in city.log_files().splitlines() if one.startswith("{")]
    wrong = [one for one in lines if one["level"] in {"error", "critical"}]
    assert [one for one in wrong if not one["from"].startswith("django.security")] == []


@pytest.fixture(scope="module")
def pages(city: Served) -> dict[str, dict[str, str]]:
    """Valid hidden fields of both public forms, so that what is odd gets past the door."""
    someone = Reporter(city.port)
    at = someone.answers(f"tanda-{token_hex(6)}")
    report = someone.tell(f"tanda-{token_hex(6)}")
    someone.send(report)
    thread = someone.follow(report.words)
    return {"/": hidden(at), "/pantau/": hidden(thread)}


def hidden(answer: Answer) -> dict[str, str]:
    found = answer.page.select("form#langkah input[type=hidden]")
    return {str(one["name"]): str(one["value"]) for one in found}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", PUBLIC_FIELDS)
def test_anything_in_any_field_is_answered_with_a_page(
    phone: Phone, pages: dict[str, dict[str, str]], path: str, odd: str
) -> None:
    for name in PUBLIC_FIELDS[path]:
        for base in ({}, pages[path]):
            answer = sane(phone.send(post(path, {**base, name: ODD[odd]}.items())))
            assert answer.status in {200, 400}, (name, answer.status)
            assert answer.page.select_one("main h1") is not None, name
            assert "<script>alert" not in answer.text


@pytest.mark.parametrize("odd", ODD)
def test_anything_in_a_file_s_name_is_answered_with_a_page(city: Served, odd: str) -> None:
    someone = Reporter(city.port)
    at = someone.answers(f"tanda-{token_hex(6)}")
    at = someone.phone.insist(press(at, "ubah", "files"))
    name = ODD[odd].replace("\r\n", " ").replace('"', "'")[:20_000]
    answer = sane(someone.phone.send(press(at, "tambah", files=[File(name, PHOTO)])))
    assert answer.status in {200, 400}
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", PUBLIC_FIELDS)
@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes_of_any_kind_are_answered_with_a_page(
    phone: Phone, path: str, kind: str
) -> None:
    parts = (
        b"--x\r\nContent-Disposition: form-data; name=\"isi\"; filename*=utf-7''%00\r\n\r\n1"
    )
    for body in (*RAW, parts, parts + b"\r\n--x--", b"--x\r\n\r\n\r\n--x--", b"--x--", b""):
        answer = sane(phone.send(Request(path, "POST", body, {"Content-Type": kind})))
        assert answer.status in {200, 400, 413}, (kind, body[:40], answer.status)
        assert answer.page.select_one("main h1") is not None


FOREIGN = ("null", "http://jahat.example", "https://127.0.0.1", "")


@pytest.mark.parametrize("path", PUBLIC_FIELDS)
def test_a_post_from_another_site_is_refused_and_sends_nothing(
    city: Served, phone: Phone, path: str
) -> None:
    marks = []
    for origin in FOREIGN:
        report = Reporter(city.port).tell(f"tanda-{token_hex(6)}")
        assert report.last is not None
        headers = {**report.last.headers, "Origin": origin}
        answer = sane(phone.send(Request(path, "POST", report.last.body, headers)))
        assert answer.status == 403, origin
        assert answer.page.select_one("#kode") is None, origin
        marks.append(report.mark)
    stories = " ".join(row["story"] for row in city.program("look_inside.py")["reports"])
    assert [mark for mark in marks if mark in stories] == []


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), ("x", 200)],
)
def test_what_the_browser_says_of_the_sender_counts(
    phone: Phone, site: str, status: int
) -> None:
    for path in PUBLIC_FIELDS:
        headers = {"Content-Type": FORM, "Sec-Fetch-Site": site}
        assert sane(phone.send(Request(path, "POST", b"mulai=1", headers))).status == status


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, *STAFF_PAGES, "/static/x", "/tidak-ada/"])
@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X" * 30]
)
def test_a_method_that_is_none_of_ours_changes_nothing(
    phone: Phone, path: str, method: str
) -> None:
    made = Request(path, method, b"mulai=1", {"Content-Type": FORM})
    answer = sane(phone.send(made), public=path in PUBLIC_PAGES)
    assert answer.status in {200, 302, 400, 401, 403, 404, 405}, answer.status


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/pantau/", "/masuk/", "/pengaduan/", "/healthz"])
def test_an_unknown_host_gets_no_page_of_ours(phone: Phone, path: str, host: str) -> None:
    answer = sane(phone.send(Request(path, headers={"Host": host})))
    assert answer.status == 400
    assert not answer.header("Location")
    assert "jahat" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_no_address_leads_anywhere_it_should_not(phone: Phone, path: str) -> None:
    answer = sane(phone.send(Request(path)), public=not path.startswith("/masuk"))
    assert answer.status in {200, 301, 302, 400, 404, 405, 414, 431}, answer.status
    for word in ("root:x:", "refs/heads", "SECRET_KEY", "SQLite format"):
        assert word not in answer.body.decode(errors="replace")
    target = answer.header("Location")
    assert target == "" or (target.startswith("/") and target[1:2] not in {"/", "\\"}), target


@pytest.mark.parametrize("headers", HEADERS)
@pytest.mark.parametrize("path", ["/", "/pantau/", "/masuk/", "/meja/", "/langsung/?t=desk:1"])
def test_headers_of_any_kind_break_nothing(
    phone: Phone, path: str, headers: dict[str, str]
) -> None:
    for method, body in (("GET", None), ("POST", b"mulai=1")):
        answer = sane(
            phone.send(Request(path, method, body, headers)), public=path in PUBLIC_PAGES
        )
        assert answer.status in {200, 302, 400, 401, 403, 404, 405, 417}, answer.status
        assert "jahat" not in answer.header("Location")


@pytest.mark.parametrize("number", range(len(LINES)))
def test_lines_that_are_no_request_end_in_silence_or_an_error(
    city: Served, number: int
) -> None:
    said = raw(city.port, LINES[number])
    assert b"Traceback" not in said
    assert b"granian" not in said.lower()
    assert not said or said.startswith(b"HTTP/1."), said[:80]
    assert said[9:12] not in {b"500", b"502", b"504"}, said[:200]
    assert b"jahat" not in said
    assert Phone(city.port).get("/healthz").status == 200


def raw(port: int, sent: bytes, *, wait: float = 2.0) -> bytes:
    """Send bytes; return what comes back within the time."""
    got, until = b"", time.monotonic() + wait
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.settimeout(0.3)
        with contextlib.suppress(OSError):
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
        while time.monotonic() < until:
            try:
                piece = line.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                break
            if not piece:
                break
            got += piece
    return got


def test_a_story_of_five_megabytes_is_stored_and_none_of_it_lost(city: Served) -> None:
    someone = Reporter(city.port)
    at = someone.answers(tag := f"tanda-{token_hex(6)}")
    at = someone.phone.insist(press(at, "ubah", "story"))
    story = f"Cerita {tag} " + "kata " * 1_000_000
    at = sane(someone.phone.send(press(at, "lanjut", story=story)))
    last = sane(someone.phone.send(press(at, "kirim")))
    assert last.page.select_one("#kode") is not None
    row = next(r for r in city.program("look_inside.py")["reports"] if tag in r["story"])
    assert row["files"] == [File("", story.strip().encode()).digest]


def test_a_hundred_thousand_fields_are_no_fault_of_ours(phone: Phone) -> None:
    body = b"&".join(b"f%d=1" % number for number in range(100_000))
    for path in PUBLIC_FIELDS:
        for field in (body, body.replace(b"f", b"helps=")):
            answer = sane(phone.send(Request(path, "POST", field, {"Content-Type": FORM})))
            assert answer.status in {200, 400, 413}
            assert answer.page.select_one("main h1") is not None


def test_forty_megabytes_are_refused_and_the_form_is_kept(city: Served) -> None:
    someone = Reporter(city.port)
    at = someone.answers(tag := f"tanda-{token_hex(6)}")
    at = someone.phone.insist(press(at, "ubah", "files"))
    large = File("besar.jpg", PHOTO + b"\0" * (40 << 20))
    at = sane(someone.phone.send(press(at, "tambah", files=[large])))
    assert at.status == 200
    assert at.page.select_one("[data-ruang=errors]") is not None, shown(at)
    at = someone.phone.insist(press(at, "kembali"))
    last = sane(someone.phone.send(press(someone.phone.insist(press(at, "lanjut")), "kirim"))
                if at.page.select_one("[name=kirim]") is None
                else someone.phone.send(press(at, "kirim")))  # fmt: skip
    assert last.page.select_one("#kode") is not None
    row = next(r for r in city.program("look_inside.py")["reports"] if tag in r["story"])
    assert row["files"] == []


def test_forty_megabytes_of_text_are_refused_in_words(phone: Phone) -> None:
    body = b"story=" + b"a" * (40 << 20)
    for path in PUBLIC_FIELDS:
        answer = sane(phone.send(Request(path, "POST", body, {"Content-Type": FORM})))
        assert answer.status in {200, 413}
        assert answer.page.select_one("main h1") is not None


def test_the_server_still_knows_who_it_is_and_nothing_odd_was_stored(
    city: Served, phone: Phone
) -> None:
    assert phone.get("/healthz").status == 200
    assert city.ruang("audit", "verify").stdout.startswith("audit: ok,")
    assert "Traceback" not in city.log_files()
