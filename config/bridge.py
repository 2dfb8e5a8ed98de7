"""Django's pages inside the server: threads for pages, never a thread for a slow phone.

A request is read whole before it is given a thread, and the answer is sent after the thread is
free: a phone on a bad line costs memory, not one of the few threads. Only what is larger than
``AHEAD`` streams while its thread runs, one such request at a time.

It speaks RSGI, the server's own protocol: a body comes and an answer leaves in one call each,
which takes half of the processor time that four messages through an event loop did.
Headers with an underscore are dropped: they could pass for those that a proxy sets.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
WSGIApp = Callable[[Environ, Callable[..., None]], Iterable[bytes]]


class Sent(Protocol):
    """The headers of a request; one that came twice is listed twice."""

    def items(self) -> Headers:
        """Return names in lower case, and values."""


class Scope(Protocol):
    """What is known of a request before its body."""

    method: str
    path: str
    query_string: str
    http_version: str
    client: str
    server: str
    scheme: str
    headers: Sent


class Transport(Protocol):
    """An answer that leaves in pieces."""

    def send_bytes(self, data: bytes) -> Awaitable[None]:
        """Send a piece."""


class Line(Protocol):
    """One request and its answer."""

    def __call__(self) -> Awaitable[bytes]:
        """Return the whole body."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the body as it comes; it ends when the browser goes away, too."""

    def client_disconnect(self) -> Awaitable[None]:
        """Wait until the browser goes away."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer."""

    def response_stream(self, status: int, headers: Headers) -> Transport:
        """Begin an answer that leaves in pieces."""


SMALL = 1024 * 1024
AHEAD = 32 * 1024 * 1024
"""Bytes of a request that are read ahead, and of an answer that may wait to be sent."""
LARGE_AT_ONCE = 8
"""Requests above ``SMALL`` that are read at once in a process; more of them wait."""
SILENCE = 60.0
"""Seconds after which a browser that sends nothing of what it announced is given up."""
SLOWEST = 1_000
"""Bytes a second of the worst line on which a small request is waited for."""

SERVER = ("server", "web")
"""Says nothing of what serves."""
NOTHING = [SERVER, ("cache-control", "no-store"), ("content-length", "0")]
"""Headers of an answer to what was no whole request."""
BAD, NO_LENGTH = 400, 411


class Gone(ConnectionError):  # noqa: N818 - what happened
    """The browser went away, fell silent, or sent no HTTP, in the middle of a request."""


class Stalled(Gone):
    """The browser does not take the answer."""


class Bridge:
    """One WSGI application behind RSGI."""

    def __init__(self, app: WSGIApp, *, threads: int) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._streams = asyncio.Lock()

    async def __call__(self, scope: Scope, line: Line) -> None:
        """Answer one request."""
        headers = scope.headers.items()
        length = _announced(headers)
        if length is None:
            line.response_bytes(NO_LENGTH, NOTHING, b"")
            return
        environ = environ_of(scope, headers, length)
        if "HTTP_HOST" not in environ:  # none was sent, or one that is no text
            line.response_bytes(BAD, NOTHING, b"")
            return
        try:
            if length <= SMALL:
                environ["wsgi.input"] = io.BytesIO(await _small(line, length))
                await self._answer(environ, line)
                return
            async with self._large:
                await self._answer_large(environ, line, length)
        except Stalled:
            return
        except Gone:
            line.response_bytes(BAD, NOTHING, b"")

    def close(self) -> None:
        """Finish what the threads are at, and start nothing more."""
        self._pool.shutdown(wait=True)

    async def _answer_large(self, environ: Environ, line: Line, length: int) -> None:
        pieces = aiter(line)
        body = await _ahead(pieces, length)
        if len(body) == length:
            environ["wsgi.input"] = io.BytesIO(body)
            await self._answer(environ, line)
            return
        async with self._streams:
            environ["wsgi.input"] = io.BufferedReader(_Stream(body, pieces, length))
            await self._answer(environ, line)

    async def _answer(self, environ: Environ, line: Line) -> None:
        loop = asyncio.get_running_loop()
        answer = _Answer(line, loop)
        await loop.run_in_executor(self._pool, answer.make, self._app, environ)
        await answer.finish()


class _Answer:
    """What the thread makes and the event loop sends."""

    def __init__(self, line: Line, loop: asyncio.AbstractEventLoop) -> None:
        self._line = line
        self._loop = loop
        self._transport: Transport | None = None
        self._status, self._headers = 500, NOTHING
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
            sending = asyncio.run_coroutine_threadsafe(self._piece(piece), self._loop)
            try:
                sending.result(SILENCE)
            except TimeoutError:
                sending.cancel()
                raise Stalled("it does not take what is sent") from None
            except RuntimeError:  # the server's own word for a closed line
                raise Stalled("it went away") from None

    def _started(self, status: str, headers: Headers, _error: Any = None) -> None:
        self._status, self._headers = int(status[:3]), [SERVER, *headers]

    async def finish(self) -> None:
        """Send what is left."""
        body = b"".join(self._held)
        if self._transport is None:
            self._line.response_bytes(self._status, self._headers, body)
        elif body:
            await self._piece(body)

    async def _piece(self, body: bytes) -> None:
        if self._transport is None:
            self._transport = self._line.response_stream(self._status, self._headers)
        await self._transport.send_bytes(body)


class _Stream(io.RawIOBase):
    """The body of a very large request, read by the thread as it comes."""

    def __init__(self, ahead: bytes, pieces: AsyncIterator[bytes], length: int) -> None:
        super().__init__()
        self._buffer, self._pieces = memoryview(ahead), pieces
        self._missing = length - len(ahead)
        self._loop = asyncio.get_running_loop()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill in the next bytes; none at the end.

        :raises Gone: if it ends before what was announced
        """
        while not self._buffer and self._missing > 0:
            chunk = asyncio.run_coroutine_threadsafe(_next(self._pieces), self._loop).result()
            self._missing -= len(chunk)
            self._buffer = memoryview(chunk)
        size = min(len(into), len(self._buffer))
        into[:size] = self._buffer[:size]
        self._buffer = self._buffer[size:]
        return size


def environ_of(scope: Scope, headers: Headers, length: int) -> Environ:
    """Return the WSGI environment of a request, without its body."""
    server, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server or "localhost",
        "SERVER_PORT": port if port.isdigit() else "80",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers:
        if "_" in name or name in {"content-length", "proxy"}:
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        before = environ.get(key)
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = value if before is None else f"{before}{joint}{value}"
    return environ


def _announced(headers: Headers) -> int | None:
    """Return the length of the body that is coming; None if it is not said beforehand.

    No browser and no proxy of ours leaves it out, and without it nobody could tell a body that
    was cut off from one that is whole.
    """
    length: int | None = 0
    for name, value in headers:
        if name == "content-length":
            length = int(value) if value.isascii() and value.isdigit() else 0
        elif name == "transfer-encoding":
            return None
    return length


async def _small(line: Line, length: int) -> bytes:
    """Return a body that comes in one piece.

    :raises Gone: if it does not come whole, or not within what the worst line needs
    """
    if length == 0:
        return b""
    try:
        async with asyncio.timeout(SILENCE + length / SLOWEST):
            body = await line()
    except TimeoutError:
        raise Gone("it fell silent") from None
    except RuntimeError:  # the server's own word for a closed line
        raise Gone("it went away") from None
    if len(body) != length:
        raise Gone("it went away")
    return body


async def _ahead(pieces: AsyncIterator[bytes], length: int) -> bytes:
    """Return what comes until the end or the limit."""
    gathered = bytearray()
    while len(gathered) < length and len(gathered) <= AHEAD:
        gathered += await _next(pieces)
    return bytes(gathered)


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    """Return the next piece of what was announced.

    :raises Gone: if nothing more comes
    """
    try:
        async with asyncio.timeout(SILENCE):
            return await anext(pieces)
    except TimeoutError:
        raise Gone("it fell silent") from None
    except (StopAsyncIteration, RuntimeError):
        raise Gone("it went away") from None
