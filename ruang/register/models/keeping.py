"""Who to ring about a place, who looks after an RW, and what was changed when."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.register.models.places import Community, Rt, Rw, School
from ruang.register.policy import sees_contact, sees_list, sees_register
from ruang.register.states import Kind, Step

KEPT = timedelta(days=1)
"""How long a list that was read waits to be taken over: it holds names and numbers."""


class ContactQuerySet(models.QuerySet["Contact"]):
    """People to ring, by who is looking."""

    def visible_to(self, actor: Actor) -> "ContactQuerySet":
        """Keep the contacts this actor may see."""
        return self.filter(sees_contact(actor))

    def standing(self) -> "ContactQuerySet":
        """Keep those who can be rung now."""
        return self.filter(until=None)


class Contact(models.Model):
    """Who to ring about an RT, an RW, a school or a community; shown one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rw = models.ForeignKey(
        Rw, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    rt = models.ForeignKey(
        Rt, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "rw", "rt", "school", "community", "since", "until"),
        personal=("name", "phone"),
        retention="one year after it ended",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_of_one_place",
                condition=Q(rw__isnull=False, rt=None, school=None, community=None)
                | Q(rw=None, rt__isnull=False, school=None, community=None)
                | Q(rw=None, rt=None, school__isnull=False, community=None)
                | Q(rw=None, rt=None, school=None, community__isnull=False),
            ),
            models.CheckConstraint(name="contact_has_a_name", condition=~Q(name="")),
        ]


class CadreArea(models.Model):
    """An RW that a cadre looks after."""

    user = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    rw = models.ForeignKey(Rw, on_delete=models.PROTECT, related_name="+")

    classes = FieldClasses(coded=("id", "user", "rw"), retention="with the account")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "rw"], name="cadre_of_rw_once")]


class ChangeQuerySet(models.QuerySet["Change"]):
    """What was changed, by who is looking."""

    def visible_to(self, actor: Actor) -> "ChangeQuerySet":
        """Keep the changes of places this actor may know of."""
        return self.filter(sees_register(actor))


class Change(models.Model):
    """One correction of a place: what stood there before, since when not, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    subject = models.UUIDField()
    step = models.CharField(max_length=6, choices=Step)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)

    objects = ChangeQuerySet.as_manager()

    classes = FieldClasses(
        public=("kind", "step", "on", "old", "new", "note"),
        coded=("id", "subject", "at", "by"),
        retention="the installation",
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="change_of_place")]


class StagedQuerySet(models.QuerySet["StagedList"]):
    """Lists that wait to be taken over, by who is looking."""

    def visible_to(self, actor: Actor) -> "StagedQuerySet":
        """Keep those that this actor brought."""
        return self.filter(sees_list(actor))


class StagedList(models.Model):
    """A list that was read and waits to be taken over; who brought it sees it, for a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.UUIDField()
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField()
    until = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    entries = models.JSONField(default=list)
    faults = models.JSONField(default=list)

    objects = StagedQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "by", "kind", "at", "until", "applied_at"),
        personal=("entries", "faults"),
        retention="one day",
    )

    class Meta:
        indexes = [models.Index(fields=["until"], name="staged_until")]
