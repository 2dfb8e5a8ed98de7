"""The hub tells each connection what concerns it, once, and misses nothing in between."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from ruang.live import hub as hub_module
from ruang.live.hub import Hub, News, Waiting
from tests.patience import SECONDS

DESK, CASE = "desk:1", "case:1"
SOON = SECONDS / 2


class Facts:
    """What the database would answer."""

    def __init__(self) -> None:
        self.topics: list[str] = []
        self.asked = 0
        self.broken = 0

    async def __call__(self, number: int) -> News:
        self.asked += 1
        if self.broken:
            self.broken -= 1
            raise OSError("gone")
        await asyncio.sleep(0)
        return len(self.topics), frozenset(self.topics[number:])


@pytest.fixture
def facts() -> Facts:
    return Facts()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "EVERY", 0.005)
    monkeypatch.setattr(hub_module, "AFTER_TROUBLE", 0.005)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(SECONDS):
            await test()

    asyncio.run(bounded())


def test_each_hears_only_its_own_topics(facts: Facts) -> None:
    async def test() -> None:
        hub = Hub(facts)
        async with (
            hub.waiting(frozenset({DESK}), 0) as desk,
            hub.waiting(frozenset({CASE}), 0) as case,
            hub.waiting(frozenset({DESK, CASE}), 0) as both,
        ):
            facts.topics += [DESK, DESK, "other:1"]
            assert await desk.next(SOON) == (DESK,)
            assert await both.next(SOON) == (DESK,)
            assert await case.next(0.05) == ()
            assert desk.number == 3
            facts.topics.append(CASE)
            assert await case.next(SOON) == (CASE,)
        assert len(hub) == 0

    run(test)


def test_what_happened_before_it_listened_is_told(facts: Facts) -> None:
    async def test() -> None:
        facts.topics += [CASE, DESK]
        async with Hub(facts).waiting(frozenset({DESK, CASE}), 1) as one:
            assert await one.next(SOON) == (DESK,)

    run(test)


def test_nothing_is_missed_while_many_come_and_go(facts: Facts) -> None:
    async def listener(hub: Hub, heard: list[int]) -> None:
        since = 0
        while since < 400:
            async with hub.waiting(frozenset({DESK}), since) as one:
                await one.next(SOON)
                assert one.number >= since
                since = one.number
        heard.append(since)

    async def test() -> None:
        hub, heard = Hub(facts), []
        listeners = [asyncio.create_task(listener(hub, heard)) for _ in range(20)]
        for _ in range(400):
            facts.topics.append(DESK)
            await asyncio.sleep(0.001)
        await asyncio.gather(*listeners)
        assert heard == [400] * 20

    run(test)


def test_nobody_waiting_means_nobody_asking(facts: Facts) -> None:
    async def test() -> None:
        hub = Hub(facts)
        async with hub.waiting(frozenset({DESK}), 0) as one:
            await one.next(0.03)
        await asyncio.sleep(0.1)
        asked = facts.asked
        await asyncio.sleep(0.05)
        assert facts.asked == asked
        facts.topics.append(DESK)
        async with hub.waiting(frozenset({DESK}), 0) as one:
            assert await one.next(SOON) == (DESK,)

    run(test)


def test_it_survives_a_database_that_is_away(
    facts: Facts, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        async with Hub(facts).waiting(frozenset({DESK}), 0) as one:
            facts.broken = 3
            await asyncio.sleep(0.03)
            facts.topics.append(DESK)
            assert await one.next(SOON) == (DESK,)

    run(test)
    assert "could not ask" in caplog.text


def test_who_is_too_far_behind_is_told_to_ask_for_everything() -> None:
    one = Waiting(frozenset({DESK, CASE}))
    one.tell(9_000, None)

    async def test() -> None:
        assert await one.next(0.1) == (CASE, DESK)

    run(test)
