"""How moments, spans, clocks and numbers are said, in Indonesian and in English.

Hours are written 14.20 in Indonesian and 14:20 in English; a day close by has a name. The
words of a clock carry its whole meaning: colour and shape only repeat them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

Words = str | Promise


NAMES = frozenset({"Banten", "Indonesia", "Indonesian", "Koling", "Nyapeu", "Serang"})
"""First words of labels that keep their capital inside a sentence."""


class Pace(StrEnum):
    """How a clock stands; also the end of its CSS class."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What a clock shows: its pace, its words, and how much of its time is gone."""

    pace: Pace
    words: str
    percent: int | None = None


AT_ONCE = timedelta(minutes=5)
"""So long a clock without any time shows what is to be done, before it counts."""


def clock_face(
    *,
    due_at: datetime,
    at: datetime,
    started_at: datetime | None = None,
    met_at: datetime | None = None,
    paused: Words = "",
) -> ClockFace:
    """Return what a clock shows at a moment.

    Soon means a quarter of the time left, or half an hour. What is due the moment it begins
    says "at once" first, and only then how late it is.
    """
    if met_at is not None:
        return _met(due_at, met_at)
    percent = _gone(started_at, due_at, at)
    if paused:
        words = gettext("Paused: %(reason)s") % {"reason": paused}
        return ClockFace(Pace.PAUSED, words, percent)
    left = due_at - at
    if started_at is not None and due_at <= started_at and -left < AT_ONCE:
        return ClockFace(Pace.SOON, gettext("At once"), None)
    if left < timedelta(0):
        return ClockFace(Pace.LATE, gettext("%(span)s late") % {"span": span(-left)}, 100)
    soon = left <= timedelta(minutes=30) or (percent is not None and percent >= 75)
    words = gettext("%(span)s left") % {"span": span(left)}
    return ClockFace(Pace.SOON if soon else Pace.RUNNING, words, percent)


def _met(due_at: datetime, met_at: datetime) -> ClockFace:
    if met_at <= due_at:
        return ClockFace(Pace.MET, gettext("In time"))
    late = gettext("Done, %(span)s late") % {"span": span(met_at - due_at)}
    return ClockFace(Pace.MET, late)


def _gone(started_at: datetime | None, due_at: datetime, at: datetime) -> int | None:
    if started_at is None or due_at <= started_at:
        return None
    share = (at - started_at) / (due_at - started_at)
    return round(100 * min(1.0, max(0.0, share)))


def span(length: timedelta) -> str:
    """Return a length of time in its two largest units: "3 j 10 m", "1 hari 4 j"."""
    minutes = max(0, int(length.total_seconds())) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return _joined(ngettext("%d day", "%d days", days) % days, hours, gettext("%d h"))
    if hours:
        return _joined(gettext("%d h") % hours, minutes, gettext("%d m"))
    if not minutes:
        return gettext("less than a minute")
    return ngettext("%d minute", "%d minutes", minutes) % minutes


def _joined(first: str, number: int, form: str) -> str:
    return f"{first} {form % number}" if number else first


def hour(moment: datetime) -> str:
    """Return the time of day: 14.20, in English 14:20."""
    return f"{timezone.localtime(moment):%H.%M}".replace(".", _hour_mark())


def _hour_mark() -> str:
    return "." if (translation.get_language() or "id").startswith("id") else ":"


def day(moment: datetime, at: datetime) -> str:
    """Return the day: "hari ini", "kemarin", "besok", "23 Nov", "23 Nov 2025"."""
    local, today = timezone.localtime(moment).date(), timezone.localtime(at).date()
    near = {
        0: gettext("today"),
        -1: gettext("yesterday"),
        1: gettext("tomorrow"),
    }.get((local - today).days)
    if near is not None:
        return near
    return formats.date_format(local, "j M" if local.year == today.year else "j M Y")


def moment(when: datetime, at: datetime) -> str:
    """Return day and time: "hari ini, 14.20"."""
    return f"{day(when, at)}, {hour(when)}"


def long_day(when: datetime) -> str:
    """Return the day in full: "Senin 23 November 2026"."""
    return formats.date_format(timezone.localtime(when), "l j F Y")


def number(value: float) -> str:
    """Return a number with the language's marks: 2.382; 4,6."""
    marked = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
    if _hour_mark() == ":":
        return marked
    return marked.translate(str.maketrans(",.", ".,"))


def signed(value: int) -> str:
    """Return a change with its sign: "+12", "−3", "0"."""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def size(octets: int) -> str:
    """Return the size of a file: "340 KB", "2,4 MB"."""
    if octets < 1_000_000:
        return f"{number(max(1, round(octets / 1000)))} KB"
    return f"{number(octets / 1_000_000)} MB"


def initials(name: str) -> str:
    """Return up to two letters that stand for a name; beside them the name is always said."""
    parts = [part for part in name.split() if part[0].isalpha()]
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def in_language(url: str) -> str:
    """Return a public page's address that keeps the language: no cookie remembers it."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return url
    path, hash_mark, end = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}b={language}{hash_mark}{end}"


def inside(label: Words) -> str:
    """Return a label as it stands inside a sentence: its first letter small.

    An abbreviation ("BAP", "SIMFONI-PPA") and a name keep theirs; so does every later word.
    """
    text = str(label)
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    is_short = any(letter.isupper() or letter.isdigit() for letter in first[1:])
    if is_short or first.strip(".,:;()") in NAMES:
        return text
    return text[:1].lower() + text[1:]
