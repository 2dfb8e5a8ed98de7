"""The numbers of reports, for pages that know their ids."""

from collections.abc import Iterable
from uuid import UUID

from ruang.access.actor import Actor
from ruang.intake.models import Report


def report_numbers(*, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the numbers of those of these reports that the actor has in sight."""
    rows = Report.objects.visible_to(actor).filter(pk__in=list(ids))
    return dict(rows.values_list("pk", "number"))
