"""What a phone keeps of the sessions somebody holds soon, to know them again without a signal.

Where and what is taught stands in the public schedule. No name of a person, no number, no free
text; nothing of a session that is not shown to the public; nothing that anybody answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission as P
from ruang.access.require import require_permission
from ruang.prevention.models import Session
from ruang.prevention.shown import (
    PLACES,
    FieldQuestion,
    FieldRt,
    FieldSession,
    questions_of,
    rts_of,
    shown_session,
)
from ruang.prevention.states import State

AHEAD, BACK = timedelta(days=7), timedelta(days=3)
MOST = 20


@dataclass(frozen=True, slots=True)
class Supply:
    """One session as a phone knows it.

    :ivar until: when the phone forgets it, whatever became of it
    """

    session: FieldSession
    rts: Sequence[FieldRt]
    questions: Sequence[FieldQuestion]
    until: datetime


def supplies(*, actor: Actor, at: datetime) -> list[Supply]:
    """Return the public sessions of these days that somebody holds and has not logged.

    :raises PermissionDenied: if the actor logs no sessions
    """
    require_permission(P.SESSION_LOG, actor)
    rows = Session.objects.visible_to(actor).filter(
        state=State.PLANNED, is_public=True, starts_at__lt=at + AHEAD, ends_at__gt=at - BACK
    )
    if not actor.may(P.CADRE):
        rows = rows.filter(Q(parts__facilitator__user=actor.user_id))
    rows = rows.select_related(*PLACES).order_by("starts_at", "pk")
    return [
        Supply(
            session=shown_session(row),
            rts=rts_of(row),
            questions=questions_of(row),
            until=row.ends_at + BACK,
        )
        for row in rows[:MOST]
    ]
