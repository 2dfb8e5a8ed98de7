"""What hangs on RW that are about to be split or merged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ruang.access.actor import Actor
from ruang.prevention.listing import must_see
from ruang.prevention.models import Request, Session
from ruang.prevention.states import State


@dataclass(frozen=True, slots=True)
class Follows:
    """How much goes with RT to another RW."""

    sessions: int
    requests: int


def what_follows(*, actor: Actor, rws: Collection[UUID], at: datetime) -> Follows:
    """Return how many planned sessions and waiting requests there are for these RW.

    :raises PermissionDenied: if the actor does not work in prevention
    """
    must_see(actor)
    planned = Session.objects.visible_to(actor).filter(rw__in=rws, state=State.PLANNED)
    waiting = Request.objects.visible_to(actor).queued().filter(rw__in=rws, received_at__lte=at)
    return Follows(planned.count(), waiting.count())
