"""Writes one fact after the other, as fast as it can, until its input ends; prints how many."""

import os
import select
import sys
from uuid import uuid4

import django


def main() -> None:
    django.setup()
    from django.db import transaction

    from ruang.access.actor import SYSTEM
    from ruang.audit.events import Opened
    from ruang.audit.record import record
    from ruang.kernel import clock

    print("begun", flush=True)
    written = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        with transaction.atomic():
            event = Opened(uuid4(), compartment=f"test {os.getpid()}")
            record(event, actor=SYSTEM, at=clock.now())
        written += 1
    print(written, flush=True)


if __name__ == "__main__":
    main()
