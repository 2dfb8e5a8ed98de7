"""The plain number of a report: no secret, for speaking on the telephone."""

from datetime import datetime

from django.db import connection
from django.utils.timezone import localtime

_NEXT = (
    "INSERT INTO intake_series (name, last) VALUES (%s, 1) "
    "ON CONFLICT (name) DO UPDATE SET last = intake_series.last + 1 RETURNING last"
)
"""One statement on both databases, and a lock on the row until the transaction ends."""


def next_number(at: datetime) -> str:
    """Return the next number of the month, such as A-2611-042, in the caller's transaction."""
    month = f"A-{localtime(at):%y%m}"
    return f"{month}-{next_of(month):03d}"


def next_of(series: str) -> int:
    """Return the next number of any series, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series])
        (last,) = cursor.fetchone()
    return int(last)
