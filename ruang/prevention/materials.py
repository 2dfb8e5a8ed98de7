"""Which version of each material a session is held with."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from ruang.prevention.models import MaterialVersion, Programme, Session
from ruang.prevention.states import State


def newest_at(programme: Programme, at: datetime) -> list[MaterialVersion]:
    """Return the newest version that each material had at a moment, by title.

    Of what is taught with no more only that which was then: one whose end nobody wrote down
    counts as taught with until now.
    """
    then = Q(material__ended_at=None) | Q(material__ended_at__gt=at)
    rows = MaterialVersion.objects.filter(then, material__programme=programme, at__lte=at)
    return _last(rows.select_related("material").order_by("material__title", "number"))


def materials_of(session: Session) -> list[MaterialVersion]:
    """Return what a session was or will be held with, by title.

    Once it was held: what was noted then; of sessions from before anything was noted, what
    there was at its end. Until then, and if it was cancelled: the newest of what there is.
    """
    if session.state != State.HELD:
        of_it = MaterialVersion.objects.filter(
            material__programme=session.programme_id, material__is_active=True
        )
        return _last(of_it.select_related("material").order_by("material__title", "number"))
    noted = session.used.select_related("version__material").order_by(
        "version__material__title"
    )
    found = [one.version for one in noted]
    return found or newest_at(session.programme, session.ends_at)


def _last(rows: Iterable[MaterialVersion]) -> list[MaterialVersion]:
    """Return the last of each material."""
    found = {row.material_id: row for row in rows}
    return sorted(found.values(), key=lambda row: (row.material.title, row.material_id))
