"""Works on one due row: counts, and with ``hang`` stops in the middle of the transaction."""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import django

SUBJECT = UUID(int=7)


def main(how: str) -> None:
    Path(os.environ["RUANG_DATA"]).mkdir(exist_ok=True)
    django.setup()
    from django.core.management import call_command
    from django.db.models import F

    from ruang.audit import due
    from ruang.audit.models import Cursor, Due
    from ruang.jobs.worker import Worker
    from ruang.kernel import clock

    def act(_: UUID, __: datetime) -> None:
        Cursor.objects.filter(name="counted").update(number=F("number") + 1)
        if how == "hang":
            print("middle", flush=True)
            time.sleep(60)

    at = clock.now()
    if how == "hang":
        call_command("migrate", verbosity=0)
        Cursor.objects.create(name="counted")
        due.schedule("test.count", SUBJECT, at)
    else:
        at += timedelta(days=1)
    worker = Worker(reactions={}, due={"test.count": act}, sweeps={})
    while worker.turn(at):
        pass
    print(Cursor.objects.get(name="counted").number, Due.objects.count())


if __name__ == "__main__":
    main(sys.argv[1])
