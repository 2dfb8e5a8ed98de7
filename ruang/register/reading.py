"""From the lines of a file to what each says about a place, or why it cannot be taken over.

An empty cell says nothing: what stands in the register stays.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.register.columns import COLUMNS, NEEDED, code_of, known, plain
from ruang.register.faults import Fault, Why
from ruang.register.sheets import FORMULA, Line
from ruang.register.states import Band, Kind, Sex
from ruang.register.villages import Villages

COUNTS = tuple(f"{sex.value}_{band.value}" for sex in Sex for band in Band)
TOTALS = ("female", "male")
CONTACT_COLUMNS = ("head", "phone")
"""What may come in, and never goes out in a list."""
MOST_PEOPLE = 20_000
"""In one RT, school or community. More is a slip of the pen."""
PHONE = re.compile(r"\+?[0-9][0-9 ()./\-]{4,28}")
_GROUPED = re.compile(r"\d{1,3}([., ]\d{3})+")
_HEAD_WITHIN = 12
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, by our names of the columns."""

    kind: Kind
    said: Mapping[str, str]

    def word(self, name: str) -> str:
        """Return what the column is called in our own files."""
        return next(c.word for c in COLUMNS[self.kind] if c.name == name)

    def text(self, name: str, longest: int = 120, *, needed: bool = False) -> str:
        """Return a text; empty if nothing is said."""
        value = self.said.get(name, "")
        if value == FORMULA:
            raise Fault(Why.FORMULA, self.word(name))
        if needed and not value:
            raise Fault(Why.MISSING, self.word(name))
        if len(value) > longest:
            raise Fault(Why.TOO_LONG, self.word(name))
        return value

    def whole(self, name: str, most: int = MOST_PEOPLE) -> int | None:
        """Return a whole number; None if nothing is said. 1.234 is a thousand and more."""
        value = self.text(name)
        if not value:
            return None
        digits = re.sub(r"[., ]", "", value) if _GROUPED.fullmatch(value) else value
        if not re.fullmatch(r"[0-9]{1,12}", digits):
            raise Fault(Why.NOT_A_NUMBER, self.word(name), value[:40])
        if int(digits) > most:
            raise Fault(Why.TOO_MANY, self.word(name), value[:40])
        return int(digits)

    def ordinal(self, name: str) -> int:
        """Return the number of an RW or RT, as in "RW 05"."""
        value = self.text(name, needed=True)
        found = re.fullmatch(r"(?:r[wt]\.?)?\s*0*([1-9][0-9]{0,2})", value.casefold())
        if found is None:
            raise Fault(Why.NUMBER_RANGE, self.word(name), value[:40])
        return int(found[1])

    def code(self, name: str) -> str:
        """Return the code of a closed list."""
        value = self.text(name, needed=True)
        if code := code_of(self.kind, value):
            return code
        raise Fault(Why.NOT_IN_LIST, self.word(name), value[:40])

    def point(self) -> dict[str, float]:
        """Return a place on the map; nothing if nothing is said."""
        pair = self.text("latitude"), self.text("longitude")
        if not any(pair):
            return {}
        try:
            lat, lon = (float(one.replace(",", ".")) for one in pair)
        except ValueError:
            raise Fault(Why.PLACE, value=" ".join(pair)[:40]) from None
        if not (-11.5 <= lat <= 6.5 and 94 <= lon <= 142):  # Indonesia; also not a number
            raise Fault(Why.PLACE, value=" ".join(pair)[:40])
        return {"latitude": round(lat, 6), "longitude": round(lon, 6)}

    def contact(self) -> dict[str, str]:
        """Return who to ring; nothing if nothing is said."""
        name, phone = self.text("head"), self.text("phone", 60)
        if phone and not PHONE.fullmatch(phone):
            raise Fault(Why.PHONE, value=phone[:40])
        if phone and not name:
            raise Fault(Why.PHONE_ALONE)
        return {"name": name, "phone": phone} if name else {}


def read_list(kind: Kind, lines: Sequence[Line]) -> tuple[list[Entry], list[list[Any]]]:
    """Return what the lines say, and of each that is wrong: its number, and why.

    :raises Refused: if there is no head with the columns that are needed
    """
    place, columns = _head(kind, lines)
    villages, entries, faults = Villages(), [], []
    first: dict[tuple[Any, ...], int] = {}
    for line in lines[place + 1 :]:
        said = {n: line.cells[at] for n, at in columns.items() if at < len(line.cells)}
        if not any(said.values()):
            continue
        try:
            entry = _entry(Row(kind, said), villages, line.number)
            _once(first, kind, entry)
        except Fault as fault:
            faults.append([line.number, fault.why.value, fault.column, fault.value])
        else:
            entries.append(entry)
    if not entries and not faults:
        raise Refused(_("There is a head, but no line below it. Fill in the list first."))
    return entries, faults


def _once(first: dict[tuple[Any, ...], int], kind: Kind, entry: Entry) -> None:
    """Refuse what an earlier line says already.

    Schools of one name and kelurahan are two only if each line has its NPSN: with one that has
    none nobody can say which of them is meant.
    """
    key, number = key_of(kind, entry), entry["line"]
    met, left = {key}, {key}
    if kind is Kind.SCHOOL:
        named = _named(entry)
        unnumbered = (*named, "")
        met, left = (
            ({key, unnumbered}, {key, named})
            if entry.get("npsn")
            else ({named}, {named, unnumbered})
        )
    before = [first[one] for one in met if one in first]
    if before:
        raise Fault(Why.TWICE, value=str(min(before)))
    for one in left:
        first.setdefault(one, number)


def key_of(kind: Kind, entry: Entry) -> tuple[Any, ...]:
    """Return by what a place is known again."""
    if kind is Kind.RT:
        return entry["village"], entry["rw"], entry["rt"]
    if entry.get("npsn"):
        return (entry["npsn"],)
    return _named(entry)


def _named(entry: Entry) -> tuple[str, str]:
    return entry["village"], plain(entry["name"]) or entry["name"]


def _head(kind: Kind, lines: Sequence[Line]) -> tuple[int, dict[str, int]]:
    """Return which line is the head, and where our columns are: titles may stand above it."""
    tried = [known(kind, line.cells) for line in lines[:_HEAD_WITHIN]]
    place = max(range(len(tried)), key=lambda n: len(tried[n]), default=0)
    columns = tried[place] if tried else {}
    words = {column.name: column.word for column in COLUMNS[kind]}
    for group in NEEDED[kind]:
        if not any(name in columns for name in group):
            raise Refused(
                _("The column “%s” is missing. Use the head of the template.") % words[group[0]]
            )
    missing = [name for name in COUNTS if name not in columns]
    if kind is Kind.RT and 0 < len(missing) < len(COUNTS):
        raise Refused(
            _("Some age bands have no column: %s. Give all of them, or only the totals.")
            % ", ".join(words[name] for name in missing)
        )
    return place, columns


def _entry(row: Row, villages: Villages, number: int) -> Entry:
    for name in row.said:
        row.text(name, 500)
    village = villages.find(
        code=row.text("code"), name=row.text("village"), district=row.text("district")
    )
    return {"line": number, "village": village, **_READERS[row.kind](row)}


def _rt(row: Row) -> Entry:
    said = {
        "local_name": row.text("local_name", 80),
        "households": row.whole("households"),
        **_people(row),
        **row.point(),
        "contact": row.contact(),
    }
    return {"rw": row.ordinal("rw"), "rt": row.ordinal("rt"), **_only_said(said)}


def _people(row: Row) -> Entry:
    """Return the people by band, or the two totals, or nothing."""
    totals = {name: row.whole(name) for name in TOTALS}
    bands = {name: row.whole(name) for name in COUNTS}
    if all(value is None for value in bands.values()):
        if (totals["female"] is None) != (totals["male"] is None):
            raise Fault(Why.ONE_SEX)
        return totals
    if any(value is None for value in bands.values()):
        raise Fault(Why.SOME_BANDS)
    for sex, total in totals.items():
        added = sum(value or 0 for name, value in bands.items() if name.startswith(f"{sex}_"))
        if total is not None and added != total:
            raise Fault(Why.SUM, value=str(added))
    return bands


def _school(row: Row) -> Entry:
    npsn = row.text("npsn").upper()
    if npsn and not re.fullmatch(r"[A-Z0-9]{8}", npsn):
        raise Fault(Why.NPSN, value=npsn[:40])
    said = {
        "npsn": npsn,
        "pupils_female": row.whole("pupils_female"),
        "pupils_male": row.whole("pupils_male"),
        **row.point(),
        "contact": row.contact(),
    }
    return {
        "name": row.text("name", needed=True), "level": row.code("level"), **_only_said(said)
    }  # fmt: skip


def _community(row: Row) -> Entry:
    said = {"members": row.whole("members"), "contact": row.contact()}
    return {"name": row.text("name", needed=True), "kind": row.code("kind"), **_only_said(said)}


def _venue(row: Row) -> Entry:
    said = {
        "rw": row.ordinal("rw") if row.text("rw") else None,
        "capacity": row.whole("capacity", 5_000),
        "has_step_free_entry": _yes_or_no(row, "has_step_free_entry"),
        **_hours(row),
        **row.point(),
    }
    return {"name": row.text("name", needed=True), "kind": row.code("kind"), **_only_said(said)}


def _yes_or_no(row: Row, name: str) -> bool | None:
    value = row.text(name)
    if not value:
        return None
    if plain(value) in {"ya", "y", "ada", "1", "yes"}:
        return True
    if plain(value) in {"tidak", "t", "tidak_ada", "0", "no"}:
        return False
    raise Fault(Why.YES_NO, row.word(name), value[:40])


def _hours(row: Row) -> Entry:
    pair = row.text("opens_at"), row.text("closes_at")
    if not any(pair):
        return {}
    found = [re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?", one) for one in pair]
    times = [f"{int(one[1]):02}:{one[2]}" for one in found if one]
    if len(times) != len(pair) or times[0] >= times[1]:
        raise Fault(Why.HOURS)
    return {"opens_at": times[0], "closes_at": times[1]}


def _only_said(said: Entry) -> Entry:
    return {name: value for name, value in said.items() if value not in (None, "", {})}


_READERS: dict[Kind, Callable[[Row], Entry]] = {
    Kind.RT: _rt,
    Kind.SCHOOL: _school,
    Kind.COMMUNITY: _community,
    Kind.VENUE: _venue,
}
