"""What stands inside the sealed columns of a plan that hold more than one text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ruang.kernel.told import Sealed


@dataclass(frozen=True, slots=True)
class ServiceText(Sealed):
    """What a service is for, who outside gives it, who pays, and a note."""

    need: str = ""
    provider: str = ""
    payer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalEnd(Sealed):
    """Whether a goal was reached, and why not."""

    reached: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Agreement(Sealed):
    """What she said to the plan, why, and who explained it to her."""

    answer: str = ""
    why: str = ""
    explained_by: str = ""


@dataclass(frozen=True, slots=True)
class MediationText(Sealed):
    """A step of a mediation. ``free`` is an assessor's word: she decides free of pressure."""

    assessor: str = ""
    free: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Checklist(Sealed):
    """The answers before a closing: code → yes, or why not."""

    yes: tuple[str, ...] = ()
    why_not: Mapping[str, str] = field(default_factory=dict)
