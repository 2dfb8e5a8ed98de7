"""What a plan is asked for: kept with it, shown beside it, changed by nobody afterwards."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import time
from typing import Any, Self
from uuid import UUID

from ruang.prevention.hours import FRIDAY_PRAYER, LESSONS, PRAYERS, Hours
from ruang.prevention.states import Language

DISTRICT = len("36.73.06")
"""The length of a kecamatan's code, with which the code of each of its kelurahan begins."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many sessions of the plan are for one programme."""

    programme: UUID
    sessions: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What somebody asks of a plan.

    :ivar floor: percent of the city's mean share that each kecamatan gets at least
    :ivar places: at most so many places to meet are used; 0: whichever is nearest
    :ivar seats: a place has so many seats, or one for everybody who is there if they are fewer
    :ivar answer_days: requests older than this are answered in any case
    :ivar detour: percent by which a road is longer than the straight line
    :ivar km_per_hour: how fast one gets on
    :ivar languages: kecamatan → the language of its sessions; Indonesian where none is said
    :ivar seconds: how long the worker may look for a better plan
    :ivar seed: the same seed gives the same plan
    """

    shares: tuple[Share, ...]
    facilitators: tuple[UUID, ...]
    floor: int = 80
    places: int = 0
    seats: int = 30
    answer_days: int = 30
    detour: int = 140
    km_per_hour: int = 20
    friday: Hours = FRIDAY_PRAYER
    prayers: tuple[Hours, ...] = PRAYERS
    lessons: Hours = LESSONS
    languages: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 60
    seed: int = 1

    @property
    def sessions(self) -> int:
        """Return how many sessions are asked for."""
        return sum(share.sessions for share in self.shares)

    def language_of(self, village: str) -> Language:
        """Return the language of a session in a kelurahan."""
        return Language(self.languages.get(village[:DISTRICT], Language.INDONESIAN))

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept = asdict(self)
        kept["shares"] = [[str(one.programme), one.sessions] for one in self.shares]
        kept["facilitators"] = [str(one) for one in self.facilitators]
        kept["friday"], kept["lessons"] = _written(self.friday), _written(self.lessons)
        kept["prayers"] = [_written(hours) for hours in self.prayers]
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read what was kept."""
        read = dict(kept)
        read["shares"] = tuple(Share(UUID(one), count) for one, count in kept["shares"])
        read["facilitators"] = tuple(UUID(one) for one in kept["facilitators"])
        read["friday"], read["lessons"] = _read(kept["friday"]), _read(kept["lessons"])
        read["prayers"] = tuple(_read(hours) for hours in kept["prayers"])
        return cls(**read)


def _written(hours: Hours) -> list[str]:
    return [one.isoformat("minutes") for one in hours]


def _read(hours: list[str]) -> Hours:
    begins, ends = (time.fromisoformat(one) for one in hours)
    return begins, ends


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kecamatan counted when the plan was begun, and who said so from what."""

    levels: dict[str, str] = field(default_factory=dict)
    source: str = ""
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read what was kept; a plan from before there were any counts everywhere the same."""
        return cls(**kept) if kept else cls()
