"""Answers before and after a session: whose they are nobody knows, not even the code."""

from django.db import models

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.prevention.models.programmes import Question
from ruang.prevention.models.sessions import Session
from ruang.prevention.states import Phase


class Sheet(models.Model):
    """One anonymous set of answers; the same code pairs before and after, and nobody else's.

    Of when it came the month alone is kept, as its first day: what was shown is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sheets")
    pair = models.CharField(max_length=32)
    phase = models.CharField(max_length=6, choices=Phase)
    month = models.DateField(null=True)

    classes = FieldClasses(
        coded=("id", "session", "pair", "phase", "month"), retention="the installation"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "pair", "phase"], name="sheet_once")
        ]


class Answer(models.Model):
    """One answer on a sheet; None where it was left out."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    choice = models.PositiveSmallIntegerField(null=True, blank=True)
    is_right = models.BooleanField(default=False)

    classes = FieldClasses(
        coded=("id", "sheet", "question", "choice", "is_right"), retention="the installation"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="answered_once")
        ]
