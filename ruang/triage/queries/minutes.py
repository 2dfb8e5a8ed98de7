"""Hand-overs with their minutes, as both desks see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require, require_permission
from ruang.identity import directory
from ruang.triage.minutes import Elsewhere
from ruang.triage.models import HandOver
from ruang.triage.policy import may_read_minutes
from ruang.triage.states import Ground
from ruang.vault.texts import open_text

MOST = 50
NO_DESK = _("An institution without a desk here")
"""Which one it is stands in the minutes, sealed."""


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """One hand-over: codes and names of desks and staff alone.

    :ivar is_ours: this desk handed it over; otherwise it received it
    :ivar may_open: the actor may read the minutes
    """

    id: UUID
    number: str
    received_at: datetime
    at: datetime
    ground: str | Promise
    from_desk: str
    to_desk: str | Promise
    by: str
    is_ours: bool
    files: int
    messages: int
    may_open: bool


@dataclass(frozen=True, slots=True, repr=False)
class Minutes:
    """The minutes of one hand-over.

    :ivar elsewhere: the institution, where it has no desk here
    """

    line: HandOverLine
    text: str
    elsewhere: Elsewhere | None


def hand_overs(*, actor: Actor, report_id: UUID | None = None) -> tuple[HandOverLine, ...]:
    """Return the hand-overs of the actor's desk, the latest first.

    :param report_id: only those of one report
    :raises PermissionDenied: if the actor's role sees no queue
    """
    require_permission(Permission.DESK_SEE, actor)
    rows = HandOver.objects.visible_to(actor).select_related("report")
    rows = rows.filter(report=report_id) if report_id else rows
    return _lines(list(rows.order_by("-at", "-pk")[:MOST]), actor)


def minutes_page(*, actor: Actor, hand_over_id: UUID) -> Minutes:
    """Open the minutes of a hand-over; opening them is on record.

    :raises NotInSight: if neither desk is the actor's
    :raises PermissionDenied: if the actor works no reports
    :raises CannotOpen: if the actor holds no key of the desk
    """
    rows = HandOver.objects.visible_to(actor).select_related("report")
    row = sight.one(rows, hand_over_id)
    require(may_read_minutes, actor, row)
    text = open_text(actor.keys, row, "minutes")
    there = Elsewhere.from_text(open_text(actor.keys, row, "elsewhere"))
    return Minutes(_lines([row], actor)[0], text, there if row.to_desk is None else None)


def _lines(rows: list[HandOver], actor: Actor) -> tuple[HandOverLine, ...]:
    ids = [desk for row in rows for desk in (row.from_desk, row.to_desk) if desk is not None]
    desks = directory.desk_names(ids)
    names = directory.names(row.by for row in rows)
    return tuple(
        HandOverLine(
            id=row.pk,
            number=row.report.number,
            received_at=row.report.received_at,
            at=row.at,
            ground=Ground(row.ground).label,
            from_desk=desks.get(row.from_desk, ""),
            to_desk=desks.get(row.to_desk, "") if row.to_desk else NO_DESK,
            by=names.get(row.by, ""),
            is_ours=row.from_desk == actor.organisation_id,
            files=row.files,
            messages=row.messages,
            may_open=may_read_minutes(actor, row),
        )
        for row in rows
    )
