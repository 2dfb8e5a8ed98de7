"""The preview process: warm, locked in, and forking one job for each file.

The warm process never reads a byte of a file. Each job reads one, answers, and is gone: what a
hostile file might do to it cannot reach the next person's photo.
"""

import gc
import os
import select
import signal
import socket
import struct
import sys

from ruang.previews import render, sandbox
from ruang.previews.kinds import APART, Kind

MADE, FAILED = b"+", b"-"
_GRACE_MS = 50  # the caller gives up first, so that "too slow" is not taken for "broken"


def main() -> None:
    """Serve jobs from the socket on descriptor 0 until the other side hangs up."""
    control = socket.socket(fileno=0)
    try:
        render.warm_up(APART[sys.argv[-1]])
        ways = sandbox.enter()
    except Exception as error:  # whatever it is, `ruang doctor` tells it
        control.send(FAILED + f"{type(error).__name__}: {error}".encode())
        return
    gc.collect()
    gc.freeze()  # jobs share these pages instead of copying them
    gc.disable()  # and are gone before there is anything to collect
    control.send(MADE + ways.encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 64, 1)
        if not descriptors:
            return
        name, limit_ms = message.decode().split()
        _supervise(control, descriptors[0], Kind[name], int(limit_ms) + _GRACE_MS)


def _supervise(control: socket.socket, line: int, kind: Kind, limit_ms: int) -> None:
    """Fork the job; end it when its time is over or nobody waits any more."""
    ended, alive = os.pipe()
    warm = os.getpid()
    job = os.fork()
    if job == 0:
        _job(warm, line, alive, kind)
    os.close(line)
    os.close(alive)
    events = select.poll()
    events.register(ended, 0)
    events.register(control, 0)
    in_time = bool(events.poll(limit_ms))
    os.kill(job, signal.SIGKILL)
    _, status = os.waitpid(job, 0)
    os.close(ended)
    if in_time and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        sys.exit()  # neither we nor the file did that: memory ran out. Hang up: try again


def _job(warm: int, line: int, alive: int, kind: Kind) -> None:
    """Answer with a sign, a length and the preview, and never return."""
    answer = FAILED
    try:
        os.dup2(line, 0)
        os.dup2(alive, 1)
        os.closerange(2, 64)
        sandbox.confine(warm, threads=kind in render.NEED_THREADS)
        data = b"".join(iter(lambda: os.read(0, 1 << 20), b""))
        body = render.RENDERERS[kind.family](data, kind)
        answer = MADE + struct.pack(">I", len(body)) + body
    except BaseException:  # noqa: S110 - memory ran out, limits, any decoder's complaint
        pass
    try:
        while answer:
            answer = answer[os.write(0, answer) :]
    finally:
        os._exit(0)
