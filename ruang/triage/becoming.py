"""A report becomes a case: what was told is sealed anew into the case's compartments.

The desk's wraps of the report's keys are deleted; the reporter's own and the quorum's stay.
The request that decides opens everything once, and nothing is typed again (vault.md §2).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from ruang.access.actor import Actor
from ruang.cases.commands import Brought, Said, Start, Told, open_case
from ruang.cases.models import Case
from ruang.cases.seats import happened, legal_holder, raised
from ruang.cases.states import Compartment, EntryKind
from ruang.clocks import legal
from ruang.clocks.states import Ended, Moment
from ruang.intake.models import Report
from ruang.intake.numbers import next_of
from ruang.intake.states import FileKind, MessageKind, Risk, Side
from ruang.intake.told import Recorded
from ruang.intake.writing import NOT_HELD
from ruang.kernel.errors import Refused
from ruang.triage.checks import as_notes, checks_of, speak_of_sexual_violence
from ruang.triage.words import recorded_lines
from ruang.vault.keyring import CannotOpen, take_away
from ruang.vault.models import Kind
from ruang.vault.pairs import pair_in_force
from ruang.vault.texts import open_text, open_texts

CONTACT = (("contact", Compartment.IDENTITY, EntryKind.CONTACT),)
STORY = (
    ("story", Compartment.NARRATIVE, EntryKind.STORY),
    ("details", Compartment.NARRATIVE, EntryKind.DETAILS),
    ("must_not_read", Compartment.NARRATIVE, EntryKind.MUST_NOT_READ),
)


def become_case(
    report: Report, *, manager: UUID, deputy: UUID, actor: Actor, at: datetime
) -> Case:
    """Open a case from a report and close the report to its desk.

    :raises Refused: if the report is closed to this desk, or these two cannot manage a case
    """
    checks = checks_of(report, actor)
    case = open_case(
        actor=actor,
        start=_start(report, at, is_sexual=speak_of_sexual_violence(checks)),
        manager=manager,
        deputy=deputy,
        told=[*_told(report, actor), *as_notes(checks)],
        said=_said(report, actor),
        brought=_brought(report, actor),
        at=at,
    )
    take_away(owner=report.desk, whose=report.pk)
    legal.carry(report.pk, legal_holder(case), why=Ended.REPLACED, actor=actor, at=at)
    happened(case, Moment.CASE_OPENED, actor=actor, at=at)
    raised(case, "", actor=actor, at=at)
    return case


def _start(report: Report, at: datetime, *, is_sexual: bool) -> Start:
    year = f"K-{localtime(at):%y}"
    return Start(
        number=f"{year}-{next_of(year):04d}",
        risk=Risk(report.risk),
        rank=report.rank,
        age=report.age,
        who=report.who,
        helps=tuple(report.helps),
        district=report.district,
        language=report.language,
        reporter=pair_in_force(report.pk, Kind.REPORTER),
        reported_at=report.received_at,
        kind=report.kind,
        authority=report.authority,
        tpks=report.tpks,
        sexual_by_record=is_sexual,
    )


def _told(report: Report, actor: Actor) -> list[Told]:
    try:
        told = [
            Told(compartment, kind, open_text(actor.keys, report, column))
            for column, compartment, kind in (*CONTACT, *STORY)
        ]
        return told + _recorded(report, actor)
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def _recorded(report: Report, actor: Actor) -> list[Told]:
    """Return what an officer added who wrote it down: the names, and a note with the rest."""
    said = Recorded.from_text(open_text(actor.keys, report, "recorded"))
    rest = "\n".join(f"{asked}: {answer}" for asked, answer in recorded_lines(said))
    return [
        Told(Compartment.IDENTITY, EntryKind.NAMES, said.names),
        Told(Compartment.IDENTITY, EntryKind.NOTE, rest),
    ]


def _said(report: Report, actor: Actor) -> list[Said]:
    rows = list(report.messages.order_by("at", "id"))
    return [
        Said(row.pk, row.at, Side(row.side), MessageKind(row.kind), row.author, text)
        for row, text in zip(rows, _all(open_texts(actor.keys, rows, "text")), strict=True)
    ]


def _brought(report: Report, actor: Actor) -> list[Brought]:
    rows = list(report.attachments.order_by("at", "id"))
    return [
        Brought(row.pk, row.at, FileKind(row.kind), row.bucket, card, row.message_id)
        for row, card in zip(rows, _all(open_texts(actor.keys, rows, "meta")), strict=True)
    ]


def _all(opened: Iterable[str | None]) -> list[str]:
    """Return the texts, or refuse: nothing of what was told may be left behind."""
    listed = list(opened)
    if any(text is None for text in listed):
        raise Refused(NOT_HELD)
    return [text for text in listed if text is not None]
