"""An entry that a phone sent: if it came before, which session it is about, if it waits."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import SYSTEM, Actor
from ruang.access.permissions import Permission as P
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.kernel.errors import Refused
from ruang.prevention.models import Invited, Sent, Session
from ruang.prevention.policy import may_settle
from ruang.prevention.states import SentState
from ruang.register.models import CadreArea
from ruang.register.regrouped import were_in

OVER = _("This entry was settled meanwhile.")


def locked(actor: Actor, session_id: UUID) -> Session:
    """Return a session in sight, locked.

    :raises NotInSight: if there is none for this actor
    """
    in_sight = Session.objects.visible_to(actor).select_for_update(of=("self",))
    return sight.one(in_sight, session_id)


def in_sight_then(actor: Actor, session_id: UUID) -> tuple[Session, bool]:
    """Return a session that is in sight, or was when it was written down in the hall; locked.

    It went to another RW with its RT, and the cadre does not look after that one.

    :raises NotInSight: if it never was
    """
    try:
        return locked(actor, session_id), False
    except NotInSight:
        own = CadreArea.objects.filter(user=actor.user_id).values_list("rw", flat=True)
        rts = Invited.objects.filter(session=session_id).values_list("rt", flat=True)
        if not (actor.may(P.CADRE) and were_in(rts=rts, rws=own, actor=SYSTEM)):
            raise
    return locked(SYSTEM, session_id), True


def own_of(actor: Actor, entry_id: UUID) -> Sent | None:
    """Return what the actor sent before, whoever holds the session by now."""
    return Sent.objects.visible_to(actor).filter(pk=entry_id, by=actor.user_id).first()


def before(actor: Actor, entry_id: UUID) -> SentState:
    """Return what became of an entry that came before; somebody else's is not there.

    :raises NotInSight: if it is somebody else's
    """
    row = own_of(actor, entry_id)
    if row is None:
        raise NotInSight("Sent")
    return SentState(row.state)


def waiting(actor: Actor, entry_id: UUID) -> Sent:
    """Return an entry that waits, locked.

    :raises NotInSight: if there is none for this actor
    :raises PermissionDenied: if the actor does not plan
    :raises Refused: if it was settled meanwhile
    """
    in_sight = Sent.objects.visible_to(actor).select_for_update(of=("self",))
    row = sight.one(in_sight, entry_id)
    require(may_settle, actor, row)
    if row.state != SentState.WAITING:
        raise Refused(OVER)
    return row


def end(row: Sent, state: SentState, actor: Actor, at: datetime) -> None:
    """Say what became of it; nothing of what was in it is left."""
    row.state, row.waits, row.blob = state, "", None
    row.over_at, row.over_by = at, actor.user_id
    row.save(update_fields=["state", "waits", "blob", "over_at", "over_by"])
