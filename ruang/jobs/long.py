"""Work that takes minutes: one piece at a time, in a process of its own, beside all else.

It waits as a due row like all the rest. The worker leases the row, starts a child, renews the
lease while the child lives, and gives the row back when it dies; the child ends the row in the
transaction of its result. A worker that is killed takes its child with it, the lease runs out,
and the next worker starts again from what the child had saved.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from ruang.audit import due

BASE = Path(__file__).resolve().parent.parent.parent
RENEW = due.LEASE / 3
LONGEST = timedelta(minutes=15)
"""A child that is still at it after this time is killed: it hangs."""
PATIENCE = 5.0
CHANCES = 3
"""So many children may die of one piece of work before it is given up."""

Finish = Callable[[datetime], None]
"""Stores what came of it, in the transaction that ends the row."""

log = logging.getLogger("ruang.jobs")


@dataclass(frozen=True, slots=True)
class Long:
    """Something that takes minutes.

    :ivar act: does it, in the child; what it returns stores the result
    :ivar give_up: says that nothing came of it, in the worker
    """

    act: Callable[[UUID], Finish]
    give_up: Callable[[UUID, datetime], None]


@dataclass
class _Running:
    task: due.Task
    child: "subprocess.Popen[bytes]"
    since: datetime
    renewed: datetime
    is_lost: bool = False


Start = Callable[[due.Task], "subprocess.Popen[bytes]"]


def start(task: due.Task) -> "subprocess.Popen[bytes]":
    """Start a child for a leased row. It gets no key: what it works on is not sealed."""
    named = [task.kind, str(task.subject), str(task.id), str(task.attempts)]
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "config.long", str(os.getpid()), *named],
        cwd=BASE,
        stdin=subprocess.DEVNULL,
        process_group=0,
    )


class Bench:
    """Where one long piece of work lies at a time."""

    def __init__(self, long: Mapping[str, Long], begin: Start = start) -> None:
        self._long, self._begin = dict(long), begin
        self._running: _Running | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of due rows that are worked on here."""
        return frozenset(self._long)

    def turn(self, at: datetime) -> None:
        """Look after what is being worked on, or begin with what is due."""
        if self._running is not None:
            self._look(self._running, at)
        elif self._long and (task := due.take(self._long, at=at)) is not None:
            self._start(task, at)

    def _start(self, task: due.Task, at: datetime) -> None:
        try:
            child = self._begin(task)
        except OSError:  # no memory, no process: later again, less often each time
            log.exception("%s could not be started", task.kind)
            due.fail(task, at=at)
            return
        self._running = _Running(task, child, since=at, renewed=at)

    def close(self) -> None:
        """Stop, and leave the work to the next worker."""
        if self._running is not None:
            _end(self._running.child)
            due.give_back(self._running.task)
            self._running = None

    def _look(self, running: _Running, at: datetime) -> None:
        code = running.child.poll()
        if code is not None:
            self._running = None
            if code != 0 and not running.is_lost:
                self._over(running.task, code, at)
        elif at - running.since > LONGEST:
            log.error("%s hangs and is killed", running.task.kind)
            running.child.kill()
        elif at - running.renewed > RENEW:
            self._renew(running, at)

    def _renew(self, running: _Running, at: datetime) -> None:
        """Keep the row; a child whose row is gone is ending, or works on what nobody wants."""
        running.renewed = at
        if due.renew(running.task, at=at):
            return
        if running.is_lost:
            _end(running.child)
        running.is_lost = True

    def _over(self, task: due.Task, code: int, at: datetime) -> None:
        log.error("%s ended with %s, attempt %s", task.kind, code, task.attempts)
        if task.attempts < CHANCES:
            due.fail(task, at=at)
            return
        try:
            due.perform(task, lambda: self._long[task.kind].give_up(task.subject, at))
        except Exception:  # whatever it was: again later, and parked in the end
            log.exception("%s could not be given up", task.kind)
            due.fail(task, at=at)


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
