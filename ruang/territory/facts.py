"""What every public page needs of the city, kept in the process.

It is read on every request, so it must cost none a query: it is loaded once, believed for
five seconds, and thrown away at once where it was changed. When the database cannot be read,
what was known last is still true enough to show telephone numbers.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, time
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.utils.translation import get_language

from ruang.territory import models
from ruang.territory.hours import Hours
from ruang.territory.spans import Span, spans
from ruang.territory.states import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

BELIEVED = 5.0
"""Seconds that another process's change may take to be seen here."""


def in_english() -> bool:
    """Say whether the page is read in English."""
    return (get_language() or "").startswith("en")


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number to show.

    :ivar note: when it answers
    :ivar label_en: the name in English; empty where the Indonesian one is used
    """

    label: str
    number: str
    note: str = ""
    label_en: str = ""
    note_en: str = ""

    @property
    def name(self) -> str:
        """Return what it is called in the language of the page."""
        return (self.label_en if in_english() else "") or self.label

    @property
    def when(self) -> str:
        """Return when it answers, in the language of the page."""
        return (self.note_en if in_english() else "") or self.note


@dataclass(frozen=True, slots=True)
class Place:
    """A region to choose from."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CityFacts:
    """Who the city is, when it answers, which numbers to ring, and what it has decided.

    :ivar welcome: by language, a sentence of the city's own on the first public page
    :ivar happens_next: by language, what the city says comes after a report
    :ivar pause_days: how long a clock pauses at most before it runs on by itself
    :ivar shelter_days: how long a stay in a shelter lasts; None while the city has not said
    :ivar keep_case_years: by the city's archive schedule; None while it has not said
    :ivar may_mediate_complaint_offences: off, unless Bagian Hukum agreed (domain.md §1.2)
    :ivar school_holidays: days without lessons, as far as anybody has entered them
    :ivar fasting: days of the fasting month and their closed hours, as far as entered
    """

    id: UUID | None
    code: str
    name: str
    unit_name: str
    service_title: str
    hours: Hours
    emergency: tuple[Number, ...]
    hotlines: tuple[Number, ...]
    exit_url: str
    intake_desk: UUID | None
    alternate_desk: UUID | None
    answer_hours: "Mapping[str, int]"
    is_demo: bool
    opened_at: datetime | None
    districts: tuple[Place, ...] = field(default=())
    unit_short: str = ""
    welcome: "Mapping[str, str]" = field(default_factory=dict)
    happens_next: "Mapping[str, str]" = field(default_factory=dict)
    pause_days: int = models.PAUSE_DAYS
    shelter_days: int | None = None
    shelter_more_days: int | None = None
    keep_case_years: int | None = None
    keep_report_years: int | None = None
    keep_audit_years: int | None = None
    may_mediate_complaint_offences: bool = False
    school_holidays: tuple[Span, ...] = ()
    fasting: tuple[Span, ...] = ()

    @property
    def is_set_up(self) -> bool:
        """Say whether anybody has said which city this is."""
        return self.id is not None

    @property
    def is_form_open(self) -> bool:
        """Say whether the public form takes reports; while not, it shows the numbers."""
        return self.opened_at is not None

    def district_name(self, code: str) -> str:
        """Return the name of a kecamatan of the city; empty if there is no such."""
        return next((place.name for place in self.districts if place.code == code), "")


def numbers(lines: list[dict[str, str]]) -> tuple[Number, ...]:
    """Return the lines of a list of numbers as they were stored."""
    return tuple(Number(**line) for line in lines)


NOT_SET_UP = CityFacts(
    id=None,
    code="",
    name="",
    unit_name="",
    service_title="Layanan",
    hours=Hours(time(0), time(0), frozenset(), ZoneInfo("Asia/Jakarta")),
    emergency=numbers(models.EMERGENCY),
    hotlines=numbers(models.HOTLINES),
    exit_url=models.EXIT,
    intake_desk=None,
    alternate_desk=None,
    answer_hours=MappingProxyType({"high": 0, "medium": 6, "unrated": 6, "low": 24}),
    is_demo=False,
    opened_at=None,
)
"""Before set-up: the national numbers, and a form that is closed."""


class _Kept:
    """What this process knows, since when, and how often it was told to forget."""

    def __init__(self) -> None:
        self.facts: CityFacts | None = None
        self.since = 0.0
        self.changes = 0
        self.lock = threading.Lock()


_kept = _Kept()


def city_facts() -> CityFacts:
    """Return the facts of the city, at most five seconds old."""
    facts, since = _kept.facts, _kept.since
    if facts is not None and monotonic() - since < BELIEVED:
        return facts
    changes = _kept.changes
    try:
        fresh = _load()
    except DatabaseError:
        if facts is None:
            raise
        return facts
    with _kept.lock:
        if fresh.is_set_up and changes == _kept.changes:
            _kept.facts, _kept.since = fresh, monotonic()
    return fresh


def fresh_facts() -> CityFacts:
    """Return the facts of the city as they are saved at this moment, for who changes them."""
    return _load()


def forget_city() -> None:
    """Let the next reader in this process ask the database."""
    with _kept.lock:
        _kept.facts = None
        _kept.changes += 1


def _load() -> CityFacts:
    city = models.City.objects.select_related("region").first()
    if city is None:
        return NOT_SET_UP
    return CityFacts(
        id=city.pk,
        code=city.region.code,
        name=str(city.region),
        unit_name=city.unit_name,
        service_title=city.service_title,
        hours=Hours(
            opens_at=city.opens_at,
            closes_at=city.closes_at,
            workdays=frozenset(city.workdays),
            zone=ZoneInfo(city.time_zone),
            is_closed_on_holidays=city.is_closed_on_holidays,
        ),
        emergency=numbers(city.emergency),
        hotlines=numbers(city.hotlines),
        exit_url=city.exit_url,
        intake_desk=city.intake_desk,
        alternate_desk=city.alternate_desk,
        answer_hours=_answer_hours(city),
        is_demo=city.is_demo,
        opened_at=city.opened_at,
        districts=places(parent=city.region.code, level=Level.DISTRICT),
        unit_short=city.unit_short,
        welcome=MappingProxyType(city.welcome),
        happens_next=MappingProxyType(city.happens_next),
        pause_days=city.pause_days,
        shelter_days=city.shelter_days,
        shelter_more_days=city.shelter_more_days,
        keep_case_years=city.keep_case_years,
        keep_report_years=city.keep_report_years,
        keep_audit_years=city.keep_audit_years,
        may_mediate_complaint_offences=city.may_mediate_complaint_offences,
        school_holidays=spans(city.school_holidays),
        fasting=spans(city.fasting),
    )


def _answer_hours(city: models.City) -> "Mapping[str, int]":
    hours = {level: getattr(city, f"hours_{level}") for level in NOT_SET_UP.answer_hours}
    return MappingProxyType(hours)


def places(**chosen: Any) -> tuple[Place, ...]:
    """Return the regions that match, by code, with the name they have on the street."""
    regions = models.Region.objects.filter(**chosen).order_by("code")
    return tuple(Place(region.code, str(region)) for region in regions)
