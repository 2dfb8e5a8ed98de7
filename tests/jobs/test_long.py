"""Long work goes on beside everything else, one at a time, and survives whoever works on it."""

import subprocess
import sys
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from ruang.audit import due
from ruang.audit.models import Due
from ruang.jobs.long import CHANCES, LONGEST, RENEW, Bench, Long
from ruang.jobs.worker import Worker
from tests.make import AT
from tests.patience import SECONDS

pytestmark = pytest.mark.django_db
KIND = "test.long"
TICK = timedelta(seconds=1)


class Children:
    """Starts what a test wants instead of the real child, and remembers it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.started: list[due.Task] = []
        self.given_up: list[UUID] = []

    def begin(self, task: due.Task) -> "subprocess.Popen[bytes]":
        self.started.append(task)
        self.last = subprocess.Popen([sys.executable, "-S", "-c", self.code])
        return self.last

    def bench(self) -> Bench:
        return Bench({KIND: Long(act=unused, give_up=self._give_up)}, begin=self.begin)

    def _give_up(self, subject: UUID, at: datetime) -> None:
        self.given_up.append(subject)


def unused(_subject: UUID) -> object:
    raise AssertionError("only the child does it")


def sleeping() -> Children:
    return Children("import time; time.sleep(60)")


def test_one_at_a_time_and_its_lease_is_renewed() -> None:
    children, first = sleeping(), uuid4()
    due.schedule(KIND, first, AT)
    due.schedule(KIND, uuid4(), AT + TICK)
    bench = children.bench()
    bench.turn(AT)
    lease = Due.objects.get(subject=first).lease_until
    bench.turn(AT + RENEW + TICK)
    assert len(children.started) == 1
    assert Due.objects.get(subject=first).lease_until > lease
    bench.close()
    assert children.last.poll() is not None
    row = Due.objects.get(subject=first)
    assert (row.lease_until, row.attempts) == (None, 0)  # as if nobody had tried


def test_what_somebody_else_took_over_is_left_to_them() -> None:
    children, subject = sleeping(), uuid4()
    due.schedule(KIND, subject, AT)
    bench = children.bench()
    bench.turn(AT)
    due.schedule(KIND, subject, AT + timedelta(hours=1))  # asked for anew
    bench.turn(AT + RENEW + TICK)  # it may just be ending
    assert children.last.poll() is None
    bench.turn(AT + 2 * (RENEW + TICK))
    assert children.last.poll() is not None


def test_a_child_that_hangs_is_killed() -> None:
    children, subject = sleeping(), uuid4()
    due.schedule(KIND, subject, AT)
    bench = children.bench()
    bench.turn(AT)
    bench.turn(AT + LONGEST + TICK)
    children.last.wait(SECONDS)
    bench.turn(AT + LONGEST + 2 * TICK)
    assert Due.objects.get(subject=subject).lease_until is None


def test_it_is_tried_again_and_given_up_at_last() -> None:
    children, subject = Children("raise SystemExit(3)"), uuid4()
    due.schedule(KIND, subject, AT)
    bench, at = children.bench(), AT
    for _ in range(CHANCES):
        at += timedelta(minutes=5)
        bench.turn(at)
        children.last.wait(SECONDS)
        bench.turn(at)
    assert [task.attempts for task in children.started] == [1, 2, 3]
    assert children.given_up == [subject]
    assert not Due.objects.exists()


def test_other_work_goes_on_meanwhile() -> None:
    children, seen = sleeping(), []
    worker = Worker(
        reactions={}, sweeps={}, due={"test.other": lambda who, _at: seen.append(who)},
        long={KIND: Long(act=unused, give_up=lambda *_: None)},
    )  # fmt: skip
    worker._bench = children.bench()
    due.schedule(KIND, uuid4(), AT)
    due.schedule("test.other", uuid4(), AT + TICK)
    worker._bench.turn(AT)
    assert worker.turn(AT + TICK)
    assert len(seen) == 1
    assert children.last.poll() is None, "the long work still goes on"
    worker._bench.close()
    act = {"test.long": lambda *_: None}
    with pytest.raises(ValueError, match="same name"):
        Worker(reactions={}, sweeps={}, due=act, long={KIND: Long(unused, lambda *_: None)})


def test_what_cannot_be_started_or_given_up_waits_and_never_stops_the_worker(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No process can be had, or giving up fails: the row waits longer each time."""
    children, subject = Children("raise SystemExit(3)"), uuid4()

    def full(_task: due.Task) -> "subprocess.Popen[bytes]":
        raise OSError("no process")

    due.schedule(KIND, subject, AT)
    Bench({KIND: Long(act=unused, give_up=broken)}, begin=full).turn(AT)
    row = Due.objects.get(subject=subject)
    assert (row.lease_until, row.attempts, row.due_at > AT) == (None, 1, True)
    bench, at = Bench({KIND: Long(act=unused, give_up=broken)}, begin=children.begin), AT
    for _ in range(CHANCES):
        at += timedelta(minutes=5)
        bench.turn(at)
        children.last.wait(SECONDS)
        bench.turn(at)
    row.refresh_from_db()
    assert (row.lease_until, row.attempts) == (None, CHANCES + 1)
    assert "could not be started" in caplog.text
    assert "could not be given up" in caplog.text


def broken(_subject: UUID, _at: datetime) -> None:
    raise RuntimeError("giving up fails")
