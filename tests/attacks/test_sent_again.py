"""R-02: everything is sent again: in parallel, late, changed, after the code was used.

Over the real server, because that is where two processes meet. One report, one message, one
decision comes of it, and the code is shown again only as ``vault.md`` §4 allows.
"""

import random
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from secrets import token_hex
from typing import Any

import pytest

from tests.attacks.crowd import PHOTO
from tests.attacks.people import Officer, Report, Reporter, note_receipt, shown
from tests.attacks.phone import Answer, File, Phone, Request, post, press
from tests.attacks.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("served")]


def mark() -> str:
    return f"tanda-{token_hex(6)}"


def at_once(port: int, requests: Sequence[Request]) -> list[Answer]:
    """Send all of them in the same moment, each from a phone of its own."""
    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(lambda request: Phone(port).send(request), requests))


def inside(city: Served, mark: str) -> list[dict[str, Any]]:
    """The reports with this mark in their story."""
    return [one for one in city.program("look_inside.py")["reports"] if mark in one["story"]]


def code_on(answer: Answer) -> str:
    found = answer.page.select_one("#kode")
    return " ".join(found.get_text(" ").split()) if found else ""


def told(city: Served) -> tuple[Reporter, Report]:
    """A reporter with her report, acknowledged."""
    someone = Reporter(city.port)
    report = someone.tell(mark())
    someone.send(report)
    assert len(report.words.split()) == 7
    return someone, report


def claimed(city: Served) -> tuple[Officer, Reporter, Report, str]:
    """A report that an officer holds, and its id."""
    someone, report = told(city)
    officer = signed_in(city, 0)
    report_id = inside(city, report.mark)[0]["id"]
    assert officer.claim(report_id).header("Location").endswith("hasil=diambil")
    return officer, someone, report, report_id


def signed_in(city: Served, number: int) -> Officer:
    officer = Officer(city.port, city.city["officers"][number], city.city["password"])
    officer.sign_in()
    return officer


def as_sent_by(officer: Officer, request: Request) -> Request:
    """The officer's request with her cookies, so that it can be sent by many at once."""
    cookies = "; ".join(f"{name}={value}" for name, value in officer.phone.cookies.items())
    origin = f"http://127.0.0.1:{officer.phone.port}"
    headers = {**request.headers, "Cookie": cookies, "Origin": origin}
    return Request(request.path, request.method, request.body, headers)


def test_the_last_post_one_to_five_times_at_once_is_one_report(city: Served) -> None:
    marks = []
    for times in range(1, 6):
        report = Reporter(city.port).tell(mark())
        marks.append(report.mark)
        assert report.last is not None
        answers = at_once(city.port, [report.last] * times)
        assert {one.status for one in answers} == {200}
        codes = {code_on(one) for one in answers}
        assert len(codes) == 1
        assert len(codes.pop().split()) == 7
    rows = city.program("look_inside.py")["reports"]
    assert [sum(one in row["story"] for row in rows) for one in marks] == [1] * 5


def test_a_changed_last_post_shows_no_code_and_changes_nothing(city: Served) -> None:
    someone = Reporter(city.port)
    tag = mark()
    at = someone.answers(tag)
    last = press(at, "kirim")
    at = someone.phone.insist(press(at, "ubah", "story"))
    changed = press(someone.phone.insist(press(at, "lanjut", story=f"Lain {tag}")), "kirim")
    first = someone.phone.send(last)
    assert len(code_on(first).split()) == 7
    for answer in at_once(city.port, [changed, changed, last, changed, last]):
        assert answer.status == 200
        assert code_on(answer) in {"", code_on(first)}
    assert code_on(someone.phone.send(changed)) == ""
    assert code_on(someone.phone.send(last)) == code_on(first)
    rows = inside(city, tag)
    assert [one["story"].split()[0] for one in rows] == ["Cerita"]


def test_changed_and_unchanged_at_once_is_one_report_with_one_code(city: Served) -> None:
    someone = Reporter(city.port)
    tag = mark()
    at = someone.answers(tag)
    last = press(at, "kirim")
    at = someone.phone.insist(press(at, "ubah", "story"))
    changed = press(someone.phone.insist(press(at, "lanjut", story=f"Lain {tag}")), "kirim")
    answers = at_once(city.port, [last, changed] * 3)
    assert {one.status for one in answers} == {200}
    assert len({code_on(one) for one in answers} - {""}) == 1
    assert len(inside(city, tag)) == 1


def test_a_button_pressed_besides_is_no_other_report(city: Served) -> None:
    someone, report = told(city)
    assert report.last is not None
    for more in (b"&x=1", b"&lanjut=1", b"&story=lain", b"&bahasa=en"):
        body = (report.last.body or b"") + more
        answer = someone.phone.send(Request("/", "POST", body, report.last.headers))
        assert code_on(answer) in {"", report.words}
    assert len(inside(city, report.mark)) == 1


def pairs(text: str) -> set[tuple[str, str]]:
    """Return the words that stand beside each other: one alone may be a word of the page."""
    return set(pairwise(text.split()))


def test_after_the_code_was_used_it_is_not_shown_again(city: Served) -> None:
    someone, report = told(city)
    assert someone.follow(report.words).page.select_one("#status") is not None
    assert report.last is not None
    for answer in at_once(city.port, [report.last] * 5):
        assert answer.status == 200
        assert code_on(answer) == ""
        assert not pairs(shown(answer)) & pairs(report.words)
    assert len(inside(city, report.mark)) == 1


def test_every_step_in_any_order_and_number_is_one_report(city: Served) -> None:
    someone = Reporter(city.port)
    sent: list[Request] = []
    insist = someone.phone.insist

    def remember(request: Request, **given: float) -> Answer:
        sent.append(request)
        return insist(request, **given)

    someone.phone.insist = remember  # type: ignore[method-assign]
    photo = File("foto.jpg", PHOTO + token_hex(8).encode())
    report = someone.tell(mark(), files=(photo,))
    assert report.last is not None
    dice = random.Random(7)
    steps = [one for one in sent if one.method == "POST"] * 2
    dice.shuffle(steps)
    for answer in at_once(city.port, steps):
        assert answer.status == 200
    sends = [*steps[:12], *[report.last] * 3]
    dice.shuffle(sends)
    answers = at_once(city.port, sends)
    assert len({code_on(one) for one in answers} - {""}) == 1
    row = inside(city, report.mark)
    assert [one["files"] for one in row] == [[photo.digest]]


def test_who_hangs_up_before_the_answer_sends_again_and_has_one_report(city: Served) -> None:
    someone = Reporter(city.port)
    report = someone.tell(mark())
    assert report.last is not None
    for _ in range(3):
        hang_up(city.port, report.last, whole=True)
    hang_up(city.port, report.last, whole=False)
    someone.send(report)
    someone.send(report)
    assert len(report.codes) == 1
    assert len(inside(city, report.mark)) == 1


def hang_up(port: int, request: Request, *, whole: bool) -> None:
    """Send a request, or half of it, and close the line without hearing anything."""
    body = request.body or b""
    head = f"{request.method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n" + "".join(
        f"{name}: {value}\r\n" for name, value in request.headers.items()
    )
    head += f"Content-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(head.encode() + (body if whole else body[: len(body) // 2]))


@pytest.mark.parametrize("path", ["/", "/pantau/"])
def test_a_restored_tab_opens_a_neutral_page(city: Served, path: str) -> None:
    phone = Phone(city.port)
    plain = shown(phone.get(path))
    _, report = told(city)
    assert report.last is not None
    sealed = (report.last.body or b"").decode()
    half = sealed[: len(sealed) // 2]
    for body in (
        "",
        "isi=",
        "kirim=1",
        half,
        "kunci=&kirim=1",
        "masuk=&kode=",
        "isi=x&kunci=y",
    ):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = phone.send(Request(path, "POST", body.encode(), headers))
        assert answer.status == 200
        assert code_on(answer) == ""
        assert answer.page.select_one("#status") is None
        assert answer.page.select_one("main h1").text == Answer(
            200, (), phone.get(path).body
        ).page.select_one("main h1").text, body  # fmt: skip
    assert plain


def test_a_message_sent_again_and_at_once_is_one_message(city: Served) -> None:
    someone, report = told(city)
    at = someone.follow(report.words)
    requests = [someone.write(at, text := f"pesan-{token_hex(4)}")] * 5
    for answer in at_once(city.port, requests):
        assert answer.status == 200
    assert inside(city, report.mark)[0]["messages"] == [text]


def test_files_with_a_message_sent_again_come_once(city: Served) -> None:
    someone, report = told(city)
    at = someone.follow(report.words)
    photo = File("foto.jpg", PHOTO + token_hex(8).encode())
    request = someone.add_files(at, "lihat ini", photo)
    assert someone.phone.send(request).status == 200
    for answer in at_once(city.port, [request] * 3):
        assert answer.status == 200
    row = inside(city, report.mark)[0]
    assert (row["messages"], row["files"]) == (["lihat ini"], [photo.digest])


def test_a_very_long_message_sent_again_comes_once(city: Served) -> None:
    someone, report = told(city)
    at = someone.follow(report.words)
    request = someone.write(at, "panjang " * 12_000)
    for _ in range(3):
        assert someone.phone.send(request).status == 200
    row = inside(city, report.mark)[0]
    assert (len(row["messages"]), len(row["files"])) == (1, 1)


def test_the_words_typed_twice_open_and_reloading_later_opens_nothing_more(
    city: Served,
) -> None:
    someone, report = told(city)
    entry = press(someone.phone.get("/pantau/"), "buka", kode=report.words)
    for answer in at_once(city.port, [entry] * 4):
        assert answer.page.select_one("#status") is not None
    other = press(someone.phone.get("/pantau/"), "buka", kode="satu dua tiga")
    assert someone.phone.send(other).page.select_one("#status") is None


def test_two_officers_take_at_once_and_one_has_it(city: Served) -> None:
    _, report = told(city)
    report_id = inside(city, report.mark)[0]["id"]
    officers = [signed_in(city, number) for number in (0, 1)]
    form = f"form[action$='{report_id}/ambil/']"
    requests = [
        as_sent_by(one, press(one.get(f"/pengaduan/{report_id}/"), form=form))
        for one in officers
    ] * 3
    answers = at_once(city.port, requests)
    assert {one.status for one in answers} == {200, 302}
    assert sum(one.status == 302 for one in answers) == 1
    assert city.program("look_inside.py")["moved"][f"{report_id} claim"] == 1


def test_an_answer_clicked_five_times_in_two_tabs_is_one_message_a_tab(city: Served) -> None:
    officer, someone, report, report_id = claimed(city)
    tabs = [as_sent_by(officer, officer.reply(report_id, f"balasan {n}")) for n in (1, 2)]
    answers = at_once(city.port, tabs * 3)
    assert {one.status for one in answers} == {302}
    assert sorted(inside(city, report.mark)[0]["messages"]) == ["balasan 1", "balasan 2"]
    page = someone.follow(report.words)
    assert shown(page).count("balasan 1") == 1


def test_a_decision_clicked_twice_in_two_tabs_is_one_decision(city: Served) -> None:
    officer, someone, report, report_id = claimed(city)
    said = "Kami dengarkan Anda. Datanglah kapan saja."
    tabs = [
        as_sent_by(officer, officer.decide(report_id, slug, text=said))
        for slug in ("konseling", "bukan", "kasus")
    ]
    answers = at_once(city.port, tabs * 2)
    assert all(one.status in {200, 302} for one in answers), [one.status for one in answers]
    assert city.program("look_inside.py")["decided"][report_id] == 1
    page = someone.follow(report.words)
    assert shown(page).count(said) == 1


def test_what_an_officer_sends_without_her_session_changes_nothing(city: Served) -> None:
    officer, _, report, report_id = claimed(city)
    request = as_sent_by(officer, officer.reply(report_id, "tanpa sesi"))
    stranger = Request(request.path, "POST", request.body, {**request.headers, "Cookie": "a=b"})
    answer = Phone(city.port).send(stranger)
    assert answer.status in {401, 403}
    assert "tanpa sesi" not in shown(answer)
    assert inside(city, report.mark)[0]["messages"] == []


def test_a_post_made_by_hand_is_no_receipt(city: Served) -> None:
    made = Report(mark())
    fields = [("isi", "QUJD"), ("kirim", "1"), ("story", made.mark)]
    note_receipt(made, Phone(city.port).send(post("/", fields)))
    assert not made.is_acknowledged
