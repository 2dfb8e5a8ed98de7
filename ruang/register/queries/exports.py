"""The register as a table: the columns of the lists, without anybody's name or number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.register.columns import COLUMNS, word_of
from ruang.register.keeping import MODELS, said
from ruang.register.lines import DISTRICT_LENGTH, below
from ruang.register.models import COUNTS
from ruang.register.policy import may_keep, may_see
from ruang.register.reading import CONTACT_COLUMNS
from ruang.register.states import Kind, Sex
from ruang.territory import queries as territory

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """A head and its lines, one after the other."""

    name: str
    head: tuple[str, ...]
    lines: Iterator[tuple[Cell, ...]]
    region: str = ""


def table(*, actor: Actor, kind: Kind, region: str = "") -> Table:
    """Return a list of the register, of the whole city or of a region.

    :raises PermissionDenied: if the actor does not see prevention
    """
    require(may_see, actor, None)
    columns = [one for one in COLUMNS[kind] if one.name not in CONTACT_COLUMNS]
    rows: QuerySet[Any] = MODELS[kind].objects.visible_to(actor).standing()
    city = territory.city()
    names = {one.code: one.name for one in territory.villages(city_code=city.code)}
    names |= {one.code: one.name for one in city.districts}
    region = region if region in names else ""
    if region:
        rows = rows.filter(below(region, names))
    by = ("village_id", "rw__number", "number") if kind is Kind.RT else ("village_id", "name")
    rows = rows.order_by(*by, "id")
    if kind in {Kind.RT, Kind.VENUE}:
        rows = rows.select_related("rw")
    told = _Told(kind, names)
    lines = (tuple(told.cell(one.name, row) for one in columns) for row in rows.iterator())
    return Table(kind.value, tuple(one.word for one in columns), lines, region)


def template(*, actor: Actor, kind: Kind) -> Table:
    """Return an empty list with two lines that show how it is filled in.

    :raises PermissionDenied: if the actor does not keep the register
    """
    require(may_keep, actor, None)
    columns = COLUMNS[kind]
    examples = tuple(
        tuple(line.get(one.name, "") for one in columns) for line in _examples(kind)
    )
    return Table(kind.value, tuple(one.word for one in columns), iter(examples))


def _examples(kind: Kind) -> tuple[dict[str, Cell], ...]:
    """Return two lines about a kelurahan of this city."""
    city = territory.city().code
    village = next(iter(territory.villages(city_code=city)), None)
    if village is None:
        return ()
    names = {one.code: one.name for one in territory.city().districts}
    place: dict[str, Cell] = {
        "code": village.code,
        "village": village.name,
        "district": names.get(village.code[:DISTRICT_LENGTH], ""),
    }
    return tuple({**place, **one} for one in _EXAMPLES[kind])


_EXAMPLES: Mapping[Kind, tuple[dict[str, Cell], ...]] = {
    Kind.RT: (
        {"rw": 1, "rt": 1, "households": 80, "female": 150, "male": 155,
         "head": "Nama Ketua RT", "phone": "0800 0000 0000"},
        {"rw": 1, "rt": 2, "local_name": "Kampung Contoh", "households": 64, "female": 121,
         "male": 118},
    ),
    Kind.SCHOOL: (
        {"npsn": "00000001", "name": "SD Negeri Contoh", "level": "SD", "pupils_female": 140,
         "pupils_male": 150},
        {"name": "PAUD Contoh", "level": "PAUD", "pupils_female": 20, "pupils_male": 22},
    ),
    Kind.COMMUNITY: (
        {"name": "PKK Contoh", "kind": "PKK", "members": 35},
        {"name": "Karang Taruna Contoh", "kind": "karang taruna", "members": 40},
    ),
    Kind.VENUE: (
        {"rw": 1, "name": "Balai Warga Contoh", "kind": "balai", "capacity": 60,
         "has_step_free_entry": "ya", "opens_at": "08:00", "closes_at": "21:00"},
        {"name": "Posyandu Contoh", "kind": "posyandu", "capacity": 25,
         "has_step_free_entry": "tidak"},
    ),
}  # fmt: skip


class _Told:
    """Says a row column by column, as the lists that offices bring say it."""

    def __init__(self, kind: Kind, names: Mapping[str, str]) -> None:
        self._kind, self._names = kind, names
        self._own: dict[str, Callable[[Any], Cell | None]] = {
            "code": lambda row: str(row.village_id),
            "village": lambda row: names.get(row.village_id, ""),
            "district": lambda row: names.get(row.village_id[:DISTRICT_LENGTH], ""),
            "rw": lambda row: row.rw.number if row.rw else "",
            "female": lambda row: _sum(row, Sex.FEMALE),
            "male": lambda row: _sum(row, Sex.MALE),
            "level": lambda row: word_of(Kind.SCHOOL, row.level),
            "kind": lambda row: word_of(kind, row.kind),
            "has_step_free_entry": lambda row: "ya" if row.has_step_free_entry else "tidak",
        }
        if kind is Kind.RT:
            self._own["rt"] = lambda row: int(row.number)
            self._own["latitude"] = lambda row: row.rw.latitude
            self._own["longitude"] = lambda row: row.rw.longitude

    def cell(self, name: str, row: Any) -> Cell:
        """Return one cell; empty for nothing."""
        own = self._own.get(name)
        found = own(row) if own else said(getattr(row, name))
        return "" if found is None else found


def _sum(row: Any, sex: Sex) -> int:
    return sum(getattr(row, name) for name in COUNTS if name.startswith(f"{sex.value}_"))
