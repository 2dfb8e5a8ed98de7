"""Clocks by subject, and the time limits that the city corrected or added."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.clocks.policy import sees_clock
from ruang.clocks.spans import AT_ONCE_WITHIN
from ruang.clocks.states import (
    LIVE,
    MOVES,
    Area,
    Ended,
    Missed,
    Moment,
    Pause,
    State,
    Step,
    Unit,
)
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks, by who is looking."""

    def visible_to(self, actor: Actor) -> "ClockQuerySet":
        """Keep the clocks this actor may know of."""
        return self.filter(sees_clock(actor))

    def live(self) -> "ClockQuerySet":
        """Keep those that run or pause."""
        return self.filter(state__in=LIVE)


class Clock(models.Model):
    """One time limit of one record. ``next_at`` is when the sweep has to look at it again.

    :ivar round: how often it was set to run anew; each round is warned of and told by itself
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16)
    area = models.CharField(max_length=6, choices=Area)
    subject = models.UUIDField()
    desk = models.UUIDField()
    owner = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.UUIDField(null=True, blank=True)
    missed_why = models.CharField(max_length=12, choices=Missed, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_why = models.CharField(max_length=12, choices=Pause, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=16, choices=Ended, blank=True)

    objects = ClockQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "kind", "area", "subject", "desk", "owner", "state", "started_at",
               "due_at", "warn_at", "next_at", "warned_at", "missed_at", "level", "round",
               "acknowledged_at", "acknowledged_by", "missed_why", "paused_at", "paused_why",
               "paused_until", "over_at", "ended_why"),
        retention="with the report or case",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state=State.RUNNING), name="clock_next"
            ),
            models.Index(fields=["subject", "state"], name="clock_subject"),
            models.Index(
                fields=["desk", "due_at"], condition=Q(state__in=LIVE), name="clock_desk"
            ),
            models.Index(
                fields=["desk", "kind", "subject"],
                condition=Q(state=State.PAUSED),
                name="clock_paused",
            ),
            models.Index(
                fields=["paused_until"],
                condition=Q(state=State.PAUSED),
                name="clock_pause_ends",
            ),
            models.Index(
                fields=["desk", "-missed_at"],
                condition=Q(missed_at__isnull=False, missed_why=""),
                name="clock_unexplained",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(state__in=LIVE), name="clock_once"
            ),
            models.CheckConstraint(
                name="paused_with_reason",
                condition=Q(
                    state=State.PAUSED, paused_at__isnull=False, paused_until__isnull=False
                )
                & ~Q(paused_why="")
                | ~Q(state=State.PAUSED) & Q(paused_at=None, paused_why="", paused_until=None),
            ),
            models.CheckConstraint(
                name="ended_with_reason", condition=Q(state=State.ENDED) ^ Q(ended_why="")
            ),
            models.CheckConstraint(
                name="over_when_not_live",
                condition=Q(state__in=LIVE, over_at=None)
                | ~Q(state__in=LIVE) & Q(over_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at}"

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(_("This clock has changed meanwhile. Reload the page."))
        self.state = target or self.state

    @property
    def is_at_once(self) -> bool:
        """Say whether it has no time to run out of: it is due the moment it begins."""
        return self.warn_at >= self.due_at

    @property
    def is_cared_for(self) -> bool:
        """Say whether somebody took care of it since it was due."""
        return self.acknowledged_at is not None and self.acknowledged_at >= self.due_at

    def is_late(self, at: datetime) -> bool:
        """Say whether time has run out; at once: whether nobody took care within a turn."""
        if self.state != State.RUNNING:
            return False
        if not self.is_at_once:
            return self.due_at <= at
        taken = self.acknowledged_at if self.is_cared_for else None
        return (taken or at) >= self.due_at + AT_ONCE_WITHIN

    def has_run_out(self, at: datetime) -> bool:
        """Say whether it was missed, seen by the sweep or not."""
        return self.missed_at is not None or self.is_late(at)


class CityRule(models.Model):
    """A time limit as this city has it: an official one that it corrected, or one of its own.

    It is public, like the law. An empty text of an official one is the official words.
    """

    kind = models.CharField(max_length=16, primary_key=True)
    title = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    who = models.CharField(max_length=120, blank=True)
    who_en = models.CharField(max_length=120, blank=True)
    begins = models.CharField(max_length=120, blank=True)
    begins_en = models.CharField(max_length=120, blank=True)
    starts = models.CharField(max_length=14, choices=Moment, blank=True)
    meets = models.CharField(max_length=14, choices=Moment, blank=True)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, choices=Unit)
    source = models.CharField(max_length=200, blank=True)
    source_on = models.DateField(null=True, blank=True)
    may_pause = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    classes = FieldClasses(
        public=("kind", "title", "title_en", "who", "who_en", "begins", "begins_en", "starts",
                "meets", "amount", "unit", "source", "source_on", "may_pause", "is_active"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="in_force_with_a_time",
                condition=Q(is_active=False) | Q(amount__isnull=False, source_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.kind
