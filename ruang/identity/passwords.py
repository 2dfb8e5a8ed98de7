"""Which passwords are refused, and how many are checked at once.

Length is what counts: fifteen characters, no rules of composition, any character. Refused are
the common ones, what is made of one piece repeated or of a row of the keyboard, and what can
be read off the account itself.
"""

import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused

SHORTEST = 15
LONGEST = 1_000
AT_ONCE = 2
"""Password checks at once in a process: each takes 64 MiB and a fifth of a second."""
PATIENCE = 15.0

_gate = threading.BoundedSemaphore(AT_ONCE)

_WORDS = (
    "password", "passw0rd", "p4ssw0rd", "admin", "administrator", "welcome", "letmein", "login",
    "qwerty", "iloveyou", "monkey", "dragon", "football", "princess", "sunshine", "superman",
    "master", "secret", "changeme", "default", "katasandi", "sandi", "rahasia", "akucintakamu",
    "sayangku", "sayang", "cintaku", "cinta", "bismillah", "alhamdulillah", "assalamualaikum",
    "indonesia", "merdeka", "jakarta", "serang", "kotaserang", "banten", "kotaserangbanten",
    "pemkotserang", "dp3akb", "dp3a", "perlindungan", "ruangkolaborasi", "kolaborasi", "kantor",
    "petugas", "pengaduan", "selamatdatang", "selamatpagi", "masuk", "garuda", "pancasila",
    "bhinneka", "persib", "doraemon", "naruto", "samsung", "android", "facebook", "instagram",
    "whatsapp", "google", "windows", "komputer", "internet", "mamapapa", "bundaku", "anakku",
)  # fmt: skip
_ENDS = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789",
    "1234567890", "0", "01", "001", "007", "69", "88", "99", "111", "321", "2020", "2021",
    "2022", "2023", "2024", "2025", "2026", "2027",
)  # fmt: skip
_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "abcdefghijklmnopqrstuvwxyz", "poiuytrewq",
    "lkjhgfdsa", "mnbvcxz", "0987654321", "zyxwvutsrqponmlkjihgfedcba",
)  # fmt: skip


@cache
def common() -> frozenset[str]:
    """Return the common ones, with what people put around a word taken off."""
    pairs = (a + b for a, b in product(_WORDS, _WORDS))
    ended = (word + end for word, end in product(_WORDS, _ENDS))
    return frozenset({*_WORDS, *ended, *pairs})


def tidy(typed: str) -> str:
    """Return the password in the one form in which it is derived from, however it was typed."""
    return unicodedata.normalize("NFC", typed)


def refuse_weak(password: str, *, about: Iterable[str]) -> None:
    """Refuse a password that is short, common, or made of what is known of the account.

    :param about: login, name, organisation
    :raises Refused: with what to do
    """
    if len(password) < SHORTEST:
        raise Refused(
            _("At least 15 characters. Four or five words of your own are easy to remember.")
        )
    if len(password) > LONGEST:
        raise Refused(_("At most 1,000 characters."))
    plain = "".join(ch for ch in password.casefold() if ch.isalnum())
    if plain.strip("0123456789") in common() or plain in common() or _is_regular(plain):
        raise Refused(
            _("This one is known to everybody who guesses. Choose words of your own.")
        )
    if _left_without(plain, about) < SHORTEST // 2:
        raise Refused(
            _("This one is made of your name, user name or office. Choose other words.")
        )


@contextmanager
def one_of_few() -> Iterator[None]:
    """Let only a few check a password at once, so that signing in never takes all memory.

    :raises Refused: if the others take too long
    """
    if not _gate.acquire(timeout=PATIENCE):
        raise Refused(_("Too many people are signing in just now. Try again in a minute."))
    try:
        yield
    finally:
        _gate.release()


def _is_regular(plain: str) -> bool:
    """Say whether it is one piece again and again, few letters, or rows of the keyboard."""
    if len(set(plain)) < 5 or (plain + plain).find(plain, 1) < len(plain):
        return True
    return _without(plain, (row[i : i + 4] for row in _ROWS for i in range(len(row) - 3))) < 5


def _left_without(plain: str, about: Iterable[str]) -> int:
    parts = {
        "".join(ch for ch in part if ch.isalnum())
        for text in about
        for part in (text.casefold(), *text.casefold().replace("-", " ").split())
    }
    return _without(plain, sorted((p for p in parts if len(p) > 2), key=len, reverse=True))


def _without(plain: str, parts: Iterable[str]) -> int:
    """Return how many letters are left, digits at the ends aside, without these parts."""
    marked = plain
    for part in parts:
        start = plain.find(part)
        while start >= 0:
            marked = marked[:start] + "\0" * len(part) + marked[start + len(part) :]
            start = plain.find(part, start + 1)
    return len(marked.replace("\0", "").strip("0123456789"))
