"""Previews by a process of its own: bytes in, bytes out, nothing on disk.

previewer = Previewer()              # one per web process; starts its children when needed
match previewer.preview(data, kind, wait_s=1.0):
    case Preview(body, kind): ...    # a plain JPEG or Ogg/Opus, made by us
    case Busy(): ...                 # ask again later, in a member's request
    case Unreadable() | NoPreview(): ...   # for good: download only
"""

import contextlib
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

from ruang.previews.kinds import APART, Family, Kind
from ruang.previews.sniff import sniff

LONGEST_WAIT_S = 20.0  # a job is ended after this, whoever waits
_START_S = 15.0
_LARGEST_FILE = 32 << 20
_LARGEST_PREVIEW = 6 << 20
_RESTART_S = 60.0
_VERDICT_S = 0.25
_MADE_AS = {Family.PHOTO: Kind.JPEG, Family.AUDIO: Kind.OGG}
_RUN = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ruang.previews.child import main; main()"
)
COMMAND = (sys.executable, "-I", "-B", "-c", _RUN, str(Path(__file__).parents[2]))


@dataclass(frozen=True, slots=True)
class Preview:
    """A plain JPEG or Ogg/Opus of our own making."""

    body: bytes
    kind: Kind


@dataclass(frozen=True, slots=True)
class Busy:
    """Not now: the process is at work, has just died, or is switched off here."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Never: the file cannot be decoded within the limits."""


@dataclass(frozen=True, slots=True)
class NoPreview:
    """Never: files of this kind are for download only."""


Answer = Preview | Busy | Unreadable | NoPreview


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether this machine can make previews safely."""

    works: bool
    detail: str  # how it is locked in, or why there are no previews


class Previewer:
    """Makes previews for one process of the server; safe to share between its threads."""

    def __init__(self) -> None:
        self._children = {apart: _Child(name, apart) for name, apart in APART.items()}

    def preview(self, data: bytes, kind: Kind, *, wait_s: float = 1.0) -> Answer:
        """Make the preview, or say why there is none; never takes longer than the wait."""
        child = self._children.get(kind) or self._children.get(kind.family)
        if child is None:
            return NoPreview()
        if len(data) > _LARGEST_FILE:
            return Unreadable()
        return child.ask(data, kind, time.monotonic() + wait_s)

    def available(self) -> Availability:
        """Start the processes if need be and say how they are locked in (`ruang doctor`)."""
        every = [child.available() for child in self._children.values()]
        return min(every, key=lambda one: one.works)

    def close(self) -> None:
        """End the processes; a later preview starts them again."""
        for child in self._children.values():
            child.close()


class _Child:
    """One warm process for some kinds of files; it handles one file at a time."""

    def __init__(self, name: str, apart: Kind | Family) -> None:
        self._name = name
        self._family = apart if isinstance(apart, Family) else apart.family
        self.lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ways = ""
        self._refusal = ""
        self._failures = 0
        self._not_before = 0.0
        _CHILDREN.add(self)

    def ask(self, data: bytes, kind: Kind, until: float) -> Answer:
        """Hand the file over; a child that was killed meanwhile is replaced once."""
        if not self.lock.acquire(timeout=max(0.0, until - time.monotonic())):
            return Busy()
        try:
            for _ in range(2):
                try:
                    return self._job(self._ready(until), data, kind, until)
                except TimeoutError:
                    return Busy()
                except OSError:
                    self._stop()
            return Busy()
        finally:
            self.lock.release()

    def available(self) -> Availability:
        with self.lock:
            try:
                self._ready(time.monotonic() + _START_S)
            except OSError as error:
                return Availability(works=False, detail=str(error))
            return Availability(works=True, detail=self._ways)

    def close(self) -> None:
        with self.lock:
            self._stop()

    def _stop(self) -> None:
        if self._control:
            self._control.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process, self._control, self._ways = None, None, ""

    def _ready(self, until: float) -> socket.socket:
        """Return the line to a child that has locked itself in.

        :raises ConnectionError: if it died, or this machine cannot lock it in
        :raises TimeoutError: if it is still starting; it goes on doing so
        """
        if self._process and self._process.poll() is not None:
            self._stop()
        control = self._control or self._start()
        if not self._ways:
            control.settimeout(_left(until))
            said = control.recv(512).decode(errors="replace")
            if not said.startswith("+"):
                self._refusal = said[1:] or "the preview process does not start"
                self._failures += 1
                pause = _RESTART_S if said else min(_RESTART_S, 0.1 * 2**self._failures)
                self._not_before = time.monotonic() + pause
                raise ConnectionError(self._refusal)
            self._ways = said[1:]
            self._failures = 0
        return control

    def _start(self) -> socket.socket:
        if time.monotonic() < self._not_before:
            raise ConnectionError(self._refusal)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [*COMMAND, self._name],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,
            )
        return self._control

    def _job(self, control: socket.socket, data: bytes, kind: Kind, until: float) -> Answer:
        """Have one file rendered.

        :raises ConnectionError: if the child died meanwhile
        """
        limit = min(_left(until), LONGEST_WAIT_S)
        until = time.monotonic() + limit
        line, theirs = socket.socketpair()
        with line:
            try:
                with theirs:
                    control.settimeout(limit)
                    order = f"{kind.name} {limit * 1000:.0f}".encode()
                    socket.send_fds(control, [order], [theirs.fileno()])
                got = _exchange(line, data, until)
            except TimeoutError:
                return Unreadable() if limit > LONGEST_WAIT_S - 1 else Busy()
        body = _checked(got, self._family)
        if body is not None:
            return Preview(body, _MADE_AS[self._family])
        # Without any answer the job was killed or crashed; if killed, the child hangs up.
        if not got and select.select([control], [], [], _VERDICT_S)[0]:
            raise ConnectionError("it died at work")
        return Unreadable()


def _exchange(line: socket.socket, data: bytes, until: float) -> bytes:
    got = bytearray()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may answer unread
        line.settimeout(_left(until))
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        while len(got) < _LARGEST_PREVIEW:
            line.settimeout(_left(until))
            piece = line.recv(1 << 16)
            if not piece:
                break
            got += piece
    return bytes(got)


def _checked(got: bytes, family: Family) -> bytes | None:
    """Return the preview if the answer is whole and is what we asked for: trust nobody."""
    if got[:1] != b"+" or len(got) < 5 or len(got) - 5 != struct.unpack_from(">I", got, 1)[0]:
        return None
    body = got[5:]
    return body if sniff(body) is _MADE_AS[family] else None


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left


_CHILDREN: weakref.WeakSet[_Child] = weakref.WeakSet()


def _after_fork() -> None:
    """Free the locks; `_ready` finds that the child is another's and starts its own."""
    for child in list(_CHILDREN):
        child.lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
