"""The queue of a desk: one table, by risk, then by clock. Codes alone, nothing that was told.

Ten thousand open reports cost what a hundred do: the page is read along one index, and the
four counts are one walk over the same index.

A report whose clock is paused keeps its place: its risk does not pause, and whoever looks at
the top of the queue must still see it. But while paused it is not late and not soon late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.clocks.queries import ClockLine, clocks_by_subject
from ruang.identity import directory
from ruang.intake import clocks
from ruang.intake.models import Report
from ruang.intake.states import OPEN, RANK, Age, Door, Help, Risk, Safety, State
from ruang.kernel.codes import CaseKind
from ruang.kernel.ids import uuid_of
from ruang.kernel.pagination import Place
from ruang.kernel.text import tidy
from ruang.territory import queries as territory

PAGE = 50
SOON = timedelta(minutes=30)
NEWS = timedelta(days=7)
"""For so long whoever held a report reads that it was taken out of her hands."""
HIGH = RANK[Risk.HIGH]


class Show(StrEnum):
    """Which part of the queue."""

    ALL = "all"
    FREE = "free"
    LATE = "late"
    SOON = "soon"
    MINE = "mine"
    WAITING = "waiting"
    DECIDED = "decided"
    DECIDED_HIGH = "decided_high"


ARCHIVE = frozenset({Show.DECIDED, Show.DECIDED_HIGH})
"""What is decided; the second is what was a high risk or a danger, to be looked through."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the list is narrowed to. A text is looked for in numbers, and in nothing else.

    :ivar after: the place after which the page begins
    :ivar before: the place before which it ends; at most one of the two is heeded
    """

    show: Show = Show.ALL
    door: str = ""
    district: str = ""
    number: str = ""
    risk: str = ""
    kind: str = ""
    age: str = ""
    tpks: bool = False
    holder: str = ""
    after: str = ""
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the tab narrows the list."""
        return self.is_sifted or bool(self.door or self.district or self.number)

    @property
    def is_sifted(self) -> bool:
        """Say whether one of the rarer filters narrows it."""
        return bool(self.risk or self.kind or self.age or self.tpks or self.holder)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts over the whole queue; each is a filter."""

    open: int
    free: int
    free_high: int
    late: int
    late_high: int
    soon: int
    soon_free: int
    mine: int
    mine_late: int
    waiting: int


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line: what may be said aloud in a room.

    :ivar started_at: since when its clock runs
    :ivar paused: for what it is paused; empty while it runs
    """

    id: UUID
    number: str
    risk: Risk
    is_danger: bool
    received_at: datetime
    due_at: datetime
    is_late: bool
    about: tuple[str | Promise, ...]
    door: str | Promise
    district: str
    state: State
    holder: str
    is_mine: bool
    taken_at: datetime | None
    waiting: bool
    has_files: bool
    started_at: datetime
    paused_at: datetime | None
    paused: str | Promise


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The page: counts, lines, and the places where the pages beside it begin."""

    desk: UUID
    at: datetime
    tally: Tally
    sieve: Sieve
    rows: tuple[DeskRow, ...]
    newer: str
    older: str
    districts: tuple[tuple[str, str], ...]
    holders: tuple[directory.Person, ...]
    may_work: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What waits for one person at the desk.

    :ivar mine: reports she holds
    :ivar urgent: free ones of high risk, late or soon late
    :ivar after: decided ones of hers in which the reporter wrote again
    :ivar taken: those that were taken out of her hands in the last days
    """

    mine: tuple[DeskRow, ...]
    urgent: tuple[DeskRow, ...]
    after: tuple[DeskRow, ...]
    taken: tuple[DeskRow, ...]


def desk_page(*, actor: Actor, sieve: Sieve, at: datetime) -> DeskPage:
    """Return one page of the desk's queue.

    :raises PermissionDenied: if the actor's role sees no queue
    """
    require_permission(Permission.DESK_SEE, actor)
    rows, newer, older = _page(actor, sieve, at)
    city = territory.city()
    return DeskPage(
        desk=actor.organisation_id,
        at=at,
        tally=_tally(actor, at),
        sieve=sieve,
        rows=_lines(rows, actor, at),
        newer=newer,
        older=older,
        districts=tuple((place.code, place.name) for place in city.districts),
        holders=tuple(directory.working(actor.organisation_id, Permission.REPORT_WORK)),
        may_work=actor.may(Permission.REPORT_WORK),
    )


def held_reports(*, actor: Actor, at: datetime, limit: int = 10) -> Held:
    """Return what waits for this person at the desk."""
    if not actor.may(Permission.REPORT_WORK):
        return Held((), (), (), ())
    queue = _queue(actor)
    own = queue.filter(holder=actor.user_id)
    runs = _runs(actor)
    urgent = queue.filter(Q(rank=HIGH) | Q(due_at__lt=at + SOON) & runs, holder=None)
    asked = _light(Report.objects.visible_to(actor)).filter(
        waiting=True, holder=actor.user_id, state=State.DECIDED
    )
    taken = _light(Report.objects.visible_to(actor)).filter(
        taken_from=actor.user_id, taken_at__gt=at - NEWS
    )
    found = [
        list(rows.order_by("rank", "due_at", "id")[:limit])
        for rows in (own, urgent, asked, taken)
    ]
    lines = iter(_lines([row for rows in found for row in rows], actor, at))
    return Held(*(tuple(next(lines) for _row in rows) for rows in found))


def _queue(actor: Actor) -> "QuerySet[Report]":
    """Return the open reports; the sealed columns stay where they are.

    Said as the condition of the index says it, so that the index is used.
    """
    return _light(Report.objects.visible_to(actor)).exclude(state=State.DECIDED)


def _light(rows: "QuerySet[Report]") -> "QuerySet[Report]":
    return rows.defer("contact", "story", "details", "must_not_read", "recorded", "form_tag")


def _runs(actor: Actor) -> Q:
    """Return what keeps those whose clock is not paused."""
    return ~Q(pk__in=clocks.paused_at(actor.organisation_id))


def _tally(actor: Actor, at: datetime) -> Tally:
    free, mine = Q(holder=None), Q(holder=actor.user_id)
    runs = _runs(actor)
    late, soon = Q(due_at__lt=at) & runs, Q(due_at__gte=at, due_at__lt=at + SOON) & runs
    counts = (
        Report.objects.visible_to(actor)
        .exclude(state=State.DECIDED)
        .aggregate(
            open=Count("rank"),
            free=Count("rank", filter=free),
            free_high=Count("rank", filter=free & Q(rank=HIGH)),
            late=Count("rank", filter=late),
            late_high=Count("rank", filter=late & Q(rank=HIGH)),
            soon=Count("rank", filter=soon),
            soon_free=Count("rank", filter=soon & free),
            mine=Count("rank", filter=mine),
            mine_late=Count("rank", filter=mine & late),
        )
    )
    waiting = Report.objects.visible_to(actor).filter(waiting=True).count()
    return Tally(**counts, waiting=waiting)


def _page(actor: Actor, sieve: Sieve, at: datetime) -> tuple[list[Report], str, str]:
    """Return the rows, and the places for the page before and the page after."""
    if sieve.show in ARCHIVE and not sieve.number:
        return _archive(actor, sieve)
    rows = _narrowed(_shown(actor, sieve, at), sieve)
    after, before = Place.read(sieve.after), Place.read(sieve.before)
    if before is not None:
        found = list(_up_to(rows, before)[: PAGE + 1])
        page = found[:PAGE][::-1]
        has_newer, has_older = len(found) > PAGE, True
    else:
        found = list(_from(rows, after)[: PAGE + 1])
        page = found[:PAGE]
        has_newer, has_older = after is not None, len(found) > PAGE
    if not page:
        return [], "", ""
    return page, _place(page[0], has_newer), _place(page[-1], has_older)


def _shown(actor: Actor, sieve: Sieve, at: datetime) -> "QuerySet[Report]":
    if sieve.number or sieve.show is Show.WAITING:
        rows = _light(Report.objects.visible_to(actor))
        return rows if sieve.number else rows.filter(waiting=True)
    wanted = {
        Show.FREE: Q(holder=None),
        Show.LATE: Q(due_at__lt=at) & _runs(actor),
        Show.SOON: Q(due_at__gte=at, due_at__lt=at + SOON) & _runs(actor),
        Show.MINE: Q(holder=actor.user_id),
    }
    return _queue(actor).filter(wanted.get(sieve.show, Q()))


def _narrowed(rows: "QuerySet[Report]", sieve: Sieve) -> "QuerySet[Report]":
    if sieve.door in Door.values:
        rows = rows.filter(door=sieve.door)
    if sieve.district:
        rows = rows.filter(district=tidy(sieve.district)[:8])
    if number := tidy(sieve.number)[:16]:
        rows = rows.filter(number__icontains=number)
    return _sifted(rows, sieve) if sieve.is_sifted else rows


def _sifted(rows: "QuerySet[Report]", sieve: Sieve) -> "QuerySet[Report]":
    lists = (
        ("risk", sieve.risk, Risk.values),
        ("kind", sieve.kind, CaseKind.values),
        ("age", sieve.age, Age.values),
    )
    for field, code, known in lists:
        if code in known:
            rows = rows.filter(**{field: code})
    if sieve.tpks:
        rows = rows.filter(tpks=True)
    holder = uuid_of(sieve.holder)
    return rows.filter(holder=holder) if holder else rows


def _from(rows: "QuerySet[Report]", after: Place | None) -> "QuerySet[Report]":
    ordered = rows.order_by("rank", "due_at", "id")
    if after is None:
        return ordered
    return ordered.filter(
        Q(rank__gt=after.rank)
        | Q(rank=after.rank, due_at__gt=after.at)
        | Q(rank=after.rank, due_at=after.at, id__gt=after.pk),
        rank__gte=after.rank,
    )


def _up_to(rows: "QuerySet[Report]", before: Place) -> "QuerySet[Report]":
    return rows.order_by("-rank", "-due_at", "-id").filter(
        Q(rank__lt=before.rank)
        | Q(rank=before.rank, due_at__lt=before.at)
        | Q(rank=before.rank, due_at=before.at, id__lt=before.pk),
        rank__lte=before.rank,
    )


def _archive(actor: Actor, sieve: Sieve) -> tuple[list[Report], str, str]:
    """Return decided reports, the latest received first; ids follow the time of receipt."""
    rows = _narrowed(_light(Report.objects.visible_to(actor)), sieve).filter(
        state=State.DECIDED
    )
    if sieve.show is Show.DECIDED_HIGH:
        rows = rows.filter(rank=HIGH)
    after = Place.read(sieve.after)
    if after is not None:
        rows = rows.filter(
            Q(received_at__lt=after.at) | Q(received_at=after.at, id__lt=after.pk),
            received_at__lte=after.at,
        )
    found = list(rows.order_by("-received_at", "-id")[: PAGE + 1])
    page = found[:PAGE]
    older = Place(0, page[-1].received_at, page[-1].pk) if len(found) > PAGE else ""
    return page, "", str(older)


def _place(row: Report, wanted: bool) -> str:  # noqa: FBT001 - one word at two callers
    return str(Place(row.rank, row.due_at, row.pk)) if wanted else ""


def _lines(rows: Iterable[Report], actor: Actor, at: datetime) -> tuple[DeskRow, ...]:
    listed = list(rows)
    names = directory.names(row.holder for row in listed)
    lines = clocks_by_subject(subjects=[row.pk for row in listed])
    times = {row.pk: clock_times(report=row, clock=lines.get(row.pk)) for row in listed}
    city = territory.city()
    return tuple(
        DeskRow(
            id=row.pk,
            number=row.number,
            risk=Risk(row.risk),
            is_danger=row.safety == Safety.DANGER,
            received_at=row.received_at,
            due_at=row.due_at,
            is_late=(row.state in OPEN or row.waiting)
            and row.due_at < at
            and times[row.pk][1] is None,
            about=_about(row),
            door=Door(row.door).label,
            district=city.district_name(row.district),
            state=State(row.state),
            holder=names.get(row.holder, "") if row.holder else "",
            is_mine=row.holder == actor.user_id,
            taken_at=row.taken_at,
            waiting=row.waiting,
            has_files=row.file_count > 0,
            started_at=times[row.pk][0],
            paused_at=times[row.pk][1],
            paused=times[row.pk][2],
        )
        for row in listed
    )


def clock_times(
    *, report: Report, clock: ClockLine | None
) -> tuple[datetime, datetime | None, str | Promise]:
    """Return since when the clock of a report runs, since when it is paused, and for what."""
    if clock is None:
        return report.received_at, None, ""
    return clock.started_at, clock.paused_at, clock.paused_why.label if clock.paused_why else ""


def _about(row: Report) -> tuple[str | Promise, ...]:
    """Return what it is about in two words: a child, and what help is hoped for first."""
    child = [Age.CHILD.label] if row.age == Age.CHILD else []
    hoped = [Help(code).label for code in row.helps if code in Help.values]
    return (*child, *hoped[:1])
