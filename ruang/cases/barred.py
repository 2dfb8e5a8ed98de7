"""Who may know nothing of a case: neither what is in it, nor until when something must be done."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ruang.cases.models import Excluded


def cases_barred_to(user_id: UUID) -> "QuerySet[Excluded, Any]":
    """Return the ids of the cases of which this member may know nothing, for use in a query."""
    return Excluded.objects.filter(user=user_id).values_list("case", flat=True)
