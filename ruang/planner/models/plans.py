"""A quarter's plan, and how much each kecamatan counts in a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.planner.policy import sees_plan
from ruang.planner.states import MOVES, Failure, Level, Phase, State, Step

MEANWHILE = _("This plan has changed meanwhile. Look at it once more.")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, by who is looking."""

    def visible_to(self, actor: Actor) -> "PlanQuerySet":
        """Keep the plans this actor may know of."""
        return self.filter(sees_plan(actor))


class Plan(models.Model):
    """One plan for a stretch of time, usually a quarter.

    ``weights`` is what the priorities were when it was begun; ``certificate`` is what was
    proved; ``best`` is the best found so far, kept while it is being worked out. ``failure``
    says why nothing came of it, or of working it out again where visits are there already.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    begins_on = models.DateField()
    ends_on = models.DateField()
    settings = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    certificate = models.JSONField(default=dict)
    best = models.JSONField(default=dict)
    phase = models.CharField(max_length=6, choices=Phase, blank=True, default=Phase.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    stop_wanted_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=11, choices=Failure, blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = models.UUIDField()
    solved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.UUIDField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

    objects = PlanQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "state", "begins_on", "ends_on", "settings", "weights", "certificate",
               "best", "phase", "progress", "heard_at", "stop_wanted_at", "failure", "version",
               "at", "by", "solved_at", "published_at", "published_by", "form_tag"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["-begins_on", "-at", "id"], name="plan_order")]
        constraints = [
            models.CheckConstraint(
                name="plan_days_follow", condition=Q(begins_on__lte=F("ends_on"))
            ),
            models.CheckConstraint(
                name="plan_progress_is_a_share", condition=Q(progress__lte=100)
            ),
            models.CheckConstraint(
                name="plan_failed_with_reason",
                condition=Q(state=State.FAILED) & ~Q(failure="")
                | Q(state=State.PROPOSED)
                | ~Q(state__in=(State.FAILED, State.PROPOSED)) & Q(failure=""),
            ),
            models.CheckConstraint(
                name="plan_published_has_a_time",
                condition=Q(
                    state=State.PUBLISHED,
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                | ~Q(state=State.PUBLISHED) & Q(published_at=None, published_by=None),
            ),
        ]

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(MEANWHILE)
        self.state = target
        self.version += 1
        if target in (State.PUBLISHED, State.DISCARDED):
            self.failure = ""


class Decision(models.Model):
    """What a person decided for the plans of one year, and from which published source."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.UUIDField()

    classes = FieldClasses(
        coded=("id", "year", "source", "at", "by"), retention="the installation"
    )

    class Meta:
        indexes = [models.Index(fields=["year", "-at"], name="decision_order")]
        constraints = [
            models.CheckConstraint(name="decision_names_its_source", condition=~Q(source=""))
        ]


class Priority(models.Model):
    """How much one kecamatan counts, by one decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="levels")
    district = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=6, choices=Level)

    classes = FieldClasses(
        coded=("id", "decision", "district", "level"), retention="the installation"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "district"], name="weighed_once")
        ]
