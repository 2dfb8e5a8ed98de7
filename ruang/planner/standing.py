"""What stands in the register today, as rows of their own kind."""

from typing import Any, cast

from django.db.models import QuerySet

from ruang.access.actor import SYSTEM, Actor
from ruang.prevention.states import Unit
from ruang.register.models import Community, Rt, Rw, School, Venue


def rws(actor: Actor = SYSTEM) -> "QuerySet[Rw]":
    """Return the RW, in the order of kelurahan and number."""
    rows = Rw.objects.visible_to(actor).standing().order_by("village_id", "number")
    return cast("QuerySet[Rw]", rows)


def rts(actor: Actor = SYSTEM) -> "QuerySet[Rt]":
    """Return the RT, in the order of kelurahan, RW and number."""
    rows = Rt.objects.visible_to(actor).standing().order_by("village_id", "rw_id", "number")
    return cast("QuerySet[Rt]", rows)


def schools(actor: Actor = SYSTEM) -> "QuerySet[School]":
    """Return the schools, in the order of kelurahan and name."""
    rows = School.objects.visible_to(actor).standing().order_by("village_id", "name", "id")
    return cast("QuerySet[School]", rows)


def communities(actor: Actor = SYSTEM) -> "QuerySet[Community]":
    """Return the communities, in the order of kelurahan and name."""
    rows = Community.objects.visible_to(actor).standing()
    return cast("QuerySet[Community]", rows.order_by("village_id", "name", "id"))


def hosts(unit: str, actor: Actor = SYSTEM) -> "QuerySet[Any]":
    """Return what programmes of this kind go to."""
    if unit == Unit.RW:
        return rws(actor)
    return schools(actor) if unit == Unit.SCHOOL else communities(actor)


def venues(actor: Actor = SYSTEM) -> "QuerySet[Venue]":
    """Return the places to meet, in the order of kelurahan and name."""
    rows = Venue.objects.visible_to(actor).standing().order_by("village_id", "name", "id")
    return cast("QuerySet[Venue]", rows)
