"""What was opened during one request. Without a ledger nothing opens."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody's record, and the compartment of it that was opened."""

    whose: UUID
    name: str


class Ledger:
    """Collects the openings of one request; the interface hands them to ``audit``."""

    def __init__(self) -> None:
        self._openings: dict[Opening, None] = {}

    def note(self, whose: UUID, name: str) -> None:
        """Write down one opening; the same one twice is one."""
        self._openings[Opening(whose, name)] = None

    def take(self) -> tuple[Opening, ...]:
        """Return what was opened so far, and forget it."""
        taken, self._openings = tuple(self._openings), {}
        return taken
