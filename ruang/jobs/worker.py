"""What happens by itself: reactions to facts, things that fall due, and sweeps that come back.

A fact past the worker's cursor becomes one due row for each reaction to it; from there on
everything is a row of one table, leased, done in the transaction that ends it, tried again
after a failure. A worker killed anywhere leaves rows that the next one finds.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connection

from ruang.audit import due, feed
from ruang.audit.feed import Happened
from ruang.jobs.long import Bench, Long
from ruang.kernel import clock

Reaction = Callable[[Happened, datetime], None]
DueAct = Callable[[UUID, datetime], None]
Matters = Callable[[Happened], bool]

READER = "jobs"
BATCH = 200
PAUSE = 0.5
"""Seconds between two looks when nothing is due."""
AFTER_TROUBLE = 3.0
EVERYTHING = UUID(int=0)
"""The subject of a sweep."""
NAME_LIMIT = 40

log = logging.getLogger("ruang.jobs")


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something done again and again in transactions of its own; twice does no harm."""

    act: Callable[[datetime], None]
    every: timedelta


class Worker:
    """Does one thing after the other until it is told to stop."""

    def __init__(
        self,
        *,
        reactions: Mapping[str, Sequence[Reaction]],
        due: Mapping[str, DueAct],
        sweeps: Mapping[str, Sweep],
        matters: Mapping[str, Matters] | None = None,
        long: Mapping[str, Long] | None = None,
    ) -> None:
        self._by_event = {
            event: tuple(name_of(reaction) for reaction in listed)
            for event, listed in reactions.items()
        }
        self._reactions = {name_of(r): r for listed in reactions.values() for r in listed}
        self._due, self._sweeps = dict(due), dict(sweeps)
        self._matters = dict(matters or {})
        self._bench = Bench(long or {})
        kinds = [*self._reactions, *self._due, *self._sweeps]
        self._kinds = frozenset(kinds)
        if len(self._kinds | self._bench.kinds) != len(kinds) + len(self._bench.kinds):
            raise ValueError("two things that happen by themselves have the same name")

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        begun = False
        while not stop.is_set():
            try:
                if not begun:
                    self.begin(clock.now())
                    begun = True
                self._look_after_long(clock.now())
                idle = not self.turn(clock.now())
                pause = PAUSE if idle else 0.0
            except DatabaseError:
                log.exception("the database did not answer")
                connection.close()
                pause = AFTER_TROUBLE
            if pause:
                close_old_connections()
                stop.wait(pause)
        self._bench.close()

    def begin(self, at: datetime) -> None:
        """Give each sweep a first time, if it has none."""
        for kind in self._sweeps:
            due.schedule_if_absent(kind, EVERYTHING, at)

    def _look_after_long(self, at: datetime) -> None:
        try:
            self._bench.turn(at)
        except DatabaseError:
            raise
        except Exception:  # clocks and mails must not wait for a plan
            log.exception("long work failed")

    def turn(self, at: datetime) -> bool:
        """Take in new facts and do at most one thing; False if nothing more waits."""
        read = feed.read_on(READER, lambda fact: self._enqueue(fact, at), limit=BATCH)
        task = due.take(self._kinds, at=at)
        if task is None:
            return read == BATCH
        try:
            self._do(task, at)
        except Exception:  # whatever it was: later again, and the next thing now
            log.exception("%s failed, attempt %s", task.kind, task.attempts)
            if due.fail(task, at=at, park=task.kind not in self._sweeps):
                log.error("%s was given up", task.kind)  # noqa: TRY400 - logged just above
        return True

    def _enqueue(self, fact: Happened, at: datetime) -> None:
        if not self._is_of_matter(fact):
            return
        for name in self._by_event.get(fact.name, ()):
            due.schedule_if_absent(name, UUID(int=fact.number), at)

    def _is_of_matter(self, fact: Happened) -> bool:
        """Ask whether anybody has to react; where that cannot be told, somebody has."""
        matters = self._matters.get(fact.name)
        try:
            return matters is None or matters(fact)
        except Exception:  # else the cursor would stand still at this fact for ever
            log.exception("whether %s matters could not be told", fact.name)
            return True

    def _do(self, task: due.Task, at: datetime) -> None:
        if task.kind in self._sweeps:
            sweep = self._sweeps[task.kind]
            sweep.act(at)
            due.move(task, at + sweep.every)
        elif task.kind in self._reactions:
            fact = feed.one(task.subject.int)
            due.perform(task, lambda: self._reactions[task.kind](fact, at))
        else:
            due.perform(task, lambda: self._due[task.kind](task.subject, at))


def name_of(reaction: Reaction) -> str:
    """Return the name under which a reaction waits: its context and its own.

    :raises ValueError: if that is longer than a kind may be
    """
    context = reaction.__module__.removeprefix("ruang.").partition(".")[0]
    name = f"{context}.{getattr(reaction, '__name__', '')}"
    if len(name) > NAME_LIMIT:
        raise ValueError(f"{name} is longer than {NAME_LIMIT} characters")
    return name
