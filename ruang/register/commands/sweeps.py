"""What goes by itself when its time is over: old contacts, and lists nobody took over."""

from datetime import datetime, timedelta

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.register.models import Contact, StagedList

CONTACT_KEPT = timedelta(days=365)
"""After somebody is rung no more."""


def sweep_old_contacts(*, actor: Actor, at: datetime) -> int:
    """Delete who was rung until a year ago; return how many."""
    require_permission(Permission.SYSTEM, actor)
    over = Contact.objects.visible_to(actor).filter(until__lte=(at - CONTACT_KEPT).date())
    return over.delete()[0]


def sweep_staged_lists(*, actor: Actor, at: datetime) -> int:
    """Delete the lists whose day is over, with the names in them; return how many."""
    require_permission(Permission.SYSTEM, actor)
    return StagedList.objects.filter(until__lte=at).delete()[0]
