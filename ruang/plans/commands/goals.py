"""Goals in her words, and what she said to the plan."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.seats import happened, locked, member_of
from ruang.cases.writing import checked
from ruang.clocks.states import Moment
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.plans import sealed as inside
from ruang.plans.models import MEANWHILE, Agreement, Goal
from ruang.plans.policy import may_plan
from ruang.plans.states import Agreed, Reached
from ruang.plans.writing import WRITE, changed, leave, moved, same, sealed, short, today


@transaction.atomic
def add_goal(
    *, actor: Actor, case_id: UUID, text: str, at: datetime, form_tag: bytes | None = None
) -> Goal:
    """Write down one thing she wants to reach, in her words.

    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: if nothing was written, or the case is closed
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    if (before := same(case.goals.all(), form_tag)) is not None:
        return before
    changed(case, at)
    row = Goal(pk=uuid7(), case=case, at=at, author=actor.user_id, form_tag=form_tag)
    row.text = sealed(case, Goal, "text", row.pk, checked(text), actor)
    row.save(force_insert=True)
    record(moved(case, row.pk, "goal", WRITE), actor=actor, at=at)
    return row


@transaction.atomic
def end_goal(
    *, actor: Actor, case_id: UUID, goal_id: UUID, reached: Reached, why: str, at: datetime
) -> Goal:
    """Say whether a goal was reached; if not, why.

    :raises Refused: if it has ended already, or a goal that was not reached has no reason
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    row = sight.one(case.goals.all(), goal_id)
    changed(case, at)
    if row.ended_at is not None:
        raise Refused(MEANWHILE)
    words = short(why)
    if reached is not Reached.YES and not words:
        raise Refused(_("Say in a few words why it was not reached."))
    row.ended_at = at
    end = inside.GoalEnd(reached.value, words).to_text()
    row.end = sealed(case, Goal, "end", row.pk, end, actor)
    row.save(update_fields=["ended_at", "end"])
    leave(case, "goal", row.pk, {"reached": reached.value}, at)
    record(moved(case, row.pk, "goal", "end"), actor=actor, at=at)
    return row


@transaction.atomic
def record_agreement(
    *,
    actor: Actor,
    case_id: UUID,
    answer: Agreed,
    why: str,
    on: date,
    explained_by: UUID,
    at: datetime,
    form_tag: bytes | None = None,
) -> Agreement:
    """Record what she said to the plan once somebody of the team had explained it.

    The same form sent twice is one.

    :raises Refused: if the day lies ahead, that person is not on the team, or what she did not
        agree to has no reason
    """
    case = locked(actor, case_id)
    require(may_plan, actor, case)
    if (before := same(case.agreements.all(), form_tag)) is not None:
        return before
    changed(case, at)
    if on > today(at):
        raise Refused(_("This day lies ahead. Give the day on which it was explained."))
    if member_of(case, explained_by) is None:
        raise Refused(_("Choose somebody of the team."))
    words = short(why)
    if answer is not Agreed.YES and not words:
        raise Refused(_("Say in a few words what she did not agree to, and why."))
    row = Agreement(
        pk=uuid7(), case=case, on=on, at=at, author=actor.user_id, form_tag=form_tag
    )
    said = inside.Agreement(answer.value, words, str(explained_by)).to_text()
    row.text = sealed(case, Agreement, "text", row.pk, said, actor)
    row.save(force_insert=True)
    leave(case, "agreement", row.pk, {"answer": answer.value}, at)
    happened(case, Moment.PLAN_SAID, actor=actor, at=at)
    record(moved(case, row.pk, "agreement", WRITE), actor=actor, at=at)
    return row
