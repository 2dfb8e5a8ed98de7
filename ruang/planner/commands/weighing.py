"""A person says how much each kecamatan counts in a year, and from which publication."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.audit.record import record
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.planner.events import PrioritiesSet
from ruang.planner.models import Decision, Priority
from ruang.planner.policy import may_weigh
from ruang.planner.states import Level
from ruang.territory import queries as territory

LONGEST_SOURCE = 200


@transaction.atomic
def set_priorities(
    *, actor: Actor, year: int, levels: Mapping[str, Level], source: str, at: datetime
) -> UUID:
    """Decide for the plans of one year; plans that were begun before keep what they had.

    :param levels: for every kecamatan of the city
    :param source: the published figures it rests on
    :raises Refused: if a kecamatan or the source is missing
    """
    require(may_weigh, actor, None)
    said = tidy(source)
    if not said or len(said) > LONGEST_SOURCE:
        raise Refused(_("Name the published figures this rests on, in a few words."))
    if set(levels) != {place.code for place in territory.city().districts}:
        raise Refused(_("Choose for every kecamatan."))
    if not at.year - 1 <= year <= at.year + 2:
        raise Refused(_("Choose this year or one of the next two."))
    decision = Decision.objects.create(year=year, source=said, at=at, by=actor.user_id)
    Priority.objects.bulk_create(
        Priority(decision=decision, district_id=code, level=level)
        for code, level in sorted(levels.items())
    )
    told = PrioritiesSet(decision.pk, year=year, districts=len(levels))
    record(told, actor=actor, at=at)
    return decision.pk
