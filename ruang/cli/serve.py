"""``ruang serve``: the parent of everything that runs.

It reads ROOT, hands each process only its own sub-keys, migrates, opens the port, starts the
web processes and the one that does what falls due, starts again whichever dies, and stops them
all on Ctrl-C or SIGTERM. The port is opened here and inherited: while a process starts again,
callers wait in the queue of the port instead of being refused.
"""

import argparse
import errno
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field

from ruang.cli import Stop
from ruang.cli.keyring import open_root
from ruang.cli.processes import Child, harden, start
from ruang.vault import root

BACKLOG = 1024
PATIENCE = 10.0
"""Seconds given to a process to finish what it is answering."""
SOON, LATEST = 0.2, 10.0
"""Seconds before a process that died is started again; the longer, the more often it died."""
SETTLED = 2.0
"""Seconds of serving after which a process has proved itself: it is started again at once."""
TAKEN_FOR = 5.0
"""Seconds to wait for a port: the processes of a parent that was killed still hold it."""


@dataclass
class Post:
    """A place that is to be filled by a running process."""

    name: str
    module: str
    kind: str
    environ: dict[str, str] = field(default_factory=dict)
    child: Child | None = None
    ready: bool = False
    since: float = 0.0
    deaths: int = 0
    not_before: float = 0.0


class Parent:
    """Starts, watches and stops the processes."""

    def __init__(self, root_secret: root.Root, port: socket.socket, posts: list[Post]) -> None:
        self._root = root_secret
        self._port = port
        self._posts = posts
        self._stopping = False
        self._announced = False
        self._wake, self._woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def run(self) -> int:
        """Serve until told to stop; return the exit code."""
        signal.set_wakeup_fd(self._woken)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while not self._stopping:
                self._fill()
                self._wait(0.2 if not self._announced else 1.0)
                self._look()
        finally:
            self._stop_all()
        return 0

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _fill(self) -> None:
        now = time.monotonic()
        for post in self._posts:
            if post.child is None and post.not_before <= now:
                keys = root.subkeys(self._root, post.kind)
                fds = (self._port.fileno(),) if post.kind == "web" else ()
                post.child = start(
                    post.name, post.module, keys, environ=post.environ, pass_fds=fds
                )
                post.since, post.ready = now, False

    def _wait(self, seconds: float) -> None:
        """Sleep until a signal, a process that is ready or one that has died."""
        lines = [p.child.line.fileno() for p in self._posts if p.child and not p.ready]
        readable, _, _ = select.select([self._wake, *lines], [], [], seconds)
        if self._wake in readable:
            os.read(self._wake, 1000)

    def _look(self) -> None:
        for post in self._posts:
            if post.child is None:
                continue
            if post.child.popen.poll() is not None:
                self._mourn(post, post.child)
            elif not post.ready and (said := post.child.answer()) is not None:
                post.ready, post.since = said == b"ready", time.monotonic()
        if not self._announced and all(p.ready for p in self._posts):
            self._announced = True
            _say(f"\n  http://localhost:{self._port.getsockname()[1]}\n\n  Ctrl-C stops it.")

    def _mourn(self, post: Post, child: Child) -> None:
        """Note a death and when to start again.

        :raises Stop: if it gave up by itself before anything was served
        """
        now = time.monotonic()
        child.line.close()
        post.child = None
        gave_up = child.popen.returncode > 0  # below zero: it was killed
        if gave_up and not self._announced and not post.ready:
            raise Stop(f"{post.name} could not start (exit code {child.popen.returncode}).")
        settled = post.ready and now - post.since > SETTLED
        post.deaths = 0 if settled else post.deaths + 1
        post.not_before = now + min(SOON * 2**post.deaths, LATEST) - SOON
        _say(f"{post.name} ended ({child.popen.returncode}); starting it again.")

    def _stop_all(self) -> None:
        running = [post.child.popen for post in self._posts if post.child]
        for popen in running:
            popen.terminate()
        until = time.monotonic() + PATIENCE
        while any(p.poll() is None for p in running) and time.monotonic() < until:
            time.sleep(0.02)
        for popen in running:
            if popen.poll() is None:
                popen.kill()
            popen.wait()


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--processes", type=int, default=2, help="web processes")
    parser.add_argument("--threads", type=int, default=2, help="threads for pages in each")
    parser.add_argument(
        "--demo", action="store_true", help="load the demo city if the database is empty"
    )


def run(given: argparse.Namespace) -> int:
    """Serve."""
    harden()
    secret = open_root()
    port = open_port(given.host, given.port)
    prepare(secret, demo=given.demo, host=given.host)
    web = {"RUANG_PORT_FD": str(port.fileno()), "RUANG_THREADS": str(given.threads)}
    posts = [
        Post(f"web-{n}", "config.web", "web", {**web, "RUANG_LOG_NAME": f"web-{n}"})
        for n in range(1, given.processes + 1)
    ]
    posts.append(Post("jobs", "config.jobs", "jobs", {"RUANG_LOG_NAME": "jobs"}))
    return Parent(secret, port, posts).run()


def open_port(host: str, number: int) -> socket.socket:
    """Listen.

    :raises Stop: if that cannot be had
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    port = socket.socket(family, socket.SOCK_STREAM)
    port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    until = time.monotonic() + TAKEN_FOR
    while True:
        try:
            port.bind((host, number))
            port.listen(BACKLOG)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                time.sleep(0.1)
                continue
            words = f"Port {number} cannot be used: {error.strerror}. Try PORT=8123."
            raise Stop(words) from None
        return port


def prepare(secret: root.Root, *, demo: bool, host: str) -> None:
    """Bring the database up to date, and load the demo into an empty one, in a process.

    :raises Stop: if that fails
    """
    child = start(
        "prepare",
        "config.prepare",
        root.subkeys(secret, "cli"),
        arguments=["--host", host, *(["--demo"] if demo else [])],
        environ={"RUANG_LOG_NAME": "prepare"},
    )
    try:
        code = child.popen.wait()
    except KeyboardInterrupt:
        child.popen.terminate()
        child.popen.wait()
        raise
    if code != 0:
        raise Stop("The database could not be made ready.")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
