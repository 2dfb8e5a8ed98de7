"""The services of a case as the register takes them: each with each person it was for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.cases.queries.head import case_in_sight
from ruang.plans.entry import Words, missing
from ruang.plans.health import Said, read, reads_health
from ruang.plans.models import Service
from ruang.plans.states import RECEIVED, ServiceState
from ruang.plans.whom import for_these
from ruang.plans.words import name_of


@dataclass(frozen=True, slots=True, repr=False)
class EntryLine:
    """One service, and what of it the register still lacks.

    :ivar locked: whether what of health it was is locked for this actor
    """

    id: UUID
    name: Words
    provider: str
    on: date | None
    missing: tuple[Words, ...]
    is_mine: bool
    locked: bool = False

    @property
    def is_running(self) -> bool:
        """Say whether it has not ended yet: its date comes with the end."""
        return self.on is None

    @property
    def can_be_completed(self) -> bool:
        """Say whether something is missing that can be said now."""
        return len(self.missing) > self.is_running


@dataclass(frozen=True, slots=True, repr=False)
class ServiceEntries:
    """What was given or has begun.

    :ivar of: person → what was for her or him
    :ivar open: what is for one of several, and not said for whom
    :ivar locked: whether something stands there that this actor cannot read
    """

    of: Mapping[UUID, tuple[EntryLine, ...]]
    open: tuple[EntryLine, ...]
    locked: bool


def service_entries(*, actor: Actor, case_id: UUID, people: Iterable[UUID]) -> ServiceEntries:
    """Return the services of these people of a case.

    :param people: whose entry the register takes
    :raises NotInSight: if the actor is no member
    """
    case = case_in_sight(actor=actor, case_id=case_id)
    counted = Q(outcome__in=RECEIVED) | Q(state=ServiceState.UNDER_WAY)
    rows = list(case.services.filter(counted).select_related("provider").order_by("at", "pk"))
    texts = read(rows, actor)
    health = reads_health(case.pk, actor)
    whose: dict[UUID, list[EntryLine]] = {one: [] for one in people}
    left: list[EntryLine] = []
    for row, said in zip(rows, texts, strict=True):
        if said.shut:
            continue
        line = _line(row, said, actor, health=health)
        mine = for_these(whose, said.text)
        for one in mine:
            whose[one].append(line)
        if whose and not mine:
            left.append(line)
    found = {one: tuple(lines) for one, lines in whose.items()}
    return ServiceEntries(found, tuple(left), any(said.shut for said in texts))


def _line(row: Service, said: Said, actor: Actor, *, health: bool) -> EntryLine:
    return EntryLine(
        id=row.pk,
        name=name_of(row, said.text),
        provider=row.provider.name if row.provider else said.text.provider,
        on=row.given_on,
        missing=tuple(missing(row, said.text, health=health)),
        is_mine=row.author == actor.user_id,
        locked=said.locked,
    )
