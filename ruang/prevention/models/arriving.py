"""Who came and was counted by code while the session runs: counts, no row for a person."""

from django.db import models
from django.db.models import F, Q

from ruang.kernel.classes import FieldClasses
from ruang.prevention.models.sessions import Session
from ruang.register.states import Band
from ruang.register.states import Sex as CountedSex


class Arrivals(models.Model):
    """How many came by code and said nothing else, and the words of forms that were counted.

    The words are random and lie sorted: they say that a form came already, not what stood in
    it, nor which came first.
    """

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="arrivals"
    )
    unsaid = models.PositiveSmallIntegerField(default=0)
    forms = models.BinaryField(default=bytes)

    classes = FieldClasses(
        coded=("session", "unsaid", "forms"),
        retention="until the session is logged or cancelled, two years at most",
    )


class Arrived(models.Model):
    """How many came by code, of one sex and age band."""

    arrivals = models.ForeignKey(Arrivals, on_delete=models.CASCADE, related_name="cells")
    sex = models.CharField(max_length=6, choices=CountedSex)
    band = models.CharField(max_length=5, choices=Band)
    people = models.PositiveSmallIntegerField(default=0)
    first_time = models.PositiveSmallIntegerField(default=0)
    with_disability = models.PositiveSmallIntegerField(default=0)

    classes = FieldClasses(
        coded=("id", "arrivals", "sex", "band", "people", "first_time", "with_disability"),
        retention="until the session is logged or cancelled, two years at most",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrivals", "sex", "band"], name="arrived_once"),
            models.CheckConstraint(
                name="arrived_parts_fit",
                condition=Q(first_time__lte=F("people"), with_disability__lte=F("people")),
            ),
        ]
