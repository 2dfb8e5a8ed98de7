"""Where a page of a list begins: after the last row of the page before, never "page 7".

Rows that come in meanwhile shift nothing, and the thousandth page costs what the first does.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST_RANK = 32_767


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a row in an order by rank, time and id. As text it stands in an address."""

    rank: int
    at: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.rank}.{(self.at - _EPOCH) // _MICROSECOND}.{self.pk.hex}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read a place from an address; None for the first page, and for anything made up."""
        try:
            rank, micros, pk = text.split(".")
            place = cls(int(rank), _EPOCH + int(micros) * _MICROSECOND, UUID(hex=pk))
        except (ValueError, OverflowError):
            return None
        return place if 0 <= place.rank <= _LARGEST_RANK else None
