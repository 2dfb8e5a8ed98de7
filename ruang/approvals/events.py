"""What happens to a request for approval."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ApprovalAsked(Event):
    """A second person was asked."""

    name: ClassVar[str] = "approvals.approval_asked"
    approval: UUID
    subject: UUID
    decider: UUID
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class ApprovalMoved(Event):
    """A request was granted, refused or withdrawn, or ended by itself."""

    name: ClassVar[str] = "approvals.approval_moved"
    approval: UUID
    subject: UUID
    asker: UUID
    kind: str
    step: str
    why: str = ""
