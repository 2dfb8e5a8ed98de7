"""A process and the one that started it: keys by pipe, one dies with the other, no core dumps.

Parent and child share a socket pair. The parent writes the sub-keys and shuts its side; the
child reads them, does its work of starting, and answers with one line. Nothing secret is in
the environment or in the arguments, which anybody on the machine may read.
"""

import contextlib
import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruang.vault import root

BIRTH = "RUANG_BIRTH_FD"
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
BASE = Path(__file__).resolve().parent.parent.parent


class Orphan(RuntimeError):  # noqa: N818 - the state it describes
    """This program is started by `ruang serve`, not by hand."""


@dataclass
class Child:
    """A process as its parent sees it."""

    name: str
    popen: "subprocess.Popen[bytes]"
    line: socket.socket

    def answer(self) -> bytes | None:
        """Return what the child has said about its start: b"" if nothing, None if not yet."""
        try:
            return self.line.recv(100, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except OSError:
            return b""


def start(
    name: str,
    module: str,
    keys: root.Subkeys,
    *,
    arguments: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> Child:
    """Start a Python module as a process and hand it its sub-keys."""
    ours, theirs = socket.socketpair()
    with theirs:
        popen = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", module, *arguments],
            cwd=BASE,
            env={**os.environ, **(environ or {}), BIRTH: f"{theirs.fileno()}:{os.getpid()}"},
            pass_fds=(theirs.fileno(), *pass_fds),
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C reaches the parent alone, which then stops its children
        )
    with contextlib.suppress(BrokenPipeError):
        ours.sendall(keys.to_bytes())
        ours.shutdown(socket.SHUT_WR)
    return Child(name, popen, ours)


def be_born() -> socket.socket:
    """Take the sub-keys from the parent; return the line on which to say :func:`ready`.

    :raises Orphan: if no parent handed anything down
    """
    number, _, parent = os.environ.pop(BIRTH, "").partition(":")
    if not number:
        raise Orphan("start this with `ruang serve`")
    line = socket.socket(fileno=int(number))
    line.set_inheritable(False)
    harden()
    payload = b"".join(iter(lambda: line.recv(65_536), b""))
    if not payload:
        raise Orphan("the parent is gone")
    root.install(root.Subkeys.from_bytes(payload))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stay_with(int(parent))
    return line


def stay_with(parent: int) -> None:
    """Be told to stop when the parent is gone, however it went.

    :raises Orphan: if it is gone already
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise Orphan("the parent is gone")


def ready(line: socket.socket) -> None:
    """Tell the parent that starting is done."""
    with line, contextlib.suppress(OSError):
        line.sendall(b"ready")


def harden() -> None:
    """Leave nothing of this process's memory on the disk, nor to others of the same user."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(PR_SET_DUMPABLE, 0)


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
