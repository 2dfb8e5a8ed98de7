"""What stands in the register of the city today, as rows of their own kind.

A register can hold more than the one city that plans: a plan is made for this city alone.
"""

from typing import Any, cast

from django.db.models import QuerySet

from ruang.access.actor import SYSTEM, Actor
from ruang.prevention.states import Unit
from ruang.register.models import Community, Rt, Rw, School, Venue
from ruang.territory import queries as territory


def in_city(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep what lies in the city, by the code of its kelurahan."""
    return rows.filter(village__code__startswith=f"{territory.city().code}.")


def rws(actor: Actor = SYSTEM) -> "QuerySet[Rw]":
    """Return the RW, in the order of kelurahan and number."""
    rows = in_city(Rw.objects.visible_to(actor).standing())
    rows = rows.order_by("village_id", "number")
    return cast("QuerySet[Rw]", rows)


def rts(actor: Actor = SYSTEM) -> "QuerySet[Rt]":
    """Return the RT, in the order of kelurahan, RW and number."""
    rows = in_city(Rt.objects.visible_to(actor).standing())
    rows = rows.order_by("village_id", "rw_id", "number")
    return cast("QuerySet[Rt]", rows)


def schools(actor: Actor = SYSTEM) -> "QuerySet[School]":
    """Return the schools, in the order of kelurahan and name."""
    rows = in_city(School.objects.visible_to(actor).standing())
    rows = rows.order_by("village_id", "name", "id")
    return cast("QuerySet[School]", rows)


def communities(actor: Actor = SYSTEM) -> "QuerySet[Community]":
    """Return the communities, in the order of kelurahan and name."""
    rows = in_city(Community.objects.visible_to(actor).standing())
    return cast("QuerySet[Community]", rows.order_by("village_id", "name", "id"))


def hosts(unit: str, actor: Actor = SYSTEM) -> "QuerySet[Any]":
    """Return what programmes of this kind go to."""
    if unit == Unit.RW:
        return rws(actor)
    return schools(actor) if unit == Unit.SCHOOL else communities(actor)


def venues(actor: Actor = SYSTEM) -> "QuerySet[Venue]":
    """Return the places to meet, in the order of kelurahan and name."""
    rows = in_city(Venue.objects.visible_to(actor).standing())
    rows = rows.order_by("village_id", "name", "id")
    return cast("QuerySet[Venue]", rows)
