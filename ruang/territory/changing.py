"""The city's one row, held while a command changes it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.errors import Refused
from ruang.territory import facts
from ruang.territory.models import City
from ruang.territory.policy import may_change, may_set_up


def city_to_change(actor: Actor) -> City:
    """Return the city, locked until the transaction ends; this process forgets what it knew.

    :raises PermissionDenied: if the actor may not change it
    :raises Refused: if no city has been set up
    """
    require(may_set_up, actor, None)
    city = City.objects.select_for_update().first()
    if city is None:
        raise Refused(_("No city has been set up yet. Run the set-up first."))
    require(may_change, actor, city)
    forget_when_done()
    return city


def forget_when_done() -> None:
    """Let readers ask anew, now and when the change is committed."""
    facts.forget_city()
    transaction.on_commit(facts.forget_city)
