"""RW and RT with how many live there, schools, communities, venues: counted, not named."""

from django.db import models
from django.db.models import F, Q

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.register.policy import sees_register
from ruang.register.states import (
    Band,
    CommunityKind,
    Ending,
    SchoolLevel,
    Sex,
    VenueKind,
)

COUNTS = tuple(f"{sex.value}_{band.value}" for sex in Sex for band in Band)
"""The columns in which an RT's people stand: ``female_0_5`` … ``male_60_up``."""

FOREVER = "the installation"


class RegisterQuerySet(models.QuerySet[models.Model]):
    """Rows of the register, by who is looking."""

    def visible_to(self, actor: Actor) -> "RegisterQuerySet":
        """Keep the rows this actor may know of."""
        return self.filter(sees_register(actor))

    def standing(self) -> "RegisterQuerySet":
        """Keep what has not ended."""
        return self.filter(ended_on=None)


class Rw(models.Model):
    """One *rukun warga* of a kelurahan, and about where it lies."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    local_name = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    came_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    went_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = RegisterQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "village", "number", "local_name", "latitude", "longitude", "since",
                "ended_on", "ending", "came_from", "went_into"),
        retention=FOREVER,
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "number"], condition=Q(ended_on=None), name="rw_stands_once"
            ),
            models.CheckConstraint(
                name="rw_ended_with_reason",
                condition=Q(ended_on=None, ending="")
                | Q(ended_on__isnull=False) & ~Q(ending=""),
            ),
            models.CheckConstraint(
                name="rw_merged_with_successor",
                condition=Q(went_into=None) | Q(ending=Ending.MERGED),
            ),
            models.CheckConstraint(
                name="rw_place_is_a_pair",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return self.local_name or f"RW {self.number:02}"


def _count() -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(default=0)


class Rt(models.Model):
    """One *rukun tetangga*: the smallest place prevention reaches, and how many live there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rw = models.ForeignKey(Rw, on_delete=models.PROTECT, related_name="rts")
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    local_name = models.CharField(max_length=80, blank=True)
    households = _count()
    people = _count()
    female_0_5 = _count()
    female_6_12 = _count()
    female_13_17 = _count()
    female_18_24 = _count()
    female_25_59 = _count()
    female_60_up = _count()
    male_0_5 = _count()
    male_6_12 = _count()
    male_13_17 = _count()
    male_18_24 = _count()
    male_25_59 = _count()
    male_60_up = _count()
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    came_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    went_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    has_estimated_bands = models.BooleanField(default=False)

    objects = RegisterQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "rw", "village", "number", "local_name", "since", "ended_on", "ending",
                "came_from", "went_into", "has_estimated_bands"),
        coded=("households", "people", *COUNTS),
        retention=FOREVER,
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["village", "rw", "number"], name="rt_order"),
            models.Index(
                fields=["local_name"], condition=~Q(local_name=""), name="rt_with_a_name"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rw", "number"], condition=Q(ended_on=None), name="rt_stands_once"
            ),
            models.CheckConstraint(
                name="rt_ended_with_reason",
                condition=Q(ended_on=None, ending="")
                | Q(ended_on__isnull=False) & ~Q(ending=""),
            ),
            models.CheckConstraint(
                name="rt_merged_with_successor",
                condition=Q(went_into=None) | Q(ending=Ending.MERGED),
            ),
            models.CheckConstraint(
                name="rt_people_add_up",
                condition=Q(people=sum((F(name) for name in COUNTS[1:]), F(COUNTS[0]))),
            ),
        ]

    def __str__(self) -> str:
        return self.local_name or f"RT {self.number:02}"


class School(models.Model):
    """One school, with its pupils by sex."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    npsn = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=9, choices=SchoolLevel)
    pupils_female = _count()
    pupils_male = _count()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)

    objects = RegisterQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "village", "npsn", "name", "level", "latitude", "longitude", "since",
                "ended_on", "ending"),
        coded=("pupils_female", "pupils_male"),
        retention=FOREVER,
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["village", "name"], name="school_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["npsn"], condition=~Q(npsn="") & Q(ended_on=None), name="npsn_once"
            ),
            models.CheckConstraint(name="school_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Community(models.Model):
    """A group of people who meet anyway: PKK, youth, a workplace."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=CommunityKind)
    members = _count()
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)

    objects = RegisterQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "village", "name", "kind", "since", "ended_on", "ending"),
        coded=("members",),
        retention=FOREVER,
    )

    class Meta:
        indexes = [models.Index(fields=["village", "name"], name="community_order")]
        constraints = [
            models.CheckConstraint(name="community_has_a_name", condition=~Q(name=""))
        ]

    def __str__(self) -> str:
        return self.name


class Venue(models.Model):
    """A place where people can be called together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    rw = models.ForeignKey(
        Rw, on_delete=models.PROTECT, null=True, blank=True, related_name="venues"
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=11, choices=VenueKind)
    capacity = models.PositiveSmallIntegerField(default=40)
    has_step_free_entry = models.BooleanField(default=False)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)

    objects = RegisterQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "village", "rw", "name", "kind", "capacity", "has_step_free_entry",
                "opens_at", "closes_at", "latitude", "longitude", "since", "ended_on",
                "ending"),
        retention=FOREVER,
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["village", "name"], name="venue_order")]
        constraints = [
            models.CheckConstraint(name="venue_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="venue_hours_are_a_pair",
                condition=Q(opens_at=None, closes_at=None) | Q(opens_at__lt=F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
