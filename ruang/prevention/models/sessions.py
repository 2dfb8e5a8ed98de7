"""Sessions: for whom, where, when, who holds them, and how many came."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.prevention.models.asking import MEANWHILE, Request
from ruang.prevention.models.people import Facilitator
from ruang.prevention.models.programmes import MaterialVersion, Programme
from ruang.prevention.policy import sees_session
from ruang.prevention.states import (
    MOVES,
    Anyway,
    Audience,
    Cancelled,
    Corrected,
    Language,
    State,
    Step,
)
from ruang.register.states import Band
from ruang.register.states import Sex as CountedSex

OVER = {
    State.HELD.value: _(
        "This session was logged already. On its page the log can be corrected."
    ),
    State.CANCELLED.value: _("This session was cancelled already. Plan another one."),
}
"""What is said of a step that comes too late, by what became of the session."""


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, by who is looking."""

    def visible_to(self, actor: Actor) -> "SessionQuerySet":
        """Keep the sessions this actor may know of."""
        return self.filter(sees_session(actor))


class Session(models.Model):
    """One session: for an RW, a school or a community, on one day, at one place.

    ``moves``: how often it was moved or cancelled, by which a page or a calendar that shows
    what was before is told. ``anyway``: why it is so although somebody was warned.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    rw = models.ForeignKey(
        "register.Rw", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        "register.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    community = models.ForeignKey(
        "register.Community", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    venue = models.ForeignKey(
        "register.Venue", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=10, choices=Audience)
    language = models.CharField(max_length=7, choices=Language, default=Language.INDONESIAN)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_public = models.BooleanField(default=True)
    is_promised = models.BooleanField(default=False)
    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    plan = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    over_at = models.DateTimeField(null=True, blank=True)
    over_by = models.UUIDField(null=True, blank=True)
    cancelled = models.CharField(max_length=11, choices=Cancelled, blank=True)
    unsaid = models.PositiveSmallIntegerField(default=0)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    moves = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    anyway = models.CharField(max_length=6, choices=Anyway, blank=True)

    objects = SessionQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "programme", "state", "village", "rw", "school", "community", "venue",
                "place", "audience", "language", "starts_at", "ends_at"),
        coded=("is_public", "is_promised", "request", "plan", "at", "by", "over_at", "over_by",
               "cancelled", "unsaid", "form_tag", "moves", "changed_at", "anyway"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["starts_at", "id"], name="session_calendar"),
            models.Index(fields=["village", "state", "starts_at"], name="session_of_village"),
            models.Index(fields=["plan"], name="session_of_plan"),
            models.Index(fields=["rw", "programme", "starts_at"], name="session_of_rw"),
            models.Index(fields=["school", "programme", "starts_at"], name="session_of_school"),
            models.Index(
                fields=["community", "programme", "starts_at"], name="session_of_community"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="session_is_for_one",
                condition=Q(rw__isnull=False, school=None, community=None)
                | Q(rw=None, school__isnull=False, community=None)
                | Q(rw=None, school=None, community__isnull=False),
            ),
            models.CheckConstraint(
                name="session_takes_time", condition=Q(starts_at__lt=F("ends_at"))
            ),
            models.CheckConstraint(
                name="session_over_has_a_time",
                condition=Q(state=State.PLANNED, over_at=None, over_by=None)
                | ~Q(state=State.PLANNED) & Q(over_at__isnull=False, over_by__isnull=False),
            ),
            models.CheckConstraint(
                name="session_cancelled_with_reason",
                condition=Q(state=State.CANCELLED) & ~Q(cancelled="")
                | ~Q(state=State.CANCELLED) & Q(cancelled=""),
            ),
        ]

    def take(self, step: Step, *, at: datetime) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(OVER.get(self.state, MEANWHILE))
        self.state = target
        if step is Step.CORRECT:
            return
        if target is not State.PLANNED:
            self.over_at = at
        if step in {Step.MOVE, Step.CANCEL}:
            self.moves, self.changed_at = self.moves + 1, at


class Part(models.Model):
    """A facilitator who holds a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    facilitator = models.ForeignKey(Facilitator, on_delete=models.PROTECT, related_name="parts")

    classes = FieldClasses(coded=("id", "session", "facilitator"), retention="the installation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "facilitator"], name="part_once")
        ]


class Invited(models.Model):
    """An RT that a session is for; once the session was held, an RT it reached."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invited")
    rt = models.ForeignKey("register.Rt", on_delete=models.PROTECT, related_name="+")

    classes = FieldClasses(coded=("id", "session", "rt"), retention="the installation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "rt"], name="invited_once")]


class HeadCount(models.Model):
    """So many of one sex and age band; and how many of them were counted by code."""

    sex = models.CharField(max_length=6, choices=CountedSex)
    band = models.CharField(max_length=5, choices=Band)
    people = models.PositiveSmallIntegerField()
    first_time = models.PositiveSmallIntegerField(default=0)
    with_disability = models.PositiveSmallIntegerField(default=0)
    by_code = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Attendance(HeadCount):
    """How many came, of one sex and age band; and how many of them were counted by code."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")

    classes = FieldClasses(
        coded=("id", "session", "sex", "band", "people", "first_time", "with_disability",
               "by_code"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "sex", "band"], name="attendance_once"),
            models.CheckConstraint(
                name="attendance_parts_fit",
                condition=Q(first_time__lte=F("people"), with_disability__lte=F("people")),
            ),
            models.CheckConstraint(
                name="attendance_by_code_fits", condition=Q(by_code__lte=F("people"))
            ),
        ]


class Correction(models.Model):
    """What was logged was wrong: who corrected it, when and why, and which RT stood there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=9, choices=Corrected)
    rts = models.JSONField(default=list)

    classes = FieldClasses(
        coded=("id", "session", "at", "by", "reason", "rts"), retention="the installation"
    )

    class Meta:
        indexes = [models.Index(fields=["session", "at"], name="correction_order")]


class Earlier(HeadCount):
    """What stood of one sex and age band before a correction."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="earlier")

    classes = FieldClasses(
        coded=("id", "correction", "sex", "band", "people", "first_time", "with_disability",
               "by_code"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["correction", "sex", "band"], name="earlier_once")
        ]


class Used(models.Model):
    """The version of a material that a session was held with, noted when it was logged."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="used")
    version = models.ForeignKey(MaterialVersion, on_delete=models.PROTECT, related_name="+")

    classes = FieldClasses(coded=("id", "session", "version"), retention="the installation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="material_used_once")
        ]
