"""The words of the receipt code: each rule of vault.md §1 checked over the whole list."""

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ruang.vault

TEXT = (Path(ruang.vault.__file__).parent / "words.txt").read_text(encoding="ascii")
WORDS = TEXT.splitlines()

KEPT_OUT = """
anjing babi bangsat bodoh goblok tolol setan iblis hantu mayat kubur mati bunuh darah luka
sakit obat dokter suntik rahim dada paha bibir perut pukul tampar tendang serang pisau
senjata perang bom racun kejam takut sedih tangis duka derita ajal salah dosa doa masjid
gereja kitab ustad imam haji natal partai pemilu presiden menteri rakyat cinta nafsu intim
ranjang perawan bugil peluk cium raba ayah anak suami istri paman bibi kakek nenek adik
kakak keluarga rumah kamar kasur lapor aduan tolong bantu aman korban penyintas pelaku
saksi bukti rahasia kode kunci sandi polisi hakim jaksa hukum kasus pantau kekerasan ruang
"""
BLOCKED = frozenset(KEPT_OUT.split())
"""Some of what was kept out: offensive, frightening, sad, of the body, of violence, of faith,
of politics, of desire, of the household, and what would say what the code is for."""

SPELLINGS = (
    ("kh", "h"), ("sy", "s"), ("dj", "j"), ("tj", "c"), ("ch", "c"), ("oe", "u"), ("th", "t"),
    ("dh", "d"), ("ph", "p"), ("x", "ks"), ("q", "k"), ("v", "p"), ("f", "p"), ("z", "s"),
    ("h", ""), ("ai", "e"), ("au", "o"), ("iy", "i"), ("uw", "u"),
)  # fmt: skip


def heard(word: str) -> str:
    """Return what an ear keeps of a word: old and new spellings, f/v/p, z/s, no h, hard end."""
    for written, sound in SPELLINGS:
        word = word.replace(written, sound)
    word = re.sub(r"(.)\1", r"\1", word)
    if word.endswith(("b", "d", "g")) and not word.endswith("ng"):
        word = word[:-1] + {"b": "p", "d": "t", "g": "k"}[word[-1]]
    return word


def mistyped(word: str) -> Iterator[str]:
    """Yield everything one typing error away: dropped, added, wrong, or two swapped."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def shared(key: Callable[[str], str], words: list[str]) -> list[list[str]]:
    """Return the groups of words that have the same key."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[key(word)].append(word)
    return [group for group in groups.values() if len(group) > 1]


def too_near(words: list[str]) -> list[tuple[str, str]]:
    """Return the pairs within one typing error."""
    known = set(words)
    return [(w, m) for w in words for m in set(mistyped(w)) if m != w and m in known]


def test_seven_words_hold_77_random_bits() -> None:
    assert len(set(WORDS)) >= 2048


def test_the_file_is_one_sorted_word_a_line() -> None:
    assert sorted(set(WORDS)) == WORDS
    assert "\n".join(WORDS) + "\n" == TEXT


def test_words_have_four_to_eight_plain_letters() -> None:
    assert [w for w in WORDS if not re.fullmatch(r"[a-z]{4,8}", w)] == []


def test_each_is_known_by_its_first_four_letters() -> None:
    assert shared(lambda w: w[:4], WORDS) == []


def test_no_two_are_within_one_typing_error() -> None:
    assert too_near(WORDS) == []


def test_no_two_sound_alike() -> None:
    assert shared(heard, WORDS) == []


def test_none_hurts_or_betrays() -> None:
    assert sorted(BLOCKED.intersection(WORDS)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fakir", "pakir"), ("varia", "paria"), ("zaman", "saman"), ("khas", "has"),
        ("syarat", "sarat"), ("tjantik", "cantik"), ("djalan", "jalan"), ("boekoe", "buku"),
        ("tahu", "tau"), ("sebab", "sebap"), ("ramai", "rame"), ("pulau", "pulo"),
    ],
)  # fmt: skip
def test_the_ear_takes_these_for_one(one: str, other: str) -> None:
    assert heard(one) == heard(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("batu", "baru"), ("batu", "abtu"), ("batu", "bat"), ("batu", "batuk")],
)
def test_one_typing_error_is_noticed(one: str, other: str) -> None:
    assert too_near([one, other])
    assert not too_near([one, "benang"])
