"""Lists of RW with their RT, schools, communities and venues: page by page, along an index."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.ids import uuid_of
from ruang.register.keeping import MODELS
from ruang.register.lines import OtherLine, RwLine, below, other_line, rw_lines
from ruang.register.models import Rw
from ruang.register.policy import may_keep, may_see
from ruang.register.states import CommunityKind, Kind, SchoolLevel, VenueKind
from ruang.territory import queries as territory
from ruang.territory.facts import Place

RWS, OTHERS = 20, 50
"""Rows of a page: an RW comes with its RT."""
CHOICES: dict[Kind, Any] = {
    Kind.SCHOOL: SchoolLevel,
    Kind.COMMUNITY: CommunityKind,
    Kind.VENUE: VenueKind,
}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a list is narrowed to.

    :ivar region: code of a kecamatan or kelurahan
    :ivar what: level of school, kind of community or venue
    :ivar after: the row after which the page begins
    """

    region: str = ""
    what: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything narrows it."""
        return bool(self.region or self.what)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list.

    :ivar older: the last row, if there are more after it
    """

    kind: Kind
    sieve: Sieve
    rws: tuple[RwLine, ...]
    others: tuple[OtherLine, ...]
    older: str
    districts: tuple[Place, ...]
    villages: tuple[Place, ...]
    choices: tuple[tuple[str, Any], ...]
    may_keep: bool


def list_page(*, actor: Actor, kind: Kind, sieve: Sieve) -> ListPage:
    """Return a page of a list; of RT, the RW with their RT.

    :raises PermissionDenied: if the actor does not see prevention
    """
    require(may_see, actor, None)
    city = territory.city()
    villages = territory.villages(city_code=city.code)
    names = {one.code: one.name for one in villages}
    rows = _narrowed(kind, sieve, actor, names)
    by, size = ("number", RWS) if kind is Kind.RT else ("name", OTHERS)
    if after := _after(kind, sieve.after, actor):
        rows = rows.filter(_beyond(after, by))
    page = list(rows.order_by("village_id", by, "id")[: size + 1])
    shown = page[:size]
    is_rt = kind is Kind.RT
    lines = [other_line(kind, r, names.get(r.village_id, "")) for r in shown if not is_rt]
    return ListPage(
        kind=kind,
        sieve=sieve,
        rws=rw_lines(shown, actor, names) if is_rt else (),
        others=tuple(lines),
        older=str(shown[-1].pk) if len(page) > size else "",
        districts=city.districts,
        villages=villages,
        choices=tuple(CHOICES[kind].choices) if kind in CHOICES else (),
        may_keep=may_keep(actor, None),
    )


def _narrowed(
    kind: Kind, sieve: Sieve, actor: Actor, villages: dict[str, str]
) -> "QuerySet[Any]":
    model: Any = Rw if kind is Kind.RT else MODELS[kind]
    rows: QuerySet[Any] = model.objects.visible_to(actor).standing()
    if sieve.region:
        known = any(
            code == sieve.region or code.startswith(f"{sieve.region}.") for code in villages
        )
        rows = rows.filter(below(sieve.region, villages)) if known else rows.none()
    if sieve.what and kind in CHOICES:
        column = "level" if kind is Kind.SCHOOL else "kind"
        rows = rows.filter(**{column: sieve.what})
    return rows


def _after(kind: Kind, text: str, actor: Actor) -> Any:
    """Return the row after which the page begins; None for the first, and what is made up."""
    place: UUID | None = uuid_of(text) if text else None
    if place is None:
        return None
    model: Any = Rw if kind is Kind.RT else MODELS[kind]
    return model.objects.visible_to(actor).filter(pk=place).first()


def _beyond(row: Any, by: str) -> Q:
    """Return what follows a row in the order; the first condition is where the index begins."""
    later = Q(village_id__gt=row.village_id)
    later |= Q(**{f"{by}__gt": getattr(row, by)})
    later |= Q(**{by: getattr(row, by), "id__gt": row.pk})
    return Q(village_id__gte=row.village_id) & later
