"""Who may know nothing of a case: neither what stands in it nor until when one must act."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ruang.cases.models import Excluded


def cases_barred_to(user_id: UUID) -> "QuerySet[Excluded, Any]":
    """Return the ids of the cases of which this member may know nothing, for use in a query."""
    return Excluded.objects.filter(user=user_id).values_list("case", flat=True)


def barred_from(*, case_id: UUID) -> frozenset[UUID]:
    """Return who may know nothing of a case, for whoever tells or asks somebody about it."""
    return frozenset(Excluded.objects.filter(case=case_id).values_list("user", flat=True))
