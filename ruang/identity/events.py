"""What happens to organisations, accounts and sessions: ids and codes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class OrganisationFounded(Event):
    """An organisation was entered."""

    name: ClassVar[str] = "identity.organisation_founded"
    organisation: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class OrganisationOpened(Event):
    """An organisation's members may sign in again, or no more."""

    name: ClassVar[str] = "identity.organisation_opened"
    organisation: UUID
    is_active: bool


@dataclass(frozen=True, slots=True)
class MemberInvited(Event):
    """Somebody was invited, or given a new invitation."""

    name: ClassVar[str] = "identity.member_invited"
    user: UUID
    organisation: UUID
    role: str
    again: bool


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """Somebody accepted an invitation."""

    name: ClassVar[str] = "identity.member_joined"
    user: UUID
    organisation: UUID
    state: str
    founded_desk: bool


@dataclass(frozen=True, slots=True)
class MemberConfirmed(Event):
    """A colleague compared the fingerprint and gave the desk's keys."""

    name: ClassVar[str] = "identity.member_confirmed"
    user: UUID
    organisation: UUID
    epochs: int


@dataclass(frozen=True, slots=True)
class MemberSuspended(Event):
    """Somebody may not sign in for now; sessions and keys ended."""

    name: ClassVar[str] = "identity.member_suspended"
    user: UUID
    organisation: UUID
    epoch: int


@dataclass(frozen=True, slots=True)
class MemberReturned(Event):
    """Somebody may sign in again and waits for a colleague."""

    name: ClassVar[str] = "identity.member_returned"
    user: UUID
    organisation: UUID


@dataclass(frozen=True, slots=True)
class MemberRemoved(Event):
    """Somebody has left; sessions and keys ended."""

    name: ClassVar[str] = "identity.member_removed"
    user: UUID
    organisation: UUID
    epoch: int


@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """A password or code was wrong. The user is the zero id when the name was unknown."""

    name: ClassVar[str] = "identity.sign_in_failed"
    user: UUID
    way: str


@dataclass(frozen=True, slots=True)
class PersonSignedIn(Event):
    """Somebody signed in on a device."""

    name: ClassVar[str] = "identity.signed_in"
    user: UUID
    session: UUID
    way: str


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """Somebody signed out: here, on one device, or on all others."""

    name: ClassVar[str] = "identity.sessions_ended"
    user: UUID
    which: str
    count: int


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """Somebody chose a new password."""

    name: ClassVar[str] = "identity.password_changed"
    user: UUID


@dataclass(frozen=True, slots=True)
class CodePrinted(Event):
    """Somebody was shown a new recovery code; the old one is void."""

    name: ClassVar[str] = "identity.code_printed"
    user: UUID


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    """Somebody chose the language of the pages."""

    name: ClassVar[str] = "identity.language_chosen"
    user: UUID
    language: str


@dataclass(frozen=True, slots=True)
class QuorumFormed(Event):
    """Three officials of three organisations hold the quorum's key."""

    name: ClassVar[str] = "identity.quorum_formed"
    pair: UUID
    first: UUID
    second: UUID
    third: UUID


@dataclass(frozen=True, slots=True)
class AccessRecovered(Event):
    """Two officials gave somebody a new key pair in the place of a lost one."""

    name: ClassVar[str] = "identity.access_recovered"
    user: UUID
    first: UUID
    second: UUID
    restored: int
    lost: int
