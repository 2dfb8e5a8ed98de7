"""A full disk: nothing is said to be saved that is not, and afterwards all goes on by itself.

Each disk alone: data, sealed files, logs, temporary files (security.md R-04).
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import token_hex

import pytest

from tests.attacks.crowd import PHOTO
from tests.attacks.people import Officer, Report, Reporter, note_receipt, shown
from tests.attacks.phone import Answer, File, Phone, press
from tests.attacks.sane import sane
from tests.attacks.served import Served, served
from tests.attacks.small_disk import filled, forbidden_to_grow, may_mount, mounted

pytestmark = pytest.mark.slow

MOST = 80
"""Reports until a full disk shows: first the room is used that the database has set aside."""
PUT_OFF = "Kirim laporan Anda tanpa berkas"
LONG = "Panjang sekali. " * 6_000
"""A story that is kept as a sealed file, or where that cannot be in the page."""
TOO_LONG = LONG * 50
"""A story that the page cannot keep either."""


@pytest.fixture(scope="module")
def disks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    if not may_mount():
        pytest.skip("mounting a small disk needs root")
    with mounted(tmp_path_factory.mktemp("small")) as found:
        yield found


@pytest.fixture(scope="module")
def small(disks: Mapping[str, Path]) -> Iterator[Served]:
    """A city of which each folder is a small disk."""
    with served(disks["tmp"].parent, environ={"TMPDIR": str(disks["tmp"])}) as city:
        yield city


def tell(someone: Reporter) -> Report:
    return someone.tell(f"tanda-{token_hex(6)}")


def send_once(someone: Reporter, report: Report) -> Answer:
    assert report.last is not None
    answer = sane(someone.phone.send(report.last))
    note_receipt(report, answer)
    return answer


def send_until_full(city: Served) -> tuple[list[Report], Reporter, Report]:
    """Send reports until one is not saved; return those that were, who was not, and hers."""
    saved: list[Report] = []
    for _ in range(MOST):
        someone = Reporter(city.port)
        report = tell(someone)
        answer = send_once(someone, report)
        if not report.is_acknowledged:
            says_it_is_not_saved(answer)
            return saved, someone, report
        saved.append(report)
    raise AssertionError(f"{MOST} reports were saved on a full disk")


def says_it_is_not_saved(answer: Answer) -> None:
    """Plainly, with numbers to call, no code, and what she typed still in the page."""
    assert answer.status == 503, shown(answer)
    title = answer.page.select_one("h1")
    assert title is not None
    assert title.text == "Belum tersimpan"
    assert {"tel:112", "tel:110"} <= {str(a["href"]) for a in answer.page.select("main a")}
    assert answer.page.select_one("#kode") is None
    kept = answer.page.select_one("form#langkah input[type=hidden]")
    assert kept is not None
    assert kept["value"]


def stored(city: Served) -> list[str]:
    """The marks of the reports that are there, by what an officer reads in them."""
    rows = city.program("look_inside.py")["reports"]
    return sorted(row["story"].split()[1].strip(".") for row in rows if row["story"])


def goes_on(city: Served, *waiting: tuple[Reporter, Report]) -> None:
    """Without a hand: who was told "not saved" presses once more, others report and follow."""
    for someone, report in waiting:
        answer = send_once(someone, report)
        assert report.is_acknowledged, shown(answer)
    someone = Reporter(city.port)
    report = someone.tell(f"tanda-{token_hex(6)}", files=(File("foto.jpg", PHOTO),))
    assert send_once(someone, report).status == 200
    assert someone.follow(report.words).page.select_one("#status") is not None


def processes(city: Served) -> set[int]:
    return {one.pid for kind in ("config.web", "config.jobs") for one in city.processes(kind)}


@contextlib.contextmanager
def watched(city: Served) -> Iterator[None]:
    """No process died of it, the trail is whole, and every report is there that should be."""
    before = processes(city)
    yield
    assert processes(city) == before
    verdict = city.ruang("audit", "verify").stdout
    assert verdict.startswith("audit: ok,"), verdict


def a_full_disk_saves_nothing_and_says_so(
    city: Served, full: contextlib.AbstractContextManager[None]
) -> None:
    """What holds however the data's disk came to be full."""
    officer = Officer(city.port, city.city["officers"][0], city.city["password"])
    officer.sign_in()
    first, told = Reporter(city.port), tell(Reporter(city.port))
    assert send_once(first, told).status == 200
    message = first.write(first.follow(told.words), mark := f"pesan-{token_hex(6)}")
    [report_id, *_] = officer.queue()
    before = stored(city)
    with watched(city):
        with full:
            saved, who, hers = send_until_full(city)
            again = send_once(who, hers)
            says_it_is_not_saved(again)
            unsent = sane(first.phone.send(message))
            says_it_is_not_saved(unsent)
            for path in ("/", "/pantau/", "/layanan/", "/privasi/"):
                assert sane(Phone(city.port).get(path)).status == 200, path
            opened = officer.phone.get(f"/pengaduan/{report_id}/buka/")
            assert opened.status == 503, "something was opened that no trail could tell of"
            assert told.mark not in opened.text
        goes_on(city, (who, hers))
        assert first.phone.send(press(unsent, "lagi")).text.count(mark) == 1
        time.sleep(1.2)  # a session's last use is written down once a minute, not at once
        assert officer.get(f"/pengaduan/{report_id}/").status == 200
    marks = {one.mark for one in (*saved, hers)}
    there = stored(city)
    assert marks <= set(there)
    assert len(there) == len(set(there)) == len(before) + len(marks) + 1


def test_the_data_s_disk_is_full(small: Served, disks: Mapping[str, Path]) -> None:
    a_full_disk_saves_nothing_and_says_so(small, filled(disks["data"]))


def test_no_file_may_grow(city: Served) -> None:
    a_full_disk_saves_nothing_and_says_so(city, forbidden_to_grow(city))


def test_the_files_disk_is_full(small: Served, disks: Mapping[str, Path]) -> None:
    """Files are put off, a text too long for a column says so; other reports are taken."""
    with watched(small):
        with filled(disks["files"]):
            someone = Reporter(small.port)
            at = someone.answers(mark := f"tanda-{token_hex(6)}")
            at = someone.phone.send(press(at, "ubah", "files"))
            at = sane(someone.phone.send(press(at, "tambah", files=[File("a.jpg", PHOTO)])))
            assert at.status == 200
            assert PUT_OFF in shown(at)
            at = someone.phone.send(press(at, "lanjut"))
            report = Report(mark, last=press(at, "kirim"))
            assert send_once(someone, report).status == 200
            assert report.is_acknowledged
            at = tell_at_length(other := Reporter(small.port), mark := f"tanda-{token_hex(6)}")
            long = Report(mark, last=press(at, "kirim"))
            assert send_once(other, long).status == 200
            assert long.is_acknowledged
            says_it_is_not_saved(tell_at_length(waiting := Reporter(small.port), "x", TOO_LONG))
        goes_on(small)
        assert tell_at_length(waiting, "x", TOO_LONG).status == 200
    assert {report.mark, long.mark} <= set(stored(small))


def tell_at_length(someone: Reporter, mark: str, story: str = LONG) -> Answer:
    """Type a long story, and go on."""
    at = someone.answers(f"tanda-{token_hex(6)}")
    at = someone.phone.send(press(at, "ubah", "story"))
    typed = f"Cerita {mark}. {story}"
    return sane(someone.phone.send(press(at, "lanjut", story=typed)))


@pytest.mark.parametrize("disk", ["logs", "tmp"])
def test_a_disk_that_reports_do_not_need_is_full(
    small: Served, disks: Mapping[str, Path], disk: str
) -> None:
    with watched(small), filled(disks[disk]):
        for path in ("/tidak-ada/", "/pantau/", "/"):
            sane(Phone(small.port).get(path))
        goes_on(small)
