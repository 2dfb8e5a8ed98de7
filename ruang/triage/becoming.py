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
from ruang.cases.models import Case, CaseFile
from ruang.cases.seats import happened, legal_holder, raised
from ruang.cases.states import Compartment, EntryKind
from ruang.clocks import legal
from ruang.clocks.states import Ended, Moment
from ruang.intake.clocks import level
from ruang.intake.models import Report
from ruang.intake.numbers import next_of
from ruang.intake.states import RANK, FileKind, MessageKind, Side
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
        brought=files_of(report, actor, in_thread=True),
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
        risk=level(report),
        rank=RANK[level(report)],
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
        tpks_question=report.tpks_question,
    )


def _told(report: Report, actor: Actor) -> list[Told]:
    names, rest = written_down_of(report, actor)
    return [
        *_texts(report, CONTACT, actor),
        *narrative_of(report, actor),
        Told(Compartment.IDENTITY, EntryKind.NAMES, names),
        Told(Compartment.IDENTITY, EntryKind.NOTE, rest),
    ]


def narrative_of(report: Report, actor: Actor) -> list[Told]:
    """Return what was told: the story, the other answers, who must not read it.

    :raises Refused: if the report is closed to this desk
    """
    return _texts(report, STORY, actor)


def written_down_of(report: Report, actor: Actor) -> tuple[str, str]:
    """Return what an officer added who wrote it down: the names, and the rest.

    :raises Refused: if the report is closed to this desk
    """
    try:
        said = Recorded.from_text(open_text(actor.keys, report, "recorded"))
    except CannotOpen:
        raise Refused(NOT_HELD) from None
    return said.names, "\n".join(f"{asked}: {answer}" for asked, answer in recorded_lines(said))


def _texts(
    report: Report, columns: Iterable[tuple[str, Compartment, EntryKind]], actor: Actor
) -> list[Told]:
    try:
        return [
            Told(compartment, kind, open_text(actor.keys, report, column))
            for column, compartment, kind in columns
        ]
    except CannotOpen:
        raise Refused(NOT_HELD) from None


def _said(report: Report, actor: Actor) -> list[Said]:
    rows = list(report.messages.order_by("at", "id"))
    return [
        Said(row.pk, row.at, Side(row.side), MessageKind(row.kind), row.author, text)
        for row, text in zip(rows, _all(open_texts(actor.keys, rows, "text")), strict=True)
    ]


def files_of(report: Report, actor: Actor, *, in_thread: bool = False) -> list[Brought]:
    """Return the files that came with a report, but those that are in a case already.

    :param in_thread: its messages go along into the case, and the files stay with them
    :raises Refused: if the report is closed to this desk
    """
    rows = list(report.attachments.order_by("at", "id"))
    there = CaseFile.objects.filter(pk__in=[row.pk for row in rows])
    known = set(there.values_list("pk", flat=True)) if rows else set()
    rows = [row for row in rows if row.pk not in known]
    return [
        Brought(
            row.pk, row.at, FileKind(row.kind), row.bucket, card,
            row.message_id if in_thread else None,
        )
        for row, card in zip(rows, _all(open_texts(actor.keys, rows, "meta")), strict=True)
    ]  # fmt: skip


def _all(opened: Iterable[str | None]) -> list[str]:
    """Return the texts, or refuse: nothing of what was told may be left behind."""
    listed = list(opened)
    if any(text is None for text in listed):
        raise Refused(NOT_HELD)
    return [text for text in listed if text is not None]
