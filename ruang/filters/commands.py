"""Keeping a filter, and dropping one."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.filters.events import FilterKept
from ruang.filters.models import Kept
from ruang.filters.policy import may_keep
from ruang.filters.states import Page
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy

MOST = 12
"""Filters of one person and page; more are not found again."""


@transaction.atomic
def keep_filter(
    *, actor: Actor, page: Page, name: str, codes: Mapping[str, str], at: datetime
) -> Kept:
    """Keep what a list is narrowed to. The same name again takes the place of the old one.

    :param codes: names and codes of the address, each from a closed list
    :raises PermissionDenied: if the actor does not see that page
    :raises Refused: without a name, with nothing to keep, or when there are too many
    """
    require(may_keep, actor, None)
    words = " ".join(tidy(name).split())
    query = urlencode({key: code for key, code in codes.items() if code})
    if not 1 <= len(words) <= 40:
        raise Refused(_("Give it a name of at most 40 letters."))
    if not query or len(query) > 300:
        raise Refused(_("Narrow the list first; then keep what it is narrowed to."))
    own = Kept.objects.visible_to(actor).filter(page=page)
    if own.exclude(name=words).count() >= MOST:
        raise Refused(_("You keep twelve filters already. Drop one first."))
    kept, _made = Kept.objects.update_or_create(
        user=actor.user_id, page=page, name=words, defaults={"query": query}
    )
    record(FilterKept(actor.user_id, page.value, is_active=True), actor=actor, at=at)
    return kept


@transaction.atomic
def drop_filter(*, actor: Actor, filter_id: UUID, at: datetime) -> None:
    """Drop a filter.

    :raises NotInSight: if it is not one's own
    """
    kept = sight.one(Kept.objects.visible_to(actor).select_for_update(), filter_id)
    require(may_keep, actor, kept)
    page = kept.page
    kept.delete()
    record(FilterKept(actor.user_id, page, is_active=False), actor=actor, at=at)
