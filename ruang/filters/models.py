"""Filters that people keep."""

from django.db import models

from ruang.access.actor import Actor
from ruang.filters.policy import sees_filter
from ruang.filters.states import Page
from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7


class KeptQuerySet(models.QuerySet["Kept"]):
    """Kept filters, by who is looking."""

    def visible_to(self, actor: Actor) -> "KeptQuerySet":
        """Keep the actor's own."""
        return self.filter(sees_filter(actor))


class Kept(models.Model):
    """One filter of one person: codes as an address carries them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.UUIDField()
    page = models.CharField(max_length=8, choices=Page)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=300)

    objects = KeptQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "user", "page", "query"), personal=("name",), retention="with the account"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="filter_name_once")
        ]
