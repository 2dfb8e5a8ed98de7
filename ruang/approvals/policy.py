"""Who sees a request for approval, and who decides it."""

from typing import TYPE_CHECKING

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.hidden import of_no_hidden_record
from ruang.access.permissions import Permission
from ruang.approvals.states import Step

if TYPE_CHECKING:
    from ruang.approvals.models import Approval


def sees_approval(actor: Actor) -> Q:
    """Who asked and who was asked; the system, to end what cannot be granted any more.

    Nobody who may know nothing of what it is about, not even who was asked before that.
    """
    if actor.may(Permission.SYSTEM):
        return Q()
    theirs = Q(asker=actor.user_id) | Q(decider=actor.user_id)
    return theirs & of_no_hidden_record(actor.user_id)


def may_decide(actor: Actor, approval: "Approval") -> bool:
    """The one who was asked, and never the one who asks."""
    is_second = approval.decider == actor.user_id and approval.asker != actor.user_id
    return actor.may(Permission.APPROVAL_DECIDE) and is_second


def may_withdraw(actor: Actor, approval: "Approval") -> bool:
    """Who asked takes it back."""
    return approval.asker == actor.user_id


def may_lapse(actor: Actor, approval: "Approval") -> bool:
    """Nobody but the system: what it is about has changed so that it cannot be granted."""
    return actor.may(Permission.SYSTEM)


RULES = {
    Step.GRANT: may_decide,
    Step.REFUSE: may_decide,
    Step.WITHDRAW: may_withdraw,
    Step.LAPSE: may_lapse,
}
