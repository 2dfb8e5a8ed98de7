"""One report at the desk: its codes for everybody who sees the queue, and what was told for
whoever opens it. Opening is a page of its own, and on record before the answer leaves.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.audit.trail import happenings, opened_by
from ruang.clocks.queries import clocks_by_subject
from ruang.identity import directory
from ruang.intake.clocks import is_high
from ruang.intake.events import CodeIssued
from ruang.intake.models import Attachment, Report
from ruang.intake.policy import RULES, may_open
from ruang.intake.queries.desk_page import clock_times
from ruang.intake.queries.reopened import ReopenedShown, reopened_of
from ruang.intake.queries.risk import CheckShown, latest_check
from ruang.intake.states import (
    JUDGED,
    MOVES,
    Age,
    Door,
    Help,
    HelperSex,
    MessageKind,
    Risk,
    Safety,
    Side,
    State,
    Step,
    Way,
    Who,
)
from ruang.intake.told import Contact, Details, MustNotRead, Recorded
from ruang.kernel.codes import Authority, CaseKind, below, lowers
from ruang.territory import queries as territory
from ruang.vault.keyring import current_keys, readers
from ruang.vault.models import Kind
from ruang.vault.opened import FileShown, OpenedFile, opened_file, shown
from ruang.vault.pairs import pair_in_force
from ruang.vault.texts import open_text, open_texts


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What was answered first, in codes."""

    safety: Safety
    who: str | Promise
    age: str | Promise
    helps: tuple[str | Promise, ...]
    way: str | Promise
    safe_from: time | None
    safe_until: time | None
    district: str
    helper_sex: str | Promise
    language: str
    file_count: int


@dataclass(frozen=True, slots=True)
class Running:
    """Its clock.

    :ivar started_at: since when it runs
    :ivar paused: for what it is paused; empty while it runs
    """

    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    paused: str | Promise
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands it is, and was.

    :ivar is_mine: the actor holds it
    :ivar taken_from: out of whose hands it was taken last; empty if out of nobody's
    :ivar recorded_by: the officer who wrote it down for somebody; empty if nobody did
    :ivar colleagues: to whom it can be handed
    """

    holder: str
    holder_id: UUID | None
    is_mine: bool
    taken_from: str
    taken_at: datetime | None
    recorded_by: str
    colleagues: tuple[directory.Person, ...]


@dataclass(frozen=True, slots=True)
class Shut:
    """Whether what was told can be opened.

    :ivar i_opened: the actor has opened it before
    :ivar is_held_here: the desk still holds its keys; not once it became a case
    """

    may_open: bool
    i_opened: bool
    is_held_here: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The coded facts of a report, and what this actor may do with it.

    :ivar risks: the levels that can be set now by one person
    :ivar lower: the levels to which a second person could let it be lowered
    """

    id: UUID
    number: str
    desk: UUID
    state: State
    risk: Risk
    kind: CaseKind | None
    authority: Authority | None
    tpks: bool
    tpks_question: bool
    received_at: datetime
    door: str | Promise
    waiting: bool
    reopened: ReopenedShown | None
    steps: tuple[Step, ...]
    risks: tuple[Risk, ...]
    lower: tuple[Risk, ...]
    first: FirstAnswers
    running: Running
    hands: Hands
    shut: Shut


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One message in the thread."""

    id: UUID
    at: datetime
    mine: bool
    from_reporter: bool
    by: str
    kind: MessageKind
    text: str
    contact: Contact | None
    files: int


@dataclass(frozen=True, slots=True, repr=False)
class ToldThread:
    """The thread of one report."""

    report_id: UUID
    lines: tuple[Line, ...]

    def wish(self, contact: Contact) -> Line | None:
        """Return a change of contact that nobody has taken over yet."""
        asked = [line for line in self.lines if line.contact is not None]
        return asked[-1] if asked and asked[-1].contact != contact else None


@dataclass(frozen=True, slots=True, repr=False)
class OpenedReport:
    """What was told.

    :ivar check: the latest answers to the danger signs
    :ivar ask_again: there was contact since they were asked for
    """

    page: ReportPage
    contact: Contact
    story: str
    details: Details
    must_not_read: MustNotRead
    recorded: Recorded
    has_code: bool
    thread: ToldThread
    wish: Line | None
    files: tuple[FileShown, ...]
    check: CheckShown | None
    ask_again: bool


def report_page(*, actor: Actor, report_id: UUID, at: datetime) -> ReportPage:
    """Return the coded facts of a report. Nothing sealed is opened.

    :raises NotInSight: if it is not at the actor's desk
    """
    return _page(sight.one(Report.objects.visible_to(actor), report_id), actor, at)


def opened_report(*, actor: Actor, report_id: UUID, at: datetime) -> OpenedReport:
    """Open a report: everything that was told, and the thread.

    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if the actor does not work reports
    :raises CannotOpen: if it is closed to this desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(may_open, actor, report)
    actor.keys.prefetch(current_keys(report.pk).values())
    contact = Contact.from_text(open_text(actor.keys, report, "contact"))
    thread = _thread(report, actor)
    check = latest_check(report=report, actor=actor)
    return OpenedReport(
        page=_page(report, actor, at),
        contact=contact,
        story=open_text(actor.keys, report, "story"),
        details=Details.from_text(open_text(actor.keys, report, "details")),
        must_not_read=MustNotRead.from_text(open_text(actor.keys, report, "must_not_read")),
        recorded=Recorded.from_text(open_text(actor.keys, report, "recorded")),
        has_code=pair_in_force(report.pk, Kind.REPORTER) is not None,
        thread=thread,
        wish=thread.wish(contact),
        files=_files(report, actor),
        check=check,
        ask_again=check is not None and _contact_since(report, thread, check.at),
    )


def report_thread(*, actor: Actor, report_id: UUID) -> ToldThread:
    """Open the messages alone: what a page that refreshes itself asks for.

    :raises NotInSight: if it is not at the actor's desk
    :raises PermissionDenied: if the actor does not work reports
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(may_open, actor, report)
    return _thread(report, actor)


def report_file(*, actor: Actor, report_id: UUID, file_id: UUID, preview: bool) -> OpenedFile:
    """Return a file of a report, or its preview, ready to be sent.

    :raises NotInSight: if there is no such file, or no such preview, for this actor
    :raises CannotOpen: if it is closed to this desk
    """
    report = sight.one(Report.objects.visible_to(actor), report_id)
    require(may_open, actor, report)
    row = sight.one(report.attachments.all(), file_id)
    return opened_file(row.pk, open_text(actor.keys, row, "meta"), preview=preview)


def _page(report: Report, actor: Actor, at: datetime) -> ReportPage:
    running = _running(report)
    is_shut = running.paused_at or is_high(report)
    closed = {Step.PAUSE} if is_shut else set()
    closed |= set() if running.paused_at else {Step.RESUME}
    steps = _steps(report, actor, closed=closed)
    return ReportPage(
        id=report.pk,
        number=report.number,
        desk=report.desk,
        state=State(report.state),
        risk=Risk(report.risk),
        kind=CaseKind(report.kind) if report.kind else None,
        authority=Authority(report.authority) if report.authority else None,
        tpks=report.tpks,
        tpks_question=report.tpks_question,
        received_at=report.received_at,
        door=Door(report.door).label,
        waiting=report.waiting,
        reopened=reopened_of(report=report),
        steps=steps,
        risks=_risks(report) if Step.RATE in steps else (),
        lower=_lower(report) if Step.LOWER in steps else (),
        first=_first(report),
        running=running,
        hands=_hands(report, actor, may_act=bool(steps)),
        shut=Shut(
            may_open=may_open(actor, report),
            i_opened=bool(opened_by([report.pk], actor.user_id)),
            is_held_here=report.desk in readers(report.pk, at),
        ),
    )


def _first(report: Report) -> FirstAnswers:
    return FirstAnswers(
        safety=Safety(report.safety),
        who=Who(report.who).label,
        age=Age(report.age).label,
        helps=tuple(Help(code).label for code in report.helps if code in Help.values),
        way=Way(report.way).label,
        safe_from=report.safe_from,
        safe_until=report.safe_until,
        district=territory.city().district_name(report.district),
        helper_sex=HelperSex(report.helper_sex).label,
        language=report.language,
        file_count=report.file_count,
    )


def _running(report: Report) -> Running:
    clock = clocks_by_subject(subjects=[report.pk]).get(report.pk)
    started_at, paused_at, paused = clock_times(report=report, clock=clock)
    until = clock.paused_until if clock else None
    return Running(started_at, report.due_at, paused_at, paused, until)


def _hands(report: Report, actor: Actor, *, may_act: bool) -> Hands:
    here = directory.working(report.desk, Permission.REPORT_WORK) if may_act else []
    names = directory.names([report.holder, report.recorded_by, report.taken_from])
    return Hands(
        holder=names.get(report.holder, "") if report.holder else "",
        holder_id=report.holder,
        is_mine=report.holder == actor.user_id,
        taken_from=names.get(report.taken_from, "") if report.taken_from else "",
        taken_at=report.taken_at,
        recorded_by=names.get(report.recorded_by, "") if report.recorded_by else "",
        colleagues=tuple(one for one in here if one.id != actor.user_id),
    )


def _steps(report: Report, actor: Actor, *, closed: Set[Step]) -> tuple[Step, ...]:
    """Return what this actor may do with it now, by the table of states and the policy."""
    return tuple(
        step
        for step in Step
        if report.state in MOVES[step][0] and RULES[step](actor, report) and step not in closed
    )


def _risks(report: Report) -> tuple[Risk, ...]:
    """Return the levels that may be set; none where nothing would change.

    What was judged is not lowered by one person alone, and danger now is high.
    """
    if report.risk == Risk.HIGH:
        return ()
    if report.safety == Safety.DANGER:
        return (Risk.HIGH,)
    return tuple(one for one in JUDGED if not lowers(Risk(report.risk), one))


def _lower(report: Report) -> tuple[Risk, ...]:
    """Return the levels to which it could be lowered; danger now is not lowered at all."""
    return () if report.safety == Safety.DANGER else below(Risk(report.risk))


def _thread(report: Report, actor: Actor) -> ToldThread:
    rows = list(report.messages.order_by("at", "id").prefetch_related("attachments"))
    texts = open_texts(actor.keys, rows, "text")
    names = directory.names(row.author for row in rows)
    lines = []
    for row, text in zip(rows, texts, strict=True):
        is_contact = row.kind == MessageKind.CONTACT
        lines.append(
            Line(
                id=row.pk,
                at=row.at,
                mine=row.author == actor.user_id,
                from_reporter=row.side == Side.REPORTER,
                by=names.get(row.author, "") if row.author else "",
                kind=MessageKind(row.kind),
                text="" if is_contact else text or "",
                contact=Contact.from_text(text) if is_contact and text else None,
                files=len(row.attachments.all()),
            )
        )
    return ToldThread(report.pk, tuple(lines))


def _contact_since(report: Report, thread: ToldThread, at: datetime) -> bool:
    """Say whether somebody was in contact: by a message, or by a call for a new code."""
    if any(line.at > at for line in thread.lines):
        return True
    return any(one.at > at for one in happenings(report.pk, [CodeIssued.name], limit=1))


def _files(report: Report, actor: Actor) -> tuple[FileShown, ...]:
    rows: list[Attachment] = list(report.attachments.order_by("at", "id"))
    metas = open_texts(actor.keys, rows, "meta")
    return tuple(
        shown(row.pk, at=row.at, family=row.kind, meta=meta)
        for row, meta in zip(rows, metas, strict=True)
    )
