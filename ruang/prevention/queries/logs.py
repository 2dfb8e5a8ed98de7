"""What a person needs before the eyes to log a session, and to correct what was logged."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.prevention.hosts import invited_rts
from ruang.prevention.models import Session
from ruang.prevention.naming import rt_name
from ruang.prevention.policy import RULES
from ruang.prevention.queries.sessions import SessionPage, session_page
from ruang.prevention.shown import disability_about
from ruang.prevention.states import Step
from ruang.register.models import Rt
from ruang.register.states import Band, Sex


@dataclass(frozen=True, slots=True)
class LogPage:
    """A session to log: its RT, and what was asked.

    :ivar rts: id, name, and whether it was invited, or came
    """

    session: SessionPage
    rts: tuple[tuple[UUID, str, bool], ...]


@dataclass(frozen=True, slots=True)
class CountedRow:
    """What stands of one sex and age band."""

    sex: Sex
    band: Band
    people: int
    first_time: int
    with_disability: int


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """A log to correct, as it stands.

    :ivar hides_disability: some came by code; how many of all have a disability is not shown,
        and stays as it is
    :ivar seen: how many corrections there are, by which the command knows what was looked at
    """

    log: LogPage
    rows: tuple[CountedRow, ...]
    hides_disability: bool
    seen: int


def log_page(
    *, actor: Actor, session_id: UUID, at: datetime, step: Step = Step.HOLD
) -> LogPage:
    """Return a session with the RT that may have come.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor may not take this step with it
    """
    page = session_page(actor=actor, session_id=session_id, at=at)
    session = sight.one(Session.objects.visible_to(actor), session_id)
    if not RULES[step](actor, session):
        raise PermissionDenied(RULES[step].__name__)
    invited = {one.pk for one in invited_rts(session)}
    own = Rt.objects.filter(Q(ended_on=None, rw=session.rw_id) | Q(pk__in=invited))
    ordered = own.select_related("rw").order_by("rw__number", "number", "pk")
    rts = [cast("Rt", row) for row in ordered] if session.rw_id else []
    return LogPage(
        page, tuple((one.pk, rt_name(one, session), one.pk in invited) for one in rts)
    )


def correct_page(*, actor: Actor, session_id: UUID, at: datetime) -> CorrectPage:
    """Return a log as it stands, to be corrected.

    :raises NotInSight: if there is no such session
    :raises PermissionDenied: if the actor neither plans nor wrote it
    """
    page = log_page(actor=actor, session_id=session_id, at=at, step=Step.CORRECT)
    session = sight.one(Session.objects.visible_to(actor), session_id)
    came = list(session.attendance.all())
    hides = disability_about(came) is not None
    rows = tuple(
        CountedRow(
            Sex(one.sex), Band(one.band), one.people, one.first_time,
            0 if hides else one.with_disability,
        )
        for one in came
    )  # fmt: skip
    return CorrectPage(page, rows, hides, session.corrections.count())
