"""Many at once: reporters who tell, follow and add, officers who take and answer, in threads.

Everybody writes down what she sent and what she was told of it, so that it can be compared
afterwards with what is there.
"""

import contextlib
import io
import random
import threading
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from PIL import Image

from tests.attacks.people import Officer, Report, Reporter, note_receipt, shown
from tests.attacks.phone import File, NoAnswer
from tests.patience import STARTING

WALKS_AWAY = 0.3
"""How many do not try again when no answer comes."""
SLOW_LINE = 0.01
"""Seconds between two pieces of what a phone on a bad line sends."""


def _photo() -> bytes:
    """A photo of about 30 KiB."""
    image = Image.effect_noise((260, 200), 60).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


PHOTO = _photo()


class Crowd:
    """People in threads, until they are told to stop."""

    def __init__(
        self, port: int, city: dict[str, Any], *, reporters: int, officers: int, seed: int
    ) -> None:
        self.port, self.city = port, city
        self.reports: list[Report] = []
        self.replies: dict[str, list[str]] = {}
        """Report id → the marks of what officers wrote there and were told is sent."""
        self.lost = self.unsaved = 0
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._lock = threading.Lock()
        lives: list[Callable[[random.Random], None]] = [self._report] * reporters
        lives += [self._work] * officers
        self._threads = [
            threading.Thread(target=self._live, args=(life, random.Random(seed * 1_000 + n)))
            for n, life in enumerate(lives)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what she is at."""
        self._stop.set()
        for thread in self._threads:
            thread.join(3 * STARTING)
            assert not thread.is_alive(), "somebody still waits for an answer"

    def _live(self, life: Callable[[random.Random], None], dice: random.Random) -> None:
        try:
            life(dice)
        except Exception as error:  # told by the test
            self.failures.append(f"{type(error).__name__}: {error}")
            self._stop.set()

    def _report(self, dice: random.Random) -> None:
        while not self._stop.is_set():
            someone = Reporter(self.port)
            someone.phone.pause = dice.choice([0.0, 0.0, SLOW_LINE])
            report = self._one_report(someone, dice)
            self._stop.wait(dice.uniform(0, 0.3))
            _come_back(someone, report)
            with self._lock:
                self.lost += someone.phone.lost
                self.unsaved += someone.phone.unsaved

    def _one_report(self, someone: Reporter, dice: random.Random) -> Report:
        report = someone.tell(f"tanda-{token_hex(6)}", files=_files(dice))
        with self._lock:
            self.reports.append(report)
        if _send(someone, report, dice) and dice.random() < 0.3:
            someone.send(report)  # she reloads the page with her code
        if report.is_acknowledged and dice.random() < 0.7:
            self._follow(someone, report, dice)
        return report

    def _follow(self, someone: Reporter, report: Report, dice: random.Random) -> None:
        at = someone.follow(report.words)
        for _ in range(dice.randint(1, 3)):
            if at.page.select_one("#status") is None:
                return  # her words came too late after the page with the field for them
            report.is_used = True
            mark = f"pesan-{token_hex(6)}"
            report.tried.append(mark)
            files = _files(dice) if dice.random() < 0.3 else ()
            write = someone.add_files(at, mark, *files) if files else someone.write(at, mark)
            report.unheard[mark] = write
            report.files += [one.digest for one in files]
            try:
                send = (
                    someone.phone.send if dice.random() < WALKS_AWAY else someone.phone.insist
                )
                at = send(write)
            except NoAnswer:
                return
            if at.status == 200:
                del report.unheard[mark]

    def _work(self, dice: random.Random) -> None:
        login = dice.choice(self.city["officers"])
        officer = Officer(self.port, login, self.city["password"])
        officer.sign_in()
        while not self._stop.wait(0.05):
            waiting = officer.queue()
            if waiting:
                self._answer(officer, dice.choice(waiting))
        with self._lock:
            self.lost += officer.phone.lost
            self.unsaved += officer.phone.unsaved

    def _answer(self, officer: Officer, report_id: str) -> None:
        with contextlib.suppress(LookupError):  # somebody has it already
            officer.claim(report_id)
        try:
            send = officer.reply(report_id, mark := f"balasan-{token_hex(6)}")
        except LookupError:
            return  # a colleague answers there
        answer = officer.do(send)
        if answer.status != 302 or "hasil=terkirim" not in answer.header("Location"):
            raise AssertionError(f"not sent: {answer.status} {shown(answer)}")
        self.replies.setdefault(report_id, []).append(mark)


def _send(someone: Reporter, report: Report, dice: random.Random) -> bool:
    """Send the last POST; False if no answer came and she left it at that."""
    assert report.last is not None
    if dice.random() >= WALKS_AWAY:
        someone.send(report)
    else:
        with contextlib.suppress(NoAnswer):
            note_receipt(report, someone.phone.send(report.last))
    return report.is_acknowledged


def _files(dice: random.Random) -> tuple[File, ...]:
    if dice.random() < 0.5:
        return ()
    filling = b"\0" * dice.choice([0, 0, 300_000, 2_000_000])
    return (File("foto.jpg", PHOTO + filling + token_hex(8).encode()),)


def _come_back(someone: Reporter, report: Report) -> None:
    """Send again, byte for byte, whatever no answer was heard to; and what is all right too."""
    for _ in range(2):
        answer = someone.send(report)
        if report.is_used and answer.page.select_one("#kode") is not None:
            raise AssertionError("the code was shown again after it was used")
    for mark, request in list(report.unheard.items()):
        someone.phone.insist(request)
        del report.unheard[mark]
