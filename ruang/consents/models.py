"""Grounds for sharing: codes in the open; who agreed, what was said and why, sealed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.consents.policy import sees_consent
from ruang.consents.states import MOVES, Basis, ConsentWay, Purpose, State, Step
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.vault.texts import SealedField


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents, by who is looking."""

    def visible_to(self, actor: Actor) -> "ConsentQuerySet":
        """Keep the consents this actor may know of."""
        return self.filter(sees_consent(actor))

    def in_force(self, at: datetime) -> "ConsentQuerySet":
        """Keep those on which something may be shared now."""
        return self.filter(state=State.GIVEN, until__gt=at)


class Consent(models.Model):
    """One organisation, one purpose, parts of one case, until a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=14, choices=Purpose)
    compartments = models.JSONField(default=list)
    basis = models.CharField(max_length=8, choices=Basis)
    given_on = models.DateField(null=True, blank=True)
    way = models.CharField(max_length=8, choices=ConsentWay, blank=True)
    until = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.GIVEN)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    over_at = models.DateTimeField(null=True, blank=True)
    over_by = models.UUIDField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    giver = SealedField("consents.consent.giver")
    giver_name = SealedField("consents.consent.giver_name")
    explained = SealedField("consents.consent.explained")
    reason = SealedField("consents.consent.reason")

    objects = ConsentQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "case", "organisation", "purpose", "compartments", "basis", "given_on",
               "way", "until", "state", "recorded_at", "recorded_by", "over_at", "over_by",
               "form_tag"),
        sealed=("giver", "giver_name", "explained", "reason"),
        retention="with the case",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["case", "organisation", "state"], name="consent_of_case")
        ]
        constraints = [
            models.CheckConstraint(
                name="consent_says_when_and_how",
                condition=Q(basis=Basis.CONSENT, given_on__isnull=False) & ~Q(way="")
                | ~Q(basis=Basis.CONSENT) & Q(given_on=None, way=""),
            ),
            models.CheckConstraint(
                name="consent_over_has_a_time",
                condition=Q(state=State.GIVEN, over_at=None, over_by=None)
                | ~Q(state=State.GIVEN) & Q(over_at__isnull=False, over_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.until:%Y-%m-%d}"

    def take(self, step: Step, *, at: datetime) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(_("This consent is over already: nothing is shared on it any more."))
        if step is Step.END and at < self.until:
            raise Refused(_("The time agreed on has not ended yet."))
        self.state = target
