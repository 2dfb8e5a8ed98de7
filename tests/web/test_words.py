"""How moments, spans, clocks and numbers are said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation

from ruang.web import words
from ruang.web.words import Pace

AT = datetime(2026, 11, 23, 7, 20, tzinfo=UTC)  # 14.20 in Serang
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _indonesian() -> object:
    with translation.override("id"):
        yield  # type: ignore[misc]


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (0, "kurang dari 1 menit", "less than a minute"),
        (1, "1 menit", "1 minute"),
        (59, "59 menit", "59 minutes"),
        (60, "1 j", "1 h"),
        (190, "3 j 10 m", "3 h 10 m"),
        (24 * 60, "1 hari", "1 day"),
        (28 * 60 + 59, "1 hari 4 j", "1 day 4 h"),
        (50 * 60, "2 hari 2 j", "2 days 2 h"),
    ],
)
def test_spans(minutes: int, indonesian: str, english: str) -> None:
    assert words.span(minutes * MINUTE) == indonesian
    with translation.override("en"):
        assert words.span(minutes * MINUTE) == english


@pytest.mark.parametrize(
    ("left", "whole", "pace", "said", "percent"),
    [
        (190, 360, Pace.RUNNING, "Sisa 3 j 10 m", 47),
        (90, 360, Pace.SOON, "Sisa 1 j 30 m", 75),
        (91, 360, Pace.SOON, "Sisa 1 j 31 m", 75),
        (30, 40, Pace.SOON, "Sisa 30 menit", 25),
        (0, 60, Pace.SOON, "Sisa kurang dari 1 menit", 100),
        (-12, 60, Pace.LATE, "Lewat 12 menit", 100),
        (-1500, 60, Pace.LATE, "Lewat 1 hari 1 j", 100),
    ],
)
def test_clocks(left: int, whole: int, pace: Pace, said: str, percent: int) -> None:
    due = AT + left * MINUTE
    face = words.clock_face(due_at=due, at=AT, started_at=due - whole * MINUTE)
    assert (face.pace, face.words, face.percent) == (pace, said, percent)


def test_a_clock_without_a_start_has_no_meter_and_is_soon_at_half_an_hour() -> None:
    assert words.clock_face(due_at=AT + 31 * MINUTE, at=AT).pace is Pace.RUNNING
    face = words.clock_face(due_at=AT + 30 * MINUTE, at=AT)
    assert (face.pace, face.percent) == (Pace.SOON, None)


def test_a_clock_of_no_length_has_no_meter_and_says_at_once_before_it_says_how_late() -> None:
    assert words.clock_face(due_at=AT, at=AT, started_at=AT).percent is None
    said = [
        words.clock_face(due_at=AT, at=AT + minutes * MINUTE, started_at=AT)
        for minutes in (0, 4, 5)
    ]
    assert [face.words for face in said] == ["Segera", "Segera", "Lewat 5 menit"]
    assert [face.pace for face in said] == [Pace.SOON, Pace.SOON, Pace.LATE]


def test_a_paused_clock_says_why_even_when_it_would_be_late() -> None:
    face = words.clock_face(due_at=AT - MINUTE, at=AT, paused="menunggu penyintas")
    assert (face.pace, face.words) == (Pace.PAUSED, "Dijeda: menunggu penyintas")


def test_a_met_clock_says_whether_in_time() -> None:
    assert words.clock_face(due_at=AT, at=AT, met_at=AT).words == "Tepat waktu"
    late = words.clock_face(due_at=AT - 12 * MINUTE, at=AT + MINUTE, met_at=AT)
    assert (late.pace, late.words) == (Pace.MET, "Selesai, lewat 12 menit")


@pytest.mark.parametrize(
    ("when", "indonesian", "english"),
    [
        (AT, "hari ini, 14.20", "today, 14:20"),
        (AT - timedelta(hours=15), "kemarin, 23.20", "yesterday, 23:20"),
        (AT + timedelta(hours=10), "besok, 00.20", "tomorrow, 00:20"),
        (AT - timedelta(days=2), "21 Nov, 14.20", "21 Nov, 14:20"),
        (AT - timedelta(days=365), "23 Nov 2025, 14.20", "23 Nov 2025, 14:20"),
    ],
)
def test_moments(when: datetime, indonesian: str, english: str) -> None:
    assert words.moment(when, AT) == indonesian
    with translation.override("en"):
        assert words.moment(when, AT) == english


def test_a_day_in_full() -> None:
    assert words.long_day(AT) == "Senin 23 November 2026"
    with translation.override("en"):
        assert words.long_day(AT) == "Monday 23 November 2026"


def test_numbers() -> None:
    assert [words.number(n) for n in (7, 2382, 1234567, 4.6)] == [
        "7",
        "2.382",
        "1.234.567",
        "4,6",
    ]
    with translation.override("en"):
        assert [words.number(n) for n in (2382, 4.6)] == ["2,382", "4.6"]
    assert [words.size(n) for n in (0, 340_400, 2_400_000)] == ["1 KB", "340 KB", "2,4 MB"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Wulan Sari", "WS"),
        ("Hendra", "H"),
        ("dr. Maya de la Cruz", "DC"),
        ("", ""),
        ("12 -", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert words.initials(name) == letters


def test_filters_and_the_clock_tag_say_the_same() -> None:
    text = (
        "{% load ruang %}{{ at|moment:at }}|{{ at|day:at }}|{{ at|hour }}|{{ at|long_day }}|"
        "{{ 2382|number }}|{{ 340400|filesize }}|{{ 'Wulan Sari'|initials }}|"
        "{% clock due at=at meter=False note='Diteruskan' %}"
    )
    page = engines["django"].from_string(text).render({"at": AT, "due": AT - MINUTE})
    assert page.startswith(
        "hari ini, 14.20|hari ini|14.20|Senin 23 November 2026|2.382|340 KB|WS|"
    )
    assert 'class="rk-clock rk-clock--late">Lewat 1 menit<' in page
    assert "<progress" not in page
    assert "Diteruskan" in page


def test_links_between_public_pages_keep_the_language() -> None:
    assert words.in_language("/pantau/") == "/pantau/"
    with translation.override("en"):
        assert words.in_language("/pantau/") == "/pantau/?b=en"
        assert words.in_language("/layanan/?k=1#a") == "/layanan/?k=1&b=en#a"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Input di SIMFONI-PPA", "input di SIMFONI-PPA"), ("BAP", "BAP"),
        ("UU 12/2022 ps 4", "UU 12/2022 ps 4"), ("Izin", "izin"), ("", ""),
        ("Serang dan sekitarnya", "Serang dan sekitarnya"), ("3×24 jam", "3×24 jam"),
        ("Pesan di bawah kodenya", "pesan di bawah kodenya"),
    ],
)  # fmt: skip
def test_a_label_inside_a_sentence_keeps_its_names(label: str, said: str) -> None:
    assert words.inside(label) == said
    shown = engines["django"].from_string("{% load ruang %}{{ label|inside }}")
    assert shown.render({"label": label}) == said


def test_no_page_puts_a_whole_label_in_small_letters() -> None:
    """Django's ``lower`` makes "simfoni-ppa" of a name; ``inside`` is for labels."""
    pages = (settings.BASE_DIR / "ruang").rglob("*.html")
    assert [page.name for page in pages if "|lower" in page.read_text()] == []
