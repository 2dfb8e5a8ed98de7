"""Changes of a team that touch requests to partners as well: both happen, or neither.

``cases`` knows no requests. Whoever is taken off a team or barred may have taken one; whoever
becomes manager or deputy has to read what was asked.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.cases.commands import (
    change_deputy,
    change_manager,
    exclude_user,
    remove_member,
)
from ruang.cases.models import Case
from ruang.cases.policy import may_manage
from ruang.cases.states import Exclusion, Part
from ruang.referrals.commands.move import move_referral
from ruang.referrals.models import Referral
from ruang.referrals.states import State, Step


@transaction.atomic
def remove_person(*, actor: Actor, case_id: UUID, user_id: UUID, at: datetime) -> None:
    """Take a colleague or partner off the team, with the request through which a partner came.

    :raises Refused: if that person is neither on this team
    """
    case = _locked(actor, case_id)
    require(may_manage, actor, case)
    if not _withdraw(actor, case, user_id, at):
        remove_member(actor=actor, case_id=case.pk, user_id=user_id, at=at)


@transaction.atomic
def bar_person(
    *, actor: Actor, case_id: UUID, user_id: UUID, why: Exclusion, at: datetime
) -> None:
    """Bar somebody from a case for ever, and end whatever that person had taken on in it.

    What was still being checked goes back to the asked desk, so that a colleague may take it.

    :raises Refused: if that person is manager or deputy, or barred already
    """
    case = _locked(actor, case_id)
    require(may_manage, actor, case)
    _withdraw(actor, case, user_id, at)
    for referral in _taken(actor, case, user_id, State.CHECKING):
        move_referral(actor=actor, referral_id=referral.pk, step=Step.PUT_BACK, at=at)
    exclude_user(actor=actor, case_id=case.pk, user_id=user_id, why=why, at=at)


@transaction.atomic
def hand_case_on(
    *, actor: Actor, case_id: UUID, part: Part, user_id: UUID, at: datetime
) -> None:
    """Name another manager or deputy, who then reads what partners were asked, too.

    :raises Refused: if that person cannot manage this case, or the actor lacks a key
    """
    case = _locked(actor, case_id)
    require(may_manage, actor, case)
    requests = Referral.objects.visible_to(actor).filter(case=case).order_by("pk")
    change = change_manager if part is Part.MANAGER else change_deputy
    also = list(requests.values_list("pk", flat=True))
    change(actor=actor, case_id=case.pk, user_id=user_id, at=at, also=also)


def _withdraw(actor: Actor, case: Case, user_id: UUID, at: datetime) -> bool:
    found = _taken(actor, case, user_id, State.ACCEPTED)
    for referral in found:
        move_referral(actor=actor, referral_id=referral.pk, step=Step.WITHDRAW, at=at)
    return bool(found)


def _taken(actor: Actor, case: Case, user_id: UUID, state: State) -> list[Referral]:
    mine = Referral.objects.visible_to(actor).filter(case=case, taken_by=user_id, state=state)
    return list(mine.order_by("pk"))


def _locked(actor: Actor, case_id: UUID) -> Case:
    in_sight = Case.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, case_id)
