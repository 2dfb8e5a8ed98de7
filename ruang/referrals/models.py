"""Requests to partners' desks: codes in the open, what is asked sealed to both sides."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.consents.states import Basis, ConsentWay
from ruang.kernel.classes import FieldClasses
from ruang.kernel.codes import Ground
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.referrals.policy import sees_case_minutes, sees_referral
from ruang.referrals.states import (
    MOVES,
    Decline,
    Need,
    Result,
    State,
    Step,
)
from ruang.vault.texts import SealedField


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Requests, by who is looking."""

    def visible_to(self, actor: Actor) -> "ReferralQuerySet":
        """Keep the requests this actor may know of."""
        return self.filter(sees_referral(actor))


class Referral(models.Model):
    """One thing asked of one partner's desk, for one case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="referrals")
    asker = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    need = models.CharField(max_length=14, choices=Need)
    risk = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField()
    age = models.CharField(max_length=8)
    district = models.CharField(max_length=8, blank=True)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    consent = models.ForeignKey(
        "consents.Consent", on_delete=models.PROTECT, related_name="referrals"
    )
    basis = models.CharField(max_length=8, choices=Basis)
    consent_on = models.DateField(null=True, blank=True)
    consent_way = models.CharField(max_length=8, choices=ConsentWay, blank=True)
    share_until = models.DateTimeField()
    compartments = models.JSONField(default=list)
    taken_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)
    decline = models.CharField(max_length=14, choices=Decline, blank=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    ask = SealedField("referrals.referral.ask")
    basis_note = SealedField("referrals.referral.basis_note")
    names = SealedField("referrals.referral.names")
    decline_note = SealedField("referrals.referral.decline_note")

    objects = ReferralQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "number", "case", "asker", "sender", "receiver", "state", "need", "risk",
               "rank", "age", "district", "asked_at", "answer_by", "answered_at",
               "consent", "basis", "consent_on", "consent_way", "share_until", "compartments",
               "taken_by", "moved_at", "decline", "result", "form_tag"),
        sealed=("ask", "basis_note", "names", "decline_note"),
        retention="with the case",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["receiver", "state", "rank", "answer_by"], name="asked_order")
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_between_two", condition=~Q(sender=models.F("receiver"))
            ),
            models.CheckConstraint(
                name="taken_has_taker",
                condition=~Q(
                    state__in=[State.CHECKING, State.ACCEPTED, State.LAPSED, State.DONE]
                )
                | Q(taken_by__isnull=False),
            ),
            models.CheckConstraint(
                name="declined_has_reason", condition=Q(state=State.DECLINED) ^ Q(decline="")
            ),
            models.CheckConstraint(
                name="done_has_result", condition=Q(state=State.DONE) ^ Q(result="")
            ),
            models.CheckConstraint(
                name="consent_has_when_and_how",
                condition=Q(basis=Basis.CONSENT, consent_on__isnull=False) & ~Q(consent_way="")
                | ~Q(basis=Basis.CONSENT) & Q(consent_on=None, consent_way=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def take(self, step: Step, *, at: datetime) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(self._why_not(step))
        if step is Step.EXPIRE and at < self.answer_by:
            raise Refused(_("There is still time to answer this request."))
        if step is Step.LAPSE and at < self.share_until:
            raise Refused(_("The time agreed on has not ended yet."))
        self.state, self.moved_at = target, at

    def _why_not(self, step: Step) -> "str | Promise":
        if step is Step.TAKE and self.state in {State.CHECKING, State.ACCEPTED}:
            return _("Somebody at your desk was faster and has taken this request.")
        if self.state in {State.SENT, State.CHECKING, State.ACCEPTED}:
            return _("This request has moved on meanwhile. Look at it once more.")
        return _("This request is over: nothing can be done with it any more.")


class CaseHandOverQuerySet(models.QuerySet["CaseHandOver"]):
    """Minutes of cases, by who is looking."""

    def visible_to(self, actor: Actor) -> "CaseHandOverQuerySet":
        """Keep the minutes this actor may know of."""
        return self.filter(sees_case_minutes(actor))


class CaseHandOver(models.Model):
    """The minutes of a case another institution takes over; they wait for the same approval.

    :ivar to_desk: the organisation here that takes it over; None where the minutes name it
    :ivar consent: her consent to that organisation, as it was in force
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="hand_overs")
    termination = models.OneToOneField(
        "plans.Termination", on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=9, choices=Ground)
    to_desk = models.UUIDField(null=True, blank=True)
    on = models.DateField()
    basis = models.CharField(max_length=8, choices=Basis)
    consent = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    text = SealedField("referrals.case_hand_over.text")

    objects = CaseHandOverQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "case", "termination", "ground", "to_desk", "on", "basis", "consent",
               "at", "by"),
        sealed=("text",),
        retention="with the case",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handed_over_on_a_consent",
                condition=Q(consent=None)
                | Q(consent__isnull=False, to_desk__isnull=False, basis=Basis.CONSENT),
            )
        ]
