"""The arithmetic of a time limit: plain, without database and clock."""

from datetime import UTC, datetime, timedelta

from ruang.clocks.states import Unit
from ruang.territory.hours import Hours

WARN_AT = 0.75
"""Share of the time after which a clock is about to run out."""

AT_ONCE_WITHIN = timedelta(seconds=30)
"""So long somebody has to take care of what is to be done at once: a turn of the sweep."""


def due_after(hours: Hours, since: datetime, amount: int, unit: Unit) -> datetime:
    """Return when a time limit that began then is over, in UTC."""
    if unit is Unit.OPEN_HOURS:
        return hours.after_open_hours(since, timedelta(hours=amount))
    if unit is Unit.WORKDAYS:
        return hours.after_workdays(since, amount)
    span = timedelta(days=amount) if unit is Unit.DAYS else timedelta(hours=amount)
    return since.astimezone(UTC) + span


def warn_at(since: datetime, due: datetime) -> datetime:
    """Return when a quarter of the time is left; never before it began."""
    return since + max(due - since, timedelta(0)) * WARN_AT
