"""Leaving coded answers for the statistics process, in the transaction of the save."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from ruang.outbox.models import Answers
from ruang.vault import processes

Code = str | int | bool | list[str]
LONGEST = 60
"""Characters of a code; whatever is longer is a sentence."""


def leave(
    *,
    subject: UUID,
    kind: str,
    row: UUID,
    version_of_row: int,
    codes: Mapping[str, Code],
    at: datetime,
) -> None:
    """Leave the coded answers of one save; a later version of the same row replaces it there.

    :param subject: the case or report they belong to
    :param kind: what was saved
    :param codes: closed-list answers and numbers, never text
    :raises TypeError: if anything but a code, a number or a list of codes is among them
    """
    for name, value in codes.items():
        if not _is_code(value):
            raise TypeError(f"{kind}.{name} is no code")
    said = {
        "subject": subject.hex, "kind": kind, "row": row.hex, "version": version_of_row,
        "codes": dict(codes), "on": localdate(at).isoformat(),
    }  # fmt: skip
    version, blob = processes.seal_to("stats", json.dumps(said, sort_keys=True).encode())
    Answers.objects.create(root_version=version, blob=blob)


def _is_code(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) and len(one) <= LONGEST for one in value)
    if isinstance(value, str):
        return len(value) <= LONGEST
    return isinstance(value, int)
