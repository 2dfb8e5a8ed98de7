"""The visits of a plan: where, when, by whom. On publishing each becomes a session."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.planner.models.plans import Plan
from ruang.prevention.states import Audience, Language
from ruang.register.models import Community, Rw, School


class Visit(models.Model):
    """One session as it is proposed, for an RW, a school or a community.

    ``is_kept``: a person wants it as it is; working the plan out again leaves it alone.
    ``moved_by``: who last changed it by hand. ``expects``: how many seats it needs; 0: unknown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="visits")
    programme = models.ForeignKey(
        "prevention.Programme", on_delete=models.PROTECT, related_name="+"
    )
    rw = models.ForeignKey(
        "register.Rw", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        "register.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    community = models.ForeignKey(
        "register.Community", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    venue = models.ForeignKey(
        "register.Venue", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.CharField(max_length=10, choices=Audience)
    language = models.CharField(max_length=7, choices=Language, default=Language.INDONESIAN)
    expects = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    request = models.ForeignKey(
        "prevention.Request", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_kept = models.BooleanField(default=False)
    moved_by = models.UUIDField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    session = models.UUIDField(null=True, blank=True)

    classes = FieldClasses(
        coded=("id", "plan", "programme", "rw", "school", "community", "village", "venue",
               "audience", "language", "expects", "starts_at", "ends_at", "request", "is_kept",
               "moved_by", "moved_at", "session"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["plan", "starts_at", "id"], name="visit_order")]
        constraints = [
            models.CheckConstraint(
                name="visit_is_for_one",
                condition=Q(rw__isnull=False, school=None, community=None)
                | Q(rw=None, school__isnull=False, community=None)
                | Q(rw=None, school=None, community__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_takes_time", condition=Q(starts_at__lt=F("ends_at"))
            ),
            models.CheckConstraint(
                name="visit_moved_by_somebody",
                condition=Q(moved_by=None, moved_at=None)
                | Q(moved_by__isnull=False, moved_at__isnull=False),
            ),
        ]

    @property
    def host(self) -> Rw | School | Community:
        """Return for whom it is."""
        found = self.rw or self.school or self.community
        if found is None:
            raise TypeError("a visit is for one of three")
        return found

    @property
    def host_id(self) -> UUID:
        """Return whose it is."""
        return self.host.pk


class VisitPart(models.Model):
    """A facilitator of a proposed visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="parts")
    facilitator = models.ForeignKey(
        "prevention.Facilitator", on_delete=models.PROTECT, related_name="+"
    )

    classes = FieldClasses(coded=("id", "visit", "facilitator"), retention="the installation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "facilitator"], name="visit_part_once")
        ]
