"""``/langsung/?t=desk:<id>&t=case:<id>``: a stream that says which topic has changed.

It carries no data: the page asks again for its fragment, so there is one rendering and one
authorisation. Who may hear of what is asked at connect; a connection lasts less than a minute,
so a right that was taken away ends with the next one.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.db import DatabaseError, connection
from django.http import parse_cookie

from ruang.audit import feed
from ruang.kernel import clock
from ruang.live.hub import Hub, News

PATH = "/langsung/"
LIFETIME = 50.0
HEARTBEAT = 10.0
TOPICS, CONNECTIONS, BEHIND = 60, 1_000, 1_000
LOOK_BACK = timedelta(seconds=10)
"""A page is drawn a moment before it listens; what changed in that moment is told too."""
TOPIC = re.compile(r"[a-z_]{1,20}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EVERY = [
    ("server", "web"),
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "same-origin"),
]
HEADERS = [("content-type", "text/event-stream"), ("x-accel-buffering", "no"), *EVERY]
LONGEST_NUMBER = 18
"""Digits of the number of a fact."""

Authorise = Callable[[Mapping[str, str], frozenset[str]], frozenset[str]]
"""Given the cookies and the topics asked for: those this person may hear of."""


class Live:
    """The endpoint, and the hub of this process."""

    def __init__(self, *, authorise: Authorise) -> None:
        self._authorise = authorise
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._hub = Hub(self._asked)
        self._closing = False

    async def __call__(self, scope: Any, line: Any) -> None:
        """Stream topics until the time is up or the browser leaves. What RSGI gives."""
        asked = frozenset(value for key, value in parse_qsl(scope.query_string) if key == "t")
        headers = dict(scope.headers.items())
        if scope.method != "GET" or not 0 < len(asked) <= TOPICS:
            return _refuse(line, 400)
        if self._closing or len(self._hub) >= CONNECTIONS:
            return _refuse(line, 503)
        topics = frozenset(t for t in asked if TOPIC.fullmatch(t))
        cookies = parse_cookie(headers.get("cookie", ""))
        try:
            allowed = await self._in_thread(self._authorise, cookies, topics)
            if not allowed:
                return _refuse(line, 403)
            since = _number(headers) or await self._in_thread(_a_moment_ago)
        except DatabaseError:
            return _refuse(line, 503)
        stream = asyncio.ensure_future(self._stream(allowed, since, line))
        left = asyncio.ensure_future(line.client_disconnect())
        try:
            await asyncio.wait({stream, left}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            stream.cancel()
            await asyncio.gather(stream, left, return_exceptions=True)

    def close(self) -> None:
        """End every stream; the browsers come back to the process that follows."""
        self._closing = True
        self._hub.wake_all()

    async def _stream(self, topics: frozenset[str], since: int, line: Any) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + LIFETIME
        async with self._hub.waiting(topics, since) as one:
            send = line.response_stream(200, HEADERS).send_str
            await send(f"retry: 1000\nid: {one.number}\nevent: listening\ndata: {{}}\n\n")
            while not self._closing and (left := until - loop.time()) > 0:
                changed = await one.next(min(HEARTBEAT, left))
                lines = [f'id: {one.number}\ndata: {{"topic": "{t}"}}\n\n' for t in changed]
                await send("".join(lines) or ": still here\n\n")

    async def _asked(self, number: int) -> News:
        news: News = await self._in_thread(_news, number)
        return news

    async def _in_thread(self, ask: Callable[..., Any], *given: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, _safely, ask, *given)


def _safely(ask: Callable[..., Any], *given: Any) -> Any:
    try:
        return ask(*given)
    except DatabaseError:
        connection.close()
        raise


def _news(number: int) -> News:
    newest = feed.last_number()
    if not 0 <= newest - number <= BEHIND:  # far behind, or the database was restored
        return newest, None
    facts = feed.after(number, limit=BEHIND) if newest > number else []
    topics = frozenset(topic for fact in facts for topic in fact.topics)
    return (facts[-1].number if facts else number), topics


def _a_moment_ago() -> int:
    return feed.number_at(clock.now() - LOOK_BACK)


def _number(headers: Mapping[str, str]) -> int | None:
    """Return the number of the last fact the browser heard of, if it says one."""
    last = headers.get("last-event-id", "")
    is_number = last.isascii() and last.isdigit() and len(last) <= LONGEST_NUMBER
    return int(last) if is_number else None


def _refuse(line: Any, status: int) -> None:
    line.response_bytes(status, [*EVERY, ("content-length", "0")], b"")
