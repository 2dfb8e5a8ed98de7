"""Opening the public form: only when somebody is there who can open what comes in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity.policy import may_found
from ruang.identity.queries.readiness import forget_readiness, readiness_now
from ruang.kernel.errors import Refused
from ruang.territory.commands import open_form


def open_reporting(*, actor: Actor, at: datetime) -> None:
    """Let the public form take reports.

    :raises PermissionDenied: if the actor may not change the city
    :raises Refused: until the quorum exists and two members hold the intake desk's key
    """
    require(may_found, actor, None)
    found = readiness_now()
    if not found.has_quorum:
        raise Refused(_("The three officials have to be set up first: run the set-up."))
    if not found.is_ready:
        raise Refused(
            _("First two members of the intake desk have to hold its key. Invite and confirm.")
        )
    open_form(actor=actor, at=at)
    forget_readiness()
