"""Loading by sight: what an actor may not know of does not exist for that actor."""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

Model = TypeVar("Model", bound=models.Model)


class NotInSight(LookupError):  # noqa: N818 - answered as "not found"
    """For this actor there is no such thing. Answered with 404: existence is information."""


def one(in_sight: "models.QuerySet[Model]", pk: UUID | str) -> Model:
    """Return the one row with this key among those in sight.

    :raises NotInSight: if there is none
    """
    try:
        return in_sight.get(pk=pk)
    except ObjectDoesNotExist:
        raise NotInSight(in_sight.model.__name__) from None
