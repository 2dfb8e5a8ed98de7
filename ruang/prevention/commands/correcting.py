"""A log was wrong: 300 for 30. What stood there is kept, who corrected it and why too."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.prevention.booking import locked
from ruang.prevention.events import SessionMoved
from ruang.prevention.listing import is_fresh
from ruang.prevention.logged import (
    Log,
    Rows,
    counted_heads,
    must_be_somebody,
    reached_of,
)
from ruang.prevention.models import Attendance, Correction, Earlier, Invited, Session
from ruang.prevention.policy import RULES
from ruang.prevention.states import Corrected, Step

COUNTS = ("people", "first_time", "with_disability", "by_code")


@transaction.atomic
def correct_session(
    *,
    actor: Actor,
    session_id: UUID,
    log: Log,
    reason: Corrected,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Correct what was logged; the counts and RT that stood there are kept.

    ``log`` is whole: everybody who came is in its counts, by code too. Where some came by code
    nobody is shown how many of all have a disability: those numbers stay, as far as they fit.

    :param seen: how many corrections there were when the person looked at it
    :raises NotInSight: if there is none
    :raises PermissionDenied: if the actor neither plans nor wrote it
    :raises Refused: if it was not logged, the day for it is over, somebody corrected it
        meanwhile, nothing is different, or something does not add up
    """
    session = locked(actor, session_id)
    require(RULES[Step.CORRECT], actor, session)
    session.take(Step.CORRECT, at=at)
    _must_be_fresh(actor, session, at, seen)
    stood = {(row.sex, row.band): row for row in session.attendance.all()}
    rows = counted_heads(session, log.counted)
    _keep_codes(rows, stood)
    must_be_somebody(session, rows)
    old, new = _invited(session), set(reached_of(session, log.rts))
    if old == new and _plain(rows) == _plain(stood):
        raise Refused(_("Nothing is different from what was logged."))
    made = Correction.objects.create(
        pk=uuid7(), session=session, at=at, by=actor.user_id, reason=reason,
        rts=sorted(map(str, old)),
    )  # fmt: skip
    Earlier.objects.bulk_create(
        Earlier(
            correction=made, sex=row.sex, band=row.band,
            **{name: getattr(row, name) for name in COUNTS},
        )
        for row in stood.values()
    )  # fmt: skip
    session.attendance.all().delete()
    Attendance.objects.bulk_create(rows.values())
    session.invited.all().delete()
    Invited.objects.bulk_create(Invited(session=session, rt_id=rt) for rt in new)
    fact = SessionMoved(session.pk, session.programme_id, Step.CORRECT.value, reason.value)
    record(fact, actor=actor, at=at)


def _must_be_fresh(actor: Actor, session: Session, at: datetime, seen: int | None) -> None:
    if not is_fresh(actor, session, at):
        raise Refused(
            _("You could correct your log for a day. Tell the office what is wrong in it.")
        )
    if seen is not None and seen != session.corrections.count():
        raise Refused(_("Somebody corrected this log meanwhile. Look at it again first."))


def _keep_codes(rows: Rows, stood: Rows) -> None:
    """Keep of those who came by code what the new counts leave room for."""
    if not any(row.by_code for row in stood.values()):
        return
    for key, row in rows.items():
        before = stood.get(key)
        row.by_code = min(before.by_code, row.people) if before else 0
        row.with_disability = min(before.with_disability, row.people) if before else 0


def _invited(session: Session) -> set[UUID]:
    return set(session.invited.values_list("rt", flat=True))


def _plain(rows: Rows) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        key: tuple(getattr(row, name) for name in COUNTS)
        for key, row in rows.items()
        if row.people
    }
