"""Who is on duty at a moment: plain arithmetic over local days."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo


class Planned(Protocol):
    """A shift: every week on a day, or once on a date."""

    @property
    def weekday(self) -> int | None: ...  # noqa: D102
    @property
    def on(self) -> date | None: ...  # noqa: D102
    @property
    def begins_at(self) -> time: ...  # noqa: D102
    @property
    def ends_at(self) -> time: ...  # noqa: D102


S = TypeVar("S", bound=Planned)


def is_on(shift: Planned, at: datetime, zone: ZoneInfo) -> bool:
    """Say whether a shift runs at this moment; one over midnight belongs to its first day."""
    local = at.astimezone(zone)
    now, today = local.time(), local.date()
    if shift.begins_at < shift.ends_at:
        return _falls_on(shift, today) and shift.begins_at <= now < shift.ends_at
    began = now >= shift.begins_at and _falls_on(shift, today)
    goes_on = now < shift.ends_at and _falls_on(shift, today - timedelta(days=1))
    return began or goes_on


def on_duty(shifts: Iterable[S], at: datetime, zone: ZoneInfo) -> list[S]:
    """Return the shifts that run at this moment, in the order given."""
    return [shift for shift in shifts if is_on(shift, at, zone)]


def _falls_on(shift: Planned, day: date) -> bool:
    return shift.on == day if shift.on else shift.weekday == day.isoweekday()
