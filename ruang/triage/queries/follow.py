"""What the reporter sees under her seven words. The one page that knows both cores.

Who reports for somebody else sees less: received, being handled, done; no names and no steps,
because nobody knows on whose side that person is (vault.md §4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.roles import Role
from ruang.audit.trail import Look, happenings, openings
from ruang.cases.events import EntryWritten
from ruang.cases.models import Case, CaseFile, ThreadMessage
from ruang.cases.states import Compartment, EntryKind, Part
from ruang.cases.states import State as CaseState
from ruang.clocks.answers import due, promised
from ruang.consents.queries import Agreed, agreed
from ruang.identity import directory
from ruang.identity.directory import Person
from ruang.intake.clocks import level
from ruang.intake.models import Attachment, Message, Report
from ruang.intake.policy import may_follow
from ruang.intake.states import FileKind, MessageKind, Side, State, Who
from ruang.intake.told import Contact
from ruang.plans.queries import was_served
from ruang.triage.models import Decision
from ruang.triage.referred import is_referred
from ruang.triage.states import OVER, Outcome, PublicStatus
from ruang.vault.texts import open_text, open_texts

Written = Message | ThreadMessage


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One message. ``by`` is empty where no name may be shown; ``text`` is None if locked."""

    mine: bool
    by: str
    at: datetime
    kind: MessageKind
    text: str | None
    files: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file she added: what kind and when. It is not shown again."""

    kind: FileKind
    at: datetime


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Somebody who opened what she told; named only to who reported herself.

    A partner is named by the organisation: she agreed to it, not to one person there.
    """

    name: str
    role: str | Promise
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class FollowPage:
    """Everything the page under the code shows.

    :ivar reopened_at: since when we look at it again after it was decided
    :ivar answer_by: when she is promised an answer; None while none is owed
    :ivar may_say_how: whether she is asked how the help was
    :ivar agreed: with whom her case is shared on her own word
    :ivar contact: how she is reached now; ``wish`` is a change nobody has taken over yet
    """

    report_id: UUID
    number: str
    received_at: datetime
    status: PublicStatus
    reopened_at: datetime | None
    answer_by: datetime | None
    is_self: bool
    helper: str
    contact: Contact
    wish: Contact | None
    wants_to_stop: bool
    may_say_how: bool
    agreed: tuple[Agreed, ...]
    messages: tuple[Line, ...]
    files: tuple[FileLine, ...]
    openings: tuple[OpeningLine, ...]


def follow_page(*, actor: Actor, at: datetime) -> FollowPage:
    """Return what the reporter sees.

    :raises NotInSight: if there is no such report
    """
    report = sight.one(Report.objects.visible_to(actor), actor.user_id)
    require(may_follow, actor, report)
    decision = Decision.objects.select_related("case").filter(report=report).first()
    case = decision.case if decision else None
    written = _written(report, case)
    texts = open_texts(actor.keys, written, "text")
    is_self = report.who == Who.SELF
    wish = _wish(written, texts)
    contact = Contact.from_text(open_text(actor.keys, report, "contact"))
    if wish is not None and _is_in_force(wish, contact, report, case):
        contact, wish = wish[1], None
    return FollowPage(
        report_id=report.pk,
        number=report.number,
        received_at=report.received_at,
        status=_status(report, decision, written, texts, is_self=is_self),
        reopened_at=report.reopened_at if decision is None else None,
        answer_by=_answer_by(report, case, written),
        is_self=is_self,
        helper=_helper(report, case) if is_self else "",
        contact=contact,
        wish=wish[1] if wish else None,
        agreed=agreed(actor=actor, at=at) if is_self and case is not None else (),
        may_say_how=is_self and case is not None and _was_helped(case),
        wants_to_stop=any(one.kind == MessageKind.WITHDRAW for one in written),
        messages=_lines(written, texts, report, case, is_self=is_self),
        files=_files(report, case),
        openings=_openings(report, case, is_self=is_self),
    )


def _was_helped(case: Case) -> bool:
    """Say whether there is help that she can say something of."""
    return case.state == CaseState.CLOSED or was_served(case=case)


def _written(report: Report, case: Case | None) -> list[Written]:
    """Return the thread in order; what was carried over into the case kept its id."""
    thread: list[Written] = list(case.thread.all()) if case else []
    known = {one.pk for one in thread}
    before: list[Written] = [one for one in report.messages.all() if one.pk not in known]
    return sorted(before + thread, key=lambda one: (one.at, one.pk))


def _status(
    report: Report,
    decision: Decision | None,
    written: list[Written],
    texts: list[str | None],
    *,
    is_self: bool,
) -> PublicStatus:
    if decision is None and report.state == State.NEW:
        return PublicStatus.RECEIVED
    if _is_done(decision):
        return PublicStatus.DONE
    if not is_self:
        return PublicStatus.IN_HAND
    if written and written[-1].side == Side.STAFF and "?" in (texts[-1] or ""):
        return PublicStatus.WAITING
    is_elsewhere = decision is not None and _is_elsewhere(decision)
    return PublicStatus.REFERRED if is_elsewhere else PublicStatus.IN_HAND


def _is_elsewhere(decision: Decision) -> bool:
    """Say whether somebody else takes part: by a request, or all of it was handed over."""
    if decision.outcome == Outcome.REFER and decision.case_id is not None:
        return is_referred(decision.case_id)
    return decision.outcome == Outcome.HAND_OVER


def _is_done(decision: Decision | None) -> bool:
    if decision is None:
        return False
    if decision.outcome == Outcome.SAME_AS:
        other = Decision.objects.select_related("case").filter(report=decision.same_as_id)
        return _is_done(other.first())
    if decision.case is None:
        return decision.outcome in OVER
    return decision.case.state == CaseState.CLOSED


def _answer_by(report: Report, case: Case | None, written: list[Written]) -> datetime | None:
    """Return the end of the clock that runs for her: to be read, or to be answered.

    "At once" is promised as half an hour from when somebody is there: a clock that is over
    before it began would only tell her that we are late. Once it is decided, it is the end of
    the clock that runs.
    """
    if report.state == State.NEW:
        return promised(level(report), report.received_at)
    if report.state == State.DECIDED:
        return due(case.pk if case else report.pk)
    owed = None
    for one in reversed(written):
        if one.kind == MessageKind.FEEDBACK:
            continue
        if one.side == Side.STAFF:
            break
        owed = one.at
    if owed is None:
        return None
    return promised(level(report), owed)


def _wish(written: list[Written], texts: list[str | None]) -> tuple[datetime, Contact] | None:
    for one, text in zip(reversed(written), reversed(texts), strict=True):
        if one.kind == MessageKind.CONTACT and text:
            return one.at, Contact.from_text(text)
    return None


def _is_in_force(
    wish: tuple[datetime, Contact], contact: Contact, report: Report, case: Case | None
) -> bool:
    """Say whether a member has taken the change over."""
    since, wanted = wish
    if wanted == contact:
        return True
    if case is None:
        return False
    entries = happenings(case.pk, [EntryWritten.name], limit=200)
    return any(
        one.codes.get("kind") == EntryKind.CONTACT and one.at >= since for one in entries
    )


def _helper(report: Report, case: Case | None) -> str:
    """Return the name of the person she talks with."""
    leads = case.team.filter(part=Part.MANAGER, ended_at=None) if case else None
    user = leads.values_list("user", flat=True).first() if leads else report.holder
    return directory.names([user]).get(user, "") if user else ""


def _lines(
    written: list[Written],
    texts: list[str | None],
    report: Report,
    case: Case | None,
    *,
    is_self: bool,
) -> tuple[Line, ...]:
    names = directory.names(one.author for one in written) if is_self else {}
    files: dict[UUID | None, int] = {}
    for holder in _file_rows(report, case):
        files[holder.message_id] = files.get(holder.message_id, 0) + 1
    return tuple(
        Line(
            mine=one.side == Side.REPORTER,
            by=names.get(one.author, "") if one.author else "",
            at=one.at,
            kind=MessageKind(one.kind),
            text=text,
            files=files.get(one.pk, 0),
        )
        for one, text in zip(written, texts, strict=True)
    )


def _file_rows(report: Report, case: Case | None) -> list[Attachment | CaseFile]:
    hers: list[Attachment | CaseFile] = list(report.attachments.all())
    if case is not None:
        hers += case.files.filter(compartment=Compartment.THREAD)
    return hers


def _files(report: Report, case: Case | None) -> tuple[FileLine, ...]:
    rows = sorted(_file_rows(report, case), key=lambda one: one.at)
    return tuple(FileLine(FileKind(one.kind), one.at) for one in rows)


def _openings(report: Report, case: Case | None, *, is_self: bool) -> tuple[OpeningLine, ...]:
    """Return who opened what she told, each person once, the latest first."""
    looks = openings([report.pk, case.pk] if case else [report.pk])
    staff = _once(look for look in looks if look.role != Role.REPORTER and not look.automatic)
    people = directory.people(look.by for look in staff) if is_self else {}
    places = directory.public_names(person.desk for person in people.values())
    return tuple(
        OpeningLine(
            name=_named(people[look.by], places) if look.by in people else "",
            role=Role(look.role).label if is_self else "",
            at=look.last,
        )
        for look in staff
    )


def _named(person: Person, places: Mapping[UUID, str]) -> str:
    return places.get(person.desk, "") if person.role is Role.PARTNER_DESK else person.name


def _once(looks: Iterable[Look]) -> list[Look]:
    seen: dict[UUID, Look] = {}
    for look in looks:
        seen.setdefault(look.by, look)
    return list(seen.values())
