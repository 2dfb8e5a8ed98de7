"""Asking to close a case, where it is known what partners were asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.cases.seats import locked
from ruang.plans.commands import Proposal, propose_closing
from ruang.plans.models import Termination
from ruang.referrals.states import RUNNING


@transaction.atomic
def ask_to_close(
    *, actor: Actor, case_id: UUID, proposal: Proposal, decider: UUID, at: datetime
) -> Termination:
    """Ask a second person to close a case.

    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: as :func:`~ruang.plans.commands.propose_closing` says
    """
    case = locked(actor, case_id)
    return propose_closing(
        actor=actor,
        case_id=case_id,
        proposal=proposal,
        decider=decider,
        partners_done=not case.referrals.filter(state__in=RUNNING).exists(),
        at=at,
    )
