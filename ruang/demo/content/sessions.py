"""The invented year of prevention: programmes, questions, the team, and where it has been.

The shares say which part of the RT of a kelurahan was reached: a city that goes where it is
called, and has never been called from the north. None of it is counted anywhere.
"""

from datetime import time
from typing import NamedTuple

from ruang.prevention.commands import Taught
from ruang.prevention.states import Audience, Language, Sex, Unit

A = Audience
NYAPEU, TEENS, SCHOOLS, PATBM, PUSPAGA = "nyapeu", "teens", "schools", "patbm", "puspaga"

PROGRAMMES: dict[str, Taught] = {
    NYAPEU: Taught(
        "Nyapeu Wacil", "Nyapeu Wacil: greeting the neighbourhood",
        "Bertamu ke RT: mengenali kekerasan, dan ke mana mencari bantuan.",
        "A visit to the RT: how to tell violence, and where to find help.",
        Unit.RW, (A.PARENTS, A.WOMEN, A.MEN, A.EVERYBODY),
        ("Mengenali kekerasan", "Ke mana mencari bantuan", "Pengasuhan tanpa kekerasan"),
        90, 2, 12,
        topics_english=("Telling violence", "Where to find help", "Parenting without violence"),
    ),
    TEENS: Taught(
        "Remaja Berani Bicara", "Teenagers speak up",
        "Batas tubuh, pacaran sehat, dan aman di internet.",
        "Limits of the body, healthy relationships, safe on the internet.",
        Unit.RW, (A.TEENS,), ("Batas tubuh", "Pacaran sehat", "Aman di internet"), 90, 2, 12,
        topics_english=("Limits of the body", "Healthy relationships", "Safe on the internet"),
    ),
    SCHOOLS: Taught(
        "Goes to School", "Goes to school",
        "Tubuhku milikku, perundungan, dan kepada siapa bercerita.",
        "My body is mine, bullying, and whom to tell.",
        Unit.SCHOOL, (A.CHILDREN, A.TEENS, A.TEACHERS),
        ("Tubuhku milikku", "Perundungan", "Kepada siapa bercerita"), 60, 2, 6,
        topics_english=("My body is mine", "Bullying", "Whom to tell"),
    ),
    PATBM: Taught(
        "Penguatan PATBM", "Strengthening PATBM",
        "Kader belajar mendengar, merujuk, dan menjaga rahasia.",
        "Cadres learn to listen, to refer and to keep secrets.",
        Unit.RW, (A.CADRES,), ("Mendengar", "Merujuk", "Menjaga rahasia"), 120, 2, 24,
        topics_english=("Listening", "Referring", "Keeping secrets"),
    ),
    PUSPAGA: Taught(
        "Kelas Orang Tua Puspaga", "Puspaga parents' class",
        "Mengasuh dengan sabar, dan mengelola marah.",
        "Patient parenting, and dealing with anger.",
        Unit.COMMUNITY, (A.PARENTS, A.WOMEN, A.EVERYBODY),
        ("Pengasuhan tanpa kekerasan", "Mengelola marah"), 90, 1, 12,
        topics_english=("Parenting without violence", "Dealing with anger"),
    ),
}  # fmt: skip


class Asked(NamedTuple):
    """A question with its answers, the right one first."""

    topic: str
    text: str
    english: str
    choices: tuple[str, ...]


_YES_NO = ("Ya", "Tidak", "Tidak tahu")
IN_ENGLISH = {"Ya": "Yes", "Tidak": "No", "Tidak tahu": "I do not know"}
"""What is answered; a number is the same in English."""
QUESTIONS: dict[str, tuple[Asked, ...]] = {
    NYAPEU: (
        Asked("Mengenali kekerasan", "Membentak terus-menerus termasuk kekerasan?",
              "Is shouting again and again violence?", _YES_NO),
        Asked("Mengenali kekerasan", "Tidak memberi nafkah dengan sengaja termasuk kekerasan?",
              "Is keeping back money on purpose violence?", _YES_NO),
        Asked("Ke mana mencari bantuan", "Nomor mana yang menerima laporan kekerasan?",
              "Which number takes reports of violence?", ("129", "108", "Tidak tahu")),
        Asked("Ke mana mencari bantuan", "Melapor itu gratis?", "Is reporting free?", _YES_NO),
    ),
    SCHOOLS: (
        Asked("Tubuhku milikku", "Bolehkah aku menolak dipeluk?",
              "May I refuse a hug?", _YES_NO),
        Asked("Perundungan", "Mengejek di grup kelas termasuk perundungan?",
              "Is mocking in the class group bullying?", _YES_NO),
        Asked("Kepada siapa bercerita", "Rahasia yang membuat takut perlu diceritakan?",
              "Should a secret that frightens be told?", _YES_NO),
    ),
}  # fmt: skip


class Helper(NamedTuple):
    """What a facilitator can."""

    sex: Sex
    languages: tuple[Language, ...]
    home: str
    begins: time = time(8)
    ends: time = time(17)


_ID, _SU, _JV, _SIGN = (
    Language.INDONESIAN, Language.SUNDANESE, Language.JAVANESE, Language.SIGN,
)  # fmt: skip
TEAM = (
    Helper(Sex.WOMAN, (_ID, _JV), "Kasemen"),
    Helper(Sex.MAN, (_ID, _SU), "Cipare"),
    Helper(Sex.WOMAN, (_ID, _SU), "Cipocok Jaya"),
    Helper(Sex.MAN, (_ID, _JV), "Unyur"),
    Helper(Sex.WOMAN, (_ID, _SIGN), "Curug"),
    Helper(Sex.MAN, (_ID, _SU), "Taktakan"),
)
"""In the order of the demo's facilitators; they go out in pairs."""

SHARES = {
    "Kasemen": {
        "Kasemen": 14, "Mesjid Priyayi": 19, "Terumbu": 0, "Warung Jaud": 46, "Bendung": 17,
        "Banten": 52, "Sawah Luhur": 0, "Kilasah": 0, "Kasunyatan": 21, "Margaluyu": 9,
    },
    "Taktakan": {
        "Taktakan": 37, "Sayar": 46, "Pancur": 24, "Kuranji": 47, "Kalanganyar": 46,
        "Cilowong": 13, "Panggungjati": 12, "Drangong": 18, "Umbul Tengah": 19, "Sepang": 46,
        "Lialang": 62, "Taman Baru": 16, "Cibendung": 50,
    },
    "Serang": {
        "Serang": 44, "Cipare": 42, "Sumur Pecung": 77, "Kota Baru": 81, "Lopang": 87,
        "Cimuncang": 75, "Unyur": 61, "Sukawana": 88, "Lontarbaru": 87, "Kaligandu": 74,
        "Terondol": 69, "Kagungan": 84,
    },
    "Walantaka": {
        "Walantaka": 40, "Cigoong": 9, "Nyapah": 12, "Pangampelan": 11, "Kiara": 28,
        "Pager Agung": 44, "Kalodran": 37, "Kapuren": 58, "Teritih": 23, "Pabuaran": 40,
        "Pasuluhan": 53, "Tegalsari": 55, "Pipitan": 19, "Lebakwangi": 44,
    },
    "Cipocok Jaya": {
        "Cipocok Jaya": 76, "Karundang": 71, "Panancangan": 73, "Banjar Agung": 48,
        "Banjarsari": 86, "Tembong": 31, "Dalung": 52, "Gelam": 37,
    },
    "Curug": {
        "Curug": 27, "Tinggar": 22, "Kemanisan": 39, "Cipete": 69, "Cilaku": 24,
        "Pancalaksana": 49, "Sukawana": 22, "Sukalaksana": 69, "Curug Manis": 59,
        "Sukajaya": 36,
    },
}  # fmt: skip
"""Percent of the RT of each kelurahan that a session was held for in the last year."""
LONG_AGO = frozenset(
    {"Margaluyu", "Taktakan", "Sayar", "Kiara", "Pager Agung", "Tegalsari", "Lebakwangi"}
)
"""Where the last session is more than half a year ago."""


class Wish(NamedTuple):
    """A request for a session, and what became of it.

    :ivar ago: days
    """

    unit: Unit
    village: str
    audience: Audience
    name: str
    wished: str
    ago: int
    rt: int | None = None
    host: str = ""
    people: int | None = None
    outcome: str = ""


WISHES = (
    Wish(Unit.RW, "Kilasah", A.PARENTS, "Pak Sarip Contoh", "Sabtu sore", 2, 4, "", 40),
    Wish(Unit.RW, "Sawah Luhur", A.WOMEN, "Bu Rohaeti Misalan", "Sesudah arisan tanggal 10", 4,
         2, "", 30),
    Wish(Unit.SCHOOL, "Cipete", A.TEENS, "Bu Nining Umpama", "Hari Rabu pagi", 5, None,
         "Pondok Contoh Cahaya", 120),
    Wish(Unit.COMMUNITY, "Terondol", A.WOMEN, "Bu Titin Andaian", "Jumat sesudah pukul 14", 7,
         None, "PKK Terondol", 25),
    Wish(Unit.RW, "Terumbu", A.EVERYBODY, "Pak Jajang Percobaan", "Minggu pagi", 9, None, "",
         60),
    Wish(Unit.RW, "Kaligandu", A.PARENTS, "Bu Euis Contoh", "Sabtu pagi", 12, 3, "", 35,
         "scheduled"),
    Wish(Unit.RW, "Sumur Pecung", A.TEENS, "Pak Hasan Misalan", "Sabtu atau Minggu", 16, 1, "",
         40, "scheduled"),
    Wish(Unit.COMMUNITY, "Lopang", A.MEN, "Pak Asep Andaian", "Kapan saja", 20, None,
         "Paguyuban Ojek Contoh", 15, "declined"),
)  # fmt: skip
