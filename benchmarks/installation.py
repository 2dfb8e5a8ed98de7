"""An installation to be measured: a city, two desks, the quorum, an open form.

It is founded through the commands at full cost, in folders of its own, and served by
``ruang serve`` exactly as a city serves it, on the loopback.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN, STOPS_WITHIN = 60.0, 30.0
PASSWORD = "hujan-reda-di-sore-hari"


@dataclass(frozen=True)
class Installation:
    """Where it lies, and how its processes are started."""

    folder: Path
    environ: dict[str, str]

    def run(self, module: str, *arguments: str) -> str:
        """Run a module of ours in this installation and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout


@dataclass
class Served:
    """A running server."""

    port: int
    process: psutil.Process
    started_in: float

    def processes(self, module: str) -> list[psutil.Process]:
        """Return the processes of one kind: ``config.web`` or ``config.jobs``."""
        children = self.process.children(recursive=True)
        return [one for one in children if module in one.cmdline()]

    def seconds(self) -> float:
        """Return the processor time of the server so far, previews apart."""
        running = [self.process, *self.processes("config.web"), *self.processes("config.jobs")]
        return sum(_own(one) for one in running)

    def preview_seconds(self) -> float:
        """Return the processor time of the preview processes so far."""
        makers = (
            one for web in self.processes("config.web") for one in web.children(recursive=True)
        )
        return sum(_own(one) + _reaped(one) for one in makers)

    def memory(self) -> float:
        """Return the resident MB of the largest web process."""
        return max(one.memory_info().rss for one in self.processes("config.web")) / 1e6


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _reaped(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.children_user + times.children_system)


@contextmanager
def installed() -> Iterator[Installation]:
    """Found an installation in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="ruang-bench-") as name:
        folder = Path(name)
        kept = {key: value for key, value in os.environ.items() if not key.startswith("RUANG_")}
        environ = {
            **kept,
            "RUANG_DATA": str(folder / "data"),
            "RUANG_SECRETS": str(folder / "secrets"),
        }
        installation = Installation(folder, environ)
        installation.run("benchmarks.installation")
        yield installation


@contextmanager
def served(
    installation: Installation, *, processes: int = 2, threads: int = 2
) -> Iterator[Served]:
    """Serve it on a free port of the loopback until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.monotonic()
    serving = subprocess.Popen(
        [
            *(sys.executable, "-m", "ruang.cli", "serve", "--port", str(port)),
            *("--processes", str(processes), "--threads", str(threads)),
        ],
        cwd=ROOT,
        env=installation.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(port, serving)
        yield Served(port, psutil.Process(serving.pid), time.monotonic() - begun)
    finally:
        serving.send_signal(signal.SIGTERM)
        try:
            serving.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            serving.kill()


def _wait_for(port: int, serving: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if serving.poll() is not None:
            assert serving.stderr is not None
            raise RuntimeError(f"it did not start: {serving.stderr.read().decode()}")
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as line:
                line.sendall(
                    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                if line.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("it did not start in time")


def found() -> None:
    """Found the city, in this process, by the commands."""
    from ruang.cli.keyring import start_django

    start_django(with_keys=True)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from ruang.access.actor import SYSTEM
    from ruang.access.roles import Role
    from ruang.identity import commands as identity
    from ruang.identity.states import OrganisationKind
    from ruang.kernel.clock import now
    from ruang.territory import commands as territory

    territory.set_up_city(actor=SYSTEM, code="36.73", unit_name="DP3AKB", at=now())
    kinds = {
        "Kantor": OrganisationKind.CITY_OFFICE,
        "Bantuan hukum": OrganisationKind.LEGAL_AID,
        "Layanan psikologi": OrganisationKind.PSYCHOLOGY,
    }
    places = [
        identity.found_organisation(actor=SYSTEM, name=name, kind=kind, phone="", at=now())
        for name, kind in kinds.items()
    ]
    officials = [
        identity.Official(place, f"Pejabat {n}", f"pejabat-{n}", PASSWORD)
        for n, place in enumerate(places)
    ]
    identity.seat_officials(actor=SYSTEM, officials=officials, at=now())
    for number, place in enumerate(places[:2]):
        invited = identity.invite_member(
            actor=SYSTEM,
            organisation_id=place,
            name="Petugas",
            login=f"petugas-{number}",
            role=Role.CASE_MANAGER,
            at=now(),
        )
        identity.accept_invitation(actor=SYSTEM, code=invited.code, password=PASSWORD, at=now())
    territory.set_desks(actor=SYSTEM, intake_desk=places[0], alternate_desk=places[1], at=now())
    territory.open_form(actor=SYSTEM, at=now())


if __name__ == "__main__":
    found()
