"""The trail of one thing: what happened to it, and who opened it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from ruang.audit.events import Opened
from ruang.audit.feed import Happened
from ruang.audit.models import Fact


@dataclass(frozen=True, slots=True)
class Look:
    """How one person opened one compartment.

    :ivar automatic: the page refreshed itself; the person may not have been looking
    """

    about: UUID
    by: UUID
    role: str
    organisation: UUID
    compartment: str
    automatic: bool
    times: int
    first: datetime
    last: datetime


def openings(subjects: Iterable[UUID]) -> list[Look]:
    """Return who opened what of these records, the latest first."""
    rows = (
        Fact.objects.filter(about__in=list(subjects), name=Opened.name)
        .values("about", "by", "role", "organisation", "codes")
        .annotate(times=Count("number"), first=Min("at"), last=Max("at"))
        .order_by("-last")
    )
    return [
        Look(
            about=row["about"],
            by=row["by"],
            role=row["role"],
            organisation=row["organisation"],
            compartment=str(row["codes"].get("compartment", "")),
            automatic=bool(row["codes"].get("automatic")),
            times=row["times"],
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    ]


def opened_by(subjects: Iterable[UUID], user: UUID) -> set[UUID]:
    """Return which of these records this person has opened with her own hand."""
    rows = Fact.objects.filter(about__in=list(subjects), name=Opened.name, by=user)
    listed = rows.values_list("about", "codes")
    return {about for about, codes in listed if not codes.get("automatic")}


def happenings(
    subject: UUID, names: Iterable[str], *, limit: int, before: datetime | None = None
) -> list[Happened]:
    """Return the facts of these names about one thing, the latest first."""
    found = Fact.objects.filter(about=subject, name__in=list(names))
    if before is not None:
        found = found.filter(at__lt=before)
    return _latest(found, limit)


def histories(
    subjects: Iterable[UUID],
    names: Iterable[str],
    *,
    limit: int,
    before: datetime | None = None,
) -> list[Happened]:
    """Return the facts of these names about several things, the latest first."""
    found = Fact.objects.filter(about__in=list(subjects), name__in=list(names))
    if before is not None:
        found = found.filter(at__lt=before)
    return _latest(found, limit)


def _latest(found: "QuerySet[Fact]", limit: int) -> list[Happened]:
    rows = found.order_by("-number")[:limit]
    return [
        Happened(
            row.number, row.name, row.at, row.role, row.by, row.organisation, row.ids, row.codes
        )
        for row in rows
    ]
