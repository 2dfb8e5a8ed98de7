"""Requests that wait: which programme of a plan would answer which, and which it leaves out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.kernel.text import tidy
from ruang.planner import standing
from ruang.planner.models import Plan
from ruang.planner.reading import local
from ruang.planner.settings import Settings
from ruang.prevention.models import Programme, Request
from ruang.prevention.states import Audience


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that waits for an answer."""

    id: UUID
    audience: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request, and the place in the register it is for, if there is such a place."""

    request: Request
    unit: UUID | None


def waiting(plan: Plan) -> list[Waiting]:
    """Return the requests that waited when a plan was begun, the newest first."""
    named = _named()
    rows = Request.objects.visible_to(SYSTEM).queued().filter(received_at__lte=plan.at)
    joined = rows.select_related("village", "rw", "school").order_by("-received_at", "-id")
    return [
        Waiting(row, row.rw_id or row.school_id or named.get(_name(row.village_id, row.host)))
        for row in joined
    ]


def waited_long(plan: Plan) -> list[Waiting]:
    """Return those that are answered in any case, the oldest first."""
    days = Settings.from_json(plan.settings).answer_days
    long_ago = local(plan.at).date() - timedelta(days=days)
    found = [one for one in waiting(plan) if local(one.request.received_at).date() <= long_ago]
    return list(reversed(found))


def serves(programme: Programme, audience: str) -> bool:
    """Say whether a programme is for a group; everybody are also those it is for."""
    everybody = Audience.EVERYBODY.value
    return (
        not programme.audiences
        or audience == everybody
        or audience in programme.audiences
        or everybody in programme.audiences
    )


def asked_of(plan: Plan, programme: Programme, answered: set[UUID]) -> dict[UUID, Asked]:
    """Return the requests that this programme would answer, the oldest of each place.

    :param answered: those that another programme of the plan answers: one visit is enough
    """
    found: dict[UUID, Asked] = {}
    for one in waiting(plan):
        row = one.request
        if row.unit != programme.unit or row.pk in answered or one.unit is None:
            continue
        if serves(programme, row.audience):
            is_held = not programme.audiences or row.audience in programme.audiences
            day = local(row.received_at).date()
            found[one.unit] = Asked(row.pk, row.audience if is_held else "", day)
    return found


def _named() -> dict[tuple[str, str], UUID]:
    """Return communities by kelurahan and name: who asks writes it, as nobody asks for an id.

    A name that two of one kelurahan have says neither.
    """
    found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for row in standing.communities():
        found[_name(row.village_id, row.name)].append(row.pk)
    return {name: these[0] for name, these in found.items() if len(these) == 1}


def _name(village: str, host: str) -> tuple[str, str]:
    return village, " ".join(tidy(host).split()).casefold()
