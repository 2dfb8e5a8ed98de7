"""Answers that wait for the statistics process. Only that process opens them."""

from django.db import models

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7


class Answers(models.Model):
    """The coded answers of one save. The row names no record: that stands inside."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    root_version = models.PositiveSmallIntegerField()
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("id", "root_version"),
        sealed=("blob",),
        retention="until the statistics process took it",
    )
