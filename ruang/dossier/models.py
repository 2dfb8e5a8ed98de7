"""Records: everything structured that is written about a case, one mechanism for all of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.states import Compartment
from ruang.dossier.policy import sees_record
from ruang.dossier.states import MOVES, Kind, Reason, State, Step
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.vault.texts import SealedField


class RecordQuerySet(models.QuerySet["Record"]):
    """Records, by who is looking."""

    def visible_to(self, actor: Actor) -> "RecordQuerySet":
        """Keep the records this actor may know of."""
        return self.filter(sees_record(actor))


class Record(models.Model):
    """One record as it is now; ``text`` holds its answers, by the names of the fields."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    compartment = models.CharField(max_length=10, choices=Compartment)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_why = models.CharField(max_length=12, choices=Reason, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("dossier.record.text")

    objects = RecordQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "case", "kind", "compartment", "version", "at", "by", "changed_at",
               "changed_by", "retired_at", "retired_why", "form_tag"),
        sealed=("text",),
        retention="with the case",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["case", "kind", "-id"], name="record_order")]
        constraints = [
            models.CheckConstraint(
                name="retired_with_reason",
                condition=Q(retired_at=None, retired_why="")
                | Q(retired_at__isnull=False) & ~Q(retired_why=""),
            )
        ]

    @property
    def state(self) -> State:
        """Return whether it counts."""
        return State.LIVE if self.retired_at is None else State.RETIRED

    def take(self, step: Step) -> None:
        """Say whether the table of states has this step from here, or refuse."""
        sources, _target = MOVES[step]
        if self.state in sources:
            return
        if self.state is State.RETIRED:
            raise Refused(_("This was set aside. Bring it back first, then change it."))
        raise Refused(_("This counts already. Reload the page."))


class Version(models.Model):
    """A record as it was before a later save. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    text = SealedField("dossier.version.text")

    classes = FieldClasses(
        coded=("id", "record", "version", "at", "by"),
        sealed=("text",),
        retention="with the case",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="version_once")
        ]
