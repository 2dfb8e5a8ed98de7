"""One change of a plan after the other."""

from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.planner.models import Plan


def locked(actor: Actor, plan_id: UUID) -> Plan:
    """Return a plan in sight, locked until the end of the transaction."""
    return sight.one(Plan.objects.visible_to(actor).select_for_update(of=("self",)), plan_id)
