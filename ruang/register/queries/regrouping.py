"""What RW and RT would be after a split, a merger or a move: nothing is changed by looking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from ruang.register.lines import RtLine


@dataclass(frozen=True, slots=True)
class Afterwards:
    """One RW as it would be.

    :ivar is_new: it is not in the register yet
    :ivar ends: it would be there no more
    :ivar comes: the RT that come to it; their numbers may be changed
    :ivar stays: the RT that are in it already
    """

    number: int
    local_name: str
    is_new: bool = False
    ends: bool = False
    comes: tuple[RtLine, ...] = ()
    stays: tuple[RtLine, ...] = ()

    @property
    def people(self) -> int:
        """Return how many live there then."""
        return sum(one.people.total for one in (*self.comes, *self.stays))


def suggested(*, rts: Iterable[RtLine]) -> Mapping[UUID, int]:
    """Return a number for each of these RT in one RW: its own; if it is taken, the next one."""
    lines: Sequence[RtLine] = tuple(rts)
    highest = max((one.number for one in lines), default=0)
    found: dict[UUID, int] = {}
    for one in lines:
        number = one.number
        if number in found.values():
            highest += 1
            number = highest
        found[one.id] = number
    return found
