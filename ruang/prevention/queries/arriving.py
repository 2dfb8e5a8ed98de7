"""The way in by code: what somebody in the hall reads, and what whoever holds it does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Sum

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.sight import NotInSight
from ruang.prevention.arrivals import (
    arrival_code,
    behind,
    is_open,
    opens_and_closes,
    plain,
    spaced,
)
from ruang.prevention.models import Arrivals, Session
from ruang.prevention.policy import may_log, sees_door
from ruang.prevention.shown import PLACES, FieldSession, shown_session
from ruang.prevention.states import State


@dataclass(frozen=True, slots=True)
class Door:
    """What stands on the page that a code leads to: public anyway, on the wall of the hall."""

    code: str
    session: FieldSession


@dataclass(frozen=True, slots=True)
class Entrance:
    """The code of a session, for whoever holds it.

    :ivar people: how many came by it so far. By age, sex and the rest they are shown once the
        session was logged, among the others: a number that moves says who moved it
    :ivar unsaid: how many of them said neither sex nor age
    """

    session: FieldSession
    code: str
    opens_at: datetime
    closes_at: datetime
    is_open: bool
    is_over: bool
    is_school: bool
    people: int
    unsaid: int

    @property
    def spaced(self) -> str:
        """Return the code as it is read out."""
        return spaced(self.code)


def door(*, actor: Actor, typed: str, at: datetime) -> Door:
    """Return the session that is open behind a code.

    :raises NotInSight: for every other code, and before, after and once it was logged
    """
    rows = Session.objects.filter(sees_door(actor, at)).select_related(*PLACES)
    found = behind(typed, rows)
    if found is None or not is_open(found, at):
        raise NotInSight("Session")
    return Door(plain(typed), shown_session(found))


def entrance(*, actor: Actor, session_id: UUID, at: datetime) -> Entrance:
    """Return the code of a session and how many came by it.

    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor may not write down who came
    """
    rows = Session.objects.visible_to(actor).select_related(*PLACES)
    row = sight.one(rows, session_id)
    if not may_log(actor, row):
        raise PermissionDenied(may_log.__name__)
    opens, closes = opens_and_closes(row)
    here = Arrivals.objects.filter(session=row)
    unsaid = here.aggregate(n=Sum("unsaid", default=0))["n"]
    return Entrance(
        session=shown_session(row), code=arrival_code(row.pk), opens_at=opens,
        closes_at=closes, is_open=is_open(row, at),
        is_over=row.state != State.PLANNED or at > closes, is_school=row.school_id is not None,
        people=unsaid + here.aggregate(n=Sum("cells__people", default=0))["n"], unsaid=unsaid,
    )  # fmt: skip
