"""A cheap phone: one connection a request, no JavaScript, and nothing kept but what is shown.

What a page asks is read from the page itself, hidden fields and all, so that these tests send
what a browser without JavaScript would send.
"""

import contextlib
import http.client
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from secrets import token_hex
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from tests.patience import SECONDS, STARTING

FORM = "application/x-www-form-urlencoded"
PATIENCE = SECONDS
"""Seconds to wait for one answer."""
TRIES_FOR = STARTING
"""Seconds during which the same request is sent again and again."""


PIECE = 64 * 1024


class NoAnswer(Exception):  # noqa: N818 - the state it describes
    """The connection ended, or the answer came in half: nobody knows what became of it."""


@dataclass(frozen=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    path: str = "/"

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body.decode(errors="replace"), "html.parser")

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass(frozen=True)
class File:
    """Something to send along."""

    name: str
    content: bytes
    kind: str = "image/jpeg"

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Request:
    """A request, byte for byte, so that it can be sent again."""

    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Fields = Iterable[tuple[str, str]]


def post(path: str, fields: Fields, files: Iterable[tuple[str, File]] = ()) -> Request:
    """What a form sends."""
    files = list(files)
    if not files:
        body = urlencode(list(fields), errors="surrogatepass").encode()
        return Request(path, "POST", body, {"Content-Type": FORM})
    line = f"----batas{token_hex(8)}"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, file in files:
        head = f'form-data; name="{name}"; filename="{file.name}"'
        start = f"--{line}\r\nContent-Disposition: {head}\r\nContent-Type: {file.kind}\r\n\r\n"
        parts += [start.encode("utf-8", "surrogatepass"), file.content, b"\r\n"]
    body = b"".join([*parts, f"--{line}--\r\n".encode()])
    kind = f"multipart/form-data; boundary={line}"
    return Request(path, "POST", body, {"Content-Type": kind})


class Phone:
    """Sends requests to one server on this machine."""

    def __init__(self, port: int, *, pause: float = 0.0) -> None:
        self.port, self.pause = port, pause
        self.lost = 0
        """Requests whose answer never came."""
        self.unsaved = 0
        """Answers that said it was not saved."""
        self.cookies: dict[str, str] = {}

    def send(self, request: Request, timeout: float = PATIENCE) -> Answer:
        """Send it once.

        :raises NoAnswer: if no whole answer came
        """
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            link.connect()
            link.putrequest(request.method, request.path, skip_host="Host" in request.headers)
            for name, value in {**self._cookies(), **request.headers}.items():
                link.putheader(name, value)
            if request.body is not None:
                link.putheader("Content-Length", str(len(request.body)))
            link.putheader("Connection", "close")
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                link.endheaders(self._in_pieces(request.body))  # it may answer before the end
            got = link.getresponse()
            answer = Answer(got.status, tuple(got.getheaders()), got.read(), request.path)
        except (OSError, http.client.HTTPException) as error:
            self.lost += 1
            raise NoAnswer(type(error).__name__) from error
        finally:
            link.close()
        return answer

    def begin(self, request: Request) -> Answer:
        """Send it, and hang up after the first line of the answer's body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(link):
            link.request(request.method, request.path, headers=dict(request.headers))
            got = link.getresponse()
            headers = tuple(got.getheaders())
            return Answer(got.status, headers, got.readline(), request.path)

    def get(self, path: str) -> Answer:
        return self.send(Request(path))

    def insist(self, request: Request, *, before_again: float = 0.05) -> Answer:
        """Send it until it is answered, as somebody who presses Reload would.

        A 503 says that it was not saved: an answer, but one after which she tries again.
        """
        until = time.monotonic() + TRIES_FOR
        while True:
            try:
                answer = self.send(request)
                if answer.status != 503:
                    return answer
                self.unsaved += 1
                if time.monotonic() > until:
                    return answer
            except NoAnswer:
                if time.monotonic() > until:
                    raise
            time.sleep(before_again)

    def _in_pieces(self, body: bytes | None) -> Iterator[bytes]:
        """The body, as slowly as this phone's line is."""
        for begin in range(0, len(body or b""), PIECE):
            time.sleep(self.pause if begin else 0)
            yield (body or b"")[begin : begin + PIECE]

    def _cookies(self) -> dict[str, str]:
        together = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": together} if together else {}


def press(
    answer: Answer,
    button: str = "",
    value: str = "1",
    *,
    files: Sequence[File] = (),
    form: str = "form",
    **typed: str | list[str],
) -> Request:
    """What the page sends when a button is pressed, with this typed into its fields.

    :param button: its name; empty for a form with a single, nameless one
    """
    found = next((f for f in answer.page.select(form) if has_button(f, button, value)), None)
    if found is None:
        shown = " ".join(answer.page.get_text(" ").split())[:600]
        raise LookupError(
            f"no {form} with the button {button}={value}: {answer.status} {shown}"
        )
    fields = [(name, text) for name, text in filled(found) if name not in typed]
    for name, texts in typed.items():
        fields += [(name, text) for text in ([texts] if isinstance(texts, str) else texts)]
    path = urlsplit(urljoin(answer.path, str(found.get("action") or ""))).path
    pressed = [(button, value)] if button else []
    chooser = found.select_one("input[type=file]")
    chosen = [(str(chooser["name"]), one) for one in files] if chooser else []
    assert len(chosen) == len(files), "no file can be chosen on this page"
    return post(path, [*fields, *pressed], chosen)


def has_button(form: Tag, name: str, value: str) -> bool:
    """Whether a form is sent by this button, or carries the same in a hidden field."""
    if not name:
        return True
    marks = form.select(f'button[name="{name}"], input[name="{name}"]')
    return any(value in {"", str(mark.get("value", ""))} for mark in marks)


def filled(form: Tag) -> list[tuple[str, str]]:
    """The fields of a form as they stand in the page."""
    found: list[tuple[str, str]] = []
    for one in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(one["name"]), str(one.get("type", ""))
        if one.name == "textarea":
            found.append((name, one.get_text().removeprefix("\n")))
        elif one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            found.append((name, str(chosen.get("value", "")) if chosen else ""))
        elif kind in {"radio", "checkbox"}:
            if one.has_attr("checked"):
                found.append((name, str(one.get("value", "on"))))
        elif kind not in {"file", "submit", "button"}:
            found.append((name, str(one.get("value", ""))))
    return found
