"""What a list would change: every entry beside what the register has.

The same comparison is made for the preview and again when the list is taken over, and its
fingerprint says whether the register is still what the preview showed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from ruang.access.actor import Actor
from ruang.kernel.phones import dialled
from ruang.register.columns import plain
from ruang.register.faults import Why
from ruang.register.keeping import MODELS
from ruang.register.keeping import said as said_of
from ruang.register.models import COUNTS, Contact, Rw, StagedList
from ruang.register.reading import Entry, key_of
from ruang.register.regrouped import Regrouped
from ruang.register.sharing import USUAL, shared
from ruang.register.states import Kind, Sex

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.RT: ("local_name", "households", "has_estimated_bands", *COUNTS),
    Kind.SCHOOL: ("npsn", "name", "level", "pupils_female", "pupils_male", "latitude",
                  "longitude"),
    Kind.COMMUNITY: ("name", "kind", "members"),
    Kind.VENUE: ("name", "kind", "capacity", "has_step_free_entry", "opens_at", "closes_at",
                 "latitude", "longitude"),
}  # fmt: skip
MOST_ENDED = 300
"""More that are missing than this at once says that the list is not whole."""
Values = dict[str, Any]
Where = tuple[str, int]


@dataclass(frozen=True, slots=True)
class New:
    """A place that the register does not have yet."""

    entry: Entry
    values: Values


@dataclass(frozen=True, slots=True)
class Changed:
    """A place of which the list says something else. ``old`` and ``new`` hold only that.

    :ivar contact: whom to ring from now on, if that differs; who stays out of lists
    :ivar since: from when on the register says what is changed
    """

    pk: UUID
    entry: Entry
    old: Values
    new: Values
    contact: Mapping[str, str] | None
    since: date


@dataclass(frozen=True, slots=True)
class Gone:
    """A place of a kelurahan in the list that the list does not name.

    :ivar since: from when on the register says what would be ended
    """

    pk: UUID
    village: str
    rw: int
    number: int
    name: str
    people: int
    since: date


@dataclass(frozen=True, slots=True)
class Homeless:
    """A line of an RW or RT that is not there, or is another one by now."""

    entry: Entry
    why: Why
    value: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that a list would change."""

    new: tuple[New, ...] = ()
    changed: tuple[Changed, ...] = ()
    same: tuple[Entry, ...] = ()
    gone: tuple[Gone, ...] = ()
    new_rws: tuple[Where, ...] = ()
    homeless: tuple[Homeless, ...] = field(default=())

    @property
    def fingerprint(self) -> str:
        """Return what is different when the register or the list is."""
        parts = [
            [[n.entry["line"], n.values] for n in self.new],
            [[str(c.pk), c.old, c.new, bool(c.contact)] for c in self.changed],
            [str(g.pk) for g in self.gone],
            len(self.same),
        ]
        return sha256(json.dumps(parts, default=str).encode()).hexdigest()


def compare(kind: Kind, entries: Sequence[Entry], *, unread: bool, actor: Actor) -> Comparison:
    """Compare a list with the register.

    :param unread: whether there are lines that cannot be taken over; while there are, nobody
        can say what is missing
    """
    villages = {entry["village"] for entry in entries}
    rws = _rws(villages, actor)
    there = _there(kind, villages, entries, actor)
    contacts = _contacts(kind, villages | {row.village_id for row in there.values()}, actor)
    regrouped = Regrouped(kind, villages, actor)
    new, changed, same, homeless = [], [], [], []
    places = dict[Where, tuple[float, float]]()
    for entry in entries:
        row = there.pop(key_of(kind, entry), None)
        if lost := _homeless(kind, entry, row, rws, regrouped):
            homeless.append(lost)
            continue
        if row is None:
            new.append(New(entry, _resolved(kind, entry, None)))
            continue
        found = _changed(kind, entry, row, contacts.get(row.pk))
        if kind is Kind.RT and _moves(entry, row.rw, places):
            found.old["rw_place"] = [row.rw.latitude, row.rw.longitude]
            found.new["rw_place"] = [entry["latitude"], entry["longitude"]]
        if found.new or found.contact:
            changed.append(found)
        else:
            same.append(entry)
    wanted = {(e["village"], e["rw"]) for e in entries} if kind is Kind.RT else set()
    whole = not homeless and not unread
    missing = there.values() if whole else ()
    gone = [_gone(kind, row, _since(row, contacts.get(row.pk))) for row in missing]
    return Comparison(
        new=tuple(new),
        changed=tuple(changed),
        same=tuple(same),
        gone=tuple(sorted(gone, key=lambda g: (g.village, g.rw, g.number, g.name))),
        new_rws=tuple(sorted(wanted - set(rws))),
        homeless=tuple(homeless),
    )


def compared(staged: StagedList, actor: Actor) -> Comparison:
    """Compare a list that waits with the register of this moment."""
    return compare(Kind(staged.kind), staged.entries, unread=bool(staged.faults), actor=actor)


def _homeless(
    kind: Kind, entry: Entry, row: Any, rws: Mapping[Where, Any], regrouped: Regrouped
) -> Homeless | None:
    """Return what is wrong with the RW or RT of a line; None if nothing is."""
    if "rw" not in entry or (kind is Kind.RT and row is not None):
        return None
    rw = entry["village"], entry["rw"]
    if kind is Kind.RT and (now := regrouped.rts.get((*rw, entry["rt"]))):
        return Homeless(entry, Why.RT_MOVED, now)
    if rw in rws:
        return None
    if after := regrouped.rws.get(rw):
        return Homeless(entry, Why.RW_ENDED, after)
    return None if kind is Kind.RT else Homeless(entry, Why.NO_RW, str(entry["rw"]))


def _key(kind: Kind, row: Any) -> tuple[Any, ...]:
    """Return by what a place of the register is known again."""
    if kind is Kind.RT:
        return row.village_id, row.rw.number, row.number
    if kind is Kind.SCHOOL and row.npsn:
        return (row.npsn,)
    return row.village_id, plain(row.name) or row.name


def _rws(villages: Iterable[str], actor: Actor) -> dict[Where, Any]:
    rows: Any = Rw.objects.visible_to(actor).standing().filter(village__in=villages)
    return {(row.village_id, row.number): row for row in rows}


def _there(
    kind: Kind, villages: Iterable[str], entries: Sequence[Entry], actor: Actor
) -> dict[tuple[Any, ...], Any]:
    """Return what stands in these kelurahan, by key; a school also where its NPSN is known."""
    rows = MODELS[kind].objects.visible_to(actor).standing()
    here = rows.filter(village__in=villages)
    found = list(here.select_related("rw") if kind is Kind.RT else here)
    if kind is Kind.SCHOOL:
        known = {row.npsn for row in found}
        asked = [e["npsn"] for e in entries if e.get("npsn") and e["npsn"] not in known]
        for start in range(0, len(asked), 500):
            found += rows.filter(npsn__in=asked[start : start + 500])
    keyed = {_key(kind, row): row for row in found}
    if kind is Kind.SCHOOL:
        _by_name(keyed, entries)
    return keyed


def _by_name(keyed: dict[tuple[Any, ...], Any], entries: Sequence[Entry]) -> None:
    """Let a school be known by its name where the register or the list has no NPSN of it."""
    named = {(row.village_id, plain(row.name)): key for key, row in keyed.items()}
    for entry in entries:
        key, there = (
            key_of(Kind.SCHOOL, entry),
            named.get((entry["village"], plain(entry["name"]))),
        )
        if key in keyed or there not in keyed:
            continue
        if not entry.get("npsn") or not keyed[there].npsn:
            keyed[key] = keyed.pop(there)


def _contacts(kind: Kind, villages: Iterable[str], actor: Actor) -> dict[UUID, Contact]:
    if kind is Kind.VENUE:
        return {}
    about = {f"{kind.value}__village__in": list(villages), f"{kind.value}__ended_on": None}
    rows = Contact.objects.visible_to(actor).standing().filter(**about)
    return {getattr(row, f"{kind.value}_id"): row for row in rows}


def _changed(kind: Kind, entry: Entry, row: Any, contact: Contact | None) -> Changed:
    old, new = {}, {}
    for name, value in _resolved(kind, entry, row).items():
        before = said_of(getattr(row, name))
        if before != value:
            old[name], new[name] = before, value
    if kind is Kind.RT and (more := sum(new.get(n, 0) - old.get(n, 0) for n in COUNTS)):
        old, new = {"people": row.people, **old}, {"people": row.people + more, **new}
    if kind is Kind.SCHOOL and row.village_id != entry["village"]:
        old["village"], new["village"] = row.village_id, entry["village"]
    rung = _rung(entry.get("contact"), contact)
    return Changed(row.pk, entry, old, new, rung, _since(row, contact if rung else None))


def _since(row: Any, contact: Contact | None) -> date:
    since: date = row.since
    return max(since, contact.since) if contact else since


def _rung(said: Mapping[str, str] | None, contact: Contact | None) -> Mapping[str, str] | None:
    """Return whom to ring from now on; None if that is who is rung already.

    A name without a number says nothing of the number: the same person keeps hers.
    """
    if said is None or contact is None:
        return said
    names = said["name"], contact.name
    is_same = len({plain(name) or name for name in names}) == 1
    if is_same and not said["phone"]:
        said = {**said, "phone": contact.phone}
    is_reached = dialled(said["phone"]) == dialled(contact.phone)
    return None if said["name"] == contact.name and is_reached else said


def _moves(entry: Entry, rw: Rw, told: dict[Where, tuple[float, float]]) -> bool:
    """Say whether this entry moves its RW; the first line of an RW that says a place counts."""
    if "latitude" not in entry:
        return False
    where = entry["village"], entry["rw"]
    if where in told:
        return False
    told[where] = entry["latitude"], entry["longitude"]
    return told[where] != (rw.latitude, rw.longitude)


def _resolved(kind: Kind, entry: Entry, row: Any) -> Values:
    """Return what an entry says, by the names of the columns of the register."""
    said = {name: entry[name] for name in FIELDS[kind] if name in entry}
    if kind is not Kind.RT:
        return said
    if COUNTS[0] in entry:
        alike = row is not None and all(getattr(row, name) == said[name] for name in COUNTS)
        return said if alike else {**said, "has_estimated_bands": False}
    if "female" in entry:
        said |= _spread(entry, row)
    return said


def _spread(entry: Entry, row: Any) -> Values:
    """Share two totals among the bands: as in the register, or as usual; nothing if alike."""
    bands: Values = {}
    for sex in Sex:
        names = [name for name in COUNTS if name.startswith(f"{sex.value}_")]
        before = [getattr(row, name) for name in names] if row is not None else []
        if sum(before) != entry[sex.value] or row is None:
            weights = before if sum(before) else USUAL
            bands |= dict(zip(names, shared(entry[sex.value], weights), strict=True))
    return {**bands, "has_estimated_bands": True} if bands else {}


def _gone(kind: Kind, row: Any, since: date) -> Gone:
    if kind is Kind.RT:
        return Gone(
            row.pk, row.village_id, row.rw.number, row.number, row.local_name, row.people, since
        )
    people = {
        Kind.SCHOOL: lambda: row.pupils_female + row.pupils_male,
        Kind.COMMUNITY: lambda: row.members,
        Kind.VENUE: lambda: row.capacity,
    }[kind]()
    return Gone(row.pk, row.village_id, 0, 0, row.name, people, since)
