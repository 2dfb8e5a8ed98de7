"""What became of RW that were split or merged, and of RT that were put into another RW."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from ruang.access.actor import Actor
from ruang.register.models import Change, Rt, Rw
from ruang.register.states import Ending, Kind, Step


class Regrouped:
    """How lists that name what was before are to name it now.

    :ivar rws: by kelurahan and number of an RW that ended, the RW that came after it
    :ivar rts: by kelurahan, RW and RT as they were, the RT as it is now
    """

    def __init__(self, kind: Kind, villages: Iterable[str], actor: Actor) -> None:
        self.rws: dict[tuple[str, int], str] = {}
        self.rts: dict[tuple[str, int, int], str] = {}
        if kind not in {Kind.RT, Kind.VENUE}:
            return
        here = list(villages)
        self._read_rws(here, actor)
        if kind is Kind.RT:
            self._read_rts(here, actor)

    def _read_rws(self, villages: list[str], actor: Actor) -> None:
        rows: Any = Rw.objects.visible_to(actor).filter(village__in=villages)
        after: dict[tuple[str, int], set[int]] = defaultdict(set)
        names = ("village", "number")
        merged = rows.filter(went_into__isnull=False).values_list(*names, "went_into__number")
        split = rows.filter(came_from__ending=Ending.SPLIT)
        came = split.values_list("village", "came_from__number", "number")
        for village, number, now in (*merged, *came):
            after[village, number].add(now)
        for key, numbers in after.items():
            self.rws[key] = ", ".join(f"RW {number:02}" for number in sorted(numbers))

    def _read_rts(self, villages: list[str], actor: Actor) -> None:
        rows: Any = Rt.objects.visible_to(actor).filter(village__in=villages)
        moves: Any = Change.objects.visible_to(actor).filter(kind=Kind.RT, step=Step.MOVE)
        said = moves.filter(subject__in=rows.values("pk")).order_by("at", "id")
        moved = list(said.values_list("subject", "old"))
        now = {row.pk: row for row in rows.filter(pk__in={pk for pk, _old in moved})
               .select_related("rw", "went_into__rw")}  # fmt: skip
        for pk, old in moved:
            village, heirs = now[pk].village_id, _heirs(now[pk])
            before = village, int(old["rw"]), int(old["rt"])
            if before not in {(village, one.rw.number, one.number) for one in heirs} and heirs:
                self.rts[before] = "; ".join(
                    f"RW {one.rw.number:02}, RT {one.number:02}" for one in heirs
                )


def _heirs(row: Rt) -> list[Rt]:
    """Return an RT, or what it was merged or split into; nothing if nothing stands of it."""
    while row.ended_on is not None and row.went_into is not None:
        row = row.went_into
    if row.ended_on is None:
        return [row]
    parts = Rt.objects.filter(came_from=row, ended_on=None)
    return [cast("Rt", part) for part in parts.select_related("rw").order_by("number")]


def rt_now(
    *, rw_id: UUID, number: int, since: datetime, actor: Actor, told: datetime | None = None
) -> tuple[UUID, int] | None:
    """Return the RW and number that an RT has now, by what it had at a moment.

    None if it has not been put into another RW since then.

    :param told: when this RW and number were last said to be its own; then it is the RT that
        had come there, whoever had the number at that moment
    """
    moves: Any = Change.objects.visible_to(actor).filter(kind=Kind.RT, step=Step.MOVE)
    in_order = moves.order_by("at", "id")
    moved = None
    if told is not None:
        came = in_order.filter(new__rw_id=str(rw_id), new__rt=number, at__lte=told)
        moved = came.last()
    if moved is None:
        went = in_order.filter(old__rw_id=str(rw_id), old__rt=number)
        moved = went.filter(at__gte=told or since).first()
    if moved is None:
        return None
    rows: Any = Rt.objects.visible_to(actor)
    row = rows.filter(pk=moved.subject).first()
    return (row.rw_id, row.number) if row is not None else None


def were_in(*, rts: Iterable[UUID], rws: Iterable[UUID], actor: Actor) -> bool:
    """Say whether one of these RT was in one of these RW before it was put into another."""
    moves: Any = Change.objects.visible_to(actor).filter(kind=Kind.RT, step=Step.MOVE)
    before = [str(rw) for rw in rws]
    return bool(moves.filter(subject__in=list(rts), old__rw_id__in=before).exists())
