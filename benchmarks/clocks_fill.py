"""Makes the clocks of the measurement, and sweeps them. Prints seconds as one line of JSON."""

import json
import sys
import time
from datetime import datetime, timedelta
from uuid import uuid4

from ruang.cli.keyring import start_django


def main_fill(open_ones: int, due: int) -> None:
    """Make so many open clocks, of which some come due in the second turn."""
    start_django(with_keys=True)
    from ruang.clocks.models import Clock
    from ruang.kernel.clock import now

    at = now()
    for first in range(0, open_ones, 10_000):
        numbers = range(first, min(first + 10_000, open_ones))
        Clock.objects.bulk_create([_clock(number, due, at) for number in numbers], 500)
    assert _swept(at)[1] == 0, "nothing is due yet"
    idle, _none = _swept(at)
    busy, taken = _swept(at + timedelta(minutes=2))
    assert taken == due
    figures = {
        "sweep_idle_s": round(idle, 4), "sweep_due_s": round(busy, 3), "open": open_ones,
        "due": due,
    }  # fmt: skip
    sys.stdout.write(json.dumps(figures) + "\n")


def _clock(number: int, due: int, at: datetime) -> object:
    from ruang.clocks.models import Clock
    from ruang.clocks.official import ANSWER
    from ruang.clocks.states import Area

    started = at - timedelta(hours=6) + timedelta(minutes=1)
    if number >= due:
        started = at + timedelta(minutes=number % 5_000)
    ends = started + timedelta(hours=6 if number % 2 else 8)
    soon = started + (ends - started) * 0.75
    return Clock(
        kind=ANSWER, area=Area.REPORT, subject=uuid4(), desk=uuid4(), started_at=started,
        due_at=ends, warn_at=soon, next_at=max(soon, at + timedelta(minutes=1)),
    )  # fmt: skip


def _swept(at: datetime) -> tuple[float, int]:
    from ruang.access.actor import SYSTEM
    from ruang.clocks.commands import sweep_clocks

    begun = time.perf_counter()
    taken = sweep_clocks(actor=SYSTEM, at=at)
    return time.perf_counter() - begun, taken


if __name__ == "__main__":
    main_fill(int(sys.argv[1]), int(sys.argv[2]))
