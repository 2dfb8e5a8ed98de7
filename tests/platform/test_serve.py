"""The real server: it starts, gives each process its own keys, replaces the dead, and stops."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ruang.identity.sessions import COOKIE
from tests.attacks.served import free_port, line_of
from tests.patience import SECONDS, STARTING, ended, until

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


class Server:
    """`ruang serve` over a small city, on a port of its own."""

    def __init__(self, place: Path) -> None:
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "RUANG_DATA": str(place / "data"),
            "RUANG_SECRETS": str(place / "secrets"),
        }
        self.city = self._build()
        self.port = free_port()
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "ruang.cli", "serve", "--port", str(self.port)],
            env=self.environ, cwd=ROOT, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.wait()

    def _build(self) -> dict[str, object]:
        done = subprocess.run(
            [sys.executable, "tests/platform/city_with_a_session.py"],
            env={**self.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=STARTING,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2_000:]
        city: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return city

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Ask for a page, whole; the line is closed."""
        line, answer = self.listen(path, **headers)
        with contextlib.closing(line):
            if "event-stream" not in str(answer.getheader("Content-Type")):
                answer.read()
            return answer

    def listen(
        self, path: str, **headers: str
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        """Ask for a page and leave the line open."""
        line = http.client.HTTPConnection("localhost", self.port, timeout=SECONDS)
        try:
            line.request("GET", path, headers=headers)
            return line, line.getresponse()
        except BaseException:
            line.close()  # a port that is open before anybody answers there, or no more
            raise

    def wait(self) -> None:
        """Wait until it answers."""

        def answers() -> bool:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self.get("/healthz").status == 200
            return False

        until(answers, STARTING)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.popen.pid).children(recursive=True)

    def stop(self) -> None:
        self.popen.send_signal(signal.SIGTERM)
        self.popen.wait(SECONDS)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("served"))
    yield made
    if made.popen.poll() is None:
        made.stop()


def test_pages_answer_with_no_cookie_and_nothing_of_ours_in_the_headers(server: Server) -> None:
    for path in ("/", "/pantau/", "/layanan/", "/healthz"):
        answer = server.get(path)
        assert answer.status == 200, path
        assert answer.getheader("Set-Cookie") is None
        assert "granian" not in str(answer.headers).lower()
        assert answer.getheader("Cache-Control") == "no-store"


def test_nothing_secret_stands_in_environment_or_command_line(server: Server) -> None:
    secret = (Path(server.environ["RUANG_SECRETS"]) / "root").read_text().split()[1]
    seen = [psutil.Process(server.popen.pid), *server.children()]
    assert len(seen) >= 4
    for process in seen:
        shown = " ".join(process.cmdline()) + json.dumps(process.environ())
        assert secret not in shown
        assert secret[:16] not in shown


def test_a_killed_process_is_replaced_and_nobody_notices_for_long(server: Server) -> None:
    for victim in [p for p in server.children() if "config." in " ".join(p.cmdline())]:
        victim.kill()
        server.wait()

    def running() -> list[int]:
        names = [line_of(process) for process in server.children()]
        return [sum(kind in name for name in names) for kind in ("config.web", "config.jobs")]

    until(lambda: running() == [2, 1], STARTING)


def test_the_stream_says_what_changed_to_whom_it_concerns_and_no_more(server: Server) -> None:
    topic, other = f"desk:{server.city['desk']}", f"desk:{server.city['other_desk']}"
    assert server.get(f"/langsung/?t={topic}").status == 403
    mine = {"Cookie": f"{COOKIE}={server.city['cookie']}"}
    assert server.get(f"/langsung/?t={other}", **mine).status == 403
    line, stream = server.listen(f"/langsung/?t={topic}&t={other}", **mine)
    with contextlib.closing(line), contextlib.closing(stream):
        assert stream.status == 200
        assert stream.getheader("Content-Type") == "text/event-stream"
        said = heard(stream, b"listening")
        report_comes_in(server)
        said += heard(stream, b"topic")
    assert f'{{"topic": "{topic}"}}'.encode() in said
    assert other.encode() not in said


def heard(stream: http.client.HTTPResponse, word: bytes) -> bytes:
    """What the stream says until it says a word."""
    said = b""
    end = time.monotonic() + SECONDS
    while word not in said and time.monotonic() < end:
        said += stream.readline()
    return said


def report_comes_in(server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "tests/platform/city_with_a_session.py", "report"],
        env={**server.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=STARTING,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_stops_everything_it_started(tmp_path: Path, how: signal.Signals) -> None:
    server = Server(tmp_path)
    children = server.children()
    assert len(children) >= 3
    server.popen.send_signal(how)
    server.popen.wait(SECONDS)
    assert ended(children) == []
    assert server.popen.returncode == (-how if how is signal.SIGKILL else 0)
    with pytest.raises(ConnectionRefusedError):
        server.get("/healthz")


def test_what_is_being_answered_is_answered_before_it_stops(tmp_path: Path) -> None:
    server = Server(tmp_path)
    body = b"x" * 40_000
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(
            b"POST /pantau/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"  # it is being read
        server.popen.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        line.sendall(body)
        assert line.recv(12).startswith(b"HTTP/1.1 ")
    server.popen.wait(SECONDS)


def test_a_port_in_use_is_said_plainly(server: Server) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "ruang.cli", "serve", "--port", str(server.port)],
        env=server.environ, cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=STARTING,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"Port {server.port} cannot be used" in second.stderr


def test_a_lost_root_is_not_replaced_by_another(server: Server, tmp_path: Path) -> None:
    lost = {**server.environ, "RUANG_SECRETS": str(tmp_path / "empty")}
    done = subprocess.run(
        [sys.executable, "-m", "ruang.cli", "serve", "--port", "0"],
        env=lost, cwd=ROOT, capture_output=True, text=True, check=False, timeout=STARTING,
    )  # fmt: skip
    assert done.returncode == 1
    assert "ROOT is missing" in done.stderr
    assert not (tmp_path / "empty" / "root").exists()
