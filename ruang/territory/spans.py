"""Stretches of days that are not like others in a city: school holidays, the fasting month.

Nobody knows them before the office of education or the minister of religion has said so: there
are none until somebody enters them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both counted.

    :ivar words: what it is called
    :ivar hours: of each of its days, from when until when there is nothing
    """

    begins: date
    ends: date
    words: str = ""
    hours: tuple[Hours, ...] = ()

    def within(self, begins: date, ends: date) -> Iterator[date]:
        """Return its days that lie in a stretch of days."""
        day, last = max(self.begins, begins), min(self.ends, ends)
        while day <= last:
            yield day
            day += timedelta(days=1)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "words": self.words,
            "hours": [[one.isoformat("minutes") for one in hours] for hours in self.hours],
        }


def spans(kept: Iterable[dict[str, Any]]) -> tuple[Span, ...]:
    """Read what was kept."""
    return tuple(
        Span(
            begins=date.fromisoformat(one["begins"]),
            ends=date.fromisoformat(one["ends"]),
            words=one["words"],
            hours=tuple(
                (time.fromisoformat(begins), time.fromisoformat(ends))
                for begins, ends in one["hours"]
            ),
        )
        for one in kept
    )
