"""Render every page of a lived-in city, for looking at.

    python -m scripts.shots                everything, into the folder shots
    python -m scripts.shots head auditor   these roles and the public pages alone

The demo city is built in a temporary folder and served on a free port of this machine. One
person of each role signs in through the real page and looks around: the bar, the first of each
kind of thing, the pages and forms behind it. Nothing is changed there but the language. On the
public side the form is walked to its receipt and a report is followed with its words. Each page
is rendered on a phone and on a desktop, in both languages; ``shots/index.html`` shows them.
When everything is asked for, a page deep in one role that another role has shown already is not
rendered again: ask for the role, and all of its pages are.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.client import OK
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "shots"
RUANG = [sys.executable, "-m", "ruang.cli"]
CHROMIUM = "/usr/bin/chromium"
ARGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}
LANGUAGES = ("id", "en")
MISSING = "/tidak-ada/"
PUBLIC = (
    "/", "/layanan/", "/jadwal/", "/jadwal/minta/", "/jadwal/permintaan/", "/hadir/",
    "/privasi/", "/jejak/", "/pantau/", MISSING,
)  # fmt: skip
DOOR = ("/masuk/", "/masuk/undangan/", "/masuk/kode/")
ANSWERS = [f"input[value={v}]" for v in ("danger", "child", "safe_place", "page", "woman")]
"""What is answered in the form: the way that passes the most pages."""
FIRST = 12
"""Pages of one role that are rendered whoever else has shown the like."""
MOST = 150
"""Pages of one role that are looked at: a walk that does not end is cut."""
DEPTH = 3
"""The bar is 0, a list's first item 1, the pages and forms behind it 2 and 3."""
ONE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d\d(?:\.\d\d){1,2}(?:\.\d{4})?")
"""What names one thing in an address: its number here, or its code among the regions."""
STAY_OUT = re.compile(
    r"^/(keluar|langsung|static|berkas/(?!.*pratinjau))|.*(/unduh/|/contoh/|\.(ics|xlsx|csv)\b)"
)
"""Signing out, listening, and files: they are no pages."""
HEAD = """<!doctype html><meta charset="utf-8"><title>Shots</title><style>
body{font:16px sans-serif;margin:1rem}
img{height:22rem;border:1px solid #999;object-fit:cover;object-position:top;max-width:36rem}
</style>"""


class Album:
    """The pictures taken, and what was noticed on the way."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], dict[str, list[str]]] = {}
        self.noticed: list[str] = []

    def knows(self, name: str) -> bool:
        """Return whether somebody's page of this name is shown."""
        return any(name == shown for _who, shown in self.pages)

    def take(self, page: Any, *, who: str, name: str, language: str) -> None:
        """Render what a page shows at every size."""
        row = self.pages.setdefault((who, name), {})
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            path = SHOTS / who / f"{name}-{language}-{size}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path, full_page=True)
            row.setdefault(language, []).append(str(path.relative_to(SHOTS)))
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > viewport["width"]:
                self.noticed.append(f"{who} {name} ({language}) is {wide} px wide on a {size}")

    def write(self) -> None:
        """Write the page that shows them all."""
        out = [HEAD]
        out += [f"<p>{escape(line)}</p>" for line in self.noticed]
        for (who, name), languages in self.pages.items():
            out.append(f"<h2>{escape(who)}: {escape(name)}</h2><p>")
            for paths in languages.values():
                out += [
                    f'<a href="{p}"><img src="{p}" alt="{p}" loading="lazy"></a>' for p in paths
                ]
            out.append("</p>")
        SHOTS.mkdir(exist_ok=True)
        (SHOTS / "index.html").write_text("\n".join(out), encoding="utf-8")


@contextmanager
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the demo city; yield its address and the environment of its command line."""
    with tempfile.TemporaryDirectory(prefix="ruang-shots.") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environ = {k: v for k, v in os.environ.items() if not k.startswith("RUANG_")}
        environ |= {"RUANG_DATA": f"{folder}/data", "RUANG_SECRETS": f"{folder}/secrets"}
        log = Path(folder) / "serve.log"
        with log.open("wb") as out:
            command = [*RUANG, "serve", "--demo", "--port", str(port)]
            server = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=out, stderr=out, start_new_session=True
            )
        try:
            address = f"http://127.0.0.1:{port}"
            wait(server, address, log)
            yield address, environ
        finally:
            stop(server)


def wait(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    """Wait until the application answers."""
    until = time.monotonic() + 300
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - ours
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"The server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stop the server and whatever it started."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def people(environ: dict[str, str], wanted: list[str]) -> dict[str, tuple[str, str]]:
    """Return user name and password of the first person of each role."""
    found: dict[str, tuple[str, str]] = {}
    command = [*RUANG, "demo", "accounts", "--json"]
    for one in json.loads(subprocess.check_output(command, cwd=ROOT, env=environ)):
        if not wanted or one["role"] in wanted:
            found.setdefault(one["role"], (one["login"], one["password"]))
    return found


def words_shown(environ: dict[str, str]) -> str:
    """Return the seven words of the report that has come furthest."""
    shown = json.loads(Path(environ["RUANG_DATA"], "demo-codes.json").read_text("utf-8"))
    return str(shown[0]["words"])


def shape(url: str) -> tuple[str, tuple[str, ...]]:
    """Return what two addresses of the same page have in common."""
    parts = urlsplit(url)
    return ONE.sub("satu", parts.path), tuple(sorted(key for key, _ in parse_qsl(parts.query)))


def name_of(url: str) -> str:
    """Return an address as a name for a file."""
    path, asked = shape(url)
    return "_".join(filter(None, (*path.strip("/").split("/"), *asked))) or "awal"


def look_around(page: Any, address: str) -> Iterator[tuple[str, int]]:
    """Follow links breadth first, one of each kind; yield address and status of each page."""
    seen, ahead = {shape("/meja/")}, deque([("/meja/", 0)])
    while ahead:
        path, depth = ahead.popleft()
        try:
            answer = page.goto(address + path)
        except Error as error:
            if "Download is starting" in error.message:
                continue
            raise
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        yield path, answer.status
        for href in found if depth < DEPTH else ():
            onward = href.removeprefix(address).partition("#")[0]
            is_ours = onward.startswith("/") and not STAY_OUT.match(onward)
            if is_ours and shape(onward) not in seen:
                seen.add(shape(onward))
                ahead.append((onward, depth + 1))


def staff(
    browser: Any, address: str, album: Album, who: str, login: tuple[str, str], *, whole: bool
) -> None:
    """Sign in and look around in Indonesian, then at the same pages in English.

    :param whole: show also what another role's pages show already
    """
    context = browser.new_context(viewport=SIZES["desktop"])
    page = context.new_page()
    page.goto(f"{address}/masuk/")
    page.fill("#id_login", login[0])
    page.fill("#id_password", login[1])
    press(page, "main form button.govuk-button")
    shown = []
    for path, status in islice(look_around(page, address), MOST):
        if status != OK:
            album.noticed.append(f"{who} {path}: {status}")
        if len(shown) >= FIRST and not whole and album.knows(name_of(path)):
            continue
        album.take(page, who=who, name=name_of(path), language="id")
        shown.append(path)
    page.goto(f"{address}/akun/")
    page.select_option("[name=language]", "en")
    press(page, "form[action='/akun/bahasa/'] button")
    for path in shown:
        page.goto(address + path)
        album.take(page, who=who, name=name_of(path), language="en")
    context.close()
    print(f"{who}: {len(shown)} pages", flush=True)


def press(page: Any, selector: str) -> None:
    """Press something and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def public(browser: Any, address: str, album: Album, words: str) -> None:
    """Look at the public pages, walk the form and follow a report; without JavaScript."""
    for language in LANGUAGES:
        context = browser.new_context(viewport=SIZES["desktop"], java_script_enabled=False)
        page = context.new_page()
        for path in (*PUBLIC, *DOOR):
            page.goto(f"{address}{path}?b={language}")
            album.take(page, who="public", name=name_of(path), language=language)
        page.goto(f"{address}/?b={language}")
        for number, _ in enumerate(walk(page)):
            album.take(page, who="form", name=f"{number:02}", language=language)
        page.goto(f"{address}/pantau/?b={language}")
        for name in follow(page, words):
            album.take(page, who="follow", name=name, language=language)
        context.close()


def walk(page: Any) -> Iterator[None]:
    """Report a child in danger from the start page on; yield at each step and the receipt."""
    press(page, "button[name=mulai]")
    while not page.locator("#kode").count():
        yield
        for answer in ANSWERS:
            if page.locator(f"#langkah {answer}").count():
                page.check(f"#langkah {answer}")
        for text in page.locator("#langkah textarea").all():
            text.fill("Tetangga saya sering dimarahi dan dipukul pada malam hari.")
        onward = "lanjut" if page.locator("button[name=lanjut]").count() else "kirim"
        press(page, f"button[name={onward}]")
    yield


def follow(page: Any, words: str) -> Iterator[str]:
    """Come in with the words; yield at every page behind them."""
    page.fill("[name=kode]", words)
    press(page, "button[name=buka]")
    yield "main"
    for name in ("contact", "files", "openings", "stop"):
        press(page, f"button[name=ke][value={name}]")
        yield name
        press(page, "button[name=ke][value=main]")


def main(wanted: list[str]) -> int:
    """Run the command line."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    shutil.rmtree(SHOTS, ignore_errors=True)
    album = Album()
    with served() as (address, environ), sync_playwright() as playwright:
        known = people(environ, wanted)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        try:
            public(browser, address, album, words_shown(environ))
            for who, login in known.items():
                staff(browser, address, album, who, login, whole=bool(wanted))
        finally:
            album.write()
            browser.close()
    for line in album.noticed:
        print(line)
    count = sum(len(paths) for row in album.pages.values() for paths in row.values())
    print(f"{count} pictures of {len(album.pages)} pages: shots/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
