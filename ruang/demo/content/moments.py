"""When things happened in the invented year: we answer in office hours, she when she can."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from ruang.territory.hours import Hours

ZONE = ZoneInfo("Asia/Jakarta")
HOURS = Hours(time(8), time(16), frozenset(range(1, 6)), ZONE)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Walk:
    """A way through time that moves on with each step and never comes to its end."""

    def __init__(self, start: datetime, end: datetime, rng: Random) -> None:
        self.at, self._end, self._rng = start, end, rng

    def step(self, low: timedelta, high: timedelta, *, office: bool = True) -> datetime:
        """Go on by something between the two, to office hours where there is room for it."""
        room = self._end - self.at
        ahead = min(low + (high - low) * self._rng.random(), room * 0.3)
        target = self.at + ahead
        if office and (opening := HOURS.next_opening(target)) and opening > target:
            opening += MINUTE * self._rng.randint(4, 170)
            target = opening if opening - self.at < room * 0.8 else target
        self.at = target
        return target

    def part(self, share: float) -> timedelta:
        """Return that share of the way that is left."""
        return (self._end - self.at) * share


def on_day(now: datetime, days: float, rng: Random, *, office: bool) -> datetime:
    """Return a moment about that many days ago: in office hours, or when people write."""
    day = (now - DAY * days).astimezone(ZONE).date()
    if office:
        opening = HOURS.next_opening(datetime.combine(day, time(0), tzinfo=ZONE))
        if opening is not None and opening < now - DAY:
            return opening + MINUTE * rng.randint(15, 430)
    hour = rng.choices(range(24), weights=WRITING)[0]
    return datetime.combine(day, time(hour, rng.randint(0, 59)), tzinfo=ZONE)


WRITING = (4, 3, 2, 1, 1, 2, 3, 4, 5, 7, 7, 6, 5, 6, 6, 5, 5, 4, 5, 7, 9, 10, 9, 6)
"""How often people write, by hour of the day: mostly in the evening."""


def last_working_mornings(now: datetime, count: int) -> list[datetime]:
    """Return the last mornings, half past nine, of which the working day is over."""
    found: list[datetime] = []
    for days in range(1, 40):
        day = (now - DAY * days).astimezone(ZONE).date()
        morning = datetime.combine(day, time(9, 30), tzinfo=ZONE)
        if HOURS.is_open(morning) and morning + DAY <= now:
            found.append(morning)
    return found[:count]


def last_open(at: datetime) -> datetime:
    """Return this moment, or the last one before it at which the desks were open."""
    while not HOURS.is_open(at):
        at -= HOUR
    return at
