"""The duty list, how people on it are reached, and what is on its way to them."""

from django.db import models
from django.db.models import Q

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.notify.policy import sees_duty
from ruang.notify.states import Weekday


class DutyQuerySet(models.QuerySet["Shift"]):
    """Shifts, by who is looking."""

    def visible_to(self, actor: Actor) -> "DutyQuerySet":
        """Keep the shifts of the actor's desk."""
        return self.filter(sees_duty(actor))


class Shift(models.Model):
    """One person's duty: every week on a day, or once on a date.

    A shift that ends when or before it begins ends on the next day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.UUIDField(db_index=True)
    user = models.UUIDField()
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    begins_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.PositiveSmallIntegerField(default=1)

    objects = DutyQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "desk", "user", "weekday", "on", "begins_at", "ends_at", "place"),
        retention="until it is taken off the list",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="weekly_or_once",
                condition=Q(weekday__isnull=False, on=None) | Q(weekday=None, on__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_weekday",
                condition=Q(weekday=None) | Q(weekday__gte=1, weekday__lte=7),
            ),
            models.UniqueConstraint(
                fields=["desk", "user", "weekday", "begins_at"],
                condition=Q(on=None),
                name="weekly_once",
            ),
            models.UniqueConstraint(
                fields=["desk", "user", "on", "begins_at"],
                condition=Q(weekday=None),
                name="dated_once",
            ),
        ]


class Reach(models.Model):
    """How a member of staff is reached on duty."""

    user = models.UUIDField(primary_key=True)
    desk = models.UUIDField(db_index=True)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)

    classes = FieldClasses(
        coded=("user", "desk"), personal=("phone", "email"), retention="with the account"
    )


class Notice(models.Model):
    """One mail to one person about one clock or request, at one level. It says nothing.

    :ivar round: which time it is: the clock was set to run anew, the draft was left again
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.UUIDField()
    about = models.UUIDField()
    level = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    classes = FieldClasses(
        coded=("id", "user", "about", "level", "round", "at", "next_at", "tries", "sent_at"),
        retention="thirty days",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="notice_next"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "about", "level", "round"], name="notice_once"
            )
        ]
