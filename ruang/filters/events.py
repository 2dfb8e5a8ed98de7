"""What happens to a kept filter."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class FilterKept(Event):
    """Somebody kept a filter, or dropped one."""

    name: ClassVar[str] = "filters.filter_kept"
    user: UUID
    page: str
    is_active: bool
