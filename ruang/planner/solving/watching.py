"""Between the solvers and the plan's row: how far it is, the best so far, and "stop"."""

import time
from typing import Any
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.kernel import clock
from ruang.planner.commands import keep_progress
from ruang.planner.states import Phase

EVERY = 1.5
"""Seconds between two looks at the plan's row."""

PART = {Phase.PLACES: (0, 10), Phase.WHERE: (10, 50), Phase.WHEN: (50, 100)}
"""Which part of the bar each phase moves along."""


class Watcher:
    """What solvers report to. Once somebody wanted to stop, it stays stopped."""

    def __init__(self, plan_id: UUID) -> None:
        self._plan, self._looked, self._stopped = plan_id, 0.0, False
        self._phase, self._from, self._to = Phase.PLACES, 0.0, 1.0
        self._share = 0.0

    def enter(self, phase: Phase, begins: float = 0.0, ends: float = 1.0) -> None:
        """Begin with a phase, or with a part of it."""
        self._phase, self._from, self._to, self._share = phase, begins, ends, 0.0
        self.save(None)

    def report(self, best: float | None, bound: float | None, share: float) -> None:
        """Hear how far a solver is."""
        self._share = max(self._share, min(share, 1.0))
        self._look()

    def stopped(self) -> bool:
        """Say whether to stop, asking the plan's row now and then."""
        self._look()
        return self._stopped

    def save(self, best: dict[str, Any] | None) -> None:
        """Write down how far it is, and the best so far if there is a new one."""
        first, last = PART[self._phase]
        part = self._from + (self._to - self._from) * self._share
        goes_on = keep_progress(
            actor=SYSTEM,
            plan_id=self._plan,
            phase=self._phase,
            progress=round(first + (last - first) * part),
            best=best,
            at=clock.now(),
        )
        self._looked, self._stopped = time.monotonic(), self._stopped or not goes_on

    def _look(self) -> None:
        if not self._stopped and time.monotonic() - self._looked > EVERY:
            self.save(None)
