"""What somebody may hear of live: the own desk, and the reports and cases in sight."""

from collections.abc import Iterable
from uuid import UUID

from ruang.access.actor import Actor
from ruang.cases.models import Case
from ruang.intake.models import Report

_ROWS: dict[str, type[Report] | type[Case]] = {"report": Report, "case": Case}


def topics_in_sight(*, actor: Actor, topics: Iterable[str]) -> frozenset[str]:
    """Return those of the topics (``desk:<id>``, ``report:<id>``, ``case:<id>``) in sight."""
    wanted: dict[str, set[UUID]] = {}
    for topic in topics:
        kind, _, named = topic.partition(":")
        wanted.setdefault(kind, set()).add(UUID(named))
    heard = {f"desk:{desk}" for desk in wanted.get("desk", ()) if desk == actor.organisation_id}
    for kind, model in _ROWS.items():
        if ids := wanted.get(kind):
            seen = model.objects.visible_to(actor).filter(pk__in=ids)
            heard |= {f"{kind}:{found}" for found in seen.values_list("pk", flat=True)}
    return frozenset(heard)
