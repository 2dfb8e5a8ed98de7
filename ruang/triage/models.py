"""What was decided about a report: the case it became, the one it repeats, who took it over."""

from django.db import models
from django.db.models import F, Q

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.triage.policy import sees_decision, sees_hand_over
from ruang.triage.states import Ground, Outcome
from ruang.vault.texts import SealedField


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, by who is looking."""

    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """Keep the decisions this actor may know of."""
        return self.filter(sees_decision(actor))


class Decision(models.Model):
    """One decision on one report. Only this context knows both cores.

    :ivar reason: why a danger is no report, sealed under the story of the report
    """

    report = models.OneToOneField(
        "intake.Report", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome)
    at = models.DateTimeField()
    by = models.UUIDField()
    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    same_as = models.ForeignKey(
        "intake.Report", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = SealedField("triage.decision.reason")

    objects = DecisionQuerySet.as_manager()

    classes = FieldClasses(
        coded=("report", "outcome", "at", "by", "case", "same_as"),
        sealed=("reason",),
        retention="with the report",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_iff_opened",
                condition=Q(outcome__in=[Outcome.CASE, Outcome.REFER], case__isnull=False)
                | ~Q(outcome__in=[Outcome.CASE, Outcome.REFER]) & Q(case=None),
            ),
            models.CheckConstraint(
                name="same_as_iff_repeated",
                condition=Q(outcome=Outcome.SAME_AS) ^ Q(same_as=None),
            ),
        ]


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Hand-overs, by who is looking."""

    def visible_to(self, actor: Actor) -> "HandOverQuerySet":
        """Keep the hand-overs this actor may know of."""
        return self.filter(sees_hand_over(actor))


class HandOver(models.Model):
    """One *pelimpahan*, with its minutes sealed to both desks and the quorum.

    :ivar to_desk: empty where the institution has no desk here; then ``elsewhere`` says which
        it is, who took the matter over there, and how that was told, sealed with the minutes
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=9, choices=Ground)
    from_desk = models.UUIDField()
    to_desk = models.UUIDField(null=True, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    files = models.PositiveSmallIntegerField()
    messages = models.PositiveSmallIntegerField()
    minutes = SealedField("triage.hand_over.minutes")
    elsewhere = SealedField("triage.hand_over.elsewhere")

    objects = HandOverQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "report", "ground", "from_desk", "to_desk", "by", "at", "files",
               "messages"),
        sealed=("minutes", "elsewhere"),
        retention="with the report",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handed_to_another_desk", condition=~Q(from_desk=F("to_desk"))
            )
        ]
