"""A client that reports: one connection a report, every page as a browser without JavaScript.

It reads as little of an answer as it can, because it shares the processor with the server.
"""

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from urllib.parse import urlencode

from PIL import Image

SENTENCE = "Saya menulis ini pelan-pelan karena takut ada yang melihat layar HP saya. "
STEPS: tuple[dict[str, str | list[str]], ...] = (
    {"mulai": "1"},
    {"safety": "safe", "lanjut": "1"},
    {"who": "self", "lanjut": "1"},
    {"helps": ["listen", "legal"], "lanjut": "1"},
    {"way": "phone", "reach": "0812-0000-1111", "safe_from": "09:00", "safe_until": "11:00",
     "if_others": "wrong_number", "lanjut": "1"},
    {"lanjut": "1"},
    {"must_not_read": "Pak Budi, yang bekerja di kelurahan", "lanjut": "1"},
    {"story": SENTENCE * 27, "lanjut": "1"},
    {"district": "36.73.01", "village": "Cipare, dekat pasar", "lanjut": "1"},
    {"when": "tadi malam", "by_whom": "suami saya, ia juga memegang uang kami", "lanjut": "1"},
    {"helper_sex": "woman", "helper_language": "Sunda", "lanjut": "1"},
)  # fmt: skip
"""From the start page to the page for files; then the photo, then the last POST."""
REQUESTS = 1 + len(STEPS) + 2
BOUNDARY = "----ruang-bench"
SEALED = re.compile(rb'name="isi" value="([^"]+)"')
WORD = re.compile(rb"<span>([a-z]+)</span>")
TIMEOUT = 30.0


class NotStored(Exception):  # noqa: N818 - what is counted
    """The report got no code."""


@dataclass
class Tally:
    """What a run has brought in."""

    words: list[bytes] = field(default_factory=list)
    last_posts: list[float] = field(default_factory=list)
    uploads: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Return the stored reports a second."""
        return len(self.words) / self.seconds


def photo() -> bytes:
    """Return a JPEG of 32 KiB, as a phone takes it of a wall in the dark."""
    image = Image.effect_noise((640, 480), 12).convert("RGB")
    for quality in range(90, 10, -2):
        out = BytesIO()
        image.save(out, "JPEG", quality=quality)
        if out.tell() <= 32 * 1024:
            return out.getvalue().ljust(32 * 1024, b"\x00")
    raise RuntimeError("no quality gives 32 KiB")


class Line:
    """One connection, kept for one report."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"Host: localhost:{port}\r\n".encode()

    def get(self, path: str) -> bytes:
        """Return a page."""
        return self._ask(b"GET " + path.encode() + b" HTTP/1.1\r\n" + self._host + b"\r\n")

    def post(self, path: str, kind: str, body: bytes) -> bytes:
        """Return the page that answers a POST."""
        head = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        start = b"POST " + path.encode() + b" HTTP/1.1\r\n" + self._host
        return self._ask(start + head.encode() + body)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _ask(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise NotStored(head[:40])
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
        parts, missing = [body], length - len(body)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return b"".join(parts)

    def _more(self) -> bytes:
        data = self._socket.recv(65_536)
        if not data:
            raise NotStored("hung up")
        return data


class Reporter:
    """Walks through the form."""

    def __init__(self, port: int, image: bytes) -> None:
        self._port, self._image = port, image

    def report(self, tally: Tally) -> None:
        """Send one report, on a connection of its own."""
        line = Line(self._port)
        try:
            sealed = self.up_to_the_check(line, tally)
            begun = time.perf_counter()
            words = self.send(line, sealed)
            tally.last_posts.append(time.perf_counter() - begun)
            tally.words.append(words)
        except (OSError, NotStored):
            tally.refused += 1
        finally:
            line.close()

    def up_to_the_check(self, line: Line, tally: Tally) -> bytes:
        """Answer everything and send the photo; return the sealed form."""
        page, sealed = line.get("/"), b""
        for answers in STEPS:
            begun = time.perf_counter()
            page = line.post(
                "/", _FORM, _with(sealed) + urlencode(answers, doseq=True).encode()
            )
            sealed = _sealed(page)
            tally.steps.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        page = line.post("/", f"multipart/form-data; boundary={BOUNDARY}", self._file(sealed))
        tally.uploads.append(time.perf_counter() - begun)
        return _sealed(page)

    def send(self, line: Line, sealed: bytes) -> bytes:
        """Send the last POST and return the seven words."""
        page = line.post("/", _FORM, _with(sealed) + b"kirim=1")
        words = WORD.findall(page.partition(b'id="kode"')[2].partition(b"</p>")[0])
        if len(words) != 7:
            raise NotStored("no code")
        return b" ".join(words)

    def opens(self, words: bytes) -> bool:
        """Say whether the words open the report."""
        line = Line(self._port)
        try:
            entry = line.get("/pantau/")
            fields = dict(re.findall(rb'name="(masuk|isi)" value="([^"]+)"', entry))
            body = urlencode({**fields, b"kode": words, b"buka": b"1"}).encode()
            return b'id="status"' in line.post("/pantau/", _FORM, body)
        finally:
            line.close()

    def _file(self, sealed: bytes) -> bytes:
        def part(name: str, value: bytes, more: str = "") -> bytes:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n'
            return head.encode() + b"\r\n" + value + b"\r\n"

        photo = part("berkas", self._image, '; filename="IMG_0001.jpg"')
        fields = part("isi", sealed) + part("lanjut", b"1")
        return fields + photo + f"--{BOUNDARY}--\r\n".encode()


_FORM = "application/x-www-form-urlencoded"


def _with(sealed: bytes) -> bytes:
    return b"isi=" + sealed.replace(b"=", b"%3D") + b"&" if sealed else b""


def _sealed(page: bytes) -> bytes:
    found = SEALED.search(page)
    if found is None:
        raise NotStored("no form")
    return found[1]


def together(reporter: Reporter, people: int, seconds: float) -> Tally:
    """Let so many people report one after the other, for so many seconds."""
    tallies = [Tally() for _person in range(people)]
    until = time.perf_counter() + seconds

    def one(tally: Tally) -> None:
        while time.perf_counter() < until:
            reporter.report(tally)

    begun = time.perf_counter()
    _in_threads(one, tallies)
    return _sum(tallies, time.perf_counter() - begun)


def last_posts_alone(reporter: Reporter, port: int, people: int, reports: int) -> Tally:
    """Fill in many forms first, then measure nothing but their last POSTs."""
    made = Tally()
    line = Line(port)
    ready = [reporter.up_to_the_check(line, made) for _report in range(reports)]
    line.close()
    waiting, lock = iter(ready), threading.Lock()
    tallies = [Tally() for _person in range(people)]

    def one(tally: Tally) -> None:
        mine = Line(port)
        for sealed in _taken(waiting, lock):
            tally.words.append(reporter.send(mine, sealed))
        mine.close()

    begun = time.perf_counter()
    _in_threads(one, tallies)
    return _sum(tallies, time.perf_counter() - begun)


def _taken(waiting: Iterator[bytes], lock: threading.Lock) -> Iterator[bytes]:
    for _turn in count():
        with lock:
            sealed = next(waiting, None)
        if sealed is None:
            return
        yield sealed


def _in_threads(work: "object", tallies: list[Tally]) -> None:
    threads = [threading.Thread(target=work, args=(tally,)) for tally in tallies]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _sum(tallies: list[Tally], seconds: float) -> Tally:
    whole = Tally(seconds=seconds)
    for one in tallies:
        whole.words += one.words
        whole.last_posts += one.last_posts
        whole.uploads += one.uploads
        whole.steps += one.steps
        whole.refused += one.refused
    return whole
