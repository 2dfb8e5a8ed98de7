"""An RT that splits, and RT that become one. What was done there stays there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.register.events import PlaceChanged
from ruang.register.keeping import check_day, check_free, note_change, standing
from ruang.register.models import COUNTS, Rt
from ruang.register.sharing import shared
from ruang.register.states import Ending, Kind, Step
from ruang.register.taking import end_contacts

MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One successor: its number, and its households; without them all parts are alike."""

    number: int
    households: int = 0
    local_name: str = ""


@transaction.atomic
def split_rt(
    *, actor: Actor, rt_id: UUID, parts: Sequence[Part], on: date, at: datetime, note: str = ""
) -> tuple[UUID, ...]:
    """Let an RT become several, which share its people by their households.

    :raises NotInSight: if there is no such RT
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if it has ended, the parts are not two to six, or a number is taken
    """
    row: Rt = standing(Kind.RT, rt_id, actor)
    check_day(on, at, since=row.since)
    numbers = [part.number for part in parts]
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refused(_("Give at least two and at most six RT that come out of it."))
    if len(set(numbers)) != len(numbers):
        raise Refused(_("Two parts have the same number. Give each its own."))
    for number in numbers:
        check_free(row.rw, number, actor, but=(row.pk,))
    _end(row, Ending.SPLIT, on, actor)
    made = [Rt.objects.create(**said) for said in _shares(row, parts, on)]
    new = {"rts": [[one.number, str(one.pk)] for one in made]}
    note_change(row, Step.SPLIT, on=on, actor=actor, at=at, new=new, note=note)
    event = PlaceChanged(row.pk, Kind.RT.value, Step.SPLIT.value, count=len(made))
    record(event, actor=actor, at=at)
    return tuple(one.pk for one in made)


@transaction.atomic
def merge_rts(
    *, actor: Actor, rt_id: UUID, others: Collection[UUID], number: int, on: date,
    at: datetime, local_name: str = "", note: str = "",
) -> UUID:  # fmt: skip
    """Let RT of one RW become one, in which all of their people live.

    :raises NotInSight: if one of them is not there
    :raises PermissionDenied: if the actor does not keep the register
    :raises Refused: if one has ended or is of another RW, or the number is taken
    """
    rows: list[Rt] = [standing(Kind.RT, pk, actor) for pk in dict.fromkeys((rt_id, *others))]
    if len(rows) < 2:
        raise Refused(_("Choose at least one more RT to merge it with."))
    if len({row.rw_id for row in rows}) != 1:
        raise Refused(_("Only RT of one RW can be merged."))
    for row in rows:
        check_day(on, at, since=row.since)
    check_free(rows[0].rw, number, actor, but=tuple(row.pk for row in rows))
    for row in rows:
        _end(row, Ending.MERGED, on, actor)
    made = Rt.objects.create(**_sum(rows), number=number, local_name=tidy(local_name), since=on)
    for row in rows:
        row.went_into = made
        row.save(update_fields=["went_into"])
        new = {"rts": [[made.number, str(made.pk)]]}
        note_change(row, Step.MERGE, on=on, actor=actor, at=at, new=new, note=note)
    event = PlaceChanged(made.pk, Kind.RT.value, Step.MERGE.value, count=len(rows))
    record(event, actor=actor, at=at)
    return made.pk


def _end(row: Rt, ending: Ending, on: date, actor: Actor) -> None:
    row.ended_on, row.ending = on, ending
    row.save(update_fields=["ended_on", "ending"])
    end_contacts(Kind.RT, [row.pk], on, actor)


def _shares(row: Rt, parts: Sequence[Part], on: date) -> list[dict[str, Any]]:
    """Return the successors: every band of age is shared, and nobody is lost."""
    weights = [part.households for part in parts]
    households = weights if all(weights) else shared(row.households, [1] * len(parts))
    counts = {name: shared(getattr(row, name), households) for name in COUNTS}
    return [
        {
            "rw_id": row.rw_id,
            "village_id": row.village_id,
            "number": part.number,
            "local_name": tidy(part.local_name),
            "households": households[n],
            "people": sum(each[n] for each in counts.values()),
            "has_estimated_bands": True,
            "since": on,
            "came_from": row,
            **{name: each[n] for name, each in counts.items()},
        }
        for n, part in enumerate(parts)
    ]


def _sum(rows: Sequence[Rt]) -> dict[str, Any]:
    added = {
        name: sum(getattr(row, name) for row in rows)
        for name in ("households", "people", *COUNTS)
    }
    return {
        **added,
        "rw_id": rows[0].rw_id,
        "village_id": rows[0].village_id,
        "has_estimated_bands": any(row.has_estimated_bands for row in rows),
    }
