"""Regions by code, and the one city of this installation."""

import uuid
from datetime import time

from django.db import models
from django.db.models import Q

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.territory.states import Level

EXIT = "https://www.bmkg.go.id/"
"""Where the quick exit leads until the city says otherwise: the weather service."""

WEEK = [1, 2, 3, 4, 5]
"""Monday to Friday, as ISO numbers them."""
PAUSE_DAYS = 7
"""So many days a pause of a clock lasts at most, until the city says otherwise."""
OPENS, CLOSES = time(8, 0), time(16, 0)
"""Office hours, until the city says otherwise."""

_ALWAYS = {"note": "24 jam", "note_en": "24 hours"}
EMERGENCY = [
    {"label": "Darurat", "label_en": "Emergency", "number": "112", **_ALWAYS},
    {"label": "Polisi", "label_en": "Police", "number": "110", **_ALWAYS},
]
HOTLINES = [{"label": "SAPA", "number": "129", **_ALWAYS}]
"""The national numbers, which hold in every city."""


def usual_week() -> list[int]:
    """Return the days an office works."""
    return list(WEEK)


def national_emergency() -> list[dict[str, str]]:
    """Return the numbers for danger that hold in every city."""
    return [dict(line) for line in EMERGENCY]


def national_hotlines() -> list[dict[str, str]]:
    """Return the hotlines that hold in every city."""
    return [dict(line) for line in HOTLINES]


class Region(models.Model):
    """One region of the official list. Names are not unique: always key by code."""

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=80)
    local_name = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    classes = FieldClasses(
        public=("code", "name", "local_name", "level", "parent"), retention="the installation"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_a_province_stands_alone",
                condition=Q(level=Level.PROVINCE, parent=None)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(name="region_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.local_name or self.name


class City(models.Model):
    """The city this installation serves: who it is, when it answers, which numbers to ring."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slot = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    service_title = models.CharField(max_length=80)
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    workdays = models.JSONField(default=usual_week)
    is_closed_on_holidays = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    emergency = models.JSONField(default=national_emergency)
    hotlines = models.JSONField(default=national_hotlines)
    exit_url = models.URLField(default=EXIT)
    intake_desk = models.UUIDField(null=True, blank=True)
    alternate_desk = models.UUIDField(null=True, blank=True)
    hours_high = models.PositiveSmallIntegerField(default=0)
    hours_medium = models.PositiveSmallIntegerField(default=6)
    hours_unrated = models.PositiveSmallIntegerField(default=6)
    hours_low = models.PositiveSmallIntegerField(default=24)
    unit_short = models.CharField(max_length=40, blank=True, default="")
    welcome = models.JSONField(default=dict, blank=True)
    happens_next = models.JSONField(default=dict, blank=True)
    pause_days = models.PositiveSmallIntegerField(default=PAUSE_DAYS)
    shelter_days = models.PositiveSmallIntegerField(null=True, blank=True)
    shelter_more_days = models.PositiveSmallIntegerField(null=True, blank=True)
    keep_case_years = models.PositiveSmallIntegerField(null=True, blank=True)
    keep_report_years = models.PositiveSmallIntegerField(null=True, blank=True)
    keep_audit_years = models.PositiveSmallIntegerField(null=True, blank=True)
    may_mediate_complaint_offences = models.BooleanField(default=False)
    school_holidays = models.JSONField(default=list, blank=True)
    fasting = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)

    classes = FieldClasses(
        public=(
            "region", "unit_name", "service_title", "opens_at", "closes_at", "workdays",
            "is_closed_on_holidays", "time_zone", "emergency", "hotlines", "exit_url",
            "hours_high", "hours_medium", "hours_unrated", "hours_low", "unit_short",
            "welcome", "happens_next", "pause_days", "shelter_days", "shelter_more_days",
            "keep_case_years",
            "keep_report_years", "keep_audit_years", "may_mediate_complaint_offences",
            "school_holidays", "fasting",
            "is_demo", "opened_at",
        ),
        coded=("id", "slot", "intake_desk", "alternate_desk"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="city_is_one", condition=Q(slot=1)),
            models.CheckConstraint(
                name="city_opens_before_it_closes",
                condition=Q(opens_at__lte=models.F("closes_at")),
            ),
            models.CheckConstraint(
                name="city_extends_a_stay_that_has_an_end",
                condition=Q(shelter_more_days=None) | Q(shelter_days__isnull=False),
            ),
            models.CheckConstraint(
                name="city_alternate_is_another",
                condition=Q(intake_desk=None)
                | Q(alternate_desk=None)
                | ~Q(intake_desk=models.F("alternate_desk")),
            ),
            models.CheckConstraint(
                name="city_form_needs_both_desks",
                condition=Q(opened_at=None)
                | Q(intake_desk__isnull=False, alternate_desk__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.service_title


class BoundarySet(models.Model):
    """One file of boundaries as it was taken over: from where, and how official it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField(max_length=200)
    is_official = models.BooleanField(default=False)
    is_current = models.BooleanField(default=False)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    unmatched = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.UUIDField()

    classes = FieldClasses(
        public=("id", "source", "is_official", "is_current", "width", "height", "unmatched"),
        coded=("at", "by"),
        retention="the installation",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="boundaries_in_use_once",
            ),
            models.CheckConstraint(name="boundaries_name_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="boundaries_have_a_size", condition=Q(width__gte=1, height__gte=1)
            ),
        ]


class Boundary(models.Model):
    """About where one kelurahan lies: a simplified path to draw, and its middle."""

    of = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="boundaries")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    path = models.TextField()
    latitude = models.FloatField()
    longitude = models.FloatField()

    classes = FieldClasses(
        public=("id", "of", "village", "path", "latitude", "longitude"),
        retention="the installation",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "village"], name="boundary_once_a_set")
        ]
