"""What stands inside the sealed columns of a plan that hold more than one text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ruang.kernel.told import Sealed


@dataclass(frozen=True, slots=True)
class ServiceText(Sealed):
    """What a service is for, who outside gives it, who pays, for whom it is, and a note.

    :ivar detail: what of health it was; under the plan in rows from before alone
    :ivar persons: ids of the people of the case for whom it is
    """

    need: str = ""
    provider: str = ""
    payer: str = ""
    note: str = ""
    detail: str = ""
    persons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Take what was sealed as a list."""
        object.__setattr__(self, "persons", tuple(self.persons))


@dataclass(frozen=True, slots=True)
class HealthText(Sealed):
    """What of health a service was, what she needs, and a note: under the part Health.

    :ivar detail: as the register asks
    """

    need: str = ""
    note: str = ""
    detail: str = ""


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
