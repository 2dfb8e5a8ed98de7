"""What happens to the city and its regions."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ruang.kernel.events import Event


@dataclass(frozen=True, slots=True)
class CitySetUp(Event):
    """The installation got its city."""

    name: ClassVar[str] = "territory.city_set_up"
    city: UUID
    code: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class CityChanged(Event):
    """A part of what the city says of itself was changed: names, hours, numbers, desks."""

    name: ClassVar[str] = "territory.city_changed"
    city: UUID
    part: str


@dataclass(frozen=True, slots=True)
class CityReset(Event):
    """A part of the settings was set back to what a new installation has."""

    name: ClassVar[str] = "territory.city_reset"
    city: UUID
    part: str


@dataclass(frozen=True, slots=True)
class RegionsLoaded(Event):
    """Regions below a city were read from the official list."""

    name: ClassVar[str] = "territory.regions_loaded"
    city: UUID
    code: str
    added: int
    renamed: int


@dataclass(frozen=True, slots=True)
class RegionRenamed(Event):
    """A region got, or lost, the name it has on the street."""

    name: ClassVar[str] = "territory.region_renamed"
    city: UUID
    region: str


@dataclass(frozen=True, slots=True)
class FormOpened(Event):
    """The public form was opened."""

    name: ClassVar[str] = "territory.form_opened"
    city: UUID


@dataclass(frozen=True, slots=True)
class FormClosed(Event):
    """The public form was closed; telephone numbers are shown instead."""

    name: ClassVar[str] = "territory.form_closed"
    city: UUID


@dataclass(frozen=True, slots=True)
class BoundariesRead(Event):
    """A file of boundaries was read, to be looked at before it is used."""

    name: ClassVar[str] = "territory.boundaries_read"
    boundaries: UUID
    matched: int
    unmatched: int
    is_official: bool


@dataclass(frozen=True, slots=True)
class BoundariesUsed(Event):
    """Boundaries are drawn from now on; those before are gone."""

    name: ClassVar[str] = "territory.boundaries_used"
    boundaries: UUID


@dataclass(frozen=True, slots=True)
class BoundariesDropped(Event):
    """Boundaries are drawn no more, or were not used after all."""

    name: ClassVar[str] = "territory.boundaries_dropped"
    boundaries: UUID
