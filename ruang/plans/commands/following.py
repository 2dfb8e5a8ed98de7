"""Follow-up: how she is, and when to ask again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.seats import happened, locked
from ruang.cases.writing import ask_again_on, checked
from ruang.clocks.states import Moment
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.plans.models import FollowUp
from ruang.plans.policy import may_plan
from ruang.plans.states import Contacted
from ruang.plans.writing import WRITE, changed, leave, moved, same, sealed, today


@transaction.atomic
def write_follow_up(
    *,
    actor: Actor,
    case_id: UUID,
    on: date,
    way: Contacted,
    text: str,
    next_on: date | None,
    at: datetime,
    form_tag: bytes | None = None,
) -> FollowUp:
    """Record a follow-up; the next day is what her manager is reminded of.

    Where she was not reached and no other day is set, what was due stays due.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if the day lies ahead, the next one does not, or nothing was written
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    if (before := same(case.follow_ups.all(), form_tag)) is not None:
        return before
    changed(case, at)
    if on > today(at):
        raise Refused(_("This day lies ahead. Record a follow-up when it was made."))
    if next_on is not None and next_on <= today(at):
        raise Refused(_("Choose a day after today for the next follow-up, or none."))
    row = FollowUp(
        pk=uuid7(), case=case, on=on, way=way, next_on=next_on, at=at, author=actor.user_id,
        form_tag=form_tag,
    )  # fmt: skip
    row.text = sealed(case, FollowUp, "text", row.pk, checked(text), actor)
    row.save(force_insert=True)
    leave(case, "follow_up", row.pk, {"way": way.value}, at)
    is_reached = way is not Contacted.NOT_REACHED
    if is_reached or next_on is not None:
        ask_again_on(case, next_on)
    if is_reached:
        happened(case, Moment.FOLLOW_UP, actor=actor, at=at)
    record(moved(case, row.pk, "follow_up", WRITE, way), actor=actor, at=at)
    return row
