"""The shapes of the ten long cases. A moment is a share of the case's life, or a time after it
was opened; a day is counted from the day on which it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ruang.cases.states import Compartment
from ruang.clocks.states import Missed
from ruang.consents.states import ConsentWay, Giver, Purpose
from ruang.dossier.states import Kind
from ruang.kernel.codes import Authority, CaseKind
from ruang.plans.states import (
    Agreed,
    Assessor,
    Contacted,
    Detail,
    Function,
    MediationStep,
    Outcome,
    Payer,
    Reached,
)
from ruang.plans.states import Kind as ServiceKind

Moment = float | timedelta
"""A share of the way from opening to the end, or how long after the opening."""
MANAGER, DEPUTY = "manager", "deputy"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, counted from the one on which it is written down."""

    away: int = 0


@dataclass(frozen=True, slots=True)
class Of:
    """A person of the case, by the label of the record."""

    label: str


Said = str | tuple[str, ...] | Day | Of


@dataclass(frozen=True, slots=True)
class Paper:
    """A record. The same label again is its next version."""

    when: Moment
    kind: Kind
    label: str
    says: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a clock of the law was missed, where it was."""

    when: Moment
    clock: str
    why: Missed


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in her words, and what became of it."""

    when: Moment
    text: str
    reached: Reached | None = None
    why: str = ""
    over: Moment = 0.9


@dataclass(frozen=True, slots=True)
class Agreement:
    """What she said to the plan."""

    when: Moment
    answer: Agreed
    why: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that was planned, and how it ended.

    :ivar provider: an organisation of the demo; ``outside`` somebody else
    :ivar whom: labels of the people it is for, where the case has several
    """

    when: Moment
    need: str
    kind: ServiceKind
    function: Function | None = None
    provider: str = ""
    outside: str = ""
    payer: Payer = Payer.CITY
    due: int = 75
    begun: Moment | None = None
    outcome: Outcome | None = None
    note: str = ""
    over: Moment = 0.85
    detail: Detail | None = None
    whom: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A service that was given, in one line."""

    when: Moment
    note: str
    kind: ServiceKind
    function: Function | None = None
    provider: str = ""
    payer: Payer = Payer.CITY
    detail: Detail | None = None
    whom: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task for manager, deputy, or whoever took the request at a partner.

    :ivar when: for a partner, counted from when the request was taken
    :ivar done: when it was done; None while it is open
    """

    when: Moment
    owner: str
    title: str
    due: int
    done: Moment | None = None
    notes: str = ""
    part: Compartment = Compartment.PLAN


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How she was, and in how many days one asks again."""

    when: Moment
    way: Contacted
    text: str
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A consent beside those that go with requests.

    :ivar taken_back: when it was withdrawn
    """

    when: Moment
    to: str
    purpose: Purpose
    explained: str
    compartments: tuple[Compartment, ...] = ()
    way: ConsentWay = ConsentWay.SPOKEN
    giver: Giver = Giver.SELF
    giver_name: str = ""
    reason: str = ""
    days: int = 180
    taken_back: Moment | None = None


@dataclass(frozen=True, slots=True)
class Mediated:
    """A step of a mediation."""

    when: Moment
    step: MediationStep
    text: str
    assessor: Assessor | None = None


Item = (
    Paper | Explained | Goal | Agreement | Service | Given | Task | FollowUp | Shared | Mediated
)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What stands in one case besides notes, requests and messages."""

    key: str
    kind: CaseKind
    items: tuple[Item, ...]
    authority: Authority = Authority.OURS
