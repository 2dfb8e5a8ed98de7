"""Requests for approval: coded facts in the open, the reasons sealed to those concerned."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.approvals.policy import sees_approval
from ruang.approvals.states import MOVES, Kind, State, Step
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.vault.texts import SealedField


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Requests, by who is looking."""

    def visible_to(self, actor: Actor) -> "ApprovalQuerySet":
        """Keep the requests this actor may know of."""
        return self.filter(sees_approval(actor))


class Approval(models.Model):
    """One thing asked of a second person. ``code`` is what it would become, or why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.UUIDField()
    number = models.CharField(max_length=16)
    code = models.CharField(max_length=16)
    risk = models.CharField(max_length=8)
    age = models.CharField(max_length=8)
    district = models.CharField(max_length=8, blank=True)
    desk = models.UUIDField()
    asker = models.UUIDField()
    decider = models.UUIDField()
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = SealedField("approvals.approval.reason")
    answer = SealedField("approvals.approval.answer")

    objects = ApprovalQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "kind", "subject", "number", "code", "risk", "age", "district", "desk",
               "asker", "decider", "state", "asked_at", "decided_at"),
        sealed=("reason", "answer"),
        retention="with the report or case",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["decider", "asked_at"],
                condition=Q(state=State.ASKED),
                name="approval_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="second_person_is_another", condition=~Q(asker=F("decider"))
            ),
            models.CheckConstraint(
                name="decided_when_over",
                condition=Q(state=State.ASKED) ^ Q(decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(state=State.ASKED),
                name="approval_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(_("This request has been decided or withdrawn meanwhile."))
        self.state = target
