"""Proving the trail: every row, the tree over them, and the checkpoints others may hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ruang.audit.models import Checkpoint, Fact, Head
from ruang.audit.record import canonical
from ruang.audit.tree import grow, leaf_hash, root_of

CHECKPOINT_TIME, CHECKPOINT_FACTS = timedelta(hours=1), 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    :ivar facts: rows read
    :ivar root: root of the tree over them, hex
    :ivar first_bad: number of the first row that is not what was recorded; None if all are
    :ivar why: what is wrong with it
    """

    facts: int
    root: str
    first_bad: int | None = None
    why: str = ""


def verify(*, kept: Iterable[tuple[int, str]] = ()) -> Verdict:
    """Recompute the tree over all facts and compare it with everything that was kept.

    :param kept: checkpoints that somebody else kept, as (size, root in hex)
    """
    expected = {c.size: bytes(c.root) for c in Checkpoint.objects.all()}
    outside = {size: bytes.fromhex(root) for size, root in kept}
    edge, size = b"", 0
    for fact in Fact.objects.order_by("number").iterator(chunk_size=2_000):
        why = _fault(fact, size)
        edge = grow(edge, size, leaf_hash(canonical(fact)))
        size, top = size + 1, root_of(edge)
        if not why and bytes(fact.root) != top:
            why = "the tree over it is another"
        for name, checkpoints in (("a checkpoint", expected), ("a kept checkpoint", outside)):
            if not why and checkpoints.get(size, top) != top:
                why = f"{name} says another root"
        if why:
            return Verdict(size, top.hex(), first_bad=size, why=why)
    return _ending(size, root_of(edge), max([0, *expected, *outside]))


def checkpoint(*, at: datetime) -> Checkpoint:
    """Keep the present size and root of the tree."""
    with transaction.atomic():
        head = Head.objects.select_for_update().filter(pk=1).first() or Head(pk=1)
        row, _ = Checkpoint.objects.get_or_create(
            size=head.size, defaults={"at": at, "root": root_of(bytes(head.edge))}
        )
        return row


def checkpoint_when_due(*, at: datetime) -> None:
    """Keep the present tree when an hour, or a thousand facts, have passed since the last."""
    last = Checkpoint.objects.order_by("-size").first()
    head = Head.objects.filter(pk=1).first()
    if head is None or (last is not None and head.size == last.size):
        return
    many = last is not None and head.size - last.size >= CHECKPOINT_FACTS
    if last is None or many or abs(at - last.at) >= CHECKPOINT_TIME:  # a clock may jump back
        checkpoint(at=at)


def _fault(fact: Fact, before: int) -> str:
    if fact.number != before + 1:
        return "a row before it is missing"
    if bytes(fact.leaf) != leaf_hash(canonical(fact)):
        return "the row was changed"
    return ""


def _ending(size: int, top: bytes, seen: int) -> Verdict:
    head = Head.objects.filter(pk=1).first()
    if (head is not None and head.size != size) or seen > size:
        return Verdict(size, top.hex(), first_bad=size + 1, why="rows at the end are missing")
    return Verdict(size, top.hex())
