"""Identifiers order themselves as they were made."""

import threading
from datetime import UTC, datetime

import time_machine

from ruang.kernel.ids import uuid7


def test_ids_of_a_moment_are_in_the_order_in_which_they_were_made() -> None:
    with time_machine.travel(datetime(2026, 11, 29, 7, tzinfo=UTC), tick=False):
        made = [uuid7() for _ in range(3_000)]
    assert made == sorted(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    moment = datetime.fromtimestamp((made[0].int >> 80) / 1000, tz=UTC)
    assert moment == datetime(2026, 11, 29, 7, tzinfo=UTC)


def test_no_two_are_the_same_though_the_clock_stands_and_many_ask() -> None:
    made: list[int] = []

    def some() -> None:
        made.extend(uuid7().int for _ in range(2_000))

    with time_machine.travel(datetime(2026, 11, 29, 8, tzinfo=UTC), tick=False):
        threads = [threading.Thread(target=some) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(set(made)) == 8_000


def test_later_is_larger() -> None:
    with time_machine.travel(datetime(2026, 11, 29, 9, tzinfo=UTC), tick=False):
        before = uuid7()
    with time_machine.travel(datetime(2026, 11, 29, 9, 0, 1, tzinfo=UTC), tick=False):
        assert uuid7() > before
