"""The first thing a new installation is told: which city it serves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.territory.changing import forget_when_done
from ruang.territory.checks import checked_name, checked_zone
from ruang.territory.events import CitySetUp
from ruang.territory.models import CLOSES, OPENS, City, Region
from ruang.territory.official import take_over
from ruang.territory.policy import may_set_up
from ruang.territory.reference import wilayah

NAME, TITLE = 120, 80


@transaction.atomic
def set_up_city(
    *,
    actor: Actor,
    code: str,
    unit_name: str,
    at: datetime,
    service_title: str = "",
    time_zone: str = "Asia/Jakarta",
    is_demo: bool = False,
) -> UUID:
    """Say which city this installation serves, and load its regions. Return the city's id.

    The public form stays closed until :func:`open_form`. Without a title every public page is
    called "Layanan" and the city's name, which says nothing to whoever looks over a shoulder.

    :raises PermissionDenied: if the actor may not set up the city
    :raises Refused: if there is a city already, or the code, a name or the zone is none
    """
    require(may_set_up, actor, None)
    if City.objects.exists():
        raise Refused(_("This installation has its city already."))
    take_over(code)
    region = Region.objects.get(pk=wilayah.normalize_wilayah_code(code))
    title = service_title.strip() or f"Layanan {region.name}"
    city = City.objects.create(
        region=region,
        unit_name=checked_name(unit_name, NAME),
        service_title=checked_name(title, TITLE),
        opens_at=OPENS,
        closes_at=CLOSES,
        time_zone=checked_zone(time_zone),
        is_demo=is_demo,
    )
    forget_when_done()
    record(CitySetUp(city.pk, region.code, is_demo), actor=actor, at=at)
    return city.pk
