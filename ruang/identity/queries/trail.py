"""The trail as a page: what happened and who did it, newest first. Never any content."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.access.roles import Role
from ruang.audit.models import Checkpoint, Fact, Head
from ruang.identity import directory
from ruang.identity.models import User
from ruang.identity.policy import reads_all, sees_fact

ROWS = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts are asked for.

    :ivar kind: a fact's name, or the beginning of one with its dot
    :ivar before: only facts with a smaller number: the page that follows
    """

    kind: str = ""
    person: UUID | None = None
    about: UUID | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact.

    :ivar who: a person's name; empty for a reporter and for the system
    :ivar ids: what it names: field, id, and the name if it is a person or an organisation
    """

    number: int
    at: datetime
    name: str
    role: Role
    who: str
    organisation: str
    ids: tuple[tuple[str, UUID, str], ...]
    codes: tuple[tuple[str, str | int | bool], ...]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail."""

    at: datetime
    rows: tuple[FactRow, ...]
    older: int | None
    reads_all: bool
    size: int
    checkpoint_size: int
    checkpoint_at: datetime | None
    checkpoint_root: str
    people: tuple[tuple[UUID, str], ...]


def trail_page(*, actor: Actor, wanted: Wanted, at: datetime) -> TrailPage:
    """Return the newest facts in sight that are asked for.

    :raises PermissionDenied: unless the actor may read the trail
    """
    require_permission(Permission.AUDIT_READ, actor)
    found = Fact.objects.filter(sees_fact(actor), _asked(wanted)).order_by("-number")
    facts = list(found[: ROWS + 1])
    more, facts = len(facts) > ROWS, facts[:ROWS]
    names = _Names(facts)
    last = Checkpoint.objects.order_by("-size").first()
    return TrailPage(
        at=at,
        rows=tuple(names.row(fact) for fact in facts),
        older=facts[-1].number if more else None,
        reads_all=reads_all(actor),
        size=Head.objects.values_list("size", flat=True).first() or 0,
        checkpoint_size=last.size if last else 0,
        checkpoint_at=last.at if last else None,
        checkpoint_root=bytes(last.root).hex() if last else "",
        people=_people(actor),
    )


class _Names:
    """The names behind the ids of a page, in two queries."""

    def __init__(self, facts: list[Fact]) -> None:
        ids = {UUID(value) for fact in facts for value in fact.ids.values()}
        self._people = directory.names(ids | {fact.by for fact in facts})
        self._places = directory.desk_names(ids | {fact.organisation for fact in facts})

    def row(self, fact: Fact) -> FactRow:
        """Return one fact as it is shown."""
        ids = ((field, UUID(value)) for field, value in fact.ids.items())
        return FactRow(
            number=fact.number,
            at=fact.at,
            name=fact.name,
            role=Role(fact.role),
            who=self._people.get(fact.by, ""),
            organisation=self._places.get(fact.organisation, ""),
            ids=tuple((field, pk, self._name(pk)) for field, pk in ids),
            codes=tuple(fact.codes.items()),
        )

    def _name(self, pk: UUID) -> str:
        return self._people.get(pk) or self._places.get(pk, "")


def _asked(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.kind:
        group = wanted.kind.endswith(".")
        asked &= Q(name__startswith=wanted.kind) if group else Q(name=wanted.kind)
    if wanted.person:
        asked &= Q(by=wanted.person)
    if wanted.about:
        asked &= Q(about=wanted.about)
    if wanted.since:
        asked &= Q(at__gte=_midnight(wanted.since))
    if wanted.until:
        asked &= Q(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.before is not None:
        asked &= Q(number__lt=wanted.before)
    return asked


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _people(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    rows = User.objects.all() if reads_all(actor) else User.objects.visible_to(actor)
    return tuple(rows.order_by("name", "pk").values_list("pk", "name"))
