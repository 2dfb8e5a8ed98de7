"""Writing what a comparison found into the register, in few statements."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models

from ruang.access.actor import Actor
from ruang.kernel.ids import uuid7
from ruang.kernel.rows import insert
from ruang.register.comparing import Changed, Comparison, New, Where
from ruang.register.keeping import MODELS
from ruang.register.models import COUNTS, Change, Contact, Rw
from ruang.register.states import Ending, Kind, Step

BATCH = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """How much was written."""

    added: int
    changed: int
    ended: int


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes what kind of list, and since when it holds."""

    kind: Kind
    on: date
    actor: Actor
    at: datetime


def take_over(found: Comparison, hand: Hand, *, ended: Collection[UUID]) -> Taken:
    """Write it all; the caller is in a transaction and has asked who may."""
    rws = _rws(found, hand)
    rows = [(new, _made(hand, new, rws)) for new in found.new]
    insert(*(row for _new, row in rows))
    for changed in found.changed:
        _change(hand, changed, rws)
    insert(*(_noted(hand, c.pk, c.old, c.new) for c in found.changed if c.new))
    said = [(row.pk, new.entry["contact"]) for new, row in rows if "contact" in new.entry]
    said += [(c.pk, c.contact) for c in found.changed if c.contact]
    _ring(hand, said)
    _end(hand, ended)
    return Taken(len(rows), len(found.changed), len(ended))


def _rws(found: Comparison, hand: Hand) -> dict[Where, Any]:
    """Return the RW that are needed; those that are not there are made, where they lie said."""
    if hand.kind not in {Kind.RT, Kind.VENUE}:
        return {}
    entries = [n.entry for n in found.new] + [c.entry for c in found.changed]
    places: dict[Where, tuple[float, float]] = {}
    for entry in entries:
        if hand.kind is Kind.RT and "latitude" in entry:
            point = entry["latitude"], entry["longitude"]
            places.setdefault((entry["village"], entry["rw"]), point)
    insert(*(_new_rw(where, places.get(where), hand) for where in found.new_rws))
    there: Any = Rw.objects.visible_to(hand.actor).standing()
    rows = there.filter(village__in={entry["village"] for entry in entries})
    return {(row.village_id, row.number): row for row in rows}


def _new_rw(where: Where, point: tuple[float, float] | None, hand: Hand) -> Rw:
    lat, lon = point or (None, None)
    village, number = where
    return Rw(village_id=village, number=number, latitude=lat, longitude=lon, since=hand.on)


def _made(hand: Hand, new: New, rws: Mapping[Where, Any]) -> models.Model:
    values: dict[str, Any] = {**_typed(new.values), "since": hand.on}
    entry = new.entry
    if hand.kind is Kind.RT:
        values |= {"rw": rws[entry["village"], entry["rw"]], "number": entry["rt"]}
        values["people"] = sum(values.get(name, 0) for name in COUNTS)
    elif hand.kind is Kind.VENUE and "rw" in entry:
        values["rw"] = rws[entry["village"], entry["rw"]]
    row: models.Model = MODELS[hand.kind](pk=uuid7(), village_id=entry["village"], **values)
    return row


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a list says, as the columns hold it."""
    hours = {"opens_at", "closes_at"}
    return {
        name: time.fromisoformat(value) if name in hours and isinstance(value, str) else value
        for name, value in values.items()
    }


def _change(hand: Hand, changed: Changed, rws: Mapping[Where, Any]) -> None:
    values = _typed(changed.new)
    if "rw_place" in values:
        rw = rws[changed.entry["village"], changed.entry["rw"]]
        lat, lon = values.pop("rw_place")
        Rw.objects.visible_to(hand.actor).filter(pk=rw.pk).update(latitude=lat, longitude=lon)
    if "village" in values:
        values["village_id"] = values.pop("village")
    if not values:
        return
    rows = MODELS[hand.kind].objects.visible_to(hand.actor)
    if hand.kind is Kind.RT:
        row = rows.get(pk=changed.pk)
        values["people"] = sum(values.get(name, getattr(row, name)) for name in COUNTS)
    rows.filter(pk=changed.pk).update(**values)


def _noted(hand: Hand, pk: UUID, old: Any, new: Any) -> Change:
    return Change(
        kind=hand.kind, subject=pk, step=Step.LIST, on=hand.on, at=hand.at,
        by=hand.actor.user_id, old=old, new=new,
    )  # fmt: skip


def _ring(hand: Hand, said: Iterable[tuple[UUID, Mapping[str, str]]]) -> None:
    """Let these be rung from now on, and whoever was before no more."""
    column = f"{hand.kind.value}_id"
    new = [
        Contact(**{column: pk}, name=who["name"], phone=who["phone"], since=hand.on)
        for pk, who in said
    ]
    end_contacts(hand.kind, [getattr(one, column) for one in new], hand.on, hand.actor)
    insert(*new)


def end_contacts(kind: Kind, places: Collection[UUID], on: date, actor: Actor) -> None:
    """Let nobody be rung about these places from a day on."""
    if kind is Kind.VENUE:
        return
    column, listed = f"{kind.value}__in", list(places)
    rows = Contact.objects.visible_to(actor).standing()
    for start in range(0, len(listed), BATCH):
        rows.filter(**{column: listed[start : start + BATCH]}).update(until=on)


def _end(hand: Hand, ended: Collection[UUID]) -> None:
    if not ended:
        return
    rows = MODELS[hand.kind].objects.visible_to(hand.actor).standing()
    rows.filter(pk__in=ended).update(ended_on=hand.on, ending=Ending.CLOSED)
    end_contacts(hand.kind, ended, hand.on, hand.actor)
    insert(*(_ending(hand, pk) for pk in ended))


def _ending(hand: Hand, pk: UUID) -> Change:
    return Change(
        kind=hand.kind, subject=pk, step=Step.END, on=hand.on, at=hand.at,
        by=hand.actor.user_id, new={"ending": Ending.CLOSED.value},
    )  # fmt: skip
