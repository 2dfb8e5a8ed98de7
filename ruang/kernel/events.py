"""What happened, in the past tense: ids and codes only, never content.

A context declares its events as frozen dataclasses on :class:`Event`. The fields that are
UUIDs become the fact's ids (and the topics other browsers listen to); the other fields are
codes. Free text has no place here: the audit trail is readable by people who may not read
the case.
"""

from dataclasses import dataclass, fields
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Subclasses set ``name`` as ``context.fact_name``."""

    name: ClassVar[str]

    def ids(self) -> dict[str, str]:
        """Return the ids this event carries, by field name."""
        return {
            f.name: str(value)
            for f in fields(self)
            if isinstance(value := getattr(self, f.name), UUID)
        }

    def codes(self) -> dict[str, str | int | bool]:
        """Return the closed-list answers and numbers this event carries, by field name.

        :raises TypeError: if a field holds anything but an id, a short code or a number
        """
        found: dict[str, str | int | bool] = {}
        for f in fields(self):
            value = getattr(self, f.name)
            if value is None or isinstance(value, UUID):
                continue
            if not isinstance(value, str | int | bool) or (
                isinstance(value, str) and len(value) > 60
            ):
                raise TypeError(f"{self.name}.{f.name} is neither an id nor a code")
            found[f.name] = value if isinstance(value, int) else str(value)
        return found
