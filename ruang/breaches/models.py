"""Breaches of personal data: coded facts, no word of whom they concern."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.breaches.policy import sees_breach
from ruang.breaches.states import MOVES, Kind, People, State, Step
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7


class BreachQuerySet(models.QuerySet["Breach"]):
    """Breaches, by who is looking."""

    def visible_to(self, actor: Actor) -> "BreachQuerySet":
        """Keep the breaches this actor may know of."""
        return self.filter(sees_breach(actor))


class Breach(models.Model):
    """One breach that touches no single case or report. Its clock is one of ``clocks``.

    :ivar data: kinds of data; ``told`` to whom notice was given (codes)
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.UUIDField()
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    kind = models.CharField(max_length=9, choices=Kind)
    data: Any = models.JSONField(default=list)
    people = models.CharField(max_length=8, choices=People)
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    told: Any = models.JSONField(default=list)
    told_at = models.DateTimeField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

    objects = BreachQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "desk", "state", "kind", "data", "people", "known_at", "recorded_at",
               "recorded_by", "told", "told_at", "form_tag"),
        retention="as the audit trail",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["desk", "-known_at"], name="breach_desk")]
        constraints = [
            models.CheckConstraint(
                name="told_with_a_time",
                condition=Q(state=State.TOLD, told_at__isnull=False)
                | ~Q(state=State.TOLD) & Q(told_at=None),
            ),
            models.CheckConstraint(
                name="known_before_told",
                condition=Q(told_at=None) | Q(told_at__gte=models.F("known_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.known_at}"

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(_("This breach has changed meanwhile. Reload the page."))
        self.state = target or self.state
