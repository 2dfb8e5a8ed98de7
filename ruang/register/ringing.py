"""Whether a number is that of somebody who is rung about a place: asked, never shown."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.kernel.phones import dialled
from ruang.register.models import Contact


def is_rung_for(*, rw: UUID | None, school: UUID | None, number: str, actor: Actor) -> bool:
    """Say whether this number is rung about this RW, an RT of it, or this school."""
    if rw is not None:
        about = Q(rw=rw) | Q(rt__rw=rw)
    elif school is not None:
        about = Q(school=school)
    else:
        return False
    rows: Any = Contact.objects.visible_to(actor).standing().filter(about).exclude(phone="")
    wanted = dialled(number)
    return any(dialled(phone) == wanted for phone in rows.values_list("phone", flat=True))
