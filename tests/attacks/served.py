"""A small city on disk, and the real server over it: started, watched, killed and stopped.

Everything stays on this machine's loopback and in a folder of its own. Whatever happens to the
test, its server ends: the kernel ends it with the process that started it.
"""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil

from tests.attacks.phone import NoAnswer, Phone, Request
from tests.patience import SECONDS, STARTING, ended

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PORTS = range(20_000, 30_000)
RUANG = (sys.executable, "-m", "ruang.cli")
WITH_US = ("setpriv", "--pdeathsig", "TERM", "--")
"""The server is told to stop when the test's process is gone, however that went."""


class Served:
    """A city, its folders, and its server. Call it from one thread: the server dies with it."""

    def __init__(
        self,
        place: Path,
        *,
        requests: int = 0,
        seconds: int = 1,
        environ: Mapping[str, str] | None = None,
        is_demo: bool = True,
    ) -> None:
        self.data, self.secrets = place / "data", place / "secrets"
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "RUANG_DATA": str(self.data),
            "RUANG_SECRETS": str(self.secrets),
            **(environ or {}),
        }
        if address := os.environ.get("RUANG_DATABASE_URL"):
            self.environ["RUANG_DATABASE_URL"] = address
        self._log = place / "serve.log"
        cost = "demo" if is_demo else "full"
        self.city = self.program("city_to_serve.py", str(requests), str(seconds), cost)
        self.port = free_port()
        self.started_in = 0.0
        """Seconds from nothing to the first page, which tell how slow this machine is."""
        self._popen: subprocess.Popen[bytes] | None = None
        self._seen: dict[int, psutil.Process] = {}

    def program(self, name: str, *arguments: str) -> Any:
        """Run a program of this folder over the data; return what it prints, read as JSON."""
        done = subprocess.run(
            [sys.executable, str(HERE / name), *arguments],
            env={**self.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=2 * STARTING,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3_000:]
        return json.loads(done.stdout.splitlines()[-1])

    def ruang(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line over the data."""
        return subprocess.run(
            [*RUANG, *arguments],
            env=self.environ, cwd=ROOT,
            capture_output=True, text=True, check=False, timeout=2 * STARTING,
        )  # fmt: skip

    def start(self) -> None:
        """Start the server, without waiting for it."""
        with self._log.open("ab") as log:
            self._popen = subprocess.Popen(
                [*WITH_US, *RUANG, "serve", "--port", str(self.port)],
                env=self.environ, cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self, seconds: float = STARTING) -> float:
        """Wait until a page is answered; return how long that took."""
        began = time.monotonic()
        phone, heard = Phone(self.port), ""
        while time.monotonic() - began < seconds:
            try:
                status = phone.send(Request("/pantau/"), timeout=seconds / 2).status
                if status in {200, 301}:  # 301: this city answers HTTPS alone, and says so
                    return time.monotonic() - began
                heard = str(status)
            except NoAnswer as silence:
                heard = repr(silence)
            assert self.is_running(), f"the server ended: {self.log()}"
            time.sleep(0.02)
        raise AssertionError(f"no page in {seconds} s, but {heard}: {self.log()}")

    def is_running(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def log(self) -> str:
        """The end of what the server said."""
        return self._log.read_text(errors="replace")[-3_000:] if self._log.exists() else ""

    def log_files(self) -> str:
        """Everything its processes wrote into their logs."""
        found = sorted((self.data / "logs").glob("*.log*"))
        return "".join(path.read_text(errors="replace") for path in found) + (
            self._log.read_text(errors="replace") if self._log.exists() else ""
        )

    def processes(self, kind: str) -> list[psutil.Process]:
        """Living processes: ``config.web``, ``config.jobs`` or ``ruang.previews``."""
        return [one for one in self._tree() if kind in line_of(one)]

    def kill(self, process: psutil.Process) -> None:
        """``kill -9`` one of them."""
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()

    def kill_parent(self) -> None:
        """``kill -9`` the parent alone; the others notice by themselves."""
        assert self._popen is not None
        self._tree()
        self._popen.kill()
        self._popen.wait()

    def kill_everything(self) -> None:
        """``kill -9`` all of it, as when the machine goes down."""
        assert self._popen is not None
        self._popen.send_signal(signal.SIGSTOP)  # so that nothing new is started meanwhile
        everything = self._tree()
        self._popen.kill()
        for process in everything:
            self.kill(process)
        self._popen.wait()
        ended(everything)

    def stop(self) -> list[str]:
        """Stop it as an operator would; return what did not end by itself, and was killed."""
        if self._popen is None:
            return []
        everything = self._tree()
        if self._popen.poll() is None:
            self._popen.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(SECONDS)
            self._popen.kill()
            self._popen.wait()
        left = ended([*everything, *self._seen.values()])
        lines = [line_of(process) for process in left]
        for process in left:
            self.kill(process)
        self._popen = None
        return lines

    def _tree(self) -> list[psutil.Process]:
        """Every process below the parent now. Remembered, so that orphans are found too."""
        assert self._popen is not None
        found: list[psutil.Process] = []
        with contextlib.suppress(psutil.NoSuchProcess):
            found = psutil.Process(self._popen.pid).children(recursive=True)
        self._seen = {pid: one for pid, one in self._seen.items() if one.is_running()}
        self._seen |= {one.pid: one for one in found}
        return found


@contextlib.contextmanager
def served(
    place: Path,
    *,
    requests: int = 0,
    seconds: int = 1,
    environ: Mapping[str, str] | None = None,
    is_demo: bool = True,
) -> Iterator[Served]:
    """A city that is being served; afterwards nothing of it runs.

    :param is_demo: whether passwords cost a demo's price: such a city serves this machine alone
    """
    assert (ROOT / ".build/static/staticfiles.json").exists(), "first: scripts/setup.sh test"
    city = Served(place, requests=requests, seconds=seconds, environ=environ, is_demo=is_demo)
    try:
        city.start()
        city.started_in = city.wait()
        yield city
    finally:
        city.stop()


def free_port() -> int:
    """A port of ours: from where no system hands one out to whoever asks for any."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def line_of(process: psutil.Process) -> str:
    """The command line of a process; empty if it is gone."""
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""
