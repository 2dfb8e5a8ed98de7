"""Pages in threads behind the event loop: nothing is lost, a slow phone holds up nobody."""

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from config import bridge as bridge_module
from config.bridge import Bridge, Environ, environ_of
from tests.patience import SECONDS

Headers = list[tuple[str, str]]
HOST = ("host", "localhost")


def scope(method: str = "POST", headers: Headers | None = None, **more: Any) -> Any:
    asked = {
        "method": method, "path": "/", "query_string": "", "http_version": "1.1",
        "scheme": "http", "client": "10.0.0.9:4711", "server": "127.0.0.1:8000",
        "headers": dict_of(headers or []), **more,
    }  # fmt: skip
    return SimpleNamespace(**asked)


def dict_of(headers: Headers) -> Any:
    return SimpleNamespace(items=lambda: headers)


class Line:
    """A browser: it sends its body in parts, pauses between them, and may leave early."""

    def __init__(
        self,
        parts: list[bytes],
        *,
        pause: float = 0.0,
        leaves: bool = False,
        until: asyncio.Event | None = None,
    ) -> None:
        self.left, self.pause, self.leaves = list(parts), pause, leaves
        self.until = until
        self.status, self.headers, self.body = 0, {}, b""  # type: ignore[var-annotated]
        self.answers, self.pieces = 0, 0

    async def __call__(self) -> bytes:
        whole = b"".join([part async for part in self])
        if self.leaves:
            raise RuntimeError("the line is closed")
        return whole

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.left:
            await asyncio.sleep(self.pause)
            if self.until and len(self.left) == 1:
                await self.until.wait()
            yield self.left.pop(0)

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self.status, self.headers, self.body = status, dict(headers), body
        self.answers += 1

    def response_stream(self, status: int, headers: Headers) -> "Line":
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.body += data
        self.pieces += 1


def digest(environ: Environ, start: Callable[..., None]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
    start("200 OK", [("Content-Type", "text/plain")])
    return [hashlib.sha256(body).hexdigest().encode(), b" ", str(len(body)).encode()]


async def call(
    app: Bridge, parts: list[bytes], *, announced: int | None = None, **line: Any
) -> Line:
    """Send a request in parts; return what came back."""
    length = announced if announced is not None else sum(map(len, parts))
    asked = Line(parts, **line)
    await app(scope(headers=[HOST, ("content-length", str(length))]), asked)
    return asked


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(SECONDS):
            await test()

    asyncio.run(bounded())


def summed(parts: list[bytes]) -> bytes:
    whole = b"".join(parts)
    return f"{hashlib.sha256(whole).hexdigest()} {len(whole)}".encode()


@pytest.mark.parametrize("sizes", [[0], [10], [1, 2, 3], [70_000] * 20, [900_000] * 5])
def test_a_body_arrives_whole(monkeypatch: pytest.MonkeyPatch, sizes: list[int]) -> None:
    monkeypatch.setattr(bridge_module, "AHEAD", 8_000_000)
    parts = [bytes([n]) * size for n, size in enumerate(sizes)]

    async def test() -> None:
        app = Bridge(digest, threads=1)
        answer = await call(app, parts)
        assert (answer.status, answer.answers) == (200, 1)
        assert answer.body == summed(parts)
        assert answer.headers["server"] == "web"
        app.close()

    run(test)


def test_what_is_larger_than_is_read_ahead_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_module, "AHEAD", 1_200_000)
    parts = [bytes([n]) * 500_000 for n in range(9)]

    async def test() -> None:
        app = Bridge(digest, threads=1)
        answers = await asyncio.gather(*(call(app, parts) for _ in range(3)))
        assert [one.body for one in answers] == [summed(parts)] * 3
        app.close()

    run(test)


def test_a_long_answer_streams_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_module, "AHEAD", 100_000)
    closed = threading.Event()

    class Chunks:
        def __iter__(self) -> Any:
            return iter([bytes([n]) * 30_000 for n in range(50)])

        def close(self) -> None:
            closed.set()

    def long(environ: Environ, start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        return Chunks()

    async def test() -> None:
        app = Bridge(long, threads=1)
        answer = await call(app, [])
        assert answer.body == b"".join(bytes([n]) * 30_000 for n in range(50))
        assert answer.pieces > 5
        assert answer.answers == 1
        app.close()

    run(test)
    assert closed.is_set()


def test_slow_phones_take_no_thread() -> None:
    async def test() -> None:
        app = Bridge(digest, threads=1)
        end = asyncio.Event()
        slow = [asyncio.create_task(call(app, [b"x"] * 40, until=end)) for _ in range(30)]
        await asyncio.sleep(0.1)
        quick = await call(app, [b"quick"])
        assert quick.status == 200
        assert not any(task.done() for task in slow)
        end.set()
        assert {one.status for one in await asyncio.gather(*slow)} == {200}
        app.close()

    run(test)


@pytest.mark.parametrize("size", [9, 2_000_000])
@pytest.mark.parametrize(
    "line",
    [{"pause": 30.0}, {"leaves": True}, {}],
    ids=["falls silent", "goes away", "ends before what it announced"],
)
def test_who_sends_no_whole_request_reaches_no_page(
    monkeypatch: pytest.MonkeyPatch, size: int, line: dict[str, Any]
) -> None:
    monkeypatch.setattr(bridge_module, "SILENCE", 0.05)
    monkeypatch.setattr(bridge_module, "SLOWEST", 10**9)
    called = threading.Event()

    def page(environ: Environ, start: Callable[..., None]) -> Iterable[bytes]:
        called.set()
        return digest(environ, start)

    async def test() -> None:
        app = Bridge(page, threads=1)
        answer = await call(app, [b"abc"], announced=size, **line)
        # the protocol's own word, no page
        assert (answer.status, answer.body, answer.answers) == (400, b"", 1)
        app.close()

    run(test)
    assert not called.is_set()


def test_a_body_cut_off_while_its_page_reads_it_is_no_whole_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bridge_module, "AHEAD", 1_200_000)
    read: list[int] = []

    def page(environ: Environ, start: Callable[..., None]) -> Iterable[bytes]:
        read.append(len(environ["wsgi.input"].read()))
        return digest(environ, start)

    async def test() -> None:
        app = Bridge(page, threads=1)
        answer = await call(app, [b"x" * 500_000] * 4, announced=9_000_000)
        assert (answer.status, answer.body) == (400, b"")
        app.close()

    run(test)
    assert read == []


def test_a_body_of_unknown_length_is_not_read() -> None:
    async def test() -> None:
        app = Bridge(digest, threads=1)
        line = Line([b"abc"])
        await app(scope(headers=[("transfer-encoding", "chunked")]), line)  # type: ignore[arg-type]
        assert (line.status, line.left) == (411, [b"abc"])
        app.close()

    run(test)


def test_without_a_host_there_is_no_page() -> None:
    """The server leaves out a header that is no text, the name of the city too."""
    called = threading.Event()

    async def test() -> None:
        app = Bridge(lambda *_: called.set() or [], threads=1)  # type: ignore[func-returns-value]
        line = Line([])
        await app(scope("GET", headers=[("x_host", "localhost")]), line)  # type: ignore[arg-type]
        assert (line.status, line.body) == (400, b"")
        app.close()

    run(test)
    assert not called.is_set()


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    headers = [
        ("x_forwarded_proto", "https"),
        ("x-forwarded-proto", "http"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("proxy", "evil"),
    ]
    environ = environ_of(scope(headers=headers), headers, 0)
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert "HTTP_PROXY" not in environ
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("10.0.0.9", "8000")


@pytest.mark.parametrize("path", ["/a\ufffd/é", "/\ud800", "*", "/x\0"])
def test_a_path_that_is_no_text_is_no_fault(path: str) -> None:
    environ = environ_of(scope(path=path), [], 0)
    assert environ["PATH_INFO"].encode("latin1") == path.encode("utf-8", "replace")
