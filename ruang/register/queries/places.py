"""One RW, RT, school, community or venue, and how it came to be what it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity import directory
from ruang.register.finding import Where, found, where_of
from ruang.register.lines import RtLine, rt_line
from ruang.register.models import Change, Rt, Rw
from ruang.register.people import People, added
from ruang.register.policy import may_keep, may_see, may_see_contact
from ruang.register.states import RUNG, Ending, Kind, Step
from ruang.register.words import NOTHING, Difference, Words, column, differences, value

SHOWN = 50
"""Changes on a page. An RT is not corrected more often in a generation."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One correction."""

    on: date
    step: Step
    by: str
    note: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """An RT or RW that came before or after."""

    id: UUID
    name: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place.

    :ivar rows: what the register says of it, in words
    :ivar people: who lives there; of an RT and an RW alone
    :ivar before: the RT or RW that it came from
    :ivar after: the RT or RW that came out of it
    """

    id: UUID
    kind: Kind
    name: str
    number: int
    local_name: str
    where: Where
    rw: Linked | None
    rows: tuple[tuple[Words, Words], ...]
    people: People | None
    has_estimated_bands: bool
    rts: tuple[RtLine, ...]
    before: tuple[Linked, ...]
    after: tuple[Linked, ...]
    since: date
    ended_on: date | None
    ending: Ending | None
    history: tuple[HistoryLine, ...]
    may_keep: bool
    may_ring: bool
    values: dict[str, Any]

    @property
    def stands(self) -> bool:
        """Say whether it has not ended."""
        return self.ended_on is None


def place_page(*, actor: Actor, kind: Kind, place_id: UUID) -> PlacePage:
    """Return one place.

    :raises PermissionDenied: if the actor does not see prevention
    :raises NotInSight: if there is no such place
    """
    require(may_see, actor, None)
    row = found(kind, place_id, actor)
    rts = _rts(row, actor) if kind is Kind.RW else ()
    counted = [row] if kind is Kind.RT else list(rts)
    return PlacePage(
        id=row.pk,
        kind=kind,
        name=str(row),
        number=getattr(row, "number", 0),
        local_name=getattr(row, "local_name", ""),
        where=where_of(row.village),
        rw=_rw_of(row),
        rows=_rows(kind, row),
        people=added(counted) if kind in {Kind.RW, Kind.RT} else None,
        has_estimated_bands=any(rt.has_estimated_bands for rt in counted),
        rts=tuple(rt_line(rt) for rt in rts),
        before=_before(row, actor) if kind in {Kind.RW, Kind.RT} else (),
        after=_after(row, actor) if kind in {Kind.RW, Kind.RT} else (),
        since=row.since,
        ended_on=row.ended_on,
        ending=Ending(row.ending) if row.ending else None,
        history=_history(row.pk, actor),
        may_keep=may_keep(actor, row) and row.ended_on is None,
        may_ring=kind in RUNG and may_see_contact(actor, row) and row.ended_on is None,
        values={name: getattr(row, name) for name in type(row).classes.names()},
    )


def place_to_keep(*, actor: Actor, kind: Kind, place_id: UUID) -> PlacePage:
    """Return one place for somebody who is about to correct it.

    :raises PermissionDenied: if the actor does not keep the register
    :raises NotInSight: if there is no such place
    """
    require(may_keep, actor, None)
    return place_page(actor=actor, kind=kind, place_id=place_id)


def _rw_of(row: Any) -> Linked | None:
    rw = getattr(row, "rw", None)
    return Linked(rw.pk, str(rw), rw.ended_on) if rw is not None else None


def _rts(rw: Rw, actor: Actor) -> tuple[Any, ...]:
    rows: Any = Rt.objects.visible_to(actor).standing().filter(rw=rw)
    return tuple(rows.order_by("number", "id"))


_SAID: dict[Kind, tuple[str, ...]] = {
    Kind.RW: ("local_name",),
    Kind.RT: ("local_name", "households"),
    Kind.SCHOOL: ("level", "npsn", "pupils_female", "pupils_male"),
    Kind.COMMUNITY: ("kind", "members"),
    Kind.VENUE: ("kind", "capacity", "has_step_free_entry"),
}


def _rows(kind: Kind, row: Any) -> tuple[tuple[Words, Words], ...]:
    said = [(column(name), value(name, getattr(row, name))) for name in _SAID[kind]]
    if kind is Kind.VENUE and row.opens_at:
        hours = f"{row.opens_at:%H:%M}–{row.closes_at:%H:%M}"
        said.append((column("opens_at"), hours))
    if getattr(row, "latitude", None) is not None:
        said.append((column("latitude"), f"{row.latitude:.5f}"))
        said.append((column("longitude"), f"{row.longitude:.5f}"))
    return tuple(pair for pair in said if pair[1] != NOTHING)


def _before(row: Any, actor: Actor) -> tuple[Linked, ...]:
    rows: Any = type(row).objects.visible_to(actor)
    came = rows.filter(pk=row.came_from_id) if row.came_from_id else rows.none()
    return _linked([*came, *rows.filter(went_into=row).order_by("number")])


def _after(row: Any, actor: Actor) -> tuple[Linked, ...]:
    rows: Any = type(row).objects.visible_to(actor)
    went = rows.filter(pk=row.went_into_id) if row.went_into_id else rows.none()
    return _linked([*went, *rows.filter(came_from=row).order_by("number")])


def _linked(rows: list[Any]) -> tuple[Linked, ...]:
    return tuple(Linked(row.pk, str(row), row.ended_on) for row in rows)


def _history(place_id: UUID, actor: Actor) -> tuple[HistoryLine, ...]:
    rows: Any = Change.objects.visible_to(actor).filter(subject=place_id)
    changes = list(rows.order_by("-id")[:SHOWN])
    names = directory.names(one.by for one in changes)
    return tuple(
        HistoryLine(
            one.on,
            Step(one.step),
            names.get(one.by, ""),
            one.note,
            differences(one.old, one.new),
        )
        for one in changes
    )
