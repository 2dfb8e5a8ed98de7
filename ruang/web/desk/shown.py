"""The queue as it is shown: addresses of tabs and pages, and what was decided on each line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.intake.queries import ARCHIVE, DeskPage, DeskRow, OpenedReport, Show, Sieve
from ruang.intake.states import Age, Door, MessageKind, Risk, Step
from ruang.intake.told import Recorded
from ruang.kernel.codes import CaseKind
from ruang.kernel.ids import uuid_of
from ruang.triage.states import Outcome
from ruang.triage.words import recorded_lines
from ruang.web import told
from ruang.web.desk.forms import TABS
from ruang.web.files.links import FileLink

DISTRICT = re.compile(r"[0-9.]{2,8}")
WORDS = {show: word for word, show in TABS.items()}


@dataclass(frozen=True, slots=True)
class Count:
    """One of the four counts on top; each is a filter."""

    label: str | Promise
    number: int
    note: str | Promise
    url: str
    current: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and what was decided, where something was."""

    row: DeskRow
    outcome: str | Promise


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything around the lines."""

    counts: tuple[Count, ...]
    tabs: tuple[tuple[str | Promise, str, bool], ...]
    lines: tuple[Line, ...]
    newer_url: str
    older_url: str
    all_url: str
    here: str
    is_archive: bool
    has_page_before: bool


def queue(page: DeskPage, outcomes: Mapping[UUID, Outcome]) -> Queue:
    """Return the addresses and words around a page of the queue."""
    here = page.sieve
    lines = tuple(
        Line(row, outcomes[row.id].label if row.id in outcomes else "") for row in page.rows
    )
    return Queue(
        counts=_counts(page),
        tabs=_tabs(page),
        lines=lines,
        newer_url=_url(here, sebelum=page.newer) if page.newer else "",
        older_url=_url(here, setelah=page.older) if page.older else "",
        all_url="?" if here.show is Show.ALL else f"?saring={WORDS[here.show]}",
        here=_url(here, setelah=here.after, sebelum=here.before),
        is_archive=here.show in ARCHIVE or bool(here.number),
        has_page_before=bool(here.after or here.before),
    )


def _counts(page: DeskPage) -> tuple[Count, ...]:
    tally, show = page.tally, page.sieve.show
    said = (
        (Show.FREE, _("Not taken yet"), tally.free, _("%d of them high risk"), tally.free_high),
        (Show.LATE, _("Late"), tally.late, _("%d of them high risk"), tally.late_high),
        (
            Show.SOON,
            _("Soon late (30 minutes)"),
            tally.soon,
            _("%d not taken"),
            tally.soon_free,
        ),
        (Show.MINE, _("In your hands"), tally.mine, _("%d late"), tally.mine_late),
    )
    return tuple(
        Count(
            label=label,
            number=number,
            note=note % part if part else "",
            url=f"?saring={WORDS[which]}",
            current=show is which,
            late=which is Show.LATE and number > 0,
        )
        for which, label, number, note, part in said
    )


def _tabs(page: DeskPage) -> tuple[tuple[str | Promise, str, bool], ...]:
    tally, show = page.tally, page.sieve.show
    said = (
        (Show.ALL, _("All %d"), tally.open),
        (Show.FREE, _("Not taken %d"), tally.free),
        (Show.MINE, _("Mine %d"), tally.mine),
        (Show.WAITING, _("New message %d"), tally.waiting),
    )
    tabs = [
        (words % number, f"?saring={WORDS[which]}" if WORDS[which] else "?", show is which)
        for which, words, number in said
    ]
    archives = ((Show.DECIDED, _("Decided")), (Show.DECIDED_HIGH, _("Decided, high or danger")))
    over = ((words, f"?saring={WORDS[which]}", show is which) for which, words in archives)
    return (*tabs, *over)


def codes_of(sieve: Sieve) -> dict[str, str]:
    """Return what narrows the queue as an address carries it: codes of closed lists alone."""
    listed = {
        "pintu": (sieve.door, Door.values),
        "risiko": (sieve.risk, Risk.values),
        "jenis": (sieve.kind, CaseKind.values),
        "umur": (sieve.age, Age.values),
    }
    codes = {name: code for name, (code, known) in listed.items() if code in known}
    holder = uuid_of(sieve.holder)
    return {
        "saring": WORDS[sieve.show],
        **codes,
        "kecamatan": sieve.district if DISTRICT.fullmatch(sieve.district) else "",
        "tpks": "ya" if sieve.tpks else "",
        "pemegang": str(holder) if holder else "",
    }


def _url(sieve: Sieve, **place: str) -> str:
    said = {
        "saring": WORDS[sieve.show],
        "pintu": sieve.door,
        "kecamatan": sieve.district,
        "nomor": sieve.number,
        "risiko": sieve.risk,
        "jenis": sieve.kind,
        "umur": sieve.age,
        "tpks": "ya" if sieve.tpks else "",
        "pemegang": sieve.holder,
        **place,
    }
    return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True, repr=False)
class OpenedShown:
    """An opened report in words.

    :ivar wish: another contact that she sent, until somebody takes it over
    :ivar stop: she wishes to stop
    """

    reach: told.Reach
    wish: told.Reach | None
    answers: tuple[tuple[told.Words, str], ...]
    recorded: tuple[tuple[told.Words, str], ...]
    files: tuple[FileLink, ...]
    stop: bool
    may_reply: bool
    may_take_over: bool


def opened(report: OpenedReport) -> OpenedShown:
    """Return an opened report in words."""
    page, wish = report.page, report.wish
    return OpenedShown(
        reach=told.reach(report.contact),
        wish=told.reach(wish.contact) if wish and wish.contact else None,
        answers=told.answers(report.details),
        recorded=_recorded(report.recorded),
        files=tuple(FileLink.of_report(page.id, one) for one in report.files),
        stop=any(one.kind is MessageKind.WITHDRAW for one in report.thread.lines),
        may_reply=Step.REPLY in page.steps,
        may_take_over=Step.TAKE_OVER in page.steps,
    )


def _recorded(recorded: Recorded) -> tuple[tuple[told.Words, str], ...]:
    names = ((_("Names, as told"), recorded.names),) if recorded.names else ()
    return (*names, *recorded_lines(recorded))
