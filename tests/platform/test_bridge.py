"""Pages in threads behind the event loop: nothing is lost, a slow phone holds up nobody."""

import asyncio
import hashlib
import io
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

from config import bridge as bridge_module
from config.bridge import Bridge, Environ, environ_of

Answer = dict[str, Any]


def scope(
    method: str = "POST", headers: Iterable[tuple[bytes, bytes]] = (), **more: Any
) -> Answer:
    return {
        "type": "http",
        "method": method,
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": list(headers),
        **more,
    }


def digest(environ: Environ, start: Callable[..., None]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
    start("200 OK", [("Content-Type", "text/plain")])
    return [hashlib.sha256(body).hexdigest().encode(), b" ", str(len(body)).encode()]


async def call(
    app: Bridge, parts: list[bytes], *, pause: float = 0.0, announced: int | None = None
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Send a request in parts; return status, headers and body."""
    length = announced if announced is not None else sum(map(len, parts))
    left = list(parts)
    sent: list[Answer] = []

    async def receive() -> Answer:
        await asyncio.sleep(pause)
        if not left:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-length", str(length).encode())] if length >= 0 else []
    if length < 0:
        headers = [(b"transfer-encoding", b"chunked")]
    await app(scope(headers=headers), receive, send)
    if not sent:
        return 0, {}, b""
    body = b"".join(m.get("body", b"") for m in sent[1:])
    assert sent[-1]["more_body"] is False
    return sent[0]["status"], dict(sent[0]["headers"]), body


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(20):
            await test()

    asyncio.run(bounded())


@pytest.mark.parametrize("sizes", [[0], [10], [1, 2, 3], [70_000] * 20, [900_000] * 5])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_whole(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], chunked: bool
) -> None:
    monkeypatch.setattr(bridge_module, "AHEAD", 8_000_000)
    parts = [bytes([n]) * size for n, size in enumerate(sizes)]
    whole = b"".join(parts)

    async def test() -> None:
        app = Bridge(digest, threads=1)
        status, headers, body = await call(app, parts, announced=-1 if chunked else None)
        assert status == 200
        assert body.decode() == f"{hashlib.sha256(whole).hexdigest()} {len(whole)}"
        assert headers[b"server"] == b"web"
        app.close()

    run(test)


def test_what_is_larger_than_is_read_ahead_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_module, "AHEAD", 1_200_000)
    parts = [bytes([n]) * 500_000 for n in range(9)]

    async def test() -> None:
        app = Bridge(digest, threads=1)
        answers = await asyncio.gather(*(call(app, parts) for _ in range(3)))
        wanted = f"{hashlib.sha256(b''.join(parts)).hexdigest()} 4500000".encode()
        assert [body for _, _, body in answers] == [wanted] * 3
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
        _, _, body = await call(app, [b""])
        assert body == b"".join(bytes([n]) * 30_000 for n in range(50))
        app.close()

    run(test)
    assert closed.is_set()


def test_slow_phones_take_no_thread() -> None:
    async def test() -> None:
        app = Bridge(digest, threads=1)
        slow = [
            asyncio.create_task(call(app, [b"x"] * 40, pause=0.05, announced=40))
            for _ in range(30)
        ]
        await asyncio.sleep(0.1)
        async with asyncio.timeout(0.5):
            status, _, _ = await call(app, [b"quick"])
        assert status == 200
        assert not any(task.done() for task in slow)
        assert {status for status, _, _ in await asyncio.gather(*slow)} == {200}
        app.close()

    run(test)


def test_who_goes_away_or_falls_silent_reaches_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_module, "SILENCE", 0.05)
    called = threading.Event()

    def page(environ: Environ, start: Callable[..., None]) -> Iterable[bytes]:
        called.set()
        return digest(environ, start)

    async def forever() -> Answer:
        await asyncio.sleep(30)
        return {}

    async def gone() -> Answer:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def test() -> None:
        app = Bridge(page, threads=1)
        for receive in (forever, gone):
            await app(scope(headers=[(b"content-length", b"9")]), receive, send)
        app.close()

    run(test)
    assert not called.is_set()
    starts, bodies = sent[::2], sent[1::2]
    assert [one["status"] for one in starts] == [400, 400]  # the protocol's own word, no page
    assert [one["body"] for one in bodies] == [b"", b""]


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    environ = environ_of(
        scope(
            headers=[
                (b"x_forwarded_proto", b"https"),
                (b"x-forwarded-proto", b"http"),
                (b"cookie", b"a=1"),
                (b"cookie", b"b=2"),
                (b"proxy", b"evil"),
            ]
        ),
        io.BytesIO(),
        0,
    )
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert "HTTP_PROXY" not in environ


def test_bytes_that_are_no_text_are_no_fault() -> None:
    environ = environ_of(
        scope(raw_path=b"/a%ff/%C3%A9", query_string=b"a=%ff&b=\xff"), io.BytesIO(), 0
    )
    assert environ["PATH_INFO"].encode("latin1") == b"/a\xff/\xc3\xa9"
    assert environ["QUERY_STRING"] == "a=%ff&b=\xff"
