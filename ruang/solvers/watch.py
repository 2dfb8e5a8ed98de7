"""Who looks on while something is solved: hears the best so far, and may say stop."""

import time
from dataclasses import dataclass, field
from typing import Protocol


class Watch(Protocol):
    """What a solver needs of whoever waits for it. Both are called often: answer at once."""

    def report(self, best: float | None, bound: float | None, share: float) -> None:
        """Hear the best value so far, what is proven, and the share of the time used."""

    def stopped(self) -> bool:
        """Say whether to stop; the best answer so far is then returned."""


class Nobody:
    """Nobody looks on."""

    def report(self, best: float | None, bound: float | None, share: float) -> None:
        """Hear nothing."""

    def stopped(self) -> bool:
        """Never stop."""
        return False


@dataclass
class Clock:
    """How much of the time is used; a solver with a count of rounds has one too."""

    seconds: float
    began: float = field(default_factory=time.perf_counter)

    @property
    def used(self) -> float:
        """Seconds since the beginning."""
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.seconds - self.used

    @property
    def share(self) -> float:
        """Used ÷ given, from 0 to 1."""
        return 1.0 if self.seconds <= 0 else min(1.0, self.used / self.seconds)
