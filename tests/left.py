"""What a save has left for the statistics process, read as that process reads it."""

import json

from ruang.outbox.models import Answers
from ruang.vault import processes, root

ROOT = root.Root({1: b"r" * 32})


def opened() -> list[dict[str, object]]:
    """Everything left so far; from now on this process holds the sub-keys of statistics."""
    root.install(root.subkeys(ROOT, "stats"))
    rows = Answers.objects.order_by("pk")
    return [
        json.loads(processes.open_in("stats", row.root_version, bytes(row.blob)))
        for row in rows
    ]
