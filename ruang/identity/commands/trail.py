"""Having the trail proven, from the page that shows it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.audit.events import Verified
from ruang.audit.feed import last_number
from ruang.audit.record import record
from ruang.audit.verify import Verdict, verify
from ruang.kernel.errors import Refused

MOST = 200_000
"""Facts that are proven within a request; beyond that the command line does it."""


def verify_trail(*, actor: Actor, at: datetime) -> Verdict:
    """Recompute the tree over all facts, and put on record that and what it showed.

    :raises PermissionDenied: unless the actor may read the trail
    :raises Refused: if there are too many facts for a page to wait for
    """
    require_permission(Permission.AUDIT_READ, actor)
    if last_number() > MOST:
        raise Refused(_("The trail is too long for this page. Run: ruang audit verify"))
    verdict = verify()
    event = Verified(actor.user_id, facts=verdict.facts, first_bad=verdict.first_bad or 0)
    with transaction.atomic():
        record(event, actor=actor, at=at)
    return verdict
