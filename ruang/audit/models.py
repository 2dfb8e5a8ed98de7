"""The trail: facts in commit order, the tree over them, and the table of due times."""

from django.db import models
from django.db.models import Q

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7


class Fact(models.Model):
    """One thing that happened: ids and codes. Rows are only ever added."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=60, db_index=True)
    role = models.CharField(max_length=20)
    by = models.UUIDField()
    organisation = models.UUIDField()
    about = models.UUIDField(db_index=True)
    ids = models.JSONField()
    codes = models.JSONField()
    leaf = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)

    classes = FieldClasses(
        coded=(
            "number", "at", "name", "role", "by", "organisation", "about", "ids", "codes",
            "leaf", "root",
        ),
        retention="five years after the case",
    )  # fmt: skip

    class Meta:
        ordering = ("number",)


class Head(models.Model):
    """The one row with the number of facts and the edge of the tree over them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.PositiveBigIntegerField(default=0)
    edge = models.BinaryField(default=bytes)

    classes = FieldClasses(coded=("id", "size", "edge"), retention="the installation")

    class Meta:
        constraints = [models.CheckConstraint(name="head_is_one", condition=Q(id=1))]


class Checkpoint(models.Model):
    """Size and root of the tree at a time: what others keep, to hold us to it."""

    size = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField(max_length=32)

    classes = FieldClasses(coded=("size", "at", "root"), retention="the installation")


class Due(models.Model):
    """Something that is to happen at a time: one command, for one subject."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    due_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    parked_at = models.DateTimeField(null=True, blank=True)

    classes = FieldClasses(
        coded=("id", "kind", "subject", "due_at", "lease_until", "attempts", "parked_at"),
        retention="until done",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="due_once_a_subject")
        ]


class Cursor(models.Model):
    """How far a reader of the facts has come."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    classes = FieldClasses(coded=("name", "number"), retention="the installation")
