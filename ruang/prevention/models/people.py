"""Those who hold sessions: what they can, and when they are free."""

from django.db import models
from django.db.models import F, Q

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.prevention.models.programmes import Programme
from ruang.prevention.states import Sex


class Facilitator(models.Model):
    """Somebody who holds sessions: languages, limits, where the day begins."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField("identity.User", on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=5, choices=Sex)
    languages = models.JSONField(default=list)
    home = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    sessions_a_day = models.PositiveSmallIntegerField(default=2)
    sessions_a_week = models.PositiveSmallIntegerField(default=4)
    is_active = models.BooleanField(default=True)

    classes = FieldClasses(
        coded=("id", "user", "sex", "languages", "home", "sessions_a_day", "sessions_a_week",
               "is_active"),
        retention="with the account",
    )  # fmt: skip


class Skill(models.Model):
    """A programme that a facilitator can hold."""

    facilitator = models.ForeignKey(
        Facilitator, on_delete=models.CASCADE, related_name="skills"
    )
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")

    classes = FieldClasses(
        coded=("id", "facilitator", "programme"), retention="with the account"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facilitator", "programme"], name="skill_once")
        ]


class Working(models.Model):
    """Hours of the week in which a facilitator can be sent out (1 = Monday)."""

    facilitator = models.ForeignKey(
        Facilitator, on_delete=models.CASCADE, related_name="working"
    )
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    classes = FieldClasses(
        coded=("id", "facilitator", "weekday", "begins", "ends"), retention="with the account"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="working_hours_follow",
                condition=Q(begins__lt=F("ends"), weekday__range=(1, 7)),
            ),
        ]


class Away(models.Model):
    """Days on which a facilitator cannot come. Why is nobody's business."""

    facilitator = models.ForeignKey(Facilitator, on_delete=models.CASCADE, related_name="away")
    begins_on = models.DateField()
    ends_on = models.DateField()

    classes = FieldClasses(
        coded=("id", "facilitator", "begins_on", "ends_on"), retention="with the account"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="away_days_follow", condition=Q(begins_on__lte=F("ends_on"))
            ),
        ]


class OwnCalendar(models.Model):
    """The secret address under which a phone asks for a facilitator's own sessions.

    Kept as a hash alone: the address is shown once, and none can be read from the table.
    """

    facilitator = models.OneToOneField(
        Facilitator, on_delete=models.CASCADE, related_name="own_calendar"
    )
    tag = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField()

    classes = FieldClasses(
        coded=("id", "facilitator", "tag", "at"), retention="until it is revoked"
    )
