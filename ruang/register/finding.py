"""Finding one place, and saying where it lies."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.register.keeping import MODELS
from ruang.register.lines import DISTRICT_LENGTH
from ruang.register.states import Kind
from ruang.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Where:
    """Where a place lies."""

    village: str
    village_code: str
    district: str
    district_code: str


def found(kind: Kind, place_id: UUID, actor: Actor) -> Any:
    """Return a place, ended or not, with its kelurahan."""
    rows = MODELS[kind].objects.visible_to(actor)
    with_rw = ("village", "rw") if kind in {Kind.RT, Kind.VENUE} else ("village",)
    return sight.one(rows.select_related(*with_rw), place_id)


def where_of(village: Any) -> Where:
    """Return where a kelurahan lies."""
    code = village.pk[:DISTRICT_LENGTH]
    names = {one.code: one.name for one in territory.city().districts}
    return Where(str(village), village.pk, names.get(code, ""), code)
