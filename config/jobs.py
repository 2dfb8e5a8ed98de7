"""The process that does what falls due, with the table of reactions from ``ruang.wiring``."""

import os
import signal
import threading
from typing import TYPE_CHECKING

from ruang.cli.processes import be_born, ready

if TYPE_CHECKING:
    from ruang.jobs.worker import Worker


def make_worker() -> "Worker":
    """Return the worker with what is wired to it."""
    from ruang import wiring
    from ruang.jobs.worker import Worker

    return Worker(
        reactions=wiring.REACTIONS,
        due=wiring.DUE,
        sweeps=wiring.SWEEPS,
        matters=wiring.MATTERS,
        long=wiring.LONG,
    )


def main() -> None:
    """Be the worker."""
    line = be_born()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    worker, stop = make_worker(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    ready(line)
    worker.run(stop)


if __name__ == "__main__":
    main()
