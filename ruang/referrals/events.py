"""What happens to a request."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ReferralSent(Event):
    """A partner's desk was asked."""

    name: ClassVar[str] = "referrals.referral_sent"
    referral: UUID
    case: UUID
    desk: UUID
    need: str
    basis: str


@dataclass(frozen=True, slots=True)
class ReferralMoved(Event):
    """A request went one step on."""

    name: ClassVar[str] = "referrals.referral_moved"
    referral: UUID
    case: UUID
    desk: UUID
    step: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CaseHandedOver(Event):
    """The minutes of a case that another institution takes over were written."""

    name: ClassVar[str] = "referrals.case_handed_over"
    case: UUID
    minutes: UUID
    ground: str
