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
