"""Of which reports somebody may know nothing: what became a case she is barred from.

With it whatever repeats it: it tells the same. A report can be found to repeat another one
after a third was found to repeat it, so two steps are looked at.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ruang.access.hidden import Hidden
from ruang.cases.barred import barred_from, cases_barred_to
from ruang.triage.models import Decision


def _became(user_id: UUID) -> "QuerySet[Any, Any]":
    rows = Decision.objects.filter(case__in=cases_barred_to(user_id))
    return rows.values_list("report", flat=True)


def _repeats(found: Hidden) -> Hidden:
    """Return what keeps the reports that repeat one of those."""

    def repeats(user_id: UUID) -> "QuerySet[Any, Any]":
        rows = Decision.objects.filter(same_as__in=found(user_id))
        return rows.values_list("report", flat=True)

    return repeats


_once = _repeats(_became)
REPORTS_BARRED: tuple[Hidden, ...] = (_became, _once, _repeats(_once))
"""Given a member's id: the ids of the reports; each a query of its own that uses an index."""


def barred_from_report(*, report_id: UUID) -> frozenset[UUID]:
    """Return who may know nothing of a report, for whoever tells somebody of it."""
    cases = (row.case_id for row in _on(report_id) if row.case_id)
    return frozenset[UUID]().union(*(barred_from(case_id=case) for case in cases))


def _on(report_id: UUID | None) -> Iterator[Decision]:
    """Return what was decided about a report, and about what it repeats."""
    for _step in REPORTS_BARRED:
        row = Decision.objects.filter(report=report_id).first() if report_id else None
        if row is None:
            return
        yield row
        report_id = row.same_as_id
