"""The shapes of the demo's content. Every time in them is absolute and never after ``now``."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from ruang.access.roles import Role
from ruang.cases.states import Closing, Compartment
from ruang.consents.states import Basis, ConsentWay
from ruang.identity.states import OrganisationKind
from ruang.identity.states import State as Account
from ruang.intake.states import (
    Age,
    Door,
    Help,
    HelperSex,
    IfOthersAnswer,
    MessageKind,
    Risk,
    Safety,
    Side,
    Way,
    Who,
)
from ruang.intake.told import Told
from ruang.referrals.states import Decline, Need, Result
from ruang.triage.states import Outcome


@dataclass(frozen=True, slots=True)
class Lembaga:
    """An invented organisation. Logins and requests name it by its key."""

    key: str
    name: str
    kind: OrganisationKind
    phone: str
    gives: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """An invented member of staff."""

    login: str
    name: str
    place: str
    role: Role
    account: Account = Account.ACTIVE
    language: str = "id"


class Subject(StrEnum):
    """What a contact is about; the texts of desk and partners are chosen by it."""

    HOME = "home"  # violence by husband or family against an adult
    CHILD_HOME = "child_home"  # against a child at home
    SEXUAL_CHILD = "sexual_child"
    SEXUAL_ADULT = "sexual_adult"
    DIGITAL = "digital"
    SCHOOL = "school"
    NEGLECT = "neglect"
    EXPLOITED = "exploited"
    DATING = "dating"
    MARRIAGE = "marriage"  # not violence, from here on
    SUPPORT = "support"  # maintenance and custody
    PARENTING = "parenting"
    YOUTH = "youth"
    PAPERS = "papers"
    QUESTION = "question"


VIOLENCE = frozenset(
    {
        Subject.HOME,
        Subject.CHILD_HOME,
        Subject.SEXUAL_CHILD,
        Subject.SEXUAL_ADULT,
        Subject.DIGITAL,
        Subject.SCHOOL,
        Subject.NEGLECT,
        Subject.EXPLOITED,
        Subject.DATING,
    }
)
"""Subjects that count as violence; the others are counselling and questions."""


class Course(StrEnum):
    """How far a contact has come."""

    FRESH = "fresh"  # nobody has taken it yet
    FRESH_LATE = "fresh_late"  # nobody has, and its time has run out
    RATED = "rated"  # somebody judged the risk, nobody has taken it
    CLAIMED = "claimed"
    CLAIMED_LATE = "claimed_late"
    ASKED = "asked"  # we wrote and wait for her
    ANSWERED = "answered"  # she wrote and waits for us
    COUNSELLED = "counselled"
    NOT_OURS = "not_ours"
    HANDED_OVER = "handed_over"
    OPEN = "open"  # a case, being helped
    CLOSED = "closed"


OPEN_AT_DESK = frozenset(
    {
        Course.FRESH,
        Course.FRESH_LATE,
        Course.RATED,
        Course.CLAIMED,
        Course.CLAIMED_LATE,
        Course.ASKED,
        Course.ANSWERED,
    }
)


class Reply(StrEnum):
    """What became of a request to a partner."""

    SILENT = "silent"  # asked, nobody answered yet
    EXPIRED = "expired"
    DECLINED = "declined"
    HANDED_BACK = "handed_back"  # who took it knows somebody; it lies open again
    SECOND = "second"  # handed back, then taken by a colleague
    CHECKING = "checking"  # taken, names not confirmed yet
    UNDER_WAY = "under_way"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """A message of hers or ours, as a tale brings it along; the schedule gives it its time."""

    side: Side
    text: str
    kind: MessageKind = MessageKind.TEXT


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that a tale brings along: for what, and what became of it."""

    need: Need
    reply: Reply
    to: str = ""


@dataclass(frozen=True, slots=True)
class Tale:
    """One contact as it was told, before it gets its place in the year."""

    key: str
    subject: Subject
    course: Course
    story: str
    who: Who = Who.SELF
    age: Age = Age.ADULT
    helps: tuple[Help, ...] = (Help.UNSURE,)
    safety: Safety = Safety.SAFE
    way: Way = Way.PAGE
    door: Door = Door.WEB
    district: str = ""
    village: str = ""
    age_said: str = ""
    when: str = ""
    by_whom: str = ""
    reach: str = ""
    safe_hours: tuple[time, time] | None = None
    if_others: IfOthersAnswer | None = None
    helper_sex: HelperSex = HelperSex.EITHER
    helper_language: str = ""
    office_named: bool = False
    must_not_read: str = ""
    language: str = "id"
    risk: Risk = Risk.MEDIUM
    outcome: Outcome | None = None
    names: str = ""
    wishes: tuple[Wish, ...] = ()
    lines: tuple[Line, ...] = ()
    closing: Closing = Closing.HELPED
    to: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message in the thread, before the report was decided or in the case afterwards."""

    at: datetime
    side: Side
    text: str
    by: str = ""
    kind: MessageKind = MessageKind.TEXT


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody of the team wrote, and into which part of the case."""

    at: datetime
    by: str
    compartment: Compartment
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to a partner's desk and all that became of it."""

    at: datetime
    by: str
    to: str
    need: Need
    text: str
    basis: Basis
    basis_note: str
    compartments: tuple[Compartment, ...]
    answer_by: datetime
    reply: Reply
    consent_on: date | None = None
    consent_way: ConsentWay | None = None
    share_until: datetime | None = None
    seen_by: str = ""
    """Who took it first and handed it back, where somebody did."""
    seen_at: datetime | None = None
    taken_by: str = ""
    taken_at: datetime | None = None
    notes: tuple[Note, ...] = ()
    ended_at: datetime | None = None
    """When it was finished, declined, withdrawn or ran out; a request that was handed back and
    has ended was withdrawn."""
    decline: Decline | None = None
    decline_note: str = ""
    result: Result | None = None
    result_text: str = ""


@dataclass(frozen=True, slots=True)
class CaseWork:
    """What the report became: the team, what was noted, who was asked, how it closed."""

    manager: str
    deputy: str
    names: str
    notes: tuple[Note, ...] = ()
    asks: tuple[Ask, ...] = ()
    thread: tuple[Message, ...] = ()
    closed_at: datetime | None = None
    closing: Closing | None = None
    closing_note: str = ""
    closing_message: str = ""


@dataclass(frozen=True, slots=True)
class DeskWork:
    """What the desk did with a report; what has not happened is None."""

    holder: str = ""
    claimed_at: datetime | None = None
    passed_to: str = ""
    passed_at: datetime | None = None
    risk: Risk | None = None
    rated_by: str = ""
    rated_at: datetime | None = None
    outcome: Outcome | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    told: str = ""
    to_desk: str = ""
    then: "DeskWork | None" = None
    """What the desk it was handed to has done since."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of the past year."""

    key: str
    subject: Subject
    course: Course
    received_at: datetime
    told: Told
    thread: tuple[Message, ...] = ()
    desk: DeskWork = DeskWork()
    case: CaseWork | None = None

    @property
    def last_at(self) -> datetime:
        """Return when the last thing happened to it."""
        times = [self.received_at, *(m.at for m in self.thread)]
        times += [t for t in (self.desk.claimed_at, self.desk.decided_at) if t]
        if self.case:
            times += [n.at for n in self.case.notes] + [m.at for m in self.case.thread]
            times += [t for a in self.case.asks for t in (a.at, a.taken_at, a.ended_at) if t]
            times += [self.case.closed_at] if self.case.closed_at else []
        return max(times)
