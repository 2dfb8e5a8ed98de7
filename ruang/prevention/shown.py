"""What is shown of a session and of a photo, wherever they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.prevention import small
from ruang.prevention.hosts import invited_rts
from ruang.prevention.models import Attendance, Photo, Question, Session
from ruang.prevention.naming import (
    choices_of,
    meeting_place,
    programme_name,
    question_text,
    rt_name,
)
from ruang.prevention.states import Audience, Language, PhotoState, State

PLACES = ("programme", "rw", "school", "community", "village", "venue")
"""What is loaded with a session that is shown."""


@dataclass(frozen=True, slots=True)
class FieldSession:
    """One session, as whoever holds it knows it."""

    id: UUID
    programme: str
    host: str
    village: str
    place: str
    audience: Audience
    language: Language
    state: State
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class FieldPhoto:
    """A photo, without its pixels."""

    id: UUID
    session: UUID
    programme: str
    place: str
    at: datetime
    is_shown: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class FieldRt:
    """An RT that is invited, or what stands of it now."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """A question of the sheet before and after."""

    id: UUID
    text: str
    choices: Sequence[str]


def shown_session(row: Session) -> FieldSession:
    """Return what is shown of a session that was loaded with its places."""
    host = row.rw or row.school or row.community
    return FieldSession(
        id=row.pk,
        programme=programme_name(row.programme),
        host=str(host),
        village=str(row.village),
        place=meeting_place(row),
        audience=Audience(row.audience),
        language=Language(row.language),
        state=State(row.state),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def rts_of(row: Session) -> list[FieldRt]:
    """Return the RT that are invited, each named so that the hall knows which it is."""
    return [FieldRt(one.pk, rt_name(one, row)) for one in invited_rts(row)]


def questions_of(row: Session) -> list[FieldQuestion]:
    """Return what the sheets of a session ask, in the language of the page."""
    rows = Question.objects.filter(programme=row.programme_id, is_active=True)
    return [
        FieldQuestion(one.pk, question_text(one), choices_of(one))
        for one in rows.order_by("place", "id")
    ]


def disability_about(came: Iterable[Attendance]) -> tuple[int, int | None] | None:
    """Return between which numbers those with a disability lie, where some came by code.

    Who told her own phone of it did not tell whoever counts heads, and that person knows the
    rest. None where nobody came by code: then it was counted by eye, and stands as it is.
    """
    rows = list(came)
    if not any(one.by_code for one in rows):
        return None
    return small.between(sum(one.with_disability for one in rows))


def shown_photo(row: Photo, actor: Actor) -> FieldPhoto:
    """Return what is shown of a photo beside its picture."""
    return FieldPhoto(
        id=row.pk,
        session=row.session_id,
        programme=programme_name(row.session.programme),
        place=str(row.session.village),
        at=row.session.starts_at,
        is_shown=row.state == PhotoState.SHOWN,
        is_mine=row.by == actor.user_id,
    )
