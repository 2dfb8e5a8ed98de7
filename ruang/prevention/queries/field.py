"""What somebody needs in a hall: my sessions, one session, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.identity import directory
from ruang.prevention import small
from ruang.prevention.listing import steps_of
from ruang.prevention.log_key import open_note
from ruang.prevention.models import Attendance, Photo, Sent, Session
from ruang.prevention.policy import may_count, may_log
from ruang.prevention.shown import (
    PLACES,
    FieldPhoto,
    FieldQuestion,
    FieldRt,
    FieldSession,
    disability_about,
    questions_of,
    rts_of,
    shown_photo,
    shown_session,
)
from ruang.prevention.states import PhotoState, SentKind, State, Step
from ruang.register.states import Band, Sex

AHEAD = timedelta(days=7)
MOST = 60
"""Sessions of one part of the list; nobody holds as many in a week."""


@dataclass(frozen=True, slots=True)
class FieldList:
    """My sessions around today.

    :ivar unlogged: those of which nobody said what came of them, the oldest first
    :ivar waiting: logs, and lots of sheets and photos, that wait for this actor's decision
    """

    today: Sequence[FieldSession]
    unlogged: Sequence[FieldSession]
    ahead: Sequence[FieldSession]
    waiting: int = 0
    photos: int = 0


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How many came, of one sex and age band.

    :ivar with_disability: None where some of all who came said it to their own phone alone
    """

    sex: str
    band: str
    people: int
    first_time: int
    with_disability: int | None

    @property
    def label(self) -> str:
        """Return which sex and age."""
        return f"{Sex(self.sex).label}, {Band(self.band).label}"


@dataclass(frozen=True, slots=True)
class FieldNote:
    """A note about a session."""

    text: str = field(repr=False)
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldPage:
    """One session in the hall.

    :ivar sheets: how many sheets came in, before and after; None once it was logged, for
        whoever may not count
    :ivar about: at least and at most so many came, no most for very many; None for whoever may
        count, who reads ``people``, and before it was held
    :ivar unsaid: how many came by code and said neither sex nor age
    :ivar by_code: how many came by code in all
    :ivar disability: between which numbers those with a disability lie, if some came by code
    """

    session: FieldSession
    rts: Sequence[FieldRt]
    questions: Sequence[FieldQuestion]
    counts: Sequence[FieldCount]
    notes: Sequence[FieldNote]
    photos: Sequence[FieldPhoto]
    sheets: tuple[int, int] | None
    waiting: int
    may_log: bool
    unsaid: int = 0
    by_code: int = 0
    disability: tuple[int, int | None] | None = None
    about: tuple[int, int | None] | None = None
    may_correct: bool = False

    @property
    def people(self) -> int:
        """Return how many came."""
        return sum(one.people for one in self.counts) + self.unsaid

    @property
    def by_head(self) -> int:
        """Return how many of them were counted by somebody."""
        return self.people - self.by_code


def field_list(*, actor: Actor, at: datetime) -> FieldList:
    """Return the sessions somebody holds around today; who plans sees everybody's."""
    mine = _mine(actor)
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=1)
    before = mine.filter(starts_at__lt=start, state=State.PLANNED).order_by("starts_at", "id")
    after = Q(starts_at__gte=end, starts_at__lt=end + AHEAD, state=State.PLANNED)
    rows = mine.filter(after | Q(starts_at__gte=start, starts_at__lt=end))
    shown = [shown_session(row) for row in rows.order_by("starts_at", "id")[: 2 * MOST]]
    decides = actor.may(P.PREVENTION_PLAN)
    return FieldList(
        today=[one for one in shown if start <= one.starts_at < end],
        unlogged=[shown_session(row) for row in before[:MOST]],
        ahead=[one for one in shown if one.starts_at >= end],
        waiting=_to_decide() if decides else 0,
        photos=Photo.objects.filter(state=PhotoState.WAITING).count() if decides else 0,
    )


def field_page(*, actor: Actor, session_id: UUID, at: datetime | None = None) -> FieldPage:
    """Return one session with what came of it; counts are for its own page alone.

    :raises NotInSight: if there is none for this actor
    """
    row = sight.one(_with_places(Session.objects.visible_to(actor)), session_id)
    logs, is_held = may_log(actor, row), row.state == State.HELD
    is_open = may_count(actor, row)
    asks = logs and (is_open or not is_held)
    sheets = list(row.sheets.values_list("phase", flat=True)) if asks else []
    everybody = list(row.attendance.all()) if is_held else []
    total = sum(one.people for one in everybody) + row.unsaid
    came, unsaid = (everybody, row.unsaid) if is_open else ([], 0)
    waits = (
        Sent.objects.visible_to(actor)
        .filter(session=row, state="waiting", kind=SentKind.LOG)
        .count()
    )
    return FieldPage(
        session=shown_session(row),
        rts=rts_of(row),
        questions=questions_of(row),
        counts=_counts(came),
        notes=_notes(row) if logs else (),
        photos=[shown_photo(one, actor) for one in _photos(actor, row)],
        sheets=(sheets.count("before"), sheets.count("after")) if asks else None,
        waiting=waits,
        may_log=logs,
        unsaid=unsaid,
        by_code=unsaid + sum(one.by_code for one in came),
        disability=disability_about(came),
        about=small.between(total) if is_held and not is_open else None,
        may_correct=at is not None and Step.CORRECT in steps_of(actor, row, at),
    )


def _to_decide() -> int:
    """Return how often somebody has to decide: once a log, once a lot."""
    rows = Sent.objects.filter(state="waiting")
    lots = rows.exclude(kind=SentKind.LOG).values("session", "by", "kind").distinct()
    return rows.filter(kind=SentKind.LOG).count() + lots.count()


def _mine(actor: Actor) -> QuerySet[Session]:
    in_sight = _with_places(Session.objects.visible_to(actor))
    if actor.may(P.PREVENTION_PLAN) or actor.may(P.CADRE):
        return in_sight
    return in_sight.filter(parts__facilitator__user=actor.user_id)


def _with_places(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.select_related(*PLACES)


def _photos(actor: Actor, row: Session) -> QuerySet[Photo]:
    in_sight = Photo.objects.visible_to(actor).filter(session=row)
    return in_sight.select_related("session__programme", "session__village").order_by(
        "at", "id"
    )


def _counts(came: Sequence[Attendance]) -> list[FieldCount]:
    """Return who came, in order."""
    order = {(sex.value, band.value): n for n, (sex, band) in enumerate(
        (sex, band) for sex in Sex for band in Band
    )}  # fmt: skip
    hides = disability_about(came) is not None
    found = [
        FieldCount(
            one.sex, one.band, one.people, one.first_time,
            None if hides else one.with_disability,
        )
        for one in came
    ]  # fmt: skip
    return sorted(found, key=lambda one: order[one.sex, one.band])


def _notes(row: Session) -> list[FieldNote]:
    rows = list(row.notes.order_by("at", "id"))
    names = directory.names(one.by for one in rows)
    return [FieldNote(open_note(one), names.get(one.by, ""), one.at) for one in rows]
