"""The filters that somebody keeps for a page."""

from dataclasses import dataclass
from uuid import UUID

from ruang.access.actor import Actor
from ruang.filters.models import Kept
from ruang.filters.states import Page


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """One filter: its name, and the codes as an address carries them."""

    id: UUID
    name: str
    query: str


def kept_filters(*, actor: Actor, page: Page) -> tuple[KeptFilter, ...]:
    """Return the actor's own filters of a page, by name."""
    rows = Kept.objects.visible_to(actor).filter(page=page).order_by("name")
    return tuple(KeptFilter(row.pk, row.name, row.query) for row in rows)
