"""What happens by itself happens once, is tried again after a failure, and gives up at last."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from ruang.access.actor import SYSTEM
from ruang.audit import due, feed
from ruang.audit.events import Opened
from ruang.audit.feed import Happened
from ruang.audit.models import Due
from ruang.audit.record import record
from ruang.jobs.worker import EVERYTHING, Sweep, Worker
from tests.make import AT

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def opened(about: UUID | None = None) -> None:
    with transaction.atomic():
        record(Opened(about or uuid4(), compartment="story"), actor=SYSTEM, at=AT)


def worker(**wired: object) -> Worker:
    return Worker(**{"reactions": {}, "due": {}, "sweeps": {}, **wired})  # type: ignore[arg-type]


def work(one: Worker, at: datetime = AT, turns: int = 50) -> None:
    for _ in range(turns):
        if not one.turn(at):
            return
    raise AssertionError("it never comes to rest")


def test_a_reaction_sees_each_fact_once_and_in_order() -> None:
    seen: list[int] = []

    def see(fact: Happened, at: datetime) -> None:
        seen.append(fact.number)

    one = worker(reactions={Opened.name: (see,)})
    for _ in range(3):
        opened()
    work(one)
    work(one)
    work(worker(reactions={Opened.name: (see,)}))
    assert seen == [1, 2, 3]
    assert not Due.objects.exists()


def test_a_fact_that_does_not_matter_leaves_nothing_to_do() -> None:
    seen: list[int] = []

    def see(fact: Happened, at: datetime) -> None:
        seen.append(fact.number)

    one = worker(
        reactions={Opened.name: (see,)}, matters={Opened.name: lambda fact: fact.number == 2}
    )
    for _ in range(3):
        opened()
    assert one.turn(AT), "the second one"
    assert not one.turn(AT)
    assert (seen, Due.objects.count()) == ([2], 0)


def test_where_it_cannot_be_told_whether_a_fact_matters_it_does() -> None:
    """Else the reader would stand still at this fact, and every mail after it would wait."""
    seen: list[int] = []

    def see(fact: Happened, at: datetime) -> None:
        seen.append(fact.number)

    def broken(_fact: Happened) -> bool:
        raise LookupError("gone")

    one = worker(reactions={Opened.name: (see,)}, matters={Opened.name: broken})
    for _ in range(2):
        opened()
    work(one)
    assert seen == [1, 2]


def test_after_a_whole_batch_it_looks_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ruang.jobs.worker.BATCH", 2)
    one = worker()
    for _ in range(3):
        opened()
    assert [one.turn(AT) for _ in range(3)] == [True, False, False]


def test_two_reactions_to_a_fact_do_not_fail_together() -> None:
    seen: list[str] = []

    def good(fact: Happened, at: datetime) -> None:
        seen.append("good")

    def bad(fact: Happened, at: datetime) -> None:
        seen.append("bad")
        if seen.count("bad") < 3:
            raise RuntimeError("not yet")

    one = worker(reactions={Opened.name: (bad, good)})
    opened()
    work(one)
    assert sorted(seen) == ["bad", "good"]
    work(one, AT + timedelta(days=1))
    work(one, AT + timedelta(days=2))
    assert seen.count("good") == 1
    assert seen.count("bad") == 3


def test_what_falls_due_waits_for_its_time_and_can_be_cancelled() -> None:
    seen: list[UUID] = []
    one, kept, gone = (
        worker(due={"test.clock": lambda who, _: seen.append(who)}),
        uuid4(),
        uuid4(),
    )
    due.schedule("test.clock", kept, AT + LATER)
    due.schedule("test.clock", gone, AT + LATER)
    work(one)
    assert seen == []
    due.cancel("test.clock", gone)
    work(one, AT + LATER)
    assert seen == [kept]
    assert not Due.objects.exists()


def test_a_second_time_replaces_the_first() -> None:
    who = uuid4()
    due.schedule("test.clock", who, AT)
    due.schedule("test.clock", who, AT + LATER)
    assert due.take({"test.clock"}, at=AT) is None
    assert due.take({"test.clock"}, at=AT + LATER) is not None


def test_half_of_a_failure_is_not_kept_and_it_gives_up_at_last() -> None:
    who, half = uuid4(), uuid4()

    def fail(subject: UUID, at: datetime) -> None:
        due.schedule("test.half", half, at)
        raise ValueError("never")

    one, at = worker(due={"test.clock": fail}), AT
    due.schedule("test.clock", who, at)
    for _ in range(due.ATTEMPTS + 3):
        work(one, at)
        at += timedelta(days=1)
    assert [(kind, subject) for kind, subject, _ in due.parked()] == [("test.clock", who)]
    assert Due.objects.get(subject=who).attempts == due.ATTEMPTS
    assert not Due.objects.filter(subject=half).exists()
    due.schedule("test.clock", who, at)
    assert due.parked() == []


def test_an_act_may_set_its_own_next_time() -> None:
    who = uuid4()
    one = worker(due={"test.clock": lambda s, at: due.schedule("test.clock", s, at + LATER)})
    due.schedule("test.clock", who, AT)
    work(one)
    row = Due.objects.get(subject=who)
    assert (row.due_at, row.attempts, row.lease_until) == (AT + LATER, 0, None)


def test_what_was_leased_by_another_is_left_alone_until_the_lease_ends() -> None:
    who, seen = uuid4(), []
    due.schedule("test.clock", who, AT)
    first = due.take({"test.clock"}, at=AT)
    assert first is not None
    assert due.take({"test.clock"}, at=AT) is None
    second = due.take({"test.clock"}, at=AT + due.LEASE)
    assert second is not None
    assert not due.perform(first, lambda: seen.append("late"))
    assert due.perform(second, lambda: seen.append("once"))
    assert not due.perform(second, lambda: seen.append("twice"))
    assert seen == ["once"]


def test_a_sweep_comes_back_also_after_a_failure() -> None:
    seen: list[datetime] = []

    def sweep(at: datetime) -> None:
        seen.append(at)
        if len(seen) % 2:
            raise RuntimeError("every second time")

    one = worker(sweeps={"test.sweep": Sweep(sweep, LATER)})
    one.begin(AT)
    one.begin(AT + LATER)
    at = AT
    for _ in range(2 * due.ATTEMPTS + 6):
        work(one, at)
        at += timedelta(hours=2)
    assert len(seen) == 2 * due.ATTEMPTS + 6
    assert due.parked() == []
    assert Due.objects.get().subject == EVERYTHING


def test_two_things_of_one_name_are_refused_at_the_start() -> None:
    act: Callable[..., None] = lambda *_: None  # noqa: E731
    with pytest.raises(ValueError, match="same name"):
        worker(due={"same": act}, sweeps={"same": Sweep(act, LATER)})


def test_topics_are_the_ids_of_a_fact_by_their_names() -> None:
    about = uuid4()
    opened(about)
    assert feed.one(1).topics == (f"about:{about}",)
    assert feed.number_at(AT) == 0
    assert feed.number_at(AT + LATER) == 1
