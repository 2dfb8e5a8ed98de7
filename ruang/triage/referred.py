"""Whether a partner takes part in a case. Requests stand beside triage, which knows none."""

from typing import Protocol
from uuid import UUID


class TakesPart(Protocol):
    """Says of a case whether a request runs or was accepted."""

    def __call__(self, *, case_id: UUID) -> bool: ...  # noqa: D102


_asked: list[TakesPart] = []


def ask_who_takes_part(takes_part: TakesPart) -> None:
    """Ask this when the reporter is told where her case stands. ``wiring`` calls it."""
    if takes_part not in _asked:
        _asked.append(takes_part)


def is_referred(case_id: UUID) -> bool:
    """Say whether somebody else was asked to help, and has not refused."""
    return any(ask(case_id=case_id) for ask in _asked)
