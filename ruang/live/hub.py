"""Who in this process waits for which topic, and the one reader that asks what is new.

The reader asks for the facts past its last number four times a second, only while somebody
waits. Only topics go out (``desk:<id>``), never what happened or to whom.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable

News = tuple[int, frozenset[str] | None]
"""The number of the newest fact, and the topics that have changed; None: too many to say."""
Asked = Callable[[int], Awaitable[News]]

EVERY = 0.25
AFTER_TROUBLE = 2.0

log = logging.getLogger("ruang.live")


class Waiting:
    """One browser's connection: its topics that have changed and were not yet sent."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.number = 0
        self._changed: set[str] = set()
        self._event = asyncio.Event()

    def tell(self, number: int, changed: frozenset[str] | None) -> None:
        """Note what has changed; the same topic twice is once."""
        self.number = max(self.number, number)
        mine = self.topics if changed is None else self.topics & changed
        if mine:
            self._changed |= mine
            self._event.set()

    def wake(self) -> None:
        """Let :meth:`next` return at once."""
        self._event.set()

    async def next(self, within: float) -> tuple[str, ...]:
        """Return the topics that have changed, none when the time is up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._event.wait()
        self._event.clear()
        changed, self._changed = sorted(self._changed), set()
        return tuple(changed)


class Hub:
    """All connections of one process.

    :param asked: answers one question after the other, in the order in which they were put
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._by_topic: dict[str, set[Waiting]] = defaultdict(set)
        self._all: set[Waiting] = set()
        self._number: int | None = None
        self._reader: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._all)

    @contextlib.asynccontextmanager
    async def waiting(self, topics: frozenset[str], since: int) -> AsyncIterator[Waiting]:
        """Wait for topics while the block lasts, beginning after a fact's number."""
        one = Waiting(topics)
        if not self._all:
            self._number = None
        self._all.add(one)
        for topic in topics:
            self._by_topic[topic].add(one)  # before asking: nothing in between is missed
        try:
            newest, missed = await self._asked(since)
            one.tell(newest, missed)
            if self._number is None:
                self._number = newest
            if self._reader is None or self._reader.done():
                self._reader = asyncio.create_task(self._read())
            yield one
        finally:
            self._all.discard(one)
            for topic in topics:
                self._by_topic[topic].discard(one)
                if not self._by_topic[topic]:
                    del self._by_topic[topic]

    def wake_all(self) -> None:
        """Let every connection look up, because this process is about to end."""
        for one in self._all:
            one.wake()

    async def _read(self) -> None:
        while self._all:
            await asyncio.sleep(EVERY)
            if self._number is None:
                continue
            try:
                newest, changed = await self._asked(self._number)
            except Exception:  # the database is away: the browsers go on waiting, and polling
                log.exception("the live reader could not ask")
                await asyncio.sleep(AFTER_TROUBLE)
                continue
            if newest != self._number:
                self._number = newest
                self._spread(newest, changed)

    def _spread(self, number: int, changed: frozenset[str] | None) -> None:
        if changed is None:
            concerned = set(self._all)
        else:
            known = changed & self._by_topic.keys()
            concerned = set().union(*(self._by_topic[topic] for topic in known))
        for one in concerned:
            one.tell(number, changed)
