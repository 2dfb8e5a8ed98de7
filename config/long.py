"""One long piece of work, started by the worker: it dies with it, and holds no key."""

import os
import sys
from uuid import UUID

from ruang.cli.processes import harden, stay_with


def main(parent: str, kind: str, subject: str, row: str, attempts: str) -> int:
    """Do it, then store the result and end the due row in one transaction."""
    harden()
    stay_with(int(parent))
    os.nice(10)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from ruang import wiring
    from ruang.audit import due
    from ruang.kernel import clock

    task = due.Task(UUID(row), kind, UUID(subject), int(attempts))
    finish = wiring.LONG[kind].act(task.subject)
    due.perform(task, lambda: finish(clock.now()))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
