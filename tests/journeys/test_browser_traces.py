"""S-01: what a browser keeps of a report in its own profile folder, closed or killed.

With JavaScript: nothing of what was answered and nothing of the code. Without it, browsers keep
the bodies of sent forms in their session files, whatever a site does: that is the one known
limit, and the pages that speak of traces say so (background/browser-traces.md).
"""

import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, quote_plus

import psutil
import pytest

from tests import make
from tests.journeys.reporter_phone import Phone, phone, weather
from tests.patience import ended
from tests.screens import press

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.slow,
]
ANSWERS = {
    "reach": "kenari-kontak-7781",
    "must_not_read": "kenari-larangan-7782",
    "story": "kenari-cerita-7783 dengan spasi",
    "village": "kenari-kampung-7784",
    "by_whom": "kenari-terlapor-7785",
    "helper_language": "kenari-bahasa-7786",
    "pesan": "kenari-pesan-7787",
}
UNSENT = "kenari-belum-terkirim-7788"
SETTLES = 4.0
"""Seconds after which the browser has written its session files."""


def whole_visit(visitor: Phone) -> str:
    """Report, look at the code, follow, and leave a message half typed. Return the code."""
    visitor.go("/")
    visitor.press("[name=mulai]")
    for typed in (
        {"safety": "safe"},
        {"who": "self"},
        {"helps": "legal"},
        {"way": "phone", "reach": ANSWERS["reach"]},
        {},
        {"must_not_read": ANSWERS["must_not_read"]},
        {"story": ANSWERS["story"]},
        {"village": ANSWERS["village"]},
        {"by_whom": ANSWERS["by_whom"]},
        {"helper_language": ANSWERS["helper_language"]},
        {},
    ):
        visitor.answer(**typed)
    visitor.press("[name=kirim]")
    words = visitor.words
    press(visitor.page, "main a[href='/pantau/']")
    visitor.fill("kode", words)
    visitor.press("[name=buka]")
    visitor.fill("pesan", ANSWERS["pesan"])
    visitor.press("[name=kirim]")
    visitor.fill("pesan", UNSENT)
    return words


def spellings(text: str) -> set[bytes]:
    """How a text may stand in a file."""
    plain = {text, quote(text), quote_plus(text)}
    return {form.encode(code) for form in plain for code in ("utf-8", "utf-16-le")}


def hits(profile: Path, text: str) -> set[str]:
    """In which of the browser's files a text stands."""
    forms = spellings(text)
    found = set()
    for path in profile.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file() and any(
                form in data for data in [path.read_bytes()] for form in forms
            ):
                found.add(str(path.relative_to(profile)))
    return found


def of_the_code(words: str) -> Iterator[str]:
    """Two neighbouring words of the code: one alone may stand anywhere."""
    seven = words.split()
    for one, other in pairwise(seven):
        yield f"{one} {other}"
        yield f"{one}</span> <span>{other}"


def kill(profile: Path) -> None:
    """Kill the browser as a phone kills it: at once. Its helpers notice, and end too."""
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if f"--user-data-dir={profile}" in line and not any(
            a.startswith("--type=") for a in line
        ):
            helpers = process.children(recursive=True)
            os.kill(process.pid, signal.SIGKILL)
            assert not ended([process, *helpers]), "somebody still writes into the profile"


def visit(address: str, profile: Path, *, scripts: bool, end: str) -> str:
    with weather():
        try:
            with phone(address, scripts=scripts, profile=profile) as visitor:
                words = whole_visit(visitor)
                if scripts:
                    assert visitor.page.evaluate(STORED) == [0, 0, 0, 0, 0, ""]
                if end == "left":
                    press(visitor.page, '[data-ruang="exit"]')
                    visitor.page.get_by_text("Cerah").wait_for()
                time.sleep(SETTLES)
                if end == "killed":
                    kill(profile)
        except Exception:
            if end != "killed":
                raise
    return words


STORED = """async () => [
    localStorage.length, sessionStorage.length, (await caches.keys()).length,
    (await indexedDB.databases()).length,
    (await navigator.serviceWorker.getRegistrations()).length, document.cookie]"""


@pytest.mark.parametrize("end", ["left", "closed", "killed"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_nothing_of_the_report_stays_in_the_browser(
    address: str,
    tmp_path: Path,
    scripts: bool,
    end: str,
) -> None:
    make.city()
    profile = tmp_path / "profile"
    words = visit(address, profile, scripts=scripts, end=end)
    assert (profile / "Default").is_dir()

    sent = [*ANSWERS.values(), *of_the_code(words)]
    for text in sent:
        files = hits(profile, text)
        assert not scripts or not files, text
        assert all(file.startswith("Default/Sessions/") for file in files), text
    assert not hits(profile, UNSENT)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_history_shows_two_addresses_with_a_neutral_title(
    address: str,
    tmp_path: Path,
    scripts: bool,
) -> None:
    make.city()
    profile = tmp_path / "profile"
    visit(address, profile, scripts=scripts, end="left")
    with sqlite3.connect(profile / "Default/History") as history:
        seen = dict(history.execute("SELECT url, title FROM urls").fetchall())
    ours = {url: title for url, title in seen.items() if url.startswith(address)}
    assert set(ours) <= {f"{address}/", f"{address}/pantau/"}
    assert set(ours.values()) <= {"Layanan Kota Serang", "Cuaca"}
    for name in ("Cookies", "Network/Cookies"):
        if (profile / "Default" / name).exists():
            with sqlite3.connect(profile / "Default" / name) as cookies:
                assert cookies.execute("SELECT count(*) FROM cookies").fetchone() == (0,)
    for name in ("Web Data", "Login Data"):
        if (profile / "Default" / name).exists():
            assert b"kenari" not in (profile / "Default" / name).read_bytes()
