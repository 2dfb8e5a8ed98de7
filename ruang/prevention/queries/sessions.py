"""Sessions as lists and calendars show them, and one session with what may be done with it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.identity import directory
from ruang.kernel.pagination import Place
from ruang.prevention import small
from ruang.prevention.listing import (
    SessionRow,
    full,
    midnight,
    must_see,
    rows_of,
    steps_of,
    unit_of_session,
)
from ruang.prevention.materials import materials_of
from ruang.prevention.models import Facilitator, Part, Programme, Session
from ruang.prevention.naming import programme_name, rt_name
from ruang.prevention.policy import may_count, may_plan, sees_request
from ruang.prevention.shown import disability_about
from ruang.prevention.states import (
    Anyway,
    Cancelled,
    Corrected,
    Language,
    Phase,
    Show,
    State,
    Step,
    Unit,
)
from ruang.register.states import Band, Sex
from ruang.territory import queries as territory
from ruang.territory.facts import Place as Region

PAGE = 25
MOST = 800
"""Sessions that a calendar shows at once; a city holds some three hundred a year."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a list is narrowed to; empty is everything."""

    show: Show = Show.AHEAD
    district: str = ""
    programme: UUID | None = None
    facilitator: UUID | None = None
    state: State | None = None
    since: date | None = None
    until: date | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class SessionList:
    """A page of sessions, and what it can be narrowed by."""

    rows: tuple[SessionRow, ...]
    sieve: Sieve
    following: Place | None
    programmes: tuple[tuple[str, str], ...]
    facilitators: tuple[tuple[str, str], ...]
    districts: tuple[Region, ...]
    may_plan: bool
    unlogged: int


@dataclass(frozen=True, slots=True)
class Counting:
    """How many of one sex and age came."""

    sex: Sex
    band: Band
    people: int


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction of what was logged.

    :ivar people: how many stood there before it, those who said neither sex nor age too
    """

    at: datetime
    by: str
    reason: Corrected
    people: int | None


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session with everything its page shows.

    :ivar counts: empty for whoever may not write down who came
    :ivar total: how many came; None for the same people, who see ``about``
    :ivar about: at least and at most so many came; no most for very many
    :ivar sheets: how many were filled in before and after; None for the same people
    :ivar disability: between which numbers those with a disability lie, if some came by code
    :ivar unsaid: how many came by code and said neither sex nor age
    :ivar by_code: how many came by code in all
    :ivar steps: what this actor may do with it now
    :ivar corrections: when, by whom, why, and how many people stood there before, latest last;
        how many is None for whoever may not count
    """

    id: UUID
    row: SessionRow
    unit: Unit
    language: Language
    programme_id: UUID
    is_public: bool
    is_promised: bool
    people: tuple[tuple[UUID, str], ...]
    rts: tuple[str, ...]
    counts: tuple[Counting, ...]
    sheets: tuple[int, int] | None
    cancelled: Cancelled | None
    planned_by: str
    planned_at: datetime
    over_by: str
    over_at: datetime | None
    request_id: UUID | None
    materials: tuple[tuple[UUID, str], ...]
    steps: tuple[Step, ...]
    total: int | None = field(default=0)
    about: tuple[int, int | None] = field(default=(0, None))
    first_time: int = field(default=0)
    with_disability: int = field(default=0)
    disability: tuple[int, int | None] | None = None
    unsaid: int = field(default=0)
    by_code: int = field(default=0)
    corrections: tuple[CorrectionLine, ...] = ()
    moves: int = 0
    anyway: Anyway | None = None

    @property
    def by_head(self) -> int:
        """Return how many of them were counted by somebody."""
        return (self.total or 0) - self.by_code


def sessions_page(*, actor: Actor, sieve: Sieve, at: datetime) -> SessionList:
    """Return a page of sessions: those ahead the soonest first, those past the latest first.

    :raises PermissionDenied: for whoever does not work in prevention
    """
    must_see(actor)
    rows = _shown(_narrowed(Session.objects.visible_to(actor), sieve), sieve, at)
    found = list(full(rows)[: PAGE + 1])
    more = len(found) > PAGE
    last = found[PAGE - 1] if more else None
    unlogged = Session.objects.visible_to(actor).filter(_unlogged(at)).count()
    return SessionList(
        rows=rows_of(found[:PAGE], actor, at),
        sieve=sieve,
        following=Place(0, last.starts_at, last.pk) if last else None,
        programmes=tuple(
            (str(one.pk), programme_name(one)) for one in Programme.objects.order_by("name")
        ),
        facilitators=tuple(
            (str(pk), name)
            for pk, name in Facilitator.objects.order_by("user__name", "pk").values_list(
                "pk", "user__name"
            )
        ),
        districts=territory.city().districts,
        may_plan=may_plan(actor, None),
        unlogged=unlogged,
    )


def sessions_between(
    *, actor: Actor, since: date, until: date, sieve: Sieve, at: datetime
) -> tuple[SessionRow, ...]:
    """Return the sessions of some days in order, for a calendar.

    :raises PermissionDenied: for whoever does not work in prevention
    """
    must_see(actor)
    wanted = replace(sieve, since=since, until=until)
    rows = _narrowed(Session.objects.visible_to(actor), wanted)
    return rows_of(full(rows.order_by("starts_at", "pk"))[:MOST], actor, at)


def session_page(*, actor: Actor, session_id: UUID, at: datetime) -> SessionPage:
    """Return one session.

    :raises NotInSight: if there is none
    """
    session = sight.one(full(Session.objects.visible_to(actor)), session_id)
    (row,) = rows_of([session], actor, at)
    came = list(session.attendance.order_by("band", "sex"))
    counts = tuple(Counting(Sex(one.sex), Band(one.band), one.people) for one in came)
    total = sum(one.people for one in came) + session.unsaid
    is_open = may_count(actor, session)
    answered = dict(session.sheets.values_list("phase").annotate(n=Count("pk")))
    sheets = [answered.get(one, 0) for one in (Phase.BEFORE, Phase.AFTER)]
    names = directory.names([session.by, session.over_by])
    request = session.request
    in_sight = request and type(request).objects.filter(sees_request(actor), pk=request.pk)
    return SessionPage(
        id=session.pk, row=row, unit=unit_of_session(session),
        language=Language(session.language), programme_id=session.programme_id,
        is_public=session.is_public, is_promised=session.is_promised,
        people=tuple((p.facilitator_id, p.facilitator.user.name) for p in session.parts.all()),
        rts=_rts(session),
        counts=counts if is_open else (),
        sheets=(sheets[0], sheets[1]) if is_open else None,
        cancelled=Cancelled(session.cancelled) if session.cancelled else None,
        planned_by=names.get(session.by, ""), planned_at=session.at,
        over_by=names.get(session.over_by, "") if session.over_by else "",
        over_at=session.over_at,
        request_id=request.pk if request and in_sight and in_sight.exists() else None,
        materials=_materials(session), steps=steps_of(actor, session, at),
        total=total if is_open else None, about=small.between(total),
        first_time=sum(one.first_time for one in came) if is_open else 0,
        with_disability=sum(one.with_disability for one in came) if is_open else 0,
        disability=disability_about(came),
        unsaid=session.unsaid if is_open else 0,
        by_code=session.unsaid + sum(one.by_code for one in came) if is_open else 0,
        corrections=_corrections(session, is_open=is_open), moves=session.moves,
        anyway=Anyway(session.anyway) if session.anyway else None,
    )  # fmt: skip


def _unlogged(at: datetime) -> Q:
    return Q(state=State.PLANNED, ends_at__lt=at)


def _narrowed(rows: "QuerySet[Session]", sieve: Sieve) -> "QuerySet[Session]":
    wanted = Q()
    if sieve.district:
        wanted &= Q(village__parent=sieve.district)
    if sieve.programme:
        wanted &= Q(programme=sieve.programme)
    if sieve.state:
        wanted &= Q(state=sieve.state)
    if sieve.facilitator:
        mine = Part.objects.filter(facilitator=sieve.facilitator)
        wanted &= Q(pk__in=mine.values("session"))
    if sieve.since:
        wanted &= Q(starts_at__gte=midnight(sieve.since))
    if sieve.until:
        wanted &= Q(starts_at__lt=midnight(sieve.until + timedelta(days=1)))
    return rows.filter(wanted)


def _shown(rows: "QuerySet[Session]", sieve: Sieve, at: datetime) -> "QuerySet[Session]":
    after, today = sieve.after, midnight(timezone.localtime(at).date())
    if sieve.show is Show.AHEAD:
        rows = rows.filter(starts_at__gte=today).order_by("starts_at", "pk")
        if after:
            rows = rows.filter(
                Q(starts_at__gt=after.at) | Q(starts_at=after.at, pk__gt=after.pk)
            )
        return rows
    rows = rows.filter(_unlogged(at) if sieve.show is Show.UNLOGGED else Q(starts_at__lt=today))
    if after:
        rows = rows.filter(Q(starts_at__lt=after.at) | Q(starts_at=after.at, pk__lt=after.pk))
    return rows.order_by("-starts_at", "-pk")


def _rts(session: Session) -> tuple[str, ...]:
    invited = session.invited.select_related("rt__rw").order_by("rt__rw__number", "rt__number")
    return tuple(rt_name(one.rt, session) for one in invited)


def _materials(session: Session) -> tuple[tuple[UUID, str], ...]:
    """Return what is taught with, or was: a version of each material."""
    return tuple(
        (
            one.pk,
            gettext("%(title)s, version %(number)d")
            % {"title": one.material.title, "number": one.number},
        )
        for one in materials_of(session)
    )


def _corrections(session: Session, *, is_open: bool) -> tuple[CorrectionLine, ...]:
    rows = list(
        session.corrections.annotate(people=Sum("earlier__people", default=0)).order_by(
            "at", "pk"
        )
    )
    names = directory.names(one.by for one in rows)
    return tuple(
        CorrectionLine(
            one.at, names.get(one.by, ""), Corrected(one.reason),
            one.people + session.unsaid if is_open else None,
        )
        for one in rows
    )  # fmt: skip
