"""When the desk is open: plain arithmetic over local days, no database and no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ruang.territory.reference import holidays

MOST_DAYS = 2_000
"""Days a count may run over; a longer promise is none."""
FIXED = frozenset({(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)})
"""Month and day of the national holidays that have the same date in every year: New Year,
Labour Day, Pancasila, Independence, Christmas (Keppres 8/2024; each yearly decree)."""
FAR = 60
"""Days. No desk that opens on some weekday stays closed for longer, holidays included."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a desk. Opening and closing at the same time means round the clock."""

    opens_at: time
    closes_at: time
    workdays: frozenset[int]
    zone: ZoneInfo
    is_closed_on_holidays: bool = True

    def is_open(self, at: datetime) -> bool:
        """Say whether the desk is open at this moment."""
        local = at.astimezone(self.zone)
        if not self._works_on(local.date()):
            return False
        return self._all_day or self.opens_at <= local.time() < self.closes_at

    def next_opening(self, at: datetime) -> datetime | None:
        """Return the first moment from this one on when the desk is open, in UTC.

        None if it never opens.
        """
        if self.is_open(at):
            return at.astimezone(UTC)
        today = at.astimezone(self.zone).date()
        for day in _days_from(today):
            opening = datetime.combine(day, self._start, tzinfo=self.zone)
            if opening >= at and self._works_on(day):
                return opening.astimezone(UTC)
        return None

    def after_open_hours(self, at: datetime, span: timedelta) -> datetime:
        """Return when this much time has passed while the desk was open, in UTC.

        The same moment if the desk never opens: nothing is promised that cannot be counted.
        """
        left, now = span, self.next_opening(at)
        for _day in range(MOST_DAYS):
            if now is None:
                return at.astimezone(UTC)
            closing = self._closing(now)
            if left <= closing - now:
                return now + left
            left -= closing - now
            # where a clock is put forward over them, the hours of that day are none
            now = self.next_opening(max(closing, now + timedelta.resolution))
        return now or at.astimezone(UTC)

    def after_workdays(self, at: datetime, days: int) -> datetime:
        """Return the same time of day after this many working days, in UTC.

        The day itself does not count, and a day that ends on a holiday moves on. What begins on
        a day off ends with its last day: never before what began on the working day before it.
        """
        local = at.astimezone(self.zone)
        ends = local.time() if self._works_on(local.date()) else time.max
        day, left = local.date(), days
        for _day in range(MOST_DAYS):
            if left <= 0:
                break
            day += timedelta(days=1)
            left -= self._works_on(day)
        return datetime.combine(day, ends, tzinfo=self.zone).astimezone(UTC)

    def _closing(self, at: datetime) -> datetime:
        """Return when the desk closes that is open at this moment, in UTC."""
        day = at.astimezone(self.zone).date()
        ends = time(0) if self._all_day else self.closes_at
        last = day + timedelta(days=1) if self._all_day else day
        return datetime.combine(last, ends, tzinfo=self.zone).astimezone(UTC)

    @property
    def _all_day(self) -> bool:
        return self.opens_at == self.closes_at

    @property
    def _start(self) -> time:
        return time(0) if self._all_day else self.opens_at

    def _works_on(self, day: date) -> bool:
        if day.isoweekday() not in self.workdays:
            return False
        return not (self.is_closed_on_holidays and is_holiday(day))


def is_holiday(day: date) -> bool:
    """Say whether the yearly decree names this day; without one, whether every year's does."""
    if (day.month, day.day) in FIXED:
        return True
    return has_decree(day.year) and bool(holidays.holidays_on(day))


def has_decree(year: int) -> bool:
    """Say whether the decree about this year's holidays is known here.

    Where it is not, only the days are that have the same date in every year.
    """
    return year in holidays.HOLIDAY_YEARS


def _days_from(first: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range(FAR + 1))
