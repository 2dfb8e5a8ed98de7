"""Django's pages inside the ASGI server: threads for pages, never a thread for a slow phone.

A request is read whole before it is given a thread, and the answer is sent after the thread is
free: a phone on a bad line costs memory, not one of the few threads. Only what is larger than
``AHEAD`` streams while its thread runs, one such request at a time.

A general adapter crosses between event loop and thread four times a request, this one once.
Headers with an underscore are dropped: they could pass for those that a proxy sets.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
WSGIApp = Callable[[Environ, Callable[..., None]], Iterable[bytes]]

SMALL = 1024 * 1024
AHEAD = 32 * 1024 * 1024
"""Bytes of a request that are read ahead, and of an answer that may wait to be sent."""
LARGE_AT_ONCE = 8
"""Requests above ``SMALL`` that are read at once in a process; more of them wait."""
SILENCE = 60.0
"""Seconds after which a browser that sends nothing of what it announced is given up."""

SERVER = (b"server", b"web")
"""Says nothing of what serves."""
NOTHING = [SERVER, (b"cache-control", b"no-store"), (b"content-length", b"0")]
"""Headers of an answer to what was no whole request."""


class Gone(ConnectionError):  # noqa: N818 - what happened
    """The browser went away, fell silent, or sent no HTTP, in the middle of a request."""


class Stalled(Gone):
    """The browser does not take the answer."""


class Bridge:
    """One WSGI application behind ASGI."""

    def __init__(self, app: WSGIApp, *, threads: int) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._streams = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        length = _announced(scope)
        try:
            if length is not None and length <= SMALL:
                body, _ = await _read(receive, length)
                await self._answer(scope, io.BytesIO(body), len(body), send)
                return
            async with self._large:
                body, more = await _read(receive, AHEAD)
                if not more:
                    await self._answer(scope, io.BytesIO(body), len(body), send)
                    return
                async with self._streams:
                    rest = io.BufferedReader(_Stream(body, receive))
                    await self._answer(scope, rest, length or 0, send)
        except Stalled:
            return
        except Gone:
            await send({"type": "http.response.start", "status": 400, "headers": NOTHING})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def close(self) -> None:
        """Finish what the threads are at, and start nothing more."""
        self._pool.shutdown(wait=True)

    async def _answer(self, scope: Scope, body: io.IOBase, length: int, send: Send) -> None:
        answer = _Answer(send)
        environ = environ_of(scope, body, length)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, answer.make, self._app, environ)
        await answer.finish()


class _Answer:
    """What the thread makes and the event loop sends."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._start: Message | None = None
        self._held: list[bytes] = []
        self._size = 0

    def make(self, app: WSGIApp, environ: Environ) -> None:
        """Run the application, in a thread."""
        chunks = app(environ, self._started)
        try:
            for chunk in chunks:
                self._held.append(chunk)
                self._size += len(chunk)
                if self._size > AHEAD:
                    self._drain()
        finally:
            if close := getattr(chunks, "close", None):
                close()

    def _drain(self) -> None:
        """Send what is held, a piece at a time; a browser that takes nothing is left."""
        body = memoryview(b"".join(self._held))
        self._held, self._size = [], 0
        for begin in range(0, len(body), SMALL):
            piece = bytes(body[begin : begin + SMALL])
            sending = asyncio.run_coroutine_threadsafe(self._emit(piece, more=True), self._loop)
            try:
                sending.result(SILENCE)
            except TimeoutError:
                sending.cancel()
                raise Stalled("it does not take what is sent") from None

    def _started(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self._start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [
                SERVER,
                *((n.lower().encode("latin1"), v.encode("latin1")) for n, v in headers),
            ],
        }

    async def finish(self) -> None:
        """Send what is left."""
        await self._emit(b"".join(self._held), more=False)

    async def _emit(self, body: bytes, *, more: bool) -> None:
        start, self._start = self._start, None
        if start is not None:
            await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": more})


class _Stream(io.RawIOBase):
    """The body of a very large request, read by the thread as it comes."""

    def __init__(self, ahead: bytes, receive: Receive) -> None:
        super().__init__()
        self._buffer, self._receive, self._more = memoryview(ahead), receive, True
        self._loop = asyncio.get_running_loop()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill in the next bytes; none at the end."""
        while not self._buffer and self._more:
            coming = asyncio.run_coroutine_threadsafe(_receive(self._receive), self._loop)
            chunk, self._more = coming.result()
            self._buffer = memoryview(chunk)
        size = min(len(into), len(self._buffer))
        into[:size] = self._buffer[:size]
        self._buffer = self._buffer[size:]
        return size


def environ_of(scope: Scope, body: io.IOBase, length: int) -> Environ:
    """Return the WSGI environment of a request."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.get("raw_path") or scope["path"]).decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]) if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin1")
        if "_" in name or name in {"content-length", "proxy"}:
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        value, before = raw_value.decode("latin1"), environ.get(key)
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = value if before is None else f"{before}{joint}{value}"
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _announced(scope: Scope) -> int | None:
    """Return the length of the body that is coming; None if it is not said beforehand."""
    length: int | None = 0
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
        if name == b"transfer-encoding":
            length = None
    return length


async def _read(receive: Receive, limit: int) -> tuple[bytes, bool]:
    """Return what comes until the end or the limit, and whether there is more."""
    if limit == 0:
        return b"", False
    body, more = await _receive(receive)
    if not more:
        return body, False
    gathered = bytearray(body)
    while more and len(gathered) <= limit:
        chunk, more = await _receive(receive)
        gathered += chunk
    return bytes(gathered), more


async def _receive(receive: Receive) -> tuple[bytes, bool]:
    try:
        async with asyncio.timeout(SILENCE):
            message = await receive()
    except TimeoutError:
        raise Gone("it fell silent") from None
    if message["type"] == "http.disconnect":
        raise Gone("it went away")
    return message.get("body", b""), message.get("more_body", False)
