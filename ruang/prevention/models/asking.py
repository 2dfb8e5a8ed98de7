"""Somebody asks for a session: who to ring back is seen by those who answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.prevention.policy import sees_request
from ruang.prevention.states import (
    REQUEST_MOVES,
    Audience,
    Declined,
    RequestState,
    RequestStep,
    Unit,
)

MEANWHILE = _("This has changed meanwhile. Reload the page.")


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests for a session, by who is looking."""

    def visible_to(self, actor: Actor) -> "RequestQuerySet":
        """Keep the requests this actor may know of."""
        return self.filter(sees_request(actor))

    def queued(self) -> "RequestQuerySet":
        """Keep what waits for an answer in the queue."""
        return self.filter(state=RequestState.WAITING, parked_at=None)

    def piled(self) -> "RequestQuerySet":
        """Keep what came too fast and waits beside the queue to be looked at together."""
        return self.filter(state=RequestState.WAITING, parked_at__isnull=False)


class Request(models.Model):
    """An RT, a school or a community asks for a session; who asks is rung by the office.

    ``is_known``: the number was that of somebody who is rung about the place.
    ``parked_at``: since when it lies beside the queue, because too many came at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tag = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.WAITING)
    unit = models.CharField(max_length=9, choices=Unit)
    village = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    rw = models.ForeignKey(
        "register.Rw", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rt_number = models.PositiveSmallIntegerField(null=True, blank=True)
    school = models.ForeignKey(
        "register.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    host = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=10, choices=Audience)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    wished = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    received_at = models.DateTimeField()
    is_known = models.BooleanField(default=False)
    parked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    declined = models.CharField(max_length=14, choices=Declined, blank=True)

    objects = RequestQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "tag", "state", "unit", "village", "rw", "rt_number", "school",
               "audience", "people", "received_at", "is_known", "parked_at", "answered_at",
               "answered_by", "declined"),
        personal=("host", "wished", "name", "phone"),
        retention="one year after it was answered; one month if refused with a flood",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["state", "received_at"], name="request_order"),
            models.Index(
                fields=["received_at"],
                condition=Q(state=RequestState.WAITING, parked_at=None),
                name="request_queue",
            ),
            models.Index(
                fields=["village", "parked_at"],
                condition=Q(parked_at__isnull=False),
                name="request_pile",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_declined_with_reason",
                condition=Q(state=RequestState.DECLINED) & ~Q(declined="")
                | ~Q(state=RequestState.DECLINED) & Q(declined=""),
            ),
            models.CheckConstraint(
                name="request_answered_has_a_time",
                condition=Q(state=RequestState.WAITING, answered_at=None)
                | ~Q(state=RequestState.WAITING) & Q(answered_at__isnull=False),
            ),
        ]

    def take(self, step: RequestStep) -> None:
        """Move along the table of states, or refuse."""
        sources, target = REQUEST_MOVES[step]
        if self.state not in sources:
            raise Refused(MEANWHILE)
        self.state = target
