"""Plans: codes and dates in the open, every word under a key of the case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.cases.models import Case
from ruang.cases.states import Closing, Compartment
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.plans.states import (
    MEDIATION_MOVES,
    RUNNING,
    SERVICE_MOVES,
    TASK_MOVES,
    Contacted,
    Dropped,
    Function,
    Kind,
    MediationState,
    MediationStep,
    Outcome,
    ServiceState,
    ServiceStep,
    TaskState,
    TaskStep,
)
from ruang.vault.texts import SealedAhead, SealedField

MEANWHILE = _("This has changed meanwhile. Reload the page.")


class Goal(models.Model):
    """One thing she wants to reach, in her words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    at = models.DateTimeField()
    author = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("plans.goal.text")
    end = SealedField("plans.goal.end")

    classes = FieldClasses(
        coded=("id", "case", "at", "author", "ended_at", "form_tag"),
        sealed=("text", "end"),
        retention="with the case",
    )


class Service(models.Model):
    """One service: planned, under way, or given; by the official lists."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    function = models.CharField(max_length=12, choices=Function, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    provider = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(max_length=9, choices=ServiceState, default=ServiceState.PLANNED)
    due_on = models.DateField(null=True, blank=True)
    given_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    at = models.DateTimeField()
    author = models.UUIDField()
    over_at = models.DateTimeField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("plans.service.text")
    health = SealedField("plans.service.health")

    classes = FieldClasses(
        coded=("id", "case", "function", "kind", "provider", "state", "due_on", "given_on",
               "outcome", "at", "author", "over_at", "form_tag"),
        sealed=("text", "health"),
        retention="with the case",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="service_order")]
        constraints = [
            models.CheckConstraint(
                name="service_from_a_list", condition=~Q(function="") | ~Q(kind="")
            ),
            models.CheckConstraint(
                name="service_ended_with_outcome",
                condition=Q(state=ServiceState.ENDED, over_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=ServiceState.ENDED) & Q(outcome="", over_at=None),
            ),
        ]

    def take(self, step: ServiceStep) -> None:
        """Move along the table of states, or refuse."""
        sources, target = SERVICE_MOVES[step]
        if self.state not in sources:
            raise Refused(MEANWHILE)
        self.state = target


class Agreement(models.Model):
    """What she said to the plan as it stood then; the newest is in force."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    on = models.DateField()
    at = models.DateTimeField()
    author = models.UUIDField()
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("plans.agreement.text")

    classes = FieldClasses(
        coded=("id", "case", "on", "at", "author", "form_tag"),
        sealed=("text",),
        retention="with the case",
    )


class Task(models.Model):
    """One thing somebody on the team has to do until a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    compartment = models.CharField(max_length=10, choices=Compartment)
    owner = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=TaskState, default=TaskState.OPEN)
    at = models.DateTimeField()
    by = models.UUIDField()
    over_at = models.DateTimeField(null=True, blank=True)
    over_by = models.UUIDField(null=True, blank=True)
    dropped = models.CharField(max_length=12, choices=Dropped, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    title = SealedField("plans.task.title")
    notes = SealedField("plans.task.notes")

    classes = FieldClasses(
        coded=("id", "case", "compartment", "owner", "due_on", "state", "at", "by", "over_at",
               "over_by", "dropped", "form_tag"),
        sealed=("title", "notes"),
        retention="with the case",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(state=TaskState.OPEN),
                name="task_open_of",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="task_cancelled_with_reason",
                condition=Q(state=TaskState.CANCELLED) ^ Q(dropped=""),
            ),
            models.CheckConstraint(
                name="task_over_when_not_open",
                condition=Q(state=TaskState.OPEN) ^ Q(over_at__isnull=False),
            ),
        ]

    def take(self, step: TaskStep) -> None:
        """Move along the table of states, or refuse."""
        sources, target = TASK_MOVES[step]
        if self.state not in sources:
            raise Refused(_("This task was done or cancelled meanwhile. Reload the page."))
        self.state = target


class Mediation(models.Model):
    """One mediation of a civil or labour matter; its words are in the records."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mediations")
    state = models.CharField(
        max_length=10, choices=MediationState, default=MediationState.ASSESSED
    )
    at = models.DateTimeField()
    by_law = models.BooleanField(default=False)

    classes = FieldClasses(
        coded=("id", "case", "state", "at", "by_law"), retention="with the case"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=RUNNING), name="one_mediation_runs"
            ),
            models.CheckConstraint(
                name="stopped_by_law",
                condition=Q(by_law=False) | Q(state=MediationState.STOPPED),
            ),
        ]

    def take(self, step: MediationStep) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MEDIATION_MOVES[step]
        if self.state not in sources:
            raise Refused(_("The mediation is not at this step. Reload the page."))
        self.state = target or self.state


class MediationRecord(models.Model):
    """What was recorded at one step of a mediation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="records")
    step = models.CharField(max_length=9, choices=MediationStep)
    at = models.DateTimeField()
    author = models.UUIDField()
    text = SealedField("plans.mediation_record.text")

    classes = FieldClasses(
        coded=("id", "mediation", "step", "at", "author"),
        sealed=("text",),
        retention="with the case",
    )


class FollowUp(models.Model):
    """How she is, some time later, and when to ask again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    on = models.DateField()
    way = models.CharField(max_length=12, choices=Contacted)
    next_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    author = models.UUIDField()
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("plans.follow_up.text")

    classes = FieldClasses(
        coded=("id", "case", "on", "way", "next_on", "at", "author", "form_tag"),
        sealed=("text",),
        retention="with the case",
    )


class Termination(models.Model):
    """A closing that was asked of a second person, with everything it will need.

    Note and message are sealed as the entry and the message they become, which get this row's
    id: who approves may hold no key, so nothing can be sealed at that moment any more.

    :ivar done: codes of the checks that were ticked, for who decides; None if not kept then
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="terminations")
    approval = models.UUIDField(unique=True)
    closing = models.CharField(max_length=12, choices=Closing)
    at = models.DateTimeField()
    author = models.UUIDField()
    done = models.JSONField(null=True, blank=True)
    checklist = SealedField("plans.termination.checklist")
    note = SealedAhead()
    message = SealedAhead(null=True, blank=True)

    classes = FieldClasses(
        coded=("id", "case", "approval", "closing", "at", "author", "done"),
        sealed=("checklist", "note", "message"),
        retention="with the case",
    )
