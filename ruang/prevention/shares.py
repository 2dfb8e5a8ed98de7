"""A share with its denominator, the classes of the map, and months counted backwards."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime

STALE_MONTHS = 6
"""A place whose last session is longer ago gets a corner."""
LEVELS = ((25, "c1"), (50, "c2"), (75, "c3"))
"""Up to so many percent → class of the map; above the last it is c4."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    reached: int
    total: int

    @property
    def percent(self) -> int | None:
        """Return whole percent, None without a denominator; 0 and 100 are exact."""
        if not self.total:
            return None
        if self.reached in {0, self.total}:
            return 100 * self.reached // self.total
        return min(99, max(1, round(100 * self.reached / self.total)))

    @property
    def level(self) -> str:
        """Return the class of the map: c0 none reached, c1 … c4; cn where none is counted."""
        percent = self.percent
        if percent is None:
            return "cn"
        if not percent:
            return "c0"
        return next((name for most, name in LEVELS if percent <= most), "c4")

    def __add__(self, other: "Share") -> "Share":
        return Share(self.reached + other.reached, self.total + other.total)


NOTHING = Share(0, 0)


def months_before(at: datetime, months: int) -> datetime:
    """Return the same moment so many months ago; the last of the month where it is shorter."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)
