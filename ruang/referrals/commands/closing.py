"""Asking to close a case, where it is known what partners were asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.cases.seats import locked
from ruang.plans.commands import Proposal, propose_closing
from ruang.plans.models import Termination
from ruang.referrals.events import CaseHandedOver
from ruang.referrals.handing import CaseOver, must_say_who, write_minutes
from ruang.referrals.states import RUNNING


@transaction.atomic
def ask_to_close(
    *,
    actor: Actor,
    case_id: UUID,
    proposal: Proposal,
    decider: UUID,
    at: datetime,
    over: CaseOver | None = None,
) -> Termination:
    """Ask a second person to close a case.

    :param over: who takes it over, where it ends so: the minutes are written with the request
    :raises NotInSight: if the actor is no member
    :raises PermissionDenied: if neither manager nor deputy
    :raises Refused: as :func:`~ruang.plans.commands.propose_closing` says, or if somebody is to
        take it over and the minutes lack something
    """
    case = locked(actor, case_id)
    must_say_who(proposal.closing, over)
    asked = propose_closing(
        actor=actor,
        case_id=case_id,
        proposal=proposal,
        decider=decider,
        partners_done=not case.referrals.filter(state__in=RUNNING).exists(),
        at=at,
        has_minutes=over is not None,
    )
    if over is not None:
        row = write_minutes(case, asked, over, actor=actor, at=at)
        record(CaseHandedOver(case.pk, row.pk, row.ground), actor=actor, at=at)
    return asked
