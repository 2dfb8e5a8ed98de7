"""The pages of a case: overview, one part, messages, files, team, who opened it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.cases.models import Case, Entry
from ruang.cases.queries.files import files_of
from ruang.cases.queries.head import CaseHead, case_in_sight, head_of
from ruang.cases.queries.moments import Moment, Stretch, shelf, stretch
from ruang.cases.queries.people import Readers
from ruang.cases.queries.reach import Reach, reach_of
from ruang.cases.queries.threads import Thread, thread_of
from ruang.cases.states import SHAREABLE, Compartment, EntryKind, Step
from ruang.identity import directory
from ruang.identity.directory import Person
from ruang.kernel.told import Details, MustNotRead
from ruang.vault.opened import FileShown
from ruang.vault.texts import open_text

MESSAGES_BESIDE = 6
"""Messages shown beside the timeline; the others are on their own page."""


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One moment as it is shown. ``rows`` are answers, where the text is a list of them."""

    key: str
    at: datetime
    title: str | Promise
    detail: str | Promise
    by: str
    text: str
    details: Details | None
    must_not_read: MustNotRead | None
    part: Compartment | None
    readers: Readers | None
    locked: bool
    shut: bool


@dataclass(frozen=True, slots=True, repr=False)
class Timeline:
    """One page of lines; ``older`` is where the next one begins."""

    lines: tuple[Line, ...]
    older: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class CasePage:
    """The overview: the shared timeline, and beside it the latest messages."""

    head: CaseHead
    timeline: Timeline
    thread: Thread | None


@dataclass(frozen=True, slots=True, repr=False)
class PartPage:
    """One compartment. ``timeline`` is None when it is locked for this actor."""

    head: CaseHead
    part: Compartment
    timeline: Timeline | None
    reach: Reach | None
    names: str
    files: tuple[FileShown, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ThreadPage:
    """The messages with the reporter. ``thread`` is None when it is locked for this actor."""

    head: CaseHead
    thread: Thread | None


@dataclass(frozen=True, slots=True, repr=False)
class FilesPage:
    """The files of a case."""

    head: CaseHead
    files: tuple[FileShown, ...]


def case_page(
    *,
    actor: Actor,
    head: CaseHead,
    before: datetime | None = None,
    also: Iterable[Moment] = (),
    beside: bool = True,
) -> CasePage:
    """Return the overview of a case in sight.

    :param also: what happened, and what other contexts wrote, that belongs on the timeline
    :param beside: whether the latest messages are shown as well
    """
    page = stretch(case_id=head.id, actor=actor, before=before, also=also)
    thread = None
    if beside and before is None and head.reads(Compartment.THREAD):
        thread = thread_of(head=head, actor=actor, limit=MESSAGES_BESIDE)
    return CasePage(head=head, timeline=_timeline(page, head), thread=thread)


def part_page(
    *,
    actor: Actor,
    case_id: UUID,
    part: Compartment,
    at: datetime,
    before: datetime | None = None,
) -> PartPage:
    """Return what stands in one compartment.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    head = head_of(case=case, actor=actor, at=at)
    is_open = head.reads(part)
    page = shelf(case=case, compartment=part, actor=actor, before=before) if is_open else None
    is_identity = is_open and part is Compartment.IDENTITY
    has_files = is_open and part is Compartment.EVIDENCE
    return PartPage(
        head=head,
        part=part,
        timeline=_timeline(page, head) if page else None,
        reach=(
            reach_of(case=case, actor=actor, with_thread=head.reads(Compartment.THREAD))
            if is_identity
            else None
        ),
        names=_newest(case, EntryKind.NAMES, actor)[1] if is_identity else "",
        files=files_of(case=case, actor=actor) if has_files else (),
    )


def thread_page(
    *, actor: Actor, case_id: UUID, at: datetime, before: UUID | None = None
) -> ThreadPage:
    """Return the messages with the reporter.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    head = head_of(case=case, actor=actor, at=at)
    is_open = head.reads(Compartment.THREAD)
    return ThreadPage(
        head, thread_of(head=head, actor=actor, before=before) if is_open else None
    )


def files_page(*, actor: Actor, case_id: UUID, at: datetime) -> FilesPage:
    """Return the files of a case.

    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    return FilesPage(head_of(case=case, actor=actor, at=at), files_of(case=case, actor=actor))


def case_head(*, actor: Actor, case_id: UUID, at: datetime) -> CaseHead:
    """Return what stays on every page of a case; nothing sealed is opened.

    :raises NotInSight: if the actor is no member
    """
    return head_of(case=case_in_sight(actor=actor, case_id=case_id), actor=actor, at=at)


def parts_to_write(*, head: CaseHead) -> tuple[Compartment, ...]:
    """Return the compartments in which this actor may write a note."""
    if Step.WRITE not in head.steps:
        return ()
    return tuple(part for part in SHAREABLE if head.reads(part))


def names_in_force(*, actor: Actor, case_id: UUID) -> str:
    """Return the names of those involved, one a line; empty if none were written down.

    :raises CannotOpen: if the actor does not hold the compartment
    """
    return _newest(case_in_sight(actor=actor, case_id=case_id), EntryKind.NAMES, actor)[1]


def _newest(case: Case, kind: EntryKind, actor: Actor) -> tuple[Entry | None, str]:
    row = case.entries.filter(kind=kind).order_by("-at", "-pk").first()
    return row, open_text(actor.keys, row, "text") if row is not None else ""


def _timeline(page: Stretch, head: CaseHead) -> Timeline:
    named = (user for one in page.moments for user in (one.by, one.whom))
    people = directory.people(named)
    readers = {one.part: one.readers for one in head.parts}
    return Timeline(tuple(_line(one, people, readers) for one in page.moments), page.older)


def _line(
    one: Moment, people: Mapping[UUID, Person], readers: Mapping[Compartment, Readers]
) -> Line:
    text = one.text or ""
    by = people.get(one.by) if one.by and one.by != one.whom else None
    whom = people.get(one.whom) if one.whom else None
    is_details, is_barred = one.kind == EntryKind.DETAILS, one.kind == EntryKind.MUST_NOT_READ
    return Line(
        key=one.key,
        at=one.at,
        title=one.title,
        detail=_whom(whom, one.detail) if whom else one.detail,
        by=by.name if by else "",
        text="" if is_details or is_barred else text,
        details=Details.from_text(text) if is_details else None,
        must_not_read=MustNotRead.from_text(text) if is_barred else None,
        part=one.compartment,
        readers=readers[one.compartment] if one.compartment else None,
        locked=one.locked,
        shut=one.shut,
    )


def _whom(person: Person, parts: str | Promise) -> str:
    """Name somebody whose place on the team changed, and the parts it was about."""
    named = f"{person.name} ({person.organisation})"
    return f"{named} · {parts}" if parts else named
