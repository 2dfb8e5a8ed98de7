"""Nobody waits in silence: what she wrote last is answered in the next office hours."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from ruang.demo.at_the_desk import answer
from ruang.demo.content.moments import HOURS
from ruang.demo.content.shape import Contact, Course, Message
from ruang.demo.in_the_case import answer_in_case
from ruang.demo.world import Act, World
from ruang.intake.states import MessageKind, Side

ANSWERED = {Course.COUNSELLED, Course.OPEN}
"""Closed cases end with a message of ours anyway."""
LATELY = timedelta(days=2)
"""What she wrote since then may still wait."""
PAUSE = timedelta(minutes=50)
WORDS = {
    "id": (
        "Terima kasih kabarnya. Kami catat. Tulis lagi kapan saja Anda perlu.",
        "Baik. Kami tetap di sini; tidak perlu menunggu ada apa-apa dulu untuk menulis.",
        "Terima kasih sudah memberi tahu. Kalau ada yang berubah, cukup satu baris di sini.",
        "Senang membacanya. Halaman ini tetap terbuka untuk Anda.",
    ),
    "en": ("Thank you for telling us. Write again whenever you like; this page stays open.",),
}


def last_words(world: World, contacts: Iterable[Contact], now: datetime) -> Iterator[Act]:
    """Return our answers to what would otherwise stay the last word of a reporter."""
    for turn, contact in enumerate(contacts):
        thread = contact.case.thread if contact.case else contact.thread
        if contact.course not in ANSWERED or not thread:
            continue
        last, by = thread[-1], contact.desk.decided_by
        if last.side is Side.STAFF or last.kind is not MessageKind.TEXT:
            continue
        if (at := _when(last.at, now)) is None:
            continue
        words = WORDS[contact.told.language]
        if contact.case:
            message = Message(at, Side.STAFF, words[turn % len(words)], contact.case.manager)
            yield Act(at, partial(answer_in_case, world, contact.key, message))
        else:
            message = Message(at, Side.STAFF, words[turn % len(words)], by)
            yield Act(at, partial(answer, world, contact.key, message))


def _when(written: datetime, now: datetime) -> datetime | None:
    opening = HOURS.next_opening(written + PAUSE)
    at = (opening or written) + PAUSE
    return at if at < now - LATELY else None
