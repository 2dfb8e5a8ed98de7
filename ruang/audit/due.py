"""Due times, written in the transaction of the change that makes them due.

One row a kind and subject. A worker leases it, so that one that dies leaves it to the next;
what is done and the end of the row are one transaction, so that it is done once.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ruang.audit.models import Due

LEASE = timedelta(seconds=30)
"""How long another worker leaves a row alone. Being wrong costs work, never correctness."""
ATTEMPTS = 10
"""After so many failures a row is parked: kept, reported by ``ruang doctor``, tried no more."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Task:
    """A row that this worker has leased."""

    id: UUID
    kind: str
    subject: UUID
    attempts: int


def schedule(kind: str, subject: UUID, due_at: datetime) -> None:
    """Let this happen to this subject then; a second call moves the time."""
    again = {"due_at": due_at, "lease_until": None, "attempts": 0, "parked_at": None}
    Due.objects.update_or_create(kind=kind, subject=subject, defaults=again)


def schedule_if_absent(kind: str, subject: UUID, due_at: datetime) -> None:
    """Let this happen then, unless a time is set already."""
    Due.objects.get_or_create(kind=kind, subject=subject, defaults={"due_at": due_at})


def cancel(kind: str, subject: UUID) -> None:
    """Let it not happen."""
    Due.objects.filter(kind=kind, subject=subject).delete()


def take(kinds: Collection[str], *, at: datetime) -> Task | None:
    """Lease the row that is due the longest; None if none of these kinds is due."""
    waiting = Due.objects.filter(kind__in=kinds, due_at__lte=at, parked_at=None)
    free = waiting.filter(Q(lease_until=None) | Q(lease_until__lte=at))
    free = free.order_by("due_at", "pk")  # of one moment the one that was asked for first
    if not free.exists():  # asked again and again: it takes no lock to hear "nothing"
        return None
    with transaction.atomic():
        row = _locked(free).first()
        if row is None:
            return None
        row.lease_until, row.attempts = at + LEASE, row.attempts + 1
        row.save(update_fields=["lease_until", "attempts"])
        return Task(row.pk, row.kind, row.subject, row.attempts)


def perform(task: Task, act: Callable[[], None]) -> bool:
    """Do it and end the row, in one transaction; False if the row was moved or taken over.

    If what is done sets a new time for the same kind and subject, the row stays with that.
    """
    with transaction.atomic():
        mine = Due.objects.filter(pk=task.id, attempts=task.attempts, parked_at=None)
        if not mine.select_for_update().filter(lease_until__isnull=False).exists():
            return False
        act()
        mine.filter(lease_until__isnull=False).delete()
        return True


def move(task: Task, due_at: datetime) -> None:
    """Set the next time of something that comes back; it has succeeded."""
    Due.objects.filter(pk=task.id, attempts=task.attempts).update(
        due_at=due_at, lease_until=None, attempts=0
    )


def renew(task: Task, *, at: datetime) -> bool:
    """Keep a row for another lease; False if it was moved, taken over or cancelled."""
    mine = Due.objects.filter(pk=task.id, attempts=task.attempts, lease_until__isnull=False)
    return bool(mine.update(lease_until=at + LEASE))


def give_back(task: Task) -> None:
    """Leave a row to whoever comes next, as if it had not been tried."""
    mine = Due.objects.filter(pk=task.id, attempts=task.attempts, lease_until__isnull=False)
    mine.update(lease_until=None, attempts=task.attempts - 1)


def fail(task: Task, *, at: datetime, park: bool = True) -> bool:
    """Try again later, a little later each time; True if it was given up and parked instead."""
    mine = Due.objects.filter(pk=task.id, attempts=task.attempts)
    if park and task.attempts >= ATTEMPTS:
        return bool(mine.update(parked_at=at, lease_until=None))
    wait = min(FIRST_WAIT * 2 ** min(task.attempts - 1, 20), LONGEST_WAIT)
    mine.update(due_at=at + wait, lease_until=None)
    return False


def parked() -> list[tuple[str, UUID, datetime]]:
    """Return what was given up: kind, subject, since when."""
    rows = Due.objects.exclude(parked_at=None).order_by("parked_at")
    return [(r.kind, r.subject, r.parked_at) for r in rows if r.parked_at]


def late(*, at: datetime, by: timedelta) -> int:
    """Return how many rows nobody has taken although they are due for longer than that."""
    return Due.objects.filter(parked_at=None, due_at__lt=at - by).count()


def _locked(rows: "QuerySet[Due]") -> "QuerySet[Due]":
    skip = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=skip)
